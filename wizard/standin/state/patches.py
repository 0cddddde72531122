"""Config patches: staged, merged, committed; a commit applies them in the background."""

from __future__ import annotations

from wizard.standin.state.patch_apply import apply_patch
from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.refusals import PROBLEM, Refused
from wizard.standin.state.rows import Document, Environment, EnvironmentPatch, Workflow
from wizard.standin.state.store import Tables


def merge(base: Document, change: Document) -> Document:
    """Return the patch in which a later one wins, object by object."""
    merged = dict(base)
    for key, value in change.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = merge(merged[key], value) if both else value
    return merged


def change_count(patch: Document) -> int:
    """Return how many resources a staged patch touches."""
    return sum(len(patch.get(part) or {}) for part in ("services", "sharedVariables", "volumes"))


def staged(tables: Tables, environment_id: str) -> EnvironmentPatch | None:
    """Return the environment's staged patch, if somebody staged one."""
    return tables.first(EnvironmentPatch, environment_id=environment_id, status="STAGED")


def stage(railway: LocalRailway, environment: Environment, patch: Document, *, merged: bool) -> EnvironmentPatch:
    """Stage a patch: beside what is staged, or instead of all of it."""
    known = staged(railway.tables, environment.id)
    if known is None:
        row = EnvironmentPatch(**railway.cloud.stamp(), environment_id=environment.id, status="STAGED", patch=patch)
        return railway.store.put(row)
    return railway.store.change(known, patch=merge(known.patch, patch) if merged else patch)


def commit(
    railway: LocalRailway, environment: Environment, row: EnvironmentPatch, *, skip_deploys: bool
) -> EnvironmentPatch:
    """Begin to apply a patch; its row goes from APPLYING to COMMITTED."""
    applying = railway.store.put(row) if railway.tables.get(EnvironmentPatch, row.id) is None else row
    applying = railway.store.change(applying, status="APPLYING", message=row.message)
    railway.in_background(carry_out(railway, environment, applying, skip_deploys=skip_deploys))
    return applying


async def carry_out(
    railway: LocalRailway, environment: Environment, row: EnvironmentPatch, *, skip_deploys: bool
) -> None:
    """Apply a patch that is APPLYING; afterwards it is COMMITTED, with the error where it was refused."""
    await railway.cloud.clock.sleep(railway.cloud.settings.read_lag / 4)
    error: str | None = None
    try:
        await apply_patch(railway, environment, row.patch, skip_deploys=skip_deploys)
    except Refused as refusal:
        error = str(refusal)
    now = railway.cloud.clock.now()
    railway.store.change(row, status="COMMITTED", applied_at=now, last_applied_error=error)


def recover(railway: LocalRailway) -> None:
    """After a restart of the stand-in: apply again what was being applied; other work that was cut off has failed."""
    for row in railway.tables.where(EnvironmentPatch, status="APPLYING"):
        environment = railway.tables.get(Environment, row.environment_id)
        if environment:
            railway.in_background(carry_out(railway, environment, row, skip_deploys=False))
    for workflow in railway.tables.where(Workflow, status="Running"):
        railway.store.change(workflow, status="Error", error=PROBLEM)
