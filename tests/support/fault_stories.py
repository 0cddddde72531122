"""Ways through the wizard that, together, ask the platform for everything the wizard can ask it for."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.quiet_project import PLAN, QuietProject, git, quiet_project, write
from tests.support.standin_api import Api
from wizard.errors import FailedError, WizardError
from wizard.locale import render
from wizard.messages import Message
from wizard.operations.teardown import plan_teardown, tear_down, undo
from wizard.phases.outage import outage
from wizard.phases.run import Scope
from wizard.phases.step import Phase
from wizard.platform.handles import Handle, Kind
from wizard.standin.settings import Repository
from wizard.standin.state.rows import (
    CustomDomain,
    Environment,
    Project,
    Row,
    Service,
    ServiceDomain,
    TcpProxy,
    Volume,
)

_VOLUME = 'root = "worker"\nvolumes = [{ path = "/data", size_mb = 400 }]\nmemory = 0.5\n'
_HOST = 'port = 8000\nmemory = 0.5\ndomains = ["shop.example.com"]\n'
FULL_PLAN = PLAN.replace('root = "worker"\n', _VOLUME).replace("port = 8000\n", _HOST)
STAGING_PLAN = PLAN.replace('environment = "production"', 'environment = "staging"')
REPO_PLAN = PLAN.replace('{ upload = "." }', '{ repo = "acme/quiet", branch = "main" }')
OPERATOR_KINDS = (Project, Environment, Service, ServiceDomain, CustomDomain, Volume)


@dataclass(slots=True)
class Ended:
    """How one attempt ended: with its goal, or with errors as the operator reads them."""

    reached: bool
    errors: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    """Errors that lack one of what, why and fix."""

    def tell(self, code: str, *parts: Message) -> None:
        """Note an error."""
        said = [render(part) for part in parts]
        self.errors.append(f"{code}: {said[0]}")
        if not all(text.strip() for text in said):
            self.unclear.append(code)


Act = Callable[[QuietProject], Awaitable[Ended]]


@dataclass(frozen=True, slots=True)
class Story:
    """What an operator does, and what must be true once it has worked.

    Attributes:
        open: serves a platform and the operator's folder.
        prepare: what happened before, on a good day.
        act: what goes wrong, and is tried again afterwards.
        made: how many rows of each kind there are in the end.
    """

    open: Callable[[Path], AbstractAsyncContextManager[QuietProject]]
    act: Act
    made: dict[str, int]
    prepare: Callable[[QuietProject], Awaitable[object]] | None = None


def counted(quiet: QuietProject) -> dict[str, int]:
    """Return how many rows of each kind there are; one that is being deleted counts no more."""
    return {kind.__name__: sum(_stands(row) for row in quiet.rows(kind)) for kind in (*OPERATOR_KINDS, TcpProxy)}


def _stands(row: Row) -> bool:
    return isinstance(row, Project) or getattr(row, "deleted_at", None) is None


def doubled(quiet: QuietProject) -> list[str]:
    """Return the names of services that there are more than one of."""
    return [name for name, count in Counter(row.name for row in quiet.rows(Service)).items() if count > 1]


async def _deploy(quiet: QuietProject) -> Ended:
    heard = await quiet.deploy(answers={"project.adopt": "adopt"})
    ended = Ended(heard.finished.result.value == "verified")
    for error in heard.errors:
        ended.tell(error.code, error.what, error.why, error.fix)
    if not ended.reached and not ended.errors:
        ended.unclear.append(f"{heard.finished.result}: {heard.why()}")
    return ended


def _operation(work: Callable[[QuietProject], Awaitable[None]]) -> Act:
    async def act(quiet: QuietProject) -> Ended:
        ended = Ended(reached=True)
        try:
            await work(quiet)
        except WizardError as error:
            ended.reached = False
            ended.tell(error.code, error.what, error.why, error.fix)
        return ended

    return act


def _served(plan: str, **settings: Any) -> Callable[[Path], AbstractAsyncContextManager[QuietProject]]:
    return lambda folder: quiet_project(folder, plan, **settings)


@asynccontextmanager
async def _cloned(folder: Path) -> AsyncIterator[QuietProject]:
    top, remote = folder / "app", folder / "remote.git"
    write(top, REPO_PLAN)
    git(top, "init", "-q", "-b", "main")
    git(folder, "init", "-q", "--bare", "-b", "main", str(remote))
    git(top, "remote", "add", "origin", str(remote))
    git(top, "add", ".")
    git(top, "commit", "-q", "-m", "all of it")
    git(top, "push", "-q", "origin", "main")
    async with quiet_project(folder, REPO_PLAN, repositories={"acme/quiet": Repository(path=remote)}) as quiet:
        yield quiet


async def _released(quiet: QuietProject) -> None:
    """Deploy a commit, then push another one that both services are built from."""
    assert (await quiet.deploy()).finished.result.value == "verified"
    top = quiet.application.folder
    for name in ("backend", "worker"):
        (top / name / "main.py").write_text("print('else')\n", "utf-8")
    git(top, "commit", "-q", "-a", "-m", "more")
    git(top, "push", "-q", "origin", "main")


async def _created(quiet: QuietProject) -> None:
    assert (await quiet.deploy(Phase.PROJECT)).finished.exit_code == 0


async def _theirs(quiet: QuietProject) -> None:
    async with Api(quiet.standin) as api:
        await api.project("quiet")
    await quiet.settle()


async def _made_in_theirs(quiet: QuietProject) -> None:
    await _theirs(quiet)
    heard = await quiet.deploy(Phase.PROJECT, scope=Scope(), answers={"project.adopt": "adopt"})
    assert heard.phases["project"] == "done", heard.why()


async def _torn_down(quiet: QuietProject) -> None:
    if quiet.rows(Project)[0].deleted_at is None:
        async with quiet.session() as run:
            await tear_down(run, plan_teardown(run))
    assert quiet.rows(Project)[0].deleted_at is not None


async def _parts_torn_down(quiet: QuietProject) -> None:
    async with quiet.session() as run:
        await tear_down(run, plan_teardown(run))


async def _scheduled(quiet: QuietProject) -> None:
    await _created(quiet)
    await _torn_down(quiet)


async def _taken_back(quiet: QuietProject) -> None:
    [project] = quiet.rows(Project)
    async with quiet.session() as run:
        await undo(run, Handle("railway", Kind.PROJECT, project.id, project.name))
    assert quiet.rows(Project)[0].deleted_at is None


async def _way_used(quiet: QuietProject) -> None:
    """Open a way into the database and close it; nobody speaks through it."""
    async with quiet.session() as run:
        try:
            await run.database.sweep(run.journal.open_proxies())
            await run.database._way("postgres", "postgres")
        finally:
            await run.close()
        if run.journal.open_proxies():
            raise FailedError("database.absent", name="postgres: a way stayed open")


async def _out_for_a_while(quiet: QuietProject) -> None:
    """Stop the database and start it again."""
    async with quiet.session() as run, outage(run, "postgres"):
        pass
    assert [row.deployment_stopped for row in quiet.deployments("postgres")] == [False]


STORIES = {
    "first": Story(
        _served(FULL_PLAN),
        _deploy,
        {"Project": 1, "Environment": 1, "Service": 3, "ServiceDomain": 1, "CustomDomain": 1, "Volume": 2},
    ),
    "repository": Story(
        _cloned, _deploy, {"Project": 1, "Environment": 1, "Service": 3, "ServiceDomain": 1, "Volume": 1}
    ),
    "staging": Story(
        _served(STAGING_PLAN),
        _deploy,
        {"Project": 1, "Environment": 2, "Service": 3, "ServiceDomain": 1, "Volume": 1},
        _theirs,
    ),
    "release": Story(
        _cloned, _deploy, {"Project": 1, "Environment": 1, "Service": 3, "ServiceDomain": 1, "Volume": 1}, _released
    ),
    "teardown": Story(_served(PLAN), _operation(_torn_down), {"Project": 1}, _created),
    "undo": Story(_served(PLAN), _operation(_taken_back), {"Project": 1}, _scheduled),
    "parts": Story(
        _served(FULL_PLAN), _operation(_parts_torn_down), {"Project": 1, "Service": 0, "Volume": 0}, _made_in_theirs
    ),
    "outage": Story(_served(PLAN), _operation(_out_for_a_while), {"Project": 1, "Service": 3}, _created),
    "way": Story(_served(PLAN), _operation(_way_used), {"Project": 1, "Service": 3}, _created),
}
