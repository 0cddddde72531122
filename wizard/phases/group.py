"""The group a run works in: our project found by its mark or made, and its environment."""

from __future__ import annotations

from functools import partial

from wizard.errors import FailedError
from wizard.events import Change, Effect, TargetNamed
from wizard.messages import message
from wizard.phases.creation import create_once
from wizard.phases.run import Run
from wizard.phases.step import DONE, UNCHANGED, Outcome, Phase, Waiting
from wizard.phases.world import SETTLE_SECONDS
from wizard.platform.handles import Group, Handle, Receipt

GROUP = "project"
_LOOK_EVERY = 4.0


def identity(key: str) -> str:
    """Return the project's mark: it travels in the description, so any machine can recognise the project."""
    return f"railwizard:{key}"


async def ensure_group(run: Run, waiting: Waiting) -> Outcome:
    """Make sure of project, mark and environment; the run works in them from here on."""
    planned = group_changes(run)
    if not planned:
        return UNCHANGED
    run.planned(Phase.PROJECT, GROUP, planned)
    waiting(message("phases.creating", resource=run.plan.project.name))
    found = run.world.project
    handle = found.handle if found else await _create_project(run)
    run.world.group = run.world.group or await _located(run, handle)
    if found and identity(run.plan.project.key) not in found.description:
        await run.lease.hold(partial(_with_mark, key=run.plan.project.key))
    name_target(run, run.world.group)
    run.applied(Phase.PROJECT, GROUP, planned)
    return DONE


def group_changes(run: Run) -> tuple[Change, ...]:
    """Return what the group lacks: the project, our mark on it, the environment."""
    project, found = run.plan.project, run.world.project
    if found is None:
        return (Change(GROUP, "project", "", project.name, Effect.NONE),)
    adopted = identity(project.key) not in found.description
    return (
        *((Change(GROUP, "mark", "", identity(project.key), Effect.NONE),) if adopted else ()),
        *((Change(GROUP, "environment", "", project.environment, Effect.NONE),) if run.world.group is None else ()),
    )


def _with_mark(description: str, key: str) -> str:
    if identity(key) in description:
        return description
    return f"{description}\n{identity(key)}" if description else identity(key)


async def _create_project(run: Run) -> Handle:
    workspace, project = run.world.workspace, run.plan.project
    if workspace is None:
        raise FailedError("phases.no-workspace")
    groups, mark = run.platform.groups, identity(project.key)

    async def find() -> Handle | None:
        now, _ = await run.platform.credentials.workspace(workspace.id)
        return next((p.handle for p in now.projects if mark in p.description and not p.deleted), None)

    first: list[Handle] = []

    async def create() -> Receipt:
        receipt = await groups.create(workspace.id, project.name, project.environment, run.lease.begin(mark))
        first.extend([receipt.environment] if receipt.environment else [])
        return receipt

    handle = await create_once(run, f"project {project.name}", "projectCreate", create, find)
    if first:
        run.world.begin(Group(handle, first[0]), run.lease.begin(mark))
    run.lease.began()
    return handle


async def _located(run: Run, project: Handle) -> Group:
    """Find the environment of a project that is known, or make it."""
    name = run.plan.project.environment
    if group := await _existing(run, project, name):
        return group

    async def find() -> Handle | None:
        found = await run.platform.groups.locate(project.id, name)
        return found.environment if found else None

    environment = await create_once(
        run,
        f"environment {name}",
        "environmentCreate",
        lambda: run.platform.groups.create_environment(project, name),
        find,
    )
    return Group(project, environment)


async def _existing(run: Run, project: Handle, name: str) -> Group | None:
    """Look once in a project that was there; one whose creation was just looked up shows its environment late."""
    patience = 0.0 if run.world.project else SETTLE_SECONDS
    deadline = run.clock.monotonic() + patience
    while (group := await run.platform.groups.locate(project.id, name)) is None:
        if run.clock.monotonic() >= deadline:
            return None
        await run.clock.sleep(_LOOK_EVERY)
    return group


def name_target(run: Run, group: Group) -> None:
    """Tell every listener which project and environment this run works in."""
    workspace = run.world.workspace.name if run.world.workspace else ""
    project, environment = group.project, group.environment
    run.emit(TargetNamed(workspace, project.name, environment.name, project.id, environment.id))
