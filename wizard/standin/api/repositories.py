"""GitHub through Railway's eyes: the repositories its App sees, their branches, whether one may be connected."""

from __future__ import annotations

from wizard.standin.api.context import Context
from wizard.standin.api.registry import mutation, query
from wizard.standin.state import names
from wizard.standin.state.instance_settings import connected
from wizard.standin.state.refusals import REPOSITORY_UNKNOWN, Refused
from wizard.standin.state.repositories import UnknownCommitError
from wizard.standin.state.resources import check_service_room, create_instances, create_service, environments_touched
from wizard.standin.state.rows import Document, Environment, Project, Service


@query("githubRepos")
async def github_repos(context: Context) -> list[Document]:
    """List the repositories the GitHub App is installed on."""
    repositories = context.railway.cloud.repositories
    return [
        {
            "id": number,
            "fullName": name,
            "name": name.partition("/")[2],
            "defaultBranch": await repositories.default_branch(name),
            "isPrivate": bool(one and one.private),
            "installationId": "1",
        }
        for number, name in enumerate(repositories.names(), start=1)
        for one in [repositories.get(name)]
    ]


@query("githubRepoBranches")
async def github_repo_branches(context: Context, owner: str, repo: str) -> list[Document]:
    """List a repository's branches."""
    try:
        names = await context.railway.cloud.repositories.branches(f"{owner}/{repo}")
    except UnknownCommitError:
        raise Refused(REPOSITORY_UNKNOWN) from None
    return [{"name": name} for name in names]


@query("githubRepo")
async def github_repo(context: Context, fullRepoName: str) -> Document:
    """Return a repository by its name, as far as GitHub shows it to Railway."""
    repositories = context.railway.cloud.repositories
    known = repositories.get(fullRepoName)
    if known is None:
        raise Refused(REPOSITORY_UNKNOWN)
    return {
        "id": 1,
        "fullName": fullRepoName,
        "name": fullRepoName.partition("/")[2],
        "defaultBranch": await repositories.default_branch(fullRepoName),
        "isPrivate": known.private,
    }


@query("githubWritableScopes")
def github_writable_scopes(context: Context) -> list[str]:
    """List the owners whose repositories the GitHub App sees."""
    return sorted({name.partition("/")[0] for name in context.railway.cloud.repositories.names()})


@mutation("githubRepoDeploy")
async def github_repo_deploy(context: Context, input: Document) -> str:
    """Make a service of a repository and build it at once from its root; every call makes another."""
    project = context.require(Project, input["projectId"])
    source = await connected(context.railway.cloud.repositories, input)
    check_service_room(context.railway, project)
    taken = {row.name for row in context.railway.tables.where(Service, project_id=project.id)}
    name = str(input["repo"]).partition("/")[2] or names.words()
    service = create_service(context.railway, project, f"{name}-{names.suffix()}" if name in taken else name)
    environment_id = input.get("environmentId") or project.base_environment_id
    where = environments_touched(context.railway, project.id, context.require(Environment, environment_id).id)
    for instance in create_instances(context.railway, service, where):
        await context.railway.deployments.deploy_source(context.railway.store.change(instance, **source))
    return service.id


@query("gitHubRepoAccessAvailable")
def repo_access(context: Context, fullRepoName: str) -> Document:
    """Tell whether a repository may be connected and whether it is public."""
    known = context.railway.cloud.repositories.get(fullRepoName)
    return {"hasAccess": bool(known and known.app_installed), "isPublic": bool(known and not known.private)}
