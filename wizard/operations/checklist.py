"""The checklist of a plan against its environment: reads the platform once, values never leave this module."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.phases.run import Run
from wizard.phases.values import Chooser, Chosen
from wizard.phases.variables import planned_variables
from wizard.plan.checklist import Row, ServiceFacts, checklist
from wizard.plan.model import Plan
from wizard.plan.precedence import Written
from wizard.platform.states import GroupState, VariableState
from wizard.secrets import Secret


async def read_checklist(run: Run) -> tuple[Row, ...]:
    """Return a row for every variable; without a project everything the plan sets is missing."""
    state = await run.world.state() if run.world.group else None
    facts = {name: await _service_facts(run, name, state) for name in run.plan.services}
    return checklist(_with_ports(run), facts)


def _with_ports(run: Run) -> Plan:
    """Return the plan with the variables the wizard writes by itself: they come from the plan as well."""
    services = {
        name: spec.model_copy(update={"variables": planned_variables(run, name)})
        for name, spec in run.plan.services.items()
    }
    return run.plan.model_copy(update={"services": services})


async def _service_facts(run: Run, name: str, state: GroupState | None) -> ServiceFacts:
    service = state.services.get(name) if state else None
    have = service.variables if service else {}
    rendered = await run.rendered(name) if service else {}
    return ServiceFacts(
        existing={variable: _written(variable, seen, rendered) for variable, seen in have.items()},
        wanted=await _wanted(run, name, state, have) if service else {},
        reads=await run.facts.reads(name),
        kept=await _kept(run, name),
    )


def _written(name: str, seen: VariableState, rendered: Mapping[str, Secret]) -> Written:
    return Written(seen.raw, rendered.get(name), seen.sealed)


async def _wanted(
    run: Run, name: str, state: GroupState | None, have: Mapping[str, VariableState]
) -> dict[str, Written]:
    chosen = await Chooser(run, name, state).choose(planned_variables(run, name), have)
    plain = {one: Secret(one.value) for one in chosen if isinstance(one.value, str)}
    return {one.name: Written(value, _rendered_alike(one)) for one, value in plain.items()}


def _rendered_alike(chosen: Chosen) -> Secret | None:
    """Return what a reference renders to where the platform has exactly that, written out."""
    return chosen.before.raw if chosen.literal_for_reference and chosen.before else None


async def _kept(run: Run, service: str) -> frozenset[str]:
    names = run.plan.services[service].variables
    return frozenset([name for name in names if await run.secrets.get(f"{service}.{name}") is not None])
