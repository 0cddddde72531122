"""`--report FILE`: refused before the run where it cannot work, written whatever the run's result."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from wizard.cli.report_files import ReportFiles
from wizard.errors import UsageError
from wizard.events import Event, LogLines, Note, Result, RunFinished, RunStarted, Stamped
from wizard.locale import Language
from wizard.messages import message

Stamp = Callable[[Sequence[Event]], list[Stamped]]
NAMES = ("run.md", "run.json", "run.XML")


def written(folder: Path, events: list[Stamped], language: Language = Language.ENGLISH) -> list[str]:
    paths = [folder / name for name in NAMES]
    files = ReportFiles.of(paths, language)
    for stamped in events:
        files(stamped)
    assert files.problem is None
    return [path.read_text("utf-8") for path in paths]


def test_each_suffix_has_its_format_and_the_language_is_the_runs(verified: list[Stamped], tmp_path: Path) -> None:
    markdown, document, junit = written(tmp_path, verified, Language.KOREAN)
    assert "보고서" in markdown
    assert json.loads(document)["result"]["result"] == "verified"
    assert ET.fromstring(junit).tag == "testsuite"  # noqa: S314 - our own text


def test_an_old_report_is_replaced_and_nothing_lies_there_before_the_end(
    verified: list[Stamped], tmp_path: Path
) -> None:
    old = tmp_path / "old.md"
    old.write_text("old\n" * 5000)
    files = ReportFiles.of([old, tmp_path / "new.md"], Language.ENGLISH)
    for stamped in verified[:-1]:
        files(stamped)
    assert not (tmp_path / "new.md").exists()
    files(verified[-1])
    assert old.read_text() == (tmp_path / "new.md").read_text()
    assert "old\n" not in old.read_text()


def test_the_last_run_of_a_call_is_reported_without_log_lines(stamp: Stamp, tmp_path: Path) -> None:
    first: list[Event] = [RunStarted("rehearse", "rehearsal", "http://127.0.0.1:1"), Note(message("cli.interrupted"))]
    second: list[Event] = [
        RunStarted("deploy", "railway", "https://example.com"),
        LogLines("api", "build", ("one line",)),
    ]
    end: Event = RunFinished(Result.VERIFIED, 0)
    markdown, document, _ = written(tmp_path, stamp([*first, end, *second, end]))
    assert "railwizard deploy" in markdown
    assert [event["type"] for event in json.loads(document)["events"]] == ["RunStarted", "RunFinished"]


def test_a_run_that_ends_before_its_first_phase_fails_the_suite(stamp: Stamp, tmp_path: Path) -> None:
    *_, junit = written(tmp_path, stamp([RunFinished(Result.NEEDS_INPUT, 3)]))
    suite = ET.fromstring(junit)  # noqa: S314 - our own text
    assert suite.get("errors") == "1"
    assert suite.find("testcase/error") is not None


@pytest.mark.parametrize("name", ["run.txt", "run", ".md", "missing/run.md", "folder.md"])
def test_what_cannot_be_written_is_refused_at_once(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(UsageError):
        ReportFiles.of([tmp_path / name], Language.ENGLISH)


def test_a_place_that_is_gone_at_the_end_is_told_afterwards(verified: list[Stamped], tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    files = ReportFiles.of([tmp_path / "gone" / "run.md"], Language.ENGLISH)
    (tmp_path / "gone").rmdir()
    for stamped in verified:
        files(stamped)
    assert files.problem is not None
    assert files.problem.code == "report.not-written"


def call(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wizard", *arguments],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", ["rehearse", "deploy", "verify"])
def test_every_run_takes_it_and_refuses_an_unknown_suffix(tmp_path: Path, command: str) -> None:
    refused = call(tmp_path, command, "--report", "run.pdf")
    assert refused.returncode == 2
    assert "report.unknown-suffix" in refused.stderr
    assert not (tmp_path / "run.pdf").exists()


def test_a_plan_that_cannot_be_read_leaves_a_report_too(tmp_path: Path) -> None:
    (tmp_path / "wizard.toml").write_text("this is no plan")
    ended = call(tmp_path, "rehearse", "--report", "run.md", "--report", "run.xml", "--report", "run.json")
    assert ended.returncode == 2
    assert "plan." in (tmp_path / "run.md").read_text()
    assert ET.parse(tmp_path / "run.xml").getroot().get("errors") == "1"  # noqa: S314 - our own text
    assert json.loads((tmp_path / "run.json").read_text())["result"]["exit_code"] == 2
