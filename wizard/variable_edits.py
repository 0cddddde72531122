"""One variable changed from the outside: written where the plan or the keyring keeps it, then sent by its own phase.

A value that is typed goes before everything the platform and the keyring have, so that a change is one answer to the
variables phase; nothing here talks to the platform by a way of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from wizard.clock import Clock
from wizard.compose import deploy, session
from wizard.errors import FailedError, UsageError
from wizard.events import Effect, RunFinished
from wizard.known_answers import KnownAnswers
from wizard.messages import Message, message
from wizard.options import PLAN_FILE, Faces, Options
from wizard.phases.run import Scope
from wizard.phases.step import Phase
from wizard.plan.loader import load
from wizard.plan.model import Plan
from wizard.plan.overlay import place_of
from wizard.plan.problems import nearest
from wizard.plan.references import SHARED, escape
from wizard.plan.variables import GeneratedSecret, KeyringSecret, VariableValue
from wizard.plan.writer import set_value
from wizard.secrets import Secret, generate
from wizard.source.dotenv import is_sensitive_name

_FROZEN = "NEXT_PUBLIC_"
"""Start of names a build freezes into the bundle."""
_SIGNING = ("JWT", "SESSION", "SIGNING", "SECRET_KEY")
"""Parts of names of secrets that sign what users carry: a new value is a new login for everybody."""
_KEPT = KeyringSecret(secret="keyring")  # noqa: S106 - where it is kept


@dataclass(frozen=True, slots=True)
class EditEffect:
    """What a new value does to what is running.

    Attributes:
        logs_out: whoever is logged in has to log in again.
    """

    effect: Effect
    logs_out: bool = False

    def told(self, service: str, name: str) -> Message:
        """Say it."""
        kind = "logs-out" if self.logs_out else "rebuild" if self.effect is Effect.REBUILD else "restart"
        return message(f"edits.{kind}", service=service, name=name)


def effect_of(name: str) -> EditEffect:
    """Tell what a new value of a variable will do, judged by its name."""
    if name.startswith(_FROZEN):
        return EditEffect(Effect.REBUILD)
    return EditEffect(Effect.RESTART, logs_out=any(part in name.upper() for part in _SIGNING))


async def set_variables(
    options: Options, faces: Faces, service: str, values: Mapping[str, str | Secret], clock: Clock
) -> RunFinished:
    """Give variables of a service new values and send them; an unknown name joins the plan first.

    Args:
        options: which plan and target.
        faces: as for every run.
        service: of the plan, or `shared`.
        values: what is secret by its name or its place in the plan is kept as one, the rest is the plan's text.
        clock: the run's.

    Raises:
        UsageError: `edits.no-such-service`.
    """
    plan = load(options.folder / PLAN_FILE)
    table, answers = _table(plan, service), {}
    for name, value in values.items():
        if not _is_secret(name, table.get(name)):
            _write(options, plan, service, name, escape(_revealed(value)))
            continue
        answers[f"variable.{service}.{name}"] = Secret(_revealed(value))
        if name not in table:
            _write(options, plan, service, name, _KEPT)
    scope = Scope(phases=frozenset({Phase.VARIABLES}))
    known = Faces(listeners=faces.listeners, asker=KnownAnswers(faces.asker, answers))
    return await deploy(replace(options, scope=scope), known, clock)


async def rotate_variable(options: Options, faces: Faces, service: str, name: str, clock: Clock) -> RunFinished:
    """Generate a new value as the plan says, 48 bytes where it says nothing, and send it."""
    value = _table(load(options.folder / PLAN_FILE), service).get(name)
    how = value if isinstance(value, GeneratedSecret) else GeneratedSecret(generate="token_urlsafe")
    return await set_variables(options, faces, service, {name: generate(how.generate, how.bytes)}, clock)


async def take_from_platform(options: Options, faces: Faces, service: str, name: str, clock: Clock) -> None:
    """Write what the platform has into the plan, or into the keyring where it is a secret; the platform stays as it is.

    Raises:
        FailedError: `edits.not-readable` where the platform has no such variable or has sealed it.
    """
    plan = load(options.folder / PLAN_FILE)
    value = _table(plan, service).get(name)
    async with session(options, faces, clock) as run:
        state = await run.world.state()
        have = (
            state.shared
            if service == SHARED
            else state.services[service].variables
            if service in state.services
            else {}
        )
        raw = have[name].raw if name in have else None
        if raw is None:
            raise FailedError("edits.not-readable", service=service, name=name)
        if _is_secret(name, value):
            await run.secrets.set(f"{service}.{name}", raw)
            if value is None:
                _write(options, plan, service, name, _KEPT)
        else:
            _write(options, plan, service, name, escape(raw.reveal()))


def _table(plan: Plan, service: str) -> Mapping[str, VariableValue]:
    if service == SHARED:
        return plan.shared
    if service not in plan.services:
        known = (*plan.services, SHARED)
        raise UsageError(
            "edits.no-such-service", service=service, nearest=nearest(service, known), known=", ".join(known)
        )
    return plan.services[service].variables


def _is_secret(name: str, planned: VariableValue | None) -> bool:
    return isinstance(planned, KeyringSecret | GeneratedSecret) or (planned is None and is_sensitive_name(name))


def _revealed(value: str | Secret) -> str:
    return value.reveal() if isinstance(value, Secret) else value


def _write(options: Options, plan: Plan, service: str, name: str, value: object) -> None:
    place = (SHARED, name) if service == SHARED else ("services", service, "variables", name)
    environment = options.environment or plan.project.environment
    profile = None if options.named_endpoint else options.target
    set_value(options.folder / PLAN_FILE, place_of(plan, place, environment=environment, profile=profile), value)
