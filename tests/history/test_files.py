"""Runs kept as files: listed, found by id, read even where a run was killed in the middle of a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.stories import START, failed_run, verified_run
from wizard.errors import UsageError
from wizard.events import Event, LogLines, Stamped, Verdict
from wizard.history.comparison import compare
from wizard.history.files import RunFile, events_of, runs
from wizard.report.record import RunRecord


def keep(folder: Path, run: str, events: Sequence[Event], day: int = 0) -> None:
    file = RunFile(folder)
    for seq, event in enumerate(events, start=1):
        file(Stamped(seq, START + timedelta(days=day, seconds=seq), run, event))


def test_runs_are_listed_newest_first_without_their_logs(tmp_path: Path) -> None:
    keep(tmp_path, "aaa1", verified_run())
    keep(tmp_path, "aab2", failed_run(), day=1)

    found = list(runs(tmp_path))

    assert [record.run for record in found] == ["aab2", "aaa1"]
    assert [record.finished and record.finished.exit_code for record in found] == [1, 0]
    assert not any(isinstance(one.event, LogLines) for one in events_of(tmp_path, "aaa1"))
    assert [path.stat().st_mode & 0o777 for path in tmp_path.iterdir()] == [0o600, 0o600]


@pytest.mark.parametrize(("named", "run"), [("last", "aab2"), ("last-1", "aaa1"), ("aaa", "aaa1"), ("aab2", "aab2")])
def test_a_run_is_found_by_the_beginning_of_its_id_or_counted_back(tmp_path: Path, named: str, run: str) -> None:
    keep(tmp_path, "aaa1", verified_run())
    keep(tmp_path, "aab2", failed_run(), day=1)
    assert events_of(tmp_path, named)[0].run == run


@pytest.mark.parametrize("named", ["zzz", "last-9", "../x", ""])
def test_a_run_that_is_not_there_is_said_with_what_there_is(tmp_path: Path, named: str) -> None:
    keep(tmp_path, "aaa1", verified_run())
    with pytest.raises(UsageError) as raised:
        events_of(tmp_path, named)
    assert (raised.value.code, raised.value.params["known"]) == ("history.no-such-run", "aaa1")


def test_the_beginning_of_two_runs_is_not_enough(tmp_path: Path) -> None:
    keep(tmp_path, "aaa1", verified_run())
    keep(tmp_path, "aab2", failed_run(), day=1)
    with pytest.raises(UsageError) as raised:
        events_of(tmp_path, "aa")
    assert raised.value.code == "history.several-runs"


def test_a_killed_run_is_read_up_to_where_it_came(tmp_path: Path) -> None:
    keep(tmp_path, "aaa1", verified_run()[:5])
    [path] = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-20])
    [record] = runs(tmp_path)
    assert record.started is not None
    assert record.finished is None


def test_a_folder_that_cannot_be_written_stops_no_run(tmp_path: Path) -> None:
    (tmp_path / "occupied").write_text("")
    keep(tmp_path / "occupied", "aaa1", verified_run())
    assert (tmp_path / "occupied").read_text() == ""


def test_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wizard.history.files._KEPT", 3)
    for day in range(5):
        keep(tmp_path, f"run{day}", verified_run()[:2], day)
    assert [record.run for record in runs(tmp_path)] == ["run4", "run3", "run2"]


def test_two_runs_beside_each_other() -> None:
    def record(run: str, events: Sequence[Event]) -> RunRecord:
        return RunRecord.of(Stamped(seq, START, run, event) for seq, event in enumerate(events))

    compared = compare(record("a", failed_run()), record("b", verified_run()))

    phases = {
        one.phase: (one.before and one.before.status.value, one.after and one.after.status.value)
        for one in compared.phases
    }
    assert phases == {"project": ("done", "done"), "deploy": ("failed", "done")}
    changed = {one.check: (one.before, one.after) for one in compared.checks if one.changed}
    assert changed == {
        "sweep": (None, Verdict.WARNED),
        "websocket": (None, Verdict.NOT_CHECKED),
        "cors": (Verdict.FAILED, None),
    }
