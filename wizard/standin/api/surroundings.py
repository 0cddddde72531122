"""What stands around an account here: nothing to be found in it, and that is the true answer."""

from __future__ import annotations

from typing import Any

from wizard.standin.api.context import Context, connection
from wizard.standin.api.registry import mutation, query
from wizard.standin.state.rows import Deployment, Document


@query("externalWorkspaces")
def external_workspaces(_context: Context, projectId: str | None = None) -> list[Document]:
    """Return no workspace: nobody else shares a project with the one account."""
    del projectId
    return []


@query("sshPublicKeys")
def ssh_public_keys(_context: Context, workspaceId: str | None = None, **page: Any) -> Document:
    """Return no key: there is no relay that one could open."""
    del workspaceId
    return connection([], **page)


@query("deploymentSessions")
def deployment_sessions(context: Context, deploymentId: str, **page: Any) -> Document:
    """Return no session: nobody can have come in by SSH."""
    context.require(Deployment, deploymentId)
    return connection([], **page)


@query("workspaceTemplates")
def workspace_templates(_context: Context, **page: Any) -> Document:
    """Return no template: nobody published one."""
    return connection([], **page)


@mutation("cliEventTrack")
def cli_event_track(_context: Context, input: Document) -> bool:
    """Take note of what a command line says of its own use, and forget it."""
    del input
    return True
