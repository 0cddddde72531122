"""Two machines and one project: who comes second is refused by name, what a dead run left is taken over."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.responses import Response

from tests.support.quiet_project import KEY, QuietProject
from tests.support.runs import LEASE, Client, Heard
from wizard.events import Note
from wizard.phases.group import identity
from wizard.phases.lease_line import Holder, holder_of, with_line, without_line
from wizard.phases.step import Phase
from wizard.standin.api.execution import Operation
from wizard.standin.api.gateway import Next
from wizard.standin.state.rows import Project

HUMAN = "  The shop\r\n\n~ ask Jane\t"
NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
HOLDER = Holder("run-1", "production", "place", "build 7", "Jane Doe", NOON, NOON + timedelta(seconds=300))


@pytest.mark.parametrize("text", ["", "\n", HUMAN, f"{HUMAN}\nrailwizard:{KEY}", f"railwizard:{KEY}\n{HUMAN}"])
def test_a_line_comes_and_goes_and_every_other_byte_stays(text: str) -> None:
    held = with_line(text, KEY, HOLDER.line(KEY))
    assert holder_of(held, KEY) == HOLDER
    assert holder_of(held, "another-plan") is None
    assert without_line(held, KEY) == text
    assert without_line(with_line(held, KEY, replace(HOLDER, run="run-2").line(KEY)), KEY) == text


def test_a_line_is_one_line_whatever_names_say() -> None:
    odd = replace(HOLDER, host="a\nb c", name="Jane\nrailwizard:other by=x", environment="pro duction")
    read = holder_of(odd.line(KEY), KEY)
    assert "\n" not in odd.line(KEY)
    assert read is not None
    assert (read.environment, read.run, read.until) == ("pro duction", "run-1", odd.until)


@pytest.mark.parametrize("spoilt", ["", "run=x", "until=yesterday by=", "until=2026-01-05T12:00:00"])
def test_a_line_that_cannot_be_read_ended_long_ago(spoilt: str) -> None:
    read = holder_of(f"railwizard-lock:{KEY} {spoilt}", KEY)
    assert read is not None
    assert read.until <= NOON


@pytest.fixture
async def elsewhere(quiet: QuietProject, tmp_path: Path) -> Client:
    """Another operator's machine, on which the same plan lies."""
    await quiet.deploy(Phase.PROJECT)
    await quiet.settle()
    return Client(quiet.standin, tmp_path / "elsewhere", clock=quiet.clock)


class During:
    """Does something while a run is at work: when an operation first comes in."""

    def __init__(self, operation: str, act: Callable[[], Awaitable[object]]) -> None:
        self.operation, self.act, self.done = operation, act, False

    async def __call__(self, operation: Operation, proceed: Next) -> Response:
        if operation.name == self.operation and not self.done:
            self.done = True
            await self.act()
        return await proceed()


def description(quiet: QuietProject) -> str:
    [project] = quiet.rows(Project)
    return str(project.description)


async def test_a_second_machine_is_refused_by_name_and_changes_nothing(quiet: QuietProject, elsewhere: Client) -> None:
    second: list[Heard] = []

    async def start_another() -> None:
        quiet.application.edit("wizard.toml", 'QUEUE = "jobs"', 'QUEUE = "others"')
        second.append(await elsewhere.deploy(quiet.application, Phase.VARIABLES))

    quiet.standin.gateway.hooks.append(During("UpsertVariables", start_another))
    first = await quiet.deploy(Phase.VARIABLES)

    [refused] = second
    assert first.finished.exit_code == 0, first.why()
    assert (refused.finished.result.value, refused.finished.exit_code) == ("refused", 7)
    assert {error.code for error in refused.errors} == {"lease.held"}
    assert refused.errors[0].what.params["who"] == "Local Operator"
    assert refused.finished.mutations == 0
    assert description(quiet) == identity(KEY)


async def test_where_nothing_is_to_be_done_a_lease_is_nobodys_business(quiet: QuietProject, elsewhere: Client) -> None:
    [project] = quiet.rows(Project)
    held = replace(HOLDER, since=quiet.clock.now(), until=quiet.clock.now() + timedelta(hours=1))
    await quiet.change(project, description=with_line(project.description, KEY, held.line(KEY)))

    heard = await elsewhere.deploy(quiet.application, Phase.PROJECT)

    assert (heard.finished.exit_code, heard.finished.mutations) == (0, 0), heard.why()


@pytest.mark.parametrize("answer", [None, "yes"])
async def test_it_is_taken_over_by_a_named_answer_alone(quiet: QuietProject, answer: str | None) -> None:
    await quiet.deploy(Phase.PROJECT)
    await quiet.settle()
    [project] = quiet.rows(Project)
    held = replace(HOLDER, since=quiet.clock.now(), until=quiet.clock.now() + timedelta(hours=1))
    await quiet.change(project, description=with_line(f"{HUMAN}\n{project.description}", KEY, held.line(KEY)))

    heard = await quiet.deploy(Phase.VARIABLES, answers={"lock.take-over": answer} if answer else None)

    assert heard.finished.exit_code == (0 if answer else 7), heard.why()
    assert without_line(description(quiet), KEY) == f"{HUMAN}\n{identity(KEY)}"
    assert (holder_of(description(quiet), KEY) is None) is (answer is not None)


async def test_one_that_expired_is_taken_over_and_told(quiet: QuietProject, elsewhere: Client) -> None:
    [project] = quiet.rows(Project)
    held = replace(HOLDER, since=quiet.clock.now(), until=quiet.clock.now())
    await quiet.change(project, description=with_line(project.description, KEY, held.line(KEY)))

    heard = await elsewhere.deploy(quiet.application, Phase.VARIABLES)

    assert heard.finished.exit_code == 0, heard.why()
    assert "lease.taken-over" in [note.text.id for note in heard.of(Note)]
    assert description(quiet) == identity(KEY)


async def test_what_a_person_writes_meanwhile_stays(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    await quiet.settle()

    async def write() -> None:
        [project] = quiet.rows(Project)
        quiet.standin.gateway.railway.store.change(project, description=f"{HUMAN}\n{project.description}")

    quiet.standin.gateway.hooks.append(During("UpsertVariables", write))
    heard = await quiet.deploy(Phase.VARIABLES)

    assert heard.finished.exit_code == 0, heard.why()
    assert description(quiet) == f"{HUMAN}\n{identity(KEY)}"


async def test_a_long_run_renews_it(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    await quiet.settle()
    leases: list[datetime] = []

    async def wait() -> None:
        for _ in range(4):
            with quiet.clock.resting():
                await quiet.clock.sleep(130)
            told = holder_of(description(quiet), KEY)
            assert told is not None
            leases.append(told.until - timedelta(seconds=300))
            assert told.until > quiet.clock.now()

    quiet.standin.gateway.hooks.append(During("UpsertVariables", wait))
    heard = await quiet.deploy(Phase.VARIABLES)

    assert heard.finished.exit_code == 0, heard.why()
    assert len(set(leases)) > 2, "it was renewed"


async def test_an_interrupted_run_gives_it_back(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    await quiet.settle()
    begun = asyncio.Event()

    async def begin() -> None:
        begun.set()
        await asyncio.Event().wait()

    quiet.standin.gateway.hooks.append(During("UpsertVariables", begin))
    run = asyncio.create_task(quiet.deploy(Phase.VARIABLES))
    await begun.wait()
    assert holder_of(description(quiet), KEY) is not None
    run.cancel()
    await asyncio.gather(run, return_exceptions=True)

    assert description(quiet) == identity(KEY)


async def test_a_first_run_takes_it_with_the_project_and_gives_it_back_once(quiet: QuietProject) -> None:
    since = quiet.since()
    await quiet.deploy(Phase.PROJECT)
    assert since.writes.count(LEASE) == 1
    assert description(quiet) == identity(KEY)
