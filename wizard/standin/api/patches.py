"""Staged changes and patches: how settings, proxies, sizes and quiet deletions are applied in one go."""

from __future__ import annotations

from wizard.standin.api.context import Context
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state import patches
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


@field("EnvironmentPatch", "environment")
def patch_environment(row: EnvironmentPatch, context: Context) -> Environment:
    """Return the patch's environment."""
    return context.require(Environment, row.environment_id)


def _unsaved(context: Context, environment: Environment, patch: Document, message: str | None) -> EnvironmentPatch:
    return EnvironmentPatch(
        **context.railway.cloud.stamp(),
        environment_id=environment.id,
        status="STAGED",
        patch=patch,
        message=message,
    )
