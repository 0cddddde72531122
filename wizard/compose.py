"""The one place that binds target, adapter, plan, phases, asker and listeners into a run."""

from __future__ import annotations

import asyncio
import os
import socket
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from wizard.clock import Clock, SystemClock
from wizard.errors import CredentialError, ExitCode, FailedError, RefusedError, UsageError
from wizard.events import Emitter, Listener, Note, Result, RunFinished, RunPaused, RunResumed, RunStarted
from wizard.http import HttpClient
from wizard.journal import Journal, journal_path
from wizard.lock import exclusive, place_word
from wizard.messages import Message, message
from wizard.phases.facts import CodeFacts
from wizard.phases.lease import Operator
from wizard.phases.repository import Repository
from wizard.phases.run import Run, Scope
from wizard.phases.runner import execute, observe
from wizard.phases.world import World
from wizard.plan.loader import apply_environment, apply_overlay, load
from wizard.plan.model import Plan, Profile, RepoSource, UploadSource
from wizard.plan.overlay import OverlayEntry, place_of
from wizard.plan.writer import set_value
from wizard.plan_secrets import PlanSecrets
from wizard.platform.ports import Platform
from wizard.platform.states import Account
from wizard.questions import Asker
from wizard.railway.endpoint import RAILWAY, Endpoint
from wizard.railway.platform import connect
from wizard.secret_store import TOKEN, ChainStore, PassingStore, SecretStore, open_store, token_variables
from wizard.secrets import Redactor, Secret
from wizard.source.git import GitRepository

if TYPE_CHECKING:
    from wizard.rehearsal.server import LocalRailway

PLAN_FILE = "wizard.toml"
REHEARSAL = "rehearsal"
"""The built-in target whose platform a run starts itself."""
ENDPOINT_VARIABLE = "RAILWIZARD_ENDPOINT"


def state_folder(environment: Mapping[str, str]) -> Path:
    """Return where journals and rehearsals are kept: RAILWIZARD_STATE, else the system's place for state."""
    named = environment.get("RAILWIZARD_STATE")
    return Path(named) if named else platformdirs.user_state_path("railwizard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the operator asked for.

    Attributes:
        folder: where wizard.toml lies.
        command: for the header and the journal.
        endpoint: replaces the target's endpoint alone; no overlay comes with it.
        worktree: deploy the files on disk even where the plan names a repository; for rehearsals.
        internet: the application may be made to call third parties; None follows from whether the target bills.
        allow_endpoint: lets a credential go to a host that is neither the platform's nor this machine.
        variables: the process's environment.
    """

    folder: Path
    command: str
    target: str = "railway"
    endpoint: str | None = None
    environment: str | None = None
    scope: Scope = field(default_factory=Scope)
    worktree: bool = False
    internet: bool | None = None
    allow_endpoint: bool = False
    secrets_in_file: bool = False
    variables: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    @property
    def named_endpoint(self) -> str | None:
        """The endpoint that replaces the target's, by flag or by the environment."""
        return self.endpoint or self.variables.get(ENDPOINT_VARIABLE)

    @property
    def state(self) -> Path:
        """The state folder."""
        return state_folder(self.variables)


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """Who hears and who answers."""

    listeners: tuple[Listener, ...]
    asker: Asker


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


def load_plan(options: Options) -> tuple[Plan, tuple[OverlayEntry, ...]]:
    """Load the plan with the environment's overrides and, unless an endpoint replaces the target, its overlay.

    What either lays over the plan comes with it: every report lists it.
    """
    plan = load(options.folder / PLAN_FILE)
    name = options.environment or plan.project.environment
    plan, overrides = apply_environment(plan, name)
    changed: dict[str, object] = {"environment": name}
    if options.worktree:
        changed["source"] = UploadSource()
    plan = plan.model_copy(update={"project": plan.project.model_copy(update=changed)})
    laid_over, overlay = apply_overlay(plan, options.target)
    return (plan, overrides) if options.named_endpoint else (laid_over, (*overrides, *overlay))


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


@dataclass(frozen=True, slots=True)
class Login:
    """Whom a token speaks for, and where it was kept."""

    account: Account
    kept: Message


async def login(options: Options, token: Secret, clock: Clock | None = None) -> Login:
    """Try a token against its endpoint and keep it; raises CredentialError for one refused or kept by no place."""
    clock = clock or SystemClock()
    endpoint = _endpoint(options, None)
    async with AsyncExitStack() as stack:
        platform = connect(endpoint, token, clock)
        stack.push_async_callback(platform.close)
        account = await platform.credentials.verify()
    store = _store(options, endpoint, clock)
    await store.set(TOKEN, token)
    if not store.durable:
        raise store.problems[-1]
    return Login(account, store.describe())


async def logout(options: Options, clock: Clock | None = None) -> None:
    """Forget the endpoint's token in every place this wizard wrote it."""
    endpoint = _endpoint(options, None)
    await _store(options, endpoint, clock or SystemClock()).delete(TOKEN)


async def reveal(options: Options, name: str, clock: Clock | None = None) -> Secret:
    """Return a kept secret of this plan for its owner's eyes; raises FailedError where none is kept."""
    plan, _ = load_plan(options)
    endpoint = _endpoint(options, plan.profiles.get(options.target))
    store = _store(options, endpoint, clock or SystemClock())
    if secret := await _plan_secrets(plan, store).get(name):
        return secret
    if unusable := [problem for problem in store.problems if problem.code != "secret_store.no-keyring"]:
        raise unusable[-1]
    raise FailedError("compose.not-kept", name=name, environment=plan.project.environment, endpoint=endpoint)


def _plan_secrets(plan: Plan, store: SecretStore) -> PlanSecrets:
    return PlanSecrets(store, f"{plan.project.key}.{plan.project.environment}")


def _run_id() -> str:
    return uuid.uuid4().hex[:12]


def _remote_target(options: Options, clock: Clock) -> _Target:
    plan = load(options.folder / PLAN_FILE)
    if options.target == REHEARSAL and not options.named_endpoint:
        raise UsageError("compose.rehearsal-target")
    endpoint = _endpoint(options, plan.profiles.get(options.target))
    store = _store(options, endpoint, clock)
    return _Target(name=options.target, endpoint=endpoint, token=None, store=store, state=options.state, run=_run_id())


def _store(options: Options, endpoint: str, clock: Clock) -> ChainStore:
    return open_store(endpoint, options.variables, options.state, clock, file_chosen=options.secrets_in_file)


def _endpoint(options: Options, profile: Profile | None) -> str:
    """Return where to send the credential: the platform, this machine, or a host the operator allowed by flag."""
    if options.endpoint is not None and not options.endpoint.strip():
        raise RefusedError("railway.bad-endpoint", endpoint="''")
    endpoint = Endpoint.parse(options.named_endpoint or (profile.endpoint if profile else None) or RAILWAY)
    if endpoint.origin != RAILWAY and not endpoint.loopback and not options.allow_endpoint:
        raise RefusedError("compose.foreign-endpoint", endpoint=endpoint.origin)
    return endpoint.origin


def _local_settings(options: Options) -> dict[str, object]:
    """Return what the local platform has to know: the repository it stands in for, where the plan names one."""
    plan, _ = load_plan(options)
    git = GitRepository.containing(options.folder)
    if not isinstance(plan.project.source, RepoSource) or git is None:
        return {}
    return {"repositories": {plan.project.source.repo: {"path": str(git.top)}}}


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
        differing={"sees_local_commits": True},
    )


async def _run(options: Options, faces: Faces, target: _Target, clock: Clock) -> RunFinished:
    async with _opened(options, faces, target, clock) as run:
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


@asynccontextmanager
async def _opened(options: Options, faces: Faces, target: _Target, clock: Clock) -> AsyncIterator[Run]:
    """Build a run and close everything it opened, in reverse."""
    plan, overlay = load_plan(options)
    emitter = Emitter(target.run, clock, list(faces.listeners))
    faces.asker.emit = emitter.emit
    _tell_start(emitter, options, target, overlay)
    async with AsyncExitStack() as stack:
        profile = None if options.named_endpoint else plan.profiles.get(target.name)
        platform = await _connected(target, profile, emitter, stack)
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
            secrets=_plan_secrets(plan, target.store),
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


async def _connected(target: _Target, profile: Profile | None, emitter: Emitter, stack: AsyncExitStack) -> Platform:
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


@dataclass(frozen=True, slots=True)
class _Pauses:
    """Tells listeners that the adapter waits for the world."""

    emitter: Emitter

    def paused(self, why: Message, until: datetime | None) -> None:
        """Nothing is sent until then."""
        self.emitter.emit(RunPaused(why, until))

    def resumed(self) -> None:
        """It goes on."""
        self.emitter.emit(RunResumed())
