"""Staged changes and patches: how settings, proxies, sizes and quiet deletions are applied in one go."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from wizard.standin.api.context import Context, connection
from wizard.standin.api.identity import USER
from wizard.standin.api.registry import field, mutation, query, subscription
from wizard.standin.state import patches
from wizard.standin.state.configuration import masked
from wizard.standin.state.rows import Document, Environment, EnvironmentPatch


@query("environmentStagedChanges")
def staged_changes(context: Context, environmentId: str) -> EnvironmentPatch:
    """Return the staged patch; an empty one where nothing is staged."""
    environment = context.require(Environment, environmentId)
    return patches.staged(context.tables, environment.id) or _unsaved(context, environment, {}, None)


@query("environmentPatch")
def environment_patch(context: Context, id: str) -> EnvironmentPatch:
    """Return a patch by id."""
    return context.require(EnvironmentPatch, id)


@query("environmentPatches")
def environment_patches(context: Context, environmentId: str, **page: Any) -> Document:
    """Return the patches that were committed, newest first."""
    environment = context.require(Environment, environmentId)
    rows = context.tables.where(EnvironmentPatch, environment_id=environment.id)
    return connection([row for row in reversed(rows) if row.status != "STAGED"], **page)


@mutation("environmentStageChanges")
def stage_changes(
    context: Context,
    environmentId: str,
    input: Document,
    merge: bool | None = None,  # noqa: FBT001
) -> EnvironmentPatch:
    """Stage changes; without `merge` they replace everything staged, whoever staged it."""
    environment = context.require(Environment, environmentId)
    return patches.stage(context.railway, environment, input, merged=bool(merge))


@mutation("environmentPatchCommitStaged")
def commit_staged(
    context: Context,
    environmentId: str,
    commitMessage: str | None = None,
    skipDeploys: bool | None = None,  # noqa: FBT001
) -> str:
    """Commit all that is staged and return the patch's id."""
    environment = context.require(Environment, environmentId)
    row = patches.staged(context.railway.tables, environment.id) or _unsaved(context, environment, {}, None)
    row = context.railway.store.change(row, message=commitMessage)
    return patches.commit(context.railway, environment, row, skip_deploys=bool(skipDeploys)).id


@mutation("environmentPatchCommit")
def commit(
    context: Context, environmentId: str, patch: Document | None = None, commitMessage: str | None = None
) -> str:
    """Commit one patch and leave what is staged alone; returns the patch's id."""
    environment = context.require(Environment, environmentId)
    row = _unsaved(context, environment, patch or {}, commitMessage)
    return patches.commit(context.railway, environment, row, skip_deploys=False).id


@subscription("environmentStagedPatch")
async def environment_staged_patch(context: Context, environmentId: str) -> AsyncIterator[EnvironmentPatch]:
    """Stream the staged patch whenever it changes, its present state first; has no end of its own."""
    environment, sent = context.require(Environment, environmentId), None
    while True:
        changed = context.railway.store.pulse.next()
        row = patches.staged(context.railway.tables, environment.id)
        told = row.patch if row else {}
        if told != sent:
            sent = told
            yield row or _unsaved(context, environment, {}, None)
        await changed.wait()


@field("EnvironmentPatch", "patch")
def patch_document(row: EnvironmentPatch, _context: Context, decryptVariables: bool | None = None) -> Document:  # noqa: FBT001
    """Return the patch; values of variables only when asked to."""
    return row.patch if decryptVariables else masked(row.patch)


@field("EnvironmentPatch", "environment")
def patch_environment(row: EnvironmentPatch, context: Context) -> Environment:
    """Return the patch's environment."""
    return context.require(Environment, row.environment_id)


@field("EnvironmentPatch", "appliedBy")
def applied_by(row: EnvironmentPatch, _context: Context) -> Document | None:
    """Return who committed the patch: there is one person."""
    known = {"id": USER["id"], "name": USER["name"], "email": USER["email"], "username": USER["username"]}
    return known if row.applied_at else None


def _unsaved(context: Context, environment: Environment, patch: Document, message: str | None) -> EnvironmentPatch:
    return EnvironmentPatch(
        **context.railway.cloud.stamp(),
        environment_id=environment.id,
        status="STAGED",
        patch=patch,
        message=message,
    )
