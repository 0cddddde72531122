"""Change sets of Railway's configuration as code: previewed, applied under an etag, polled."""

from __future__ import annotations

from typing import Any

from wizard.standin.api.context import Context
from wizard.standin.api.registry import mutation, query
from wizard.standin.state import patches
from wizard.standin.state.change_sets import Lowered, lower
from wizard.standin.state.configuration import etag
from wizard.standin.state.refusals import CONFIG_CHANGED, PROBLEM, Refused, name_taken
from wizard.standin.state.rows import ChangeSetApply, Document, Environment, EnvironmentPatch, Service


@mutation("environmentPreviewChangeSet")
def preview(context: Context, environmentId: str, input: Document) -> Document:
    """Tell what applying a change set would do; changes nothing."""
    environment = context.require(Environment, environmentId)
    lowered = lower(context.railway.tables, environment, _document(input))
    changes = input.get("changes") or []
    effects = [{"address": one.get("address"), "deployEffect": one.get("deployEffect")} for one in changes]
    return {"changeSet": input, "diagnostics": lowered.diagnostics, "effects": effects}


@mutation("environmentApplyChangeSet")
async def apply(
    context: Context, environmentId: str, input: Document, baseConfigEtag: str | None = None, **more: Any
) -> Document:
    """Begin to apply a change set; waits for its end unless told not to. Refused where the etag is another one."""
    environment = context.require(Environment, environmentId)
    if baseConfigEtag and baseConfigEtag != etag(context.railway.tables, environment):
        raise Refused(CONFIG_CHANGED)
    document = _document(input)
    lowered = lower(context.railway.tables, environment, document)
    row = _stored(context, environment, document, lowered)
    if row.patch_id:
        _rename(context, lowered)
        patch = EnvironmentPatch(
            **context.railway.cloud.stamp(row.patch_id),
            environment_id=environment.id,
            status="APPLYING",
            patch=lowered.patch,
            message=more.get("commitMessage"),
        )
        context.railway.store.put(patch)
        await _begin(context, environment, patch, waits=more.get("waitForCompletion") is not False)
    return _result(context, row)


@query("environmentChangeSetApply")
def applied(context: Context, environmentId: str, id: str) -> Document:
    """Return how applying a change set stands."""
    row = context.require(ChangeSetApply, id)
    if row.environment_id != environmentId:
        raise Refused(PROBLEM)
    return _result(context, row)


def _document(input_: object) -> Document:
    if not isinstance(input_, dict):
        raise Refused(PROBLEM)
    return input_


async def _begin(context: Context, environment: Environment, patch: EnvironmentPatch, *, waits: bool) -> None:
    work = patches.carry_out(context.railway, environment, patch, skip_deploys=False)
    if waits:
        with context.railway.cloud.clock.resting():
            await work
    else:
        context.railway.in_background(work)


def _rename(context: Context, lowered: Lowered) -> None:
    for service_id, name in lowered.renames.items():
        service = context.require(Service, service_id)
        if context.railway.tables.first(Service, project_id=service.project_id, name=name):
            raise name_taken(name)
        context.railway.store.change(service, name=name)


def _stored(context: Context, environment: Environment, change_set: Document, lowered: Lowered) -> ChangeSetApply:
    refused = any(one["severity"] == "error" for one in lowered.diagnostics)
    stamp = context.railway.cloud.stamp()
    changes = [
        {"kind": change.get("kind"), "path": change.get("path"), "summary": change.get("summary"), "status": status}
        for change, status in zip(change_set.get("changes") or [], lowered.statuses, strict=False)
    ]
    row = ChangeSetApply(
        **stamp,
        environment_id=environment.id,
        patch_id=None if refused else context.railway.cloud.stamp()["id"],
        changes=changes,
        diagnostics=lowered.diagnostics,
    )
    return context.railway.store.put(row)


def _result(context: Context, row: ChangeSetApply) -> Document:
    patch = context.get(EnvironmentPatch, row.patch_id)
    status = _status(row, patch)
    diagnostics = list(row.diagnostics)
    if patch and patch.last_applied_error:
        diagnostics.append({"severity": "error", "path": "", "message": patch.last_applied_error})
    reached = "pending" if patch is None or status == "applying" else status
    changes = [{**one, "status": reached if one["status"] == "pending" else one["status"]} for one in row.changes]
    return {
        "id": row.id,
        "status": status,
        "stagedPatchId": row.patch_id,
        "deploymentId": None,
        "diagnostics": diagnostics,
        "changes": changes,
    }


def _status(row: ChangeSetApply, patch: EnvironmentPatch | None) -> str:
    if row.patch_id is None:
        return "failed"
    if patch is None or patch.status != "COMMITTED":
        return "applying"
    return "failed" if patch.last_applied_error else "applied"
