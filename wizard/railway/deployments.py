"""Deployments: started by commit or by upload, read, and followed to their end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wizard.errors import FailedError
from wizard.platform.handles import Group, Handle, Kind, Receipt
from wizard.platform.ports import LogLine, Progress
from wizard.platform.states import DeploymentState
from wizard.railway.client.input_types import DeploymentListInput, ServiceConnectInput
from wizard.railway.client.read_deployments import ReadDeploymentsDeployments
from wizard.railway.following import Following
from wizard.railway.mapping import deployment as deployment_state
from wizard.railway.mapping import handle, log_line
from wizard.railway.session import PAGE, Session, receipt
from wizard.railway.upload import pack, send
from wizard.railway.variables import as_container_sees
from wizard.secrets import Secret

MOST_LINES = 5000
"""The platform gives no more in one answer."""


@dataclass(slots=True)
class RailwayDeployments:
    """The `Deployments` port."""

    session: Session

    async def connect(self, group: Group, service: Handle, repo: str, branch: str) -> None:
        """Connect a repository in every environment that is no fork; this starts a deployment."""
        del group
        await self.session.client.connect_service(service.id, ServiceConnectInput(repo=repo, branch=branch))

    async def deploy(self, group: Group, service: Handle, commit: str | None) -> Receipt:
        """Start a deployment; without a commit the one already associated is built, not the branch's newest."""

        async def create() -> Handle:
            told = await self.session.client.deploy_service_instance(service.id, group.environment.id, commit)
            return handle(Kind.DEPLOYMENT, told.service_instance_deploy_v_2, service.name)

        return await receipt(create)

    async def upload(self, group: Group, service: Handle, files: Sequence[tuple[str, Path]], message: str) -> Receipt:
        """Send files as a gzipped tar and deploy them."""
        with self.session.clock.busy():
            archive = await asyncio.to_thread(pack, files)
        transport = self.session.transport
        if self.session.uploads:
            self.session.uploads(service.name, archive.files, len(archive.content))
        url = transport.endpoint.upload(group.project.id, group.environment.id, service.id, message)

        async def create() -> Handle:
            told = await send(transport, url, archive)
            return handle(Kind.DEPLOYMENT, str(told["deploymentId"]), service.name)

        return await receipt(create)

    async def recent(self, group: Group, service: Handle, limit: int) -> tuple[DeploymentState, ...]:
        """Read the newest deployments, newest first."""
        wanted = DeploymentListInput(
            project_id=group.project.id, environment_id=group.environment.id, service_id=service.id
        )
        page = await self._page(wanted, limit, None)
        found = [edge.node for edge in page.edges]
        while len(found) < limit and page.page_info.has_next_page and page.page_info.end_cursor:
            page = await self._page(wanted, limit - len(found), page.page_info.end_cursor)
            found += [edge.node for edge in page.edges]
        return tuple(deployment_state(node, service.name) for node in found[:limit])

    async def _page(self, wanted: DeploymentListInput, limit: int, after: str | None) -> ReadDeploymentsDeployments:
        return (await self.session.client.read_deployments(wanted, min(limit, PAGE), after)).deployments

    async def variables(self, deployment: Handle) -> Mapping[str, Secret] | None:
        """Read the variables frozen into a deployment; None where the platform keeps no snapshot of it."""
        try:
            told = (await self.session.client.read_frozen_variables(deployment.id)).deployment_snapshot
        except FailedError:
            return None
        return as_container_sees(told.variables) if told else None

    def follow(self, deployment: Handle) -> AsyncIterator[Progress]:
        """Yield logs, steps and states until the status is final."""
        return Following(self.session, deployment).progress()

    async def logs(self, deployment: Handle, stream: str, limit: int) -> tuple[LogLine, ...]:
        """Read the last lines of `build` or `deploy`; none where there are none yet or none any more."""
        client, count = self.session.client, min(limit, MOST_LINES)
        try:
            if stream == "build":
                told = (await client.read_build_logs(deployment.id, count)).build_logs
            else:
                told = (await client.read_deploy_logs(deployment.id, count)).deployment_logs
        except FailedError:
            return ()
        return tuple(log_line(line) for line in told[-limit:])
