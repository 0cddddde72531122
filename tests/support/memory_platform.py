"""A second platform, all in memory, written against the ports alone, with as few gifts as a split stack has.

Values do not resolve by themselves, no command runs before a new image serves, a service's host is known once the
service is, and where services are made from a repository the making deploys. It proves that the engine needs none of
what only another platform can do.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.support.memory_world import PROVIDER, World
from wizard.clock import Clock
from wizard.errors import FailedError
from wizard.platform.capabilities import Capabilities, EndpointKnown
from wizard.platform.handles import Group, GroupReceipt, Handle, Kind, Receipt
from wizard.platform.ports import LogBatch, LogLine, Progress, StepProgress
from wizard.platform.states import (
    Account,
    CostLine,
    CredentialKind,
    DeploymentState,
    DomainState,
    GroupState,
    Observed,
    PlatformHealth,
    ProjectSummary,
    ProxyState,
    RateBudgetState,
    RepositoryAccess,
    ServiceState,
    SourceState,
    VariableState,
    VolumeState,
    WorkspaceState,
)
from wizard.platform.values import SERVICE_OUTPUTS, Literal, OutputRef, Value
from wizard.secrets import Secret

_LOOK_EVERY = 2.0


@dataclass
class _Credentials:
    world: World

    async def verify(self) -> Account:
        await self.world.ask()
        return Account(CredentialKind.ACCOUNT, "Memory", (("w", "Memory"),))

    async def workspace(self, workspace_id: str) -> tuple[WorkspaceState, PlatformHealth]:
        await self.world.ask()
        projects = tuple(self.world.projects.values())
        return WorkspaceState(workspace_id, "Memory", "FREE", projects), PlatformHealth(stable=True)

    async def repository(self, repo: str) -> RepositoryAccess:
        await self.world.ask()
        return RepositoryAccess(granted=bool(repo), public=False)


@dataclass
class _Groups:
    world: World

    async def create(self, workspace_id: str, name: str, environment: str, description: str) -> GroupReceipt:
        def make() -> Handle:
            project = self.world.handle(Kind.PROJECT, name)
            self.world.projects[project.id] = ProjectSummary(project, description, deleted=False)
            self._begin(project, environment, workspace_id)
            return project

        made = await self.world.make("groups.create", make)
        first = self.world.projects[made.handle.id].environments[0] if made.handle else None
        return GroupReceipt(made.handle, made.answer, first)

    async def create_environment(self, project: Handle, name: str) -> Receipt:
        return await self.world.make("groups.create_environment", lambda: self._begin(project, name, "w"))

    def _begin(self, project: Handle, environment: str, workspace_id: str) -> Handle:
        made, summary = self.world.handle(Kind.ENVIRONMENT, environment), self.world.projects[project.id]
        self.world.projects[project.id] = replace(summary, environments=(*summary.environments, made))
        self.world.states[made.id] = GroupState(Group(project, made), summary.description, workspace_id, {})
        return made

    async def describe(self, project: Handle, description: str) -> None:
        def change() -> None:
            summary = self.world.projects[project.id]
            self.world.projects[project.id] = replace(summary, description=description)
            for one in summary.environments:
                self.world.states[one.id] = replace(self.world.states[one.id], description=description)

        await self.world.write("groups.describe", change)

    async def description(self, project: Handle) -> str:
        await self.world.ask()
        return self.world.projects[project.id].description

    async def locate(self, project_id: str, environment: str) -> Group | None:
        await self.world.ask()
        summary = self.world.projects.get(project_id)
        named = [one for one in summary.environments if one.name.lower() == environment.lower()] if summary else []
        return Group(summary.handle, named[0]) if summary and named else None

    async def observe(self, group: Group) -> Observed[GroupState]:
        await self.world.ask()
        state = self.world.state(group)
        services = {name: self.world.observed(one) for name, one in state.services.items()}
        return Observed(replace(state, services=services), self.world.clock.now())

    async def cost(self, project: Handle) -> tuple[CostLine, ...]:
        del project
        return ()

    async def schedule_delete(self, project: Handle) -> None:
        await self._mark("groups.schedule_delete", project, deleted=True)

    async def cancel_delete(self, project: Handle) -> None:
        await self._mark("groups.cancel_delete", project, deleted=False)

    async def _mark(self, name: str, project: Handle, *, deleted: bool) -> None:
        projects = self.world.projects
        await self.world.write(
            name, lambda: projects.update({project.id: replace(projects[project.id], deleted=deleted)})
        )


@dataclass
class _Services:
    world: World
    scheme: str

    async def create(self, group: Group, name: str) -> Receipt:
        return await self.world.make("services.create", lambda: self.world.new_service(group, name))

    async def configure(self, group: Group, service: Handle, settings: Mapping[str, object]) -> None:
        if settings.get("pre_deploy"):
            raise FailedError("memory.no-pre-deploy", service=service.name)

        def change() -> None:
            found = self.world.service(group, service)
            self.world.put(group, replace(found, settings=replace(found.settings, **settings)))  # type: ignore[arg-type]

        await self.world.write("services.configure", change)

    async def set_variables(self, group: Group, service: Handle | None, values: Mapping[str, str | Secret]) -> None:
        new = {name: VariableState(Secret(v) if isinstance(v, str) else v) for name, v in values.items()}

        def change() -> None:
            if service is None:
                state = self.world.state(group)
                self.world.states[group.environment.id] = replace(state, shared={**state.shared, **new})
                return
            found = self.world.service(group, service)
            self.world.put(group, replace(found, variables={**found.variables, **new}))

        await self.world.write("services.set_variables", change)

    async def delete_variables(self, group: Group, service: Handle, names: tuple[str, ...]) -> None:
        def change() -> None:
            found = self.world.service(group, service)
            kept = {name: one for name, one in found.variables.items() if name not in names}
            self.world.put(group, replace(found, variables=kept))

        await self.world.write("services.delete_variables", change)

    async def rendered(self, group: Group, service: Handle) -> Mapping[str, Secret]:
        await self.world.ask()
        found = self.world.observed(self.world.service(group, service))
        return {name: one.raw for name, one in found.variables.items() if one.raw is not None}

    def lower(self, value: Value, state: GroupState, *, service: str) -> str | Secret:
        """Write values out: nothing resolves by itself here, and what is not known is nothing."""
        del service
        if isinstance(value, Secret):
            return value
        if isinstance(value, Literal):
            return value.text
        return "".join(part if isinstance(part, str) else self._output(part, state) for part in value.parts)

    def _output(self, output: OutputRef, state: GroupState) -> str:
        target = state.services.get(output.resource)
        if output.resource == "shared" or output.output not in SERVICE_OUTPUTS:
            holder = state.shared if output.resource == "shared" else target.variables if target else {}
            known = holder.get(output.output)
            return known.raw.reveal() if known and known.raw else ""
        return self._address(output.output, target) if target and target.domains else ""

    def _address(self, output: str, target: ServiceState) -> str:
        """Return an address of a service; there is no private network, so the internal one is the public one."""
        host = target.domains[0].host
        websocket = self.scheme.replace("http", "ws")
        every = ",".join(f"{self.scheme}://{domain.host}" for domain in target.domains)
        return {"host": host, "ws_url": f"{websocket}://{host}", "urls": every}.get(output, f"{self.scheme}://{host}")

    async def create_domain(self, group: Group, service: Handle, port: int | None) -> Receipt:
        """Return the host the service came with, pointed at the port."""

        def point() -> Handle:
            found = self.world.service(group, service)
            first, *others = found.domains
            self.world.put(group, replace(found, domains=(replace(first, port=port), *others)))
            return first.handle

        return await self.world.make("services.create_domain", point)

    async def create_custom_domain(self, group: Group, service: Handle, host: str, port: int | None) -> Receipt:
        def attach() -> Handle:
            made = self.world.handle(Kind.DOMAIN, host)
            self.world.add(group, service, domains=DomainState(made, host, port, custom=True))
            return made

        return await self.world.make("services.create_custom_domain", attach)

    async def create_volume(self, group: Group, service: Handle, path: str) -> Receipt:
        def attach() -> Handle:
            made = self.world.handle(Kind.VOLUME, path)
            self.world.add(group, service, volumes=VolumeState(made, path, None))
            return made

        return await self.world.make("services.create_volume", attach)

    async def resize_volume(self, group: Group, volume: Handle, size_mb: int) -> None:
        def resize() -> None:
            for one in self.world.state(group).services.values():
                sized = [replace(v, size_mb=size_mb) if v.handle.id == volume.id else v for v in one.volumes]
                self.world.put(group, replace(one, volumes=tuple(sized)))

        await self.world.write("services.resize_volume", resize)

    async def set_auto_deploy(self, group: Group, service: Handle, *, enabled: bool) -> None:
        def change() -> None:
            self.world.put(group, replace(self.world.service(group, service), auto_deploy=enabled))

        await self.world.write("services.set_auto_deploy", change)

    async def delete(self, group: Group, service: Handle) -> None:
        def remove() -> None:
            state = self.world.state(group)
            left = {name: one for name, one in state.services.items() if one.handle.id != service.id}
            self.world.states[group.environment.id] = replace(state, services=left)

        await self.world.write("services.delete", remove)

    async def delete_volume(self, group: Group, volume: Handle) -> None:
        def remove() -> None:
            for one in self.world.state(group).services.values():
                left = tuple(known for known in one.volumes if known.handle.id != volume.id)
                self.world.put(group, replace(one, volumes=left))

        await self.world.write("services.delete_volume", remove)


@dataclass
class _Deployments:
    world: World

    async def connect(self, group: Group, service: Handle, repo: str, branch: str) -> None:
        def attach() -> None:
            found = self.world.service(group, service)
            self.world.put(group, replace(found, source=SourceState(repo, branch), auto_deploy=True))
            self.world.start(group, service, commit=self.world.head)

        await self.world.write("deployments.connect", attach)

    async def deploy(self, group: Group, service: Handle, commit: str | None) -> Receipt:
        commit = commit or self.world.head
        return await self.world.make("deployments.deploy", lambda: self.world.start(group, service, commit=commit))

    async def upload(self, group: Group, service: Handle, files: Sequence[tuple[str, Path]], message: str) -> Receipt:
        await asyncio.to_thread(lambda: [source.read_bytes() for _, source in files])
        names = [Path(name).name for name, _ in files]
        return await self.world.make(
            "deployments.upload", lambda: self.world.start(group, service, told=message, files=names)
        )

    async def recent(self, group: Group, service: Handle, limit: int) -> tuple[DeploymentState, ...]:
        await self.world.ask()
        mine = self.world.of(self.world.service(group, service).handle)
        return tuple(self.world.seen(one) for one in mine[:limit])

    async def variables(self, deployment: Handle) -> Mapping[str, Secret] | None:
        await self.world.ask()
        return self.world.deployment(deployment).variables if self.world.tells_frozen else None

    async def follow(self, deployment: Handle) -> AsyncIterator[Progress]:
        """Look again and again: there are no streams."""
        one, told, raw = self.world.deployment(deployment), {"build": 0, "deploy": 0}, ""
        yield StepProgress(deployment, "RISE", finished=False)
        while True:
            await self.world.ask()
            state = self.world.seen(one)
            for stream, count in told.items():
                if fresh := self.world.lines(one, stream)[count:]:
                    told[stream] += len(fresh)
                    yield LogBatch(deployment, stream, fresh)
            if state.status.final:
                break
            if state.raw != raw:
                raw = state.raw
                yield state
            await self.world.clock.sleep(_LOOK_EVERY)
        yield StepProgress(deployment, "RISE", finished=True, error=state.failure.reason if state.failure else "")
        yield state

    async def logs(self, deployment: Handle, stream: str, limit: int) -> tuple[LogLine, ...]:
        await self.world.ask()
        return self.world.lines(self.world.deployment(deployment), stream)[-limit:]


@dataclass
class _Datastores:
    world: World
    marks: dict[str, str] = field(default_factory=dict)

    async def create(self, group: Group, name: str, engine: str, version: int | None) -> Receipt:
        return await self.world.make("datastores.create", lambda: self.world.new_database(group, name, engine, version))

    async def proxy_mark(self, group: Group, database: Handle, proxy: ProxyState) -> str | None:
        del group, database
        await self.world.ask()
        return self.marks.get(proxy.handle.id, "")

    async def open_proxy(self, group: Group, database: Handle, port: int, mark: str) -> ProxyState:
        """Open a way in; opening an open one changes nothing."""

        def attach() -> ProxyState:
            standing = [one for one in self.world.service(group, database).proxies if one.target_port == port]
            if not standing:
                made = ProxyState(self.world.handle(Kind.PROXY, database.name), "memory.example", 40_000 + port, port)
                self.world.add(group, database, proxies=made)
                self.marks[made.handle.id] = mark
                return made
            return standing[0]

        return await self.world.write("datastores.open_proxy", attach)

    async def stop(self, deployment: Handle) -> None:
        await self.world.write("datastores.stop", lambda: self.world.stopped.add(deployment.id))

    async def start(self, deployment: Handle) -> None:
        await self.world.write("datastores.start", lambda: self.world.stopped.discard(deployment.id))

    async def close_proxy(self, proxy: Handle) -> None:
        def remove() -> None:
            for state in list(self.world.states.values()):
                for one in state.services.values():
                    left = tuple(known for known in one.proxies if known.handle.id != proxy.id)
                    self.world.put(state.group, replace(one, proxies=left))

        await self.world.write("datastores.close_proxy", remove)

    async def proxies(self, group: Group, database: Handle) -> tuple[ProxyState, ...]:
        await self.world.ask()
        return self.world.service(group, database).proxies


class MemoryPlatform:
    """Implements `Platform`; `world` is what it holds."""

    provider = PROVIDER
    budget: RateBudgetState | None = None
    capabilities = Capabilities(
        native_references=False,
        endpoint_known=EndpointKnown.AFTER_CREATE,
        deploys_on_create=True,
        variable_change_deploys=False,
        pre_deploy_command=False,
        private_datastores=False,
        tcp_proxy=True,
        remote_shell=False,
        one_off_command=False,
        stop_database=False,
        sleep=False,
        rollback=False,
        cost=False,
    )

    def __init__(self, clock: Clock, **settings: object) -> None:
        """Take the clock, and what else is to be set about the world."""
        self.world = World(clock, **settings)  # type: ignore[arg-type]  # the fields of World
        self.scheme = "http" if self.world.edge else "https"
        self.credentials, self.groups = _Credentials(self.world), _Groups(self.world)
        self.services, self.deployments = _Services(self.world, self.scheme), _Deployments(self.world)
        self.datastores = _Datastores(self.world)

    @property
    def requests(self) -> int:
        return self.world.sent

    @property
    def mutations(self) -> int:
        return len(self.world.written)

    async def close(self) -> None:
        return
