"""A dry run: every change and every open question is told, nothing is asked for and nothing is written."""

from __future__ import annotations

from pathlib import Path

from tests.support.quiet_project import PLAN, quiet_project
from wizard.events import ChangePlanned, Note, Result
from wizard.locale import render
from wizard.phases.run import Scope
from wizard.phases.step import Phase
from wizard.report.record import RunRecord
from wizard.report.sections import sections

ASKING = PLAN + '\n[services.worker.variables.API_KEY]\nsecret = "keyring"\n'
DRY = Scope(apply=False)
WRITING = frozenset({Phase.PROJECT, Phase.VARIABLES})


async def test_pending_changes_are_the_result_and_the_next_step_makes_them(tmp_path: Path) -> None:
    async with quiet_project(tmp_path) as project:
        since = project.since()
        heard = await project.deploy(scope=DRY)
        assert since.writes == []
    assert (heard.finished.result, heard.finished.exit_code) == (Result.PLANNED, 0), heard.why()
    [after] = [part for part in sections(RunRecord.of(heard.stamped)) if part.title.id == "report.title-next"]
    [row] = after.rows
    assert render(row.label) == f"Changes pending: {len(heard.of(ChangePlanned))}. `railwizard deploy` makes them."  # type: ignore[arg-type]


async def test_a_secret_nobody_gave_is_named_beside_the_changes(tmp_path: Path) -> None:
    async with quiet_project(tmp_path, ASKING) as project:
        heard = await project.deploy(scope=DRY)
    assert (heard.finished.result, heard.finished.exit_code) == (Result.PLANNED, 0), heard.why()
    assert heard.of(ChangePlanned)
    [note] = [note.text for note in heard.of(Note) if note.text.id == "phases.will-ask"]
    assert note.params["ids"] == "variable.worker.API_KEY (RAILWIZARD_ANSWER_VARIABLE_WORKER_API_KEY)"


async def test_a_deployment_still_stops_for_it(tmp_path: Path) -> None:
    async with quiet_project(tmp_path, ASKING) as project:
        heard = await project.deploy()
    assert heard.finished.exit_code == 3


async def test_nothing_pending_is_unchanged(tmp_path: Path) -> None:
    async with quiet_project(tmp_path) as project:
        await project.deploy(*WRITING)
        await project.settle()
        heard = await project.deploy(scope=Scope(phases=WRITING, apply=False))
    assert heard.finished.result is Result.UNCHANGED, heard.why()
    assert heard.of(ChangePlanned) == []
