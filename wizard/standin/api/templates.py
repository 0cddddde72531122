"""Templates: read one, deploy one, follow its workflow."""

from __future__ import annotations

from typing import Any

from wizard.standin.api.context import Context, connection
from wizard.standin.api.registry import mutation, query
from wizard.standin.state.refusals import Refused, not_authorized
from wizard.standin.state.resources import create_project
from wizard.standin.state.rows import Document, Environment, Project, Workflow
from wizard.standin.state.template_deploy import run_workflow, stage_only
from wizard.standin.state.templates import TEMPLATES, Template, find_template


@query("template")
def template(
    context: Context,  # noqa: ARG001
    code: str | None = None,
    id: str | None = None,
    owner: str | None = None,  # noqa: ARG001
    repo: str | None = None,  # noqa: ARG001
) -> Template:
    """Return a template by code or id; needs no session."""
    found = find_template(code, id)
    if found is None:
        raise Refused("Template not found")
    return found


@query("templates")
def templates(_context: Context, **chosen: Any) -> Document:
    """List the templates there are: the databases."""
    return connection(TEMPLATES, **chosen)


@query("templateSearch")
def template_search(_context: Context, query: str, **chosen: Any) -> Document:
    """Search the templates there are by name and code."""
    words = query.lower().split()
    found = [one for one in TEMPLATES if all(word in f"{one.name} {one.code}".lower() for word in words)]
    return connection(found, **chosen)


@mutation("templateDeployV2")
def template_deploy(context: Context, input: Document) -> Document:
    """Begin to deploy a template; nothing of it is there yet when this answers."""
    if find_template(None, input["templateId"]) is None:
        raise Refused("Template not found")
    project, environment = _target(context, input)
    if any(service.get("volumeMounts") for service in input["serializedConfig"].get("services", {}).values()):
        context.cooldowns.enter("volume")
    workflow = context.railway.store.put(Workflow(**context.railway.cloud.stamp(), status="Running"))
    config = input["serializedConfig"]
    work = stage_only if input.get("stageOnly") else run_workflow
    context.railway.in_background(work(context.railway, workflow, project, environment, config))
    return {"projectId": project.id, "workflowId": workflow.id}


@query("workflowStatus")
def workflow_status(context: Context, workflowId: str) -> Document:
    """Return NotFound until the workflow shows up, then how it stands."""
    row = context.tables.get(Workflow, workflowId)
    return {"status": row.status, "error": row.error} if row else {"status": "NotFound", "error": None}


def _target(context: Context, input_: Document) -> tuple[Project, Environment]:
    if not input_.get("projectId"):
        context.cooldowns.enter("project")
        project = create_project(context.railway, None, None)
    else:
        project = context.require(Project, input_["projectId"])
    environment = context.require(Environment, input_.get("environmentId") or project.base_environment_id)
    if environment.project_id != project.id:
        raise not_authorized()
    return project, environment
