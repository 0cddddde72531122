"""Who is asking: which kind of credential this is, what its workspaces may do, and how the platform is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wizard.errors import CredentialError
from wizard.platform.handles import Kind
from wizard.platform.states import (
    Account,
    CredentialKind,
    PlatformHealth,
    ProjectSummary,
    RepositoryAccess,
    WorkspaceState,
)
from wizard.railway.client.fragments import ProjectEnvironmentPage, ProjectPage, ProjectPageEdgesNode
from wizard.railway.client.read_workspace import ReadWorkspace, ReadWorkspaceWorkspace
from wizard.railway.endpoint import Credential
from wizard.railway.mapping import handle
from wizard.railway.session import PAGE, Session, pages
from wizard.railway.settings import part
from wizard.secret_store import token_variables

_VOLUMES_BY_PLAN = {"TRIAL": 3, "FREE": 1, "HOBBY": 10, "PRO": 20}
_SERVICES_BY_PLAN = {"TRIAL": 5}
"""As documented, where the platform's own document of limits does not say."""
_REFUSED = frozenset({"railway.not-authorized", "railway.project-token-not-found"})


@dataclass(slots=True)
class RailwayCredentials:
    """The `Credentials` port."""

    session: Session
    kind: CredentialKind | None

    async def verify(self) -> Account:
        """Tell kind and workspaces of the credential.

        `apiToken` answers account and workspace tokens, `me` account and borrowed logins, `projectToken` project
        tokens under a header of their own: asked in this order, because each refuses the others.
        """
        probes = {
            None: (self._api_token, self._person, self._project),
            CredentialKind.ACCOUNT: (self._person,),
            CredentialKind.WORKSPACE: (self._api_token,),
            CredentialKind.PROJECT: (self._project,),
        }
        refusal: CredentialError | None = None
        for probe in probes[self.kind]:
            try:
                account = await probe()
            except CredentialError as error:
                if error.code not in _REFUSED:
                    raise
                refusal = refusal or error
            else:
                self.session.transport.proven = True
                return account
        raise self._refused() from refusal

    def _refused(self) -> CredentialError:
        """Name the kinds that were tried, and the variable this endpoint's token is read from."""
        origin = self.session.transport.endpoint.origin
        kinds = ", ".join([self.kind] if self.kind else CredentialKind)
        return CredentialError(
            "railway.token-refused", kinds=kinds, endpoint=origin, variable=token_variables(origin)[0]
        )

    async def _api_token(self) -> Account:
        token = (await self.session.client.read_api_token()).api_token
        workspaces = tuple((one.id, one.name) for one in token.workspaces)
        if self.kind is CredentialKind.WORKSPACE:
            return Account(self.kind, _joined(workspaces), workspaces)
        try:
            return await self._person()
        except CredentialError as error:
            if error.code not in _REFUSED:
                raise
        return Account(CredentialKind.WORKSPACE, _joined(workspaces), workspaces)

    async def _person(self) -> Account:
        me = (await self.session.client.read_me()).me
        workspaces = tuple((one.id, one.name) for one in me.workspaces)
        return Account(CredentialKind.ACCOUNT, me.name or me.email, workspaces)

    async def _project(self) -> Account:
        transport = self.session.transport
        before = transport.credential
        transport.credential = Credential(before.token, CredentialKind.PROJECT)
        try:
            token = (await self.session.client.read_project_token()).project_token
        except CredentialError:
            transport.credential = before
            raise
        return Account(CredentialKind.PROJECT, f"{token.project.name}/{token.environment.name}", ())

    async def workspace(self, workspace_id: str) -> tuple[WorkspaceState, PlatformHealth]:
        """Read plan, credit, refusals and projects of a workspace, and the platform's own health, in one request."""
        client = self.session.client
        told = await client.read_workspace(workspace_id, PAGE)

        async def more(after: str) -> ProjectPage:
            return (await client.read_more_projects(workspace_id, PAGE, after)).workspace.projects

        nodes = [edge.node for page in await pages(told.workspace.projects, more) for edge in page.edges]
        projects = [await self._project_summary(node) for node in nodes]
        return _workspace(told, tuple(projects)), _health(told)

    async def _project_summary(self, node: ProjectPageEdgesNode) -> ProjectSummary:
        """Return a project with all its environments, however many previews it has."""
        client = self.session.client
        first: ProjectEnvironmentPage = node.environments

        async def more(after: str) -> ProjectEnvironmentPage:
            return (await client.read_environments(node.id, PAGE, after)).project.environments

        found = [edge.node for page in await pages(first, more) for edge in page.edges]
        return ProjectSummary(
            handle(Kind.PROJECT, node.id, node.name),
            node.description or "",
            node.deleted_at is not None,
            tuple(handle(Kind.ENVIRONMENT, one.id, one.name) for one in found),
        )

    async def repository(self, repo: str) -> RepositoryAccess:
        """Tell whether Railway's GitHub App was let into the repository, or anybody is."""
        told = (await self.session.client.read_repository_access(repo)).git_hub_repo_access_available
        return RepositoryAccess(told.has_access, told.is_public)


def _joined(workspaces: Iterable[tuple[str, str]]) -> str:
    return ", ".join(name for _, name in workspaces)


def _workspace(told: ReadWorkspace, projects: tuple[ProjectSummary, ...]) -> WorkspaceState:
    workspace = told.workspace
    plan = "TRIAL" if workspace.customer.is_trialing else workspace.plan.value
    limits = workspace.subscription_plan_limit
    return WorkspaceState(
        id=workspace.id,
        name=workspace.name,
        plan=plan,
        projects=projects,
        refusals=tuple(dict.fromkeys(_refusals(told))),
        trial_days=workspace.customer.trial_days_remaining if workspace.customer.is_trialing else None,
        credit=workspace.customer.remaining_usage_credit_balance,
        volume_limit=_limit(limits, "volumes", "maxPerProject") or _VOLUMES_BY_PLAN.get(plan),
        service_limit=_limit(limits, "projects", "maxServices") or _SERVICES_BY_PLAN.get(plan),
    )


def _refusals(told: ReadWorkspace) -> Iterable[str]:
    """Yield the platform's own reasons, then the facts that forbid a deployment, in the words of its schema."""
    for rule in (told.resource_access.project.disallowed, told.resource_access.deployment.disallowed):
        if rule:
            yield rule
    if _over_limit(told.workspace):
        yield "usageLimit.isOverLimit"
    if told.workspace.customer.has_exhausted_free_plan:
        yield "customer.hasExhaustedFreePlan"


def _over_limit(workspace: ReadWorkspaceWorkspace) -> bool:
    limit = workspace.customer.usage_limit
    return limit is not None and limit.is_over_limit


def _limit(limits: Any, *path: str) -> int | None:
    """Read the platform's document of limits, which is opaque: a shape that is not known says nothing."""
    value = part(limits, *path[:-1]).get(path[-1])
    return value if isinstance(value, int) and value > 0 else None


def _health(told: ReadWorkspace) -> PlatformHealth:
    status = told.platform_status
    maintenance = status.maintenance
    if status.incident:
        return PlatformHealth(stable=status.is_stable, incident=status.incident.message)
    under_way = maintenance is not None and maintenance.status.value == "INPROGRESS"
    return PlatformHealth(status.is_stable, maintenance.message if maintenance and under_way else "")
