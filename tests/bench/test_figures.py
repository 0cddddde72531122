from __future__ import annotations

import pytest

from tests.bench import startup
from tests.bench.__main__ import main
from tests.bench.figures import Figure, medians, table


@pytest.mark.parametrize(
    ("figure", "verdict"),
    [
        (Figure("a", 11, "ms", "b", 10, 1.2), "ok"),
        (Figure("a", 13, "ms", "b", 10, 1.2), "EXCEEDED"),
        (Figure("a", 13, "ms", "b", 10), "shown"),
        (Figure("a", 13, "ms"), "shown"),
        (Figure("a", 5, "lines/s", "b", 10, 0.4, more_is_better=True), "ok"),
        (Figure("a", 3, "lines/s", "b", 10, 0.4, more_is_better=True), "EXCEEDED"),
    ],
)
def test_a_figure_is_judged_by_its_ratio_alone(figure: Figure, verdict: str) -> None:
    assert figure.verdict == verdict
    assert figure.holds is (verdict != "EXCEEDED")
    assert verdict in table([figure])


@pytest.mark.parametrize(("value", "code"), [(11.0, 0), (99.0, 1)])
def test_an_exceeded_ratio_ends_one(monkeypatch: pytest.MonkeyPatch, value: float, code: int) -> None:
    monkeypatch.setattr(startup, "figures", lambda: [Figure("a", value, "ms", "b", 10, 1.2)])
    assert main(["startup"]) == code


def test_an_unknown_group_is_a_usage_error() -> None:
    assert main(["startup", "nothing"]) == 2


def test_medians_leave_the_warm_up_out() -> None:
    told = iter([100.0, 3.0, 1.0, 2.0])
    assert medians({"a": lambda: next(told)}, 3) == {"a": 2.0}
