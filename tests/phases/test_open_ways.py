"""Ways into databases that stand open: ours are closed even without a journal, another's only when told to."""

from __future__ import annotations

import pytest

from tests.support.quiet_project import QuietProject
from tests.support.runs import Heard
from wizard.events import Finding
from wizard.phases.run import Scope
from wizard.phases.step import Phase
from wizard.standin.state.rows import TcpProxy

PORT = 5432


async def opened(quiet: QuietProject, mark: str | None) -> None:
    """Open a way as a run of this plan does, or, with another mark, as somebody else."""
    await quiet.deploy(Phase.PROJECT)
    async with quiet.session() as run:
        database = (await run.world.state()).services["postgres"].handle
        own = run.way_mark("postgres") if mark is None else mark
        await run.platform.datastores.open_proxy(run.world.located, database, PORT, own)
    await quiet.settle()


def standing(quiet: QuietProject) -> int:
    return sum(one.deleted_at is None for one in quiet.rows(TcpProxy))


def is_told(heard: Heard) -> bool:
    return "open-proxy" in [finding.rule for finding in heard.of(Finding)]


async def test_one_of_ours_is_closed_though_no_journal_knows_it(quiet: QuietProject) -> None:
    await opened(quiet, None)
    for journal in quiet.client.journals():
        journal.unlink()

    heard = await quiet.deploy(Phase.PROJECT)

    assert heard.finished.exit_code == 0, heard.why()
    assert (standing(quiet), is_told(heard)) == (0, False)


@pytest.mark.parametrize(("answer", "left"), [(None, 1), ("keep", 1), ("close", 0)])
async def test_another_ones_is_told_and_closed_by_a_named_answer_alone(
    quiet: QuietProject, answer: str | None, left: int
) -> None:
    await opened(quiet, "0badcafe")

    heard = await quiet.deploy(Phase.PROJECT, answers={"proxy.postgres": answer} if answer else None)

    assert heard.finished.exit_code == 0, heard.why()
    assert (standing(quiet), is_told(heard)) == (left, True)


async def test_a_dry_run_closes_nothing(quiet: QuietProject) -> None:
    await opened(quiet, None)
    since = quiet.since()

    await quiet.deploy(scope=Scope(apply=False))

    assert (since.writes, standing(quiet)) == ([], 1)
