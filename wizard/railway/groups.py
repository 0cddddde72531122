"""Projects and environments: found, created, described, and read as a whole in one request."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, replace

from wizard.errors import FailedError
from wizard.platform.errors import LostAnswerError
from wizard.platform.handles import Answer, Group, GroupReceipt, Handle, Kind, Receipt
from wizard.platform.states import CostLine, GroupState, Observed, ProxyState, ServiceState, VolumeState
from wizard.railway.client.fragments import (
    ProjectEnvironmentPage,
    ServiceInstanceFields,
    ServiceInstancePage,
    TriggerPage,
    VolumeInstancePage,
)
from wizard.railway.client.input_types import EnvironmentCreateInput, ProjectCreateInput, ProjectUpdateInput
from wizard.railway.client.observe_environment import ObserveEnvironment
from wizard.railway.costs import estimate
from wizard.railway.mapping import handle, proxy, service, variables, volume
from wizard.railway.session import PAGE, Session, pages, receipt
from wizard.railway.settings import JsonObject, part


@dataclass(slots=True)
class RailwayGroups:
    """The `Groups` port."""

    session: Session

    async def create(self, workspace_id: str, name: str, environment: str, description: str) -> GroupReceipt:
        """Create a project with its first environment; names are not unique, so the description carries the mark."""
        wanted = ProjectCreateInput(
            name=name, workspace_id=workspace_id, default_environment_name=environment, description=description
        )

        try:
            made = (await self.session.client.create_project(wanted)).project_create
        except LostAnswerError:
            return GroupReceipt(None, Answer.AMBIGUOUS)
        first = next((edge.node for edge in made.environments.edges), None)
        named = handle(Kind.ENVIRONMENT, first.id, first.name) if first else None
        return GroupReceipt(handle(Kind.PROJECT, made.id, made.name), environment=named)

    async def create_environment(self, project: Handle, name: str) -> Receipt:
        """Create an environment without copying another."""
        wanted = EnvironmentCreateInput(project_id=project.id, name=name)

        async def create() -> Handle:
            made = (await self.session.client.create_environment(wanted)).environment_create
            return handle(Kind.ENVIRONMENT, made.id, made.name)

        return await receipt(create)

    async def describe(self, project: Handle, description: str) -> None:
        """Replace the project's description; deploys nothing."""
        await self.session.client.update_project(project.id, ProjectUpdateInput(description=description))

    async def description(self, project: Handle) -> str:
        """Read the project's description alone."""
        return (await self.session.client.read_description(project.id)).project.description or ""

    async def locate(self, project_id: str, environment: str) -> Group | None:
        """Find an environment by name, whatever its case; raises FailedError where several differ only by case."""
        client = self.session.client
        told = (await client.read_environments(project_id, PAGE)).project

        async def more(after: str) -> ProjectEnvironmentPage:
            return (await client.read_environments(project_id, PAGE, after)).project.environments

        nodes = [edge.node for page in await pages(told.environments, more) for edge in page.edges]
        named = [node for node in nodes if node.name.lower() == environment.lower()]
        exact = [node for node in named if node.name == environment] or named
        if len(exact) > 1:
            raise FailedError("railway.ambiguous-environment", name=environment, project=told.name)
        if not exact:
            return None
        found = handle(Kind.ENVIRONMENT, exact[0].id, exact[0].name)
        return Group(handle(Kind.PROJECT, told.id, told.name), found)

    async def observe(self, group: Group) -> Observed[GroupState]:
        """Read the whole environment: one request, and one more for each proxy that somebody left open."""
        at = self.session.clock.now()
        told = await self.session.client.observe_environment(group.project.id, group.environment.id, PAGE)
        reading = await self._rest(group.environment.id, told)
        services = {name: state for name, state in reading.services() if state is not None}
        proxies = await self._proxies(group.environment.id, reading, services)
        state = GroupState(
            group=Group(
                handle(Kind.PROJECT, told.project.id, told.project.name),
                handle(Kind.ENVIRONMENT, told.environment.id, told.environment.name),
            ),
            description=told.project.description or "",
            workspace=told.project.workspace_id or "",
            services={name: _with_proxies(state, proxies.get(name, ())) for name, state in services.items()},
            shared=variables(part(reading.config, "sharedVariables")),
            staged=told.environment.unmerged_changes_count or 0,
        )
        self._remember(group.environment.id, state)
        return Observed(state, at)

    async def _rest(self, environment_id: str, told: ObserveEnvironment) -> _Reading:
        """Follow every connection to its end."""
        client, environment = self.session.client, told.environment

        async def instances(after: str) -> ServiceInstancePage:
            return (await client.read_more_service_instances(environment_id, PAGE, after)).environment.service_instances

        async def volumes(after: str) -> VolumeInstancePage:
            return (await client.read_volume_instances(environment_id, PAGE, after)).environment.volume_instances

        async def triggers(after: str) -> TriggerPage:
            return (await client.read_more_triggers(environment_id, PAGE, after)).environment.deployment_triggers

        return _Reading(
            part(environment.config),
            await pages(environment.service_instances, instances),
            await pages(environment.volume_instances, volumes),
            await pages(environment.deployment_triggers, triggers),
        )

    async def _proxies(
        self, environment_id: str, reading: _Reading, services: dict[str, ServiceState]
    ) -> dict[str, tuple[ProxyState, ...]]:
        """Read the addresses of proxies, which the configuration knows only by their ports."""
        open_ = [name for name, state in services.items() if reading.ports(state.handle.id)]
        told = await asyncio.gather(
            *(self.session.client.read_proxies(environment_id, services[name].handle.id) for name in open_)
        )
        return {name: tuple(map(proxy, one.tcp_proxies)) for name, one in zip(open_, told, strict=True)}

    def _remember(self, environment_id: str, state: GroupState) -> None:
        for one in state.services.values():
            placement = (one.settings.region, one.settings.replicas)
            self.session.placement[environment_id, one.handle.id] = placement

    async def cost(self, project: Handle) -> tuple[CostLine, ...]:
        """Estimate what the project costs in the current billing period."""
        return await estimate(self.session, project)

    async def schedule_delete(self, project: Handle) -> None:
        """Delete the project after 48 hours."""
        await self.session.client.schedule_project_delete(project.id)

    async def cancel_delete(self, project: Handle) -> None:
        """Undo a scheduled deletion."""
        await self.session.client.cancel_project_delete(project.id)


@dataclass(frozen=True, slots=True)
class _Reading:
    """All pages of one observation."""

    config: JsonObject
    instance_pages: list[ServiceInstancePage]
    volume_pages: list[VolumeInstancePage]
    trigger_pages: list[TriggerPage]

    def services(self) -> list[tuple[str, ServiceState | None]]:
        """Return every service with its name; None for one that is deleted."""
        volumes, branches = self._volumes(), self._branches()
        nodes = [edge.node for page in self.instance_pages for edge in page.edges]
        return [(node.service_name, self._service(node, branches, volumes)) for node in nodes]

    def _service(
        self, node: ServiceInstanceFields, branches: dict[str, str], volumes: dict[str, list[VolumeState]]
    ) -> ServiceState | None:
        if node.deleted_at is not None:
            return None
        return service(node, self.part_of(node.service_id), branches, tuple(volumes[node.service_id]))

    def part_of(self, service_id: str) -> JsonObject:
        """Return a service's part of the configuration."""
        return part(self.config, "services", service_id)

    def ports(self, service_id: str) -> list[str]:
        """Return the private ports that have a TCP proxy."""
        proxies = part(self.part_of(service_id), "networking", "tcpProxies")
        return [port for port, value in proxies.items() if value is not None]

    def _volumes(self) -> dict[str, list[VolumeState]]:
        found: defaultdict[str, list[VolumeState]] = defaultdict(list)
        for page in self.volume_pages:
            for node in (edge.node for edge in page.edges):
                if node.deleted_at is None and not node.is_pending_deletion and node.service_id:
                    found[node.service_id].append(volume(node))
        return found

    def _branches(self) -> dict[str, str]:
        nodes = [edge.node for page in self.trigger_pages for edge in page.edges]
        return {node.service_id: node.branch for node in nodes if node.service_id}


def _with_proxies(state: ServiceState, proxies: tuple[ProxyState, ...]) -> ServiceState:
    return replace(state, proxies=proxies) if proxies else state
