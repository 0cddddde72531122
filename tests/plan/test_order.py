"""Databases first, then services by their edges; addresses make none."""

from __future__ import annotations

import pytest

from tests.plan.plans import SMALL
from wizard.plan.loader import parse
from wizard.plan.order import CycleError, dependents, requirements, service_order, waves

THREE = SMALL.replace("port = 3000", 'port = 3000\nafter = ["worker"]') + "[services.worker]\nafter = ['backend']\n"


def test_a_database_output_and_after_make_edges() -> None:
    assert requirements(parse(THREE)) == {
        "postgres": (),
        "backend": ("postgres",),
        "frontend": ("worker",),
        "worker": ("backend",),
    }


def test_services_go_in_waves() -> None:
    plan = parse(THREE)
    assert waves(requirements(plan)) == (("postgres",), ("backend",), ("worker",), ("frontend",))
    assert service_order(plan) == ("backend", "worker", "frontend")
    assert waves(requirements(parse(SMALL))) == (("postgres", "frontend"), ("backend",))


def test_a_shared_variable_carries_its_database_along() -> None:
    text = SMALL.replace("{backend.url}/api/v1", "{shared.A}")
    plan = parse(text + "[shared]\nA = '{shared.B}'\nB = '{shared.C}'\nC = '{postgres.PGHOST}'\n")
    assert requirements(plan)["frontend"] == ("postgres",)


def test_a_failure_stops_everything_that_waits() -> None:
    needed = requirements(parse(THREE))
    assert dependents(needed, "backend") == {"worker", "frontend"}
    assert dependents(needed, "frontend") == frozenset()


def test_a_cycle_is_told_without_what_merely_waits_for_it() -> None:
    with pytest.raises(CycleError) as caught:
        waves({"x": ("a",), "a": ("b",), "b": ("c",), "c": ("a",)})
    assert str(caught.value) == "a -> b -> c -> a"
