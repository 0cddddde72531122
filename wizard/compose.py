"""The one place that binds target, adapter, plan, phases, asker and listeners into a run."""

from __future__ import annotations

import asyncio
import socket
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.clock import Clock, SystemClock
from wizard.errors import CredentialError, ExitCode, UsageError
from wizard.events import Emitter, Note, Result, RunFinished, RunPaused, RunResumed, RunStarted
from wizard.history.files import RunFile, history_folder
from wizard.http import HttpClient
from wizard.journal import Journal, journal_path
from wizard.lock import exclusive, place_word
from wizard.messages import Message, message
from wizard.options import (
    ENDPOINT_VARIABLE,
    PLAN_FILE,
    REHEARSAL,
    Faces,
    Options,
    chosen_endpoint,
    credential_store,
    load_plan,
    plan_secrets,
)
from wizard.phases.facts import CodeFacts
from wizard.phases.lease import Operator
from wizard.phases.repository import Repository
from wizard.phases.run import Run
from wizard.phases.runner import execute, observe
from wizard.phases.world import World
from wizard.plan.loader import load
from wizard.plan.model import Profile, RepoSource
from wizard.plan.overlay import OverlayEntry, place_of
from wizard.plan.writer import set_value
from wizard.platform.ports import Platform
from wizard.questions import Asker
from wizard.railway.endpoint import Endpoint
from wizard.railway.platform import connect
from wizard.renewed_login import RenewedLogin
from wizard.secret_store import TOKEN, PassingStore, SecretStore, token_variables
from wizard.secrets import Redactor, Secret
from wizard.source.git import GitRepository

if TYPE_CHECKING:
    from wizard.rehearsal.server import LocalRailway


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """A platform to talk to and where this run's memory lies."""

    name: str
    endpoint: str
    token: Secret | None
    store: SecretStore
    state: Path
    run: str
    differences: Callable[[], Awaitable[tuple[Message, ...]]] | None = None
    tier: str = ""
    differing: Mapping[str, bool | str] = field(default_factory=dict)


async def deploy(options: Options, faces: Faces, clock: Clock | None = None) -> RunFinished:
    """Run the phases of the scope against the target; the finished event is also emitted."""
    clock = clock or SystemClock()
    return await _run(options, faces, _remote_target(options, clock), clock)


async def rehearse(
    options: Options,
    faces: Faces,
    *,
    keep: bool = False,
    served: Callable[[RunFinished], Awaitable[None]] | None = None,
    clock: Clock | None = None,
) -> RunFinished:
    """Run the phases against a local Railway of its own, which ends with the run.

    Args:
        options: as for `deploy`; the target is the rehearsal's.
        faces: as for `deploy`.
        keep: leave the local platform's folder behind.
        served: awaited with everything still serving, after the run finished.
        clock: the system's unless a test brings its own.
    """
    from wizard.rehearsal.folder import rehearsal_folder  # noqa: PLC0415 - rehearsing needs a POSIX system, deploying not
    from wizard.rehearsal.server import local_railway  # noqa: PLC0415 - see above

    clock, run = clock or SystemClock(), _run_id()
    variables = {name: value for name, value in options.variables.items() if name != ENDPOINT_VARIABLE}
    options = replace(options, target=REHEARSAL, endpoint=None, variables=variables)
    with rehearsal_folder(options.state, run, keep=keep) as folder:
        async with local_railway(folder / "platform", clock, settings=_local_settings(options)) as local:
            finished = await _run(options, faces, _local_target(local, folder, run), clock)
            if served:
                await served(finished)
    return finished


@asynccontextmanager
async def session(options: Options, faces: Faces, clock: Clock | None = None) -> AsyncIterator[Run]:
    """Open a run that only reads: the credential is verified and the project found, nothing is locked."""
    clock = clock or SystemClock()
    async with _opened(options, faces, _remote_target(options, clock), clock) as run:
        await observe(run)
        yield run


def _run_id() -> str:
    return uuid.uuid4().hex[:12]


def _remote_target(options: Options, clock: Clock) -> _Target:
    plan = load(options.folder / PLAN_FILE)
    if options.target == REHEARSAL and not options.named_endpoint:
        raise UsageError("compose.rehearsal-target")
    endpoint = chosen_endpoint(options, plan.profiles.get(options.target))
    store = credential_store(options, endpoint, clock)
    return _Target(name=options.target, endpoint=endpoint, token=None, store=store, state=options.state, run=_run_id())


def _local_settings(options: Options) -> dict[str, object]:
    """Return what the local platform has to know: whether the outside is allowed, the repository it stands in for."""
    told: dict[str, object] = {"internet": True} if options.internet else {}
    plan, _ = load_plan(options)
    git = GitRepository.containing(options.folder)
    if not isinstance(plan.project.source, RepoSource) or git is None:
        return told
    return {**told, "repositories": {plan.project.source.repo: {"path": str(git.top)}}}


def _local_target(local: LocalRailway, folder: Path, run: str) -> _Target:
    return _Target(
        name=REHEARSAL,
        endpoint=Endpoint.parse(local.url).origin,
        token=local.token,
        store=PassingStore(folder / "secrets"),
        state=folder,
        run=run,
        differences=local.differences,
        tier=local.tier,
        differing={"sees_local_commits": True, "stop_database": True},
    )


async def _run(options: Options, faces: Faces, target: _Target, clock: Clock) -> RunFinished:
    async with _opened(options, _remembered(options, faces), target, clock) as run:
        with exclusive(run.journal.path):
            run.journal.run_started(run.emitter.run, options.command)
            finished = RunFinished(Result.INTERRUPTED, int(ExitCode.INTERRUPTED))
            try:
                finished = await execute(run)
            except asyncio.CancelledError:
                finished = replace(finished, requests=run.platform.requests, mutations=run.platform.mutations)
                run.emit(finished)
                raise
            finally:
                run.journal.run_finished(run.emitter.run, finished.result.value)
            return finished


def _remembered(options: Options, faces: Faces) -> Faces:
    """Let the history of this machine listen too."""
    key = load(options.folder / PLAN_FILE).project.key
    return replace(faces, listeners=(*faces.listeners, RunFile(history_folder(options.state, key))))


@asynccontextmanager
async def _opened(options: Options, faces: Faces, target: _Target, clock: Clock) -> AsyncIterator[Run]:
    """Build a run and close everything it opened, in reverse."""
    plan, overlay = load_plan(options)
    emitter = Emitter(target.run, clock, list(faces.listeners))
    faces.asker.emit = emitter.emit
    _tell_start(emitter, options, target, overlay)
    async with AsyncExitStack() as stack:
        profile = None if options.named_endpoint else plan.profiles.get(target.name)
        platform = await _connected(target, profile, emitter, faces.asker, stack)
        journal = Journal(
            journal_path(target.state, target.endpoint, plan.project.key, plan.project.environment), clock
        )
        stack.callback(journal.close)
        if journal.moved_aside:
            emitter.emit(Note(message("journal.moved-aside", path=str(journal.moved_aside))))
        http, repository = HttpClient(clock), Repository(options.folder, plan)
        stack.push_async_callback(http.close)
        run = Run(
            plan=plan,
            scope=replace(options.scope, internet=_may_call_out(options, platform)),
            platform=platform,
            world=World(platform.groups, clock),
            clock=clock,
            emitter=emitter,
            asker=faces.asker,
            journal=journal,
            secrets=plan_secrets(plan, target.store),
            redactor=Redactor(),
            repository=repository,
            facts=CodeFacts(plan, repository),
            http=http,
            keep_answer=partial(_keep_answer, options),
            operator=Operator(socket.gethostname(), place_word(journal.path)),
            differences=target.differences,
        )
        yield run


def _may_call_out(options: Options, platform: Platform) -> bool:
    """A deployment that is paid for may call third parties; a local one only where the operator said so."""
    return platform.capabilities.cost if options.internet is None else options.internet


async def _connected(
    target: _Target, profile: Profile | None, emitter: Emitter, asker: Asker, stack: AsyncExitStack
) -> Platform:
    token = target.token or await target.store.get(TOKEN)
    if token is None:
        raise CredentialError(
            "compose.no-credential", endpoint=target.endpoint, variable=token_variables(target.endpoint)[0]
        )
    platform = connect(
        target.endpoint,
        token,
        emitter.clock,
        pauses=_Pauses(emitter),
        renew=RenewedLogin(target.endpoint, target.store, asker, emitter, token),
        uploads=partial(_tell_upload, emitter),
        scheme=profile.scheme if profile else None,
        differing={**target.differing, **(profile.capabilities if profile else {})},
    )
    stack.push_async_callback(platform.close)
    return platform


def _tell_upload(emitter: Emitter, service: str, files: int, size: int) -> None:
    megabytes = round(size / 1_000_000, 1)
    emitter.emit(Note(message("compose.upload", service=service, files=files, megabytes=megabytes)))


def _tell_start(emitter: Emitter, options: Options, target: _Target, overlay: tuple[OverlayEntry, ...]) -> None:
    laid_over = tuple(f"{entry.path} = {entry.after}" for entry in overlay)
    emitter.emit(RunStarted(options.command, target.name, target.endpoint, overlay=laid_over, tier=target.tier))


def _keep_answer(options: Options, service: str, name: str, value: str) -> None:
    """Write a typed value where the next run finds it and no other environment does; a rehearsal keeps none."""
    if options.target == REHEARSAL:
        return
    file = options.folder / PLAN_FILE
    plan = load(file)
    place = ("shared", name) if service == "shared" else ("services", service, "variables", name)
    environment = options.environment or plan.project.environment
    profile = None if options.named_endpoint else options.target
    set_value(file, place_of(plan, place, environment=environment, profile=profile), value)


@dataclass(slots=True)
class _Pauses:
    """Tells listeners that the adapter waits for the world: once, however many requests wait."""

    emitter: Emitter
    _waiting: int = 0

    def paused(self, why: Message, until: datetime | None) -> None:
        """Nothing is sent until then."""
        self._waiting += 1
        if self._waiting == 1:
            self.emitter.emit(RunPaused(why, until))

    def resumed(self) -> None:
        """It goes on."""
        self._waiting -= 1
        if not self._waiting:
            self.emitter.emit(RunResumed())
