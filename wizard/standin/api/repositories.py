"""GitHub through Railway's eyes: the repositories its App sees, their branches, whether one may be connected."""

from __future__ import annotations

from wizard.standin.api.context import Context
from wizard.standin.api.registry import query
from wizard.standin.state.refusals import Refused
from wizard.standin.state.repositories import UnknownCommitError
from wizard.standin.state.rows import Document


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
        raise Refused("Repository not found or not accessible") from None
    return [{"name": name} for name in names]


@query("gitHubRepoAccessAvailable")
def repo_access(context: Context, fullRepoName: str) -> Document:
    """Tell whether a repository may be connected and whether it is public."""
    known = context.railway.cloud.repositories.get(fullRepoName)
    return {"hasAccess": bool(known and known.app_installed), "isPublic": bool(known and not known.private)}
