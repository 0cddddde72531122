"""Whether a running service still is what the plan wants, judged from the platform: code, settings and variables."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from wizard.messages import Message, message
from wizard.phases.run import Run
from wizard.phases.wanted import settings, settings_changes
from wizard.platform.handles import Handle
from wizard.platform.states import DeploymentState, ServiceState
from wizard.secrets import Secret


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a running service stands against the plan.

    Attributes:
        stale: what is known to differ.
        unknown: what nobody can tell: no sign of being stale, and no proof of being current.
    """

    stale: tuple[Message, ...] = ()
    unknown: tuple[Message, ...] = ()


async def reasons(run: Run, name: str) -> tuple[Message, ...]:
    """Return why a service must be deployed; empty where it is known to be current."""
    judgement = await judge(run, name)
    return judgement.stale + judgement.unknown


async def judge(run: Run, name: str) -> Judgement:
    """Compare a running service with the plan."""
    service = await run.service(name)
    if service is None or service.active is None:
        return Judgement(stale=(message("phases.stale-never", service=name),))
    if not service.active.status.good:
        return Judgement(stale=(message("phases.stale-status", service=name, status=service.active.raw),))
    return await _compare(run, name, service, service.active)


async def under_way(run: Run, name: str) -> Handle | None:
    """Return a deployment of just what is wanted that is not decided yet: a killed run began it, or a push."""
    service = await run.service(name)
    latest = service.latest if service else None
    if service is None or latest is None or latest.status.final:
        return None
    return latest.handle if await _compare(run, name, service, latest) == Judgement() else None


async def _compare(run: Run, name: str, service: ServiceState, deployment: DeploymentState) -> Judgement:
    code = await asyncio.to_thread(_revision, run, name, deployment)
    others = (*_settings(run, name, deployment), *await _variables(run, name, service, deployment))
    return Judgement((*code.stale, *others), code.unknown)


def _revision(run: Run, name: str, deployment: DeploymentState) -> Judgement:
    wanted = run.repository.revision(name)
    is_current = wanted is None or run.repository.is_current(name, wanted, deployment)
    if wanted is None or is_current:
        return Judgement()
    have = deployment.commit or deployment.message or "?"
    if is_current is None:
        return Judgement(unknown=(message("phases.unknown-revision", service=name, have=have[:24]),))
    return Judgement(stale=(message("phases.stale-revision", service=name, wanted=wanted.short, have=have[:24]),))


def _settings(run: Run, name: str, deployment: DeploymentState) -> tuple[Message, ...]:
    if deployment.settings is None:
        return ()
    differences = settings_changes(name, settings(run.plan, run.repository, name), deployment.settings)
    names = ", ".join(change.field for change in differences)
    return (message("phases.stale-settings", service=name, settings=names),) if names else ()


async def _variables(run: Run, name: str, service: ServiceState, deployment: DeploymentState) -> tuple[Message, ...]:
    frozen = await run.platform.deployments.variables(deployment.handle)
    differing = changed_names(frozen, await run.rendered(name)) if frozen is not None else _written(run, name, service)
    return (message("phases.stale-variables", service=name, names=", ".join(differing)),) if differing else ()


def _written(run: Run, name: str, service: ServiceState) -> tuple[str, ...]:
    """Where nobody tells what runs, what this run wrote is what is known to differ."""
    written = {change.field for change in run.written.get(name, ())}
    return tuple(sorted(written & service.variables.keys()))


def changed_names(frozen: Mapping[str, Secret], now: Mapping[str, Secret]) -> tuple[str, ...]:
    """Return the variables whose value in the running deployment is not today's; values stay in memory."""
    return tuple(sorted(name for name in frozen.keys() | now.keys() if frozen.get(name) != now.get(name)))
