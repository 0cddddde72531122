"""The variables phase: generate, ask, refer; one write a service that deploys nothing; rendered values read back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from wizard.errors import FailedError
from wizard.events import Change, Note
from wizard.messages import message
from wizard.phases.creation import send
from wizard.phases.run import Run
from wizard.phases.step import DONE, UNCHANGED, Outcome, Phase, Step, Waiting, step_id
from wizard.phases.values import SHARED, Chooser, Chosen, variable_question
from wizard.plan.model import GeneratedSecret, KeyringSecret, Variables
from wizard.plan.placeholders import missing
from wizard.platform.states import GroupState, VariableState
from wizard.questions import Question
from wizard.secrets import Secret


def steps(run: Run) -> list[Step]:
    """Plan the steps: shared variables first, then every service beside the others."""
    ready = _ready(run)
    shared = (
        [
            Step(
                phase=Phase.VARIABLES,
                resource=SHARED,
                requires=ready,
                act=partial(_ensure, run, SHARED),
            )
        ]
        if run.plan.shared
        else []
    )
    requires = frozenset({*ready, *(step.id for step in shared)})
    return shared + [
        Step(phase=Phase.VARIABLES, resource=name, requires=requires, act=partial(_ensure, run, name))
        for name in run.plan.services
    ]


def _ready(run: Run) -> frozenset[str]:
    """Name what must hold first: values that are written out need databases that answer and tell theirs."""
    confirmed = step_id(Phase.PROJECT, "read-back")
    if run.platform.capabilities.native_references:
        return frozenset({confirmed})
    return frozenset({confirmed, *(step_id(Phase.DEPLOY, name) for name in run.plan.databases)})


async def questions(run: Run, state: GroupState | None) -> list[Question]:
    """Return what must be asked: secrets nobody has. Values typed beforehand are taken first: they may excuse one."""
    every = [
        (resource, name, variable_question(resource, name, value))
        for resource in (SHARED, *run.plan.services)
        for name, value in planned_variables(run, resource).items()
    ]
    for _, _, question in every:
        if run.asker.knows(question):
            run.typed[question.id] = await run.asker.ask(question)
    lacking = {
        (resource, name)
        for resource in (SHARED, *run.plan.services)
        for name in await Chooser(run, resource, state).lacking(
            planned_variables(run, resource), _observed(state, resource)
        )
    }
    return [question for resource, name, question in every if (resource, name) in lacking]


def planned_variables(run: Run, resource: str) -> Variables:
    """Return the variables the plan gives a service, with the port it listens on, or the shared ones."""
    if resource == SHARED:
        return run.plan.shared
    spec = run.plan.services[resource]
    port = {"PORT": str(spec.port)} if spec.port is not None and "PORT" not in spec.variables else {}
    return {**port, **spec.variables}


async def changes(run: Run, resource: str, state: GroupState | None) -> tuple[Change, ...]:
    """Return what would be written, values described, never shown."""
    chosen = await Chooser(run, resource, state).choose(planned_variables(run, resource), _observed(state, resource))
    return tuple(one.change(resource) for one in chosen if one.differs)


async def _ensure(run: Run, resource: str, waiting: Waiting) -> Outcome:
    state = await run.world.state()
    table = planned_variables(run, resource)
    chosen = await Chooser(run, resource, state).choose(table, _observed(state, resource))
    for one in chosen:
        if one.literal_for_reference:
            run.emit(Note(message("phases.literal-for-reference", service=resource, name=one.name)))
    differing = [one for one in chosen if one.differs]
    if differing:
        waiting(message("phases.setting-variables", service=resource, count=len(differing)))
        await _write(run, resource, differing)
    if resource != SHARED:
        await _check_rendered(run, resource, [one.name for one in chosen])
    return DONE if differing else UNCHANGED


async def _write(run: Run, resource: str, differing: list[Chosen]) -> None:
    planned = [one.change(resource) for one in differing]
    run.planned(Phase.VARIABLES, resource, planned)
    values = {one.name: one.value for one in differing if one.value is not None}
    for one in differing:
        await one.keep(run, resource)
    service = None if resource == SHARED else (await run.world.state()).services[resource].handle

    def holds(seen: GroupState) -> bool:
        return _holds(values, _observed(seen, resource))

    await send(run, resource, partial(run.platform.services.set_variables, run.world.located, service, values), holds)
    state = await run.world.until(holds)
    if state is None:
        raise FailedError("phases.variables-not-read-back", service=resource, names=", ".join(values))
    run.applied(Phase.VARIABLES, resource, planned)


def _holds(values: Mapping[str, str | Secret], have: Mapping[str, VariableState]) -> bool:
    def equal(name: str, value: str | Secret) -> bool:
        seen = have.get(name)
        return seen is not None and (seen.sealed or seen.raw == (value if isinstance(value, Secret) else Secret(value)))

    return all(equal(name, value) for name, value in values.items())


async def _check_rendered(run: Run, service: str, names: list[str]) -> None:
    """Refuse what a container would read as nothing, unless the plan says so: a dangling reference renders empty."""
    rendered = await run.rendered(service)
    values = {name: rendered[name].reveal() for name in names if name in rendered}
    table = planned_variables(run, service)
    if empty := [name for name, value in values.items() if not value and table[name] != ""]:
        raise FailedError("phases.empty-reference", service=service, names=", ".join(empty))
    asked = {name for name, value in table.items() if isinstance(value, KeyringSecret | GeneratedSecret)}
    if bad := [name for name, value in values.items() if name in asked and missing(value)]:
        raise FailedError("phases.placeholder", service=service, names=", ".join(bad))


def _observed(state: GroupState | None, resource: str) -> Mapping[str, VariableState]:
    if state is None:
        return {}
    if resource == SHARED:
        return state.shared
    service = state.services.get(resource)
    return service.variables if service else {}
