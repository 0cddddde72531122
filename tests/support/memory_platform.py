"""A second platform, all in memory: no native references, no pre-deploy command, other words for its states.

It exists so that the ports are proved by two adapters: what only Railway can do must not be needed by the engine.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from wizard.errors import CredentialError, FailedError
from wizard.platform.capabilities import Capabilities, EndpointKnown
from wizard.platform.errors import LostAnswerError
from wizard.platform.handles import Answer, Group, GroupReceipt, Handle, Kind, Receipt
from wizard.platform.ports import LogBatch, LogLine, Progress, StepProgress
from wizard.platform.states import (
    Account,
    CostLine,
    CredentialKind,
    DeploymentState,
    DeploymentStatus,
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

PROVIDER = "memory"
_WORDS = {"RISING": DeploymentStatus.BUILDING, "UP": DeploymentStatus.LIVE, "DOWN": DeploymentStatus.REMOVED}
_NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass
class World:
    """What the platform holds, and the faults a test asked for."""

    projects: dict[str, ProjectSummary] = field(default_factory=dict)
    states: dict[str, GroupState] = field(default_factory=dict)
    deployments: dict[str, tuple[DeploymentState, dict[str, Secret]]] = field(default_factory=dict)
    sent: int = 0
    written: int = 0
    losing: bool = False
    odd_word: str = ""
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    def handle(self, kind: Kind, name: str) -> Handle:
        return Handle(PROVIDER, kind, f"{kind.value}-{next(self._ids)}", name)

    def ask(self) -> None:
        self.sent += 1

    def write(self) -> None:
        self.sent += 1
        self.written += 1

    def lost(self) -> bool:
        losing, self.losing = self.losing, False
        return losing

    def done(self) -> None:
        """End a write that has no receipt."""
        self.write()
        if self.lost():
            raise LostAnswerError("railway.answer-lost", operation="write", reason="asked for")

    def receipt(self, handle: Handle) -> Receipt:
        self.write()
        return Receipt(None, Answer.AMBIGUOUS) if self.lost() else Receipt(handle)

    def state(self, group: Group) -> GroupState:
        try:
            return self.states[group.environment.id]
        except KeyError:
            raise CredentialError("railway.not-authorized", operation="observe", message="-", trace="-") from None

    def service(self, group: Group, service: Handle) -> ServiceState | None:
        return next((one for one in self.state(group).services.values() if one.handle.id == service.id), None)

    def put(self, group: Group, service: ServiceState) -> None:
        state = self.state(group)
        self.states[group.environment.id] = replace(state, services={**state.services, service.handle.name: service})

    def change(self, group: Group, service: Handle, **changes: object) -> None:
        found = self.service(group, service)
        if found is None:
            raise FailedError("railway.instance-not-found", operation="change", message="-", trace="-")
        self.put(group, replace(found, **changes))  # type: ignore[arg-type]

    def seen(self, deployment: DeploymentState) -> DeploymentState:
        word = self.odd_word or deployment.raw
        return replace(deployment, raw=word, status=_WORDS.get(word, DeploymentStatus.PENDING))


@dataclass
class _Credentials:
    world: World

    async def verify(self) -> Account:
        self.world.ask()
        return Account(CredentialKind.ACCOUNT, "Memory", (("w", "Memory"),))

    async def workspace(self, workspace_id: str) -> tuple[WorkspaceState, PlatformHealth]:
        self.world.ask()
        projects = tuple(self.world.projects.values())
        return WorkspaceState(workspace_id, "Memory", "FREE", projects), PlatformHealth(stable=True)

    async def repository(self, repo: str) -> RepositoryAccess:
        self.world.ask()
        return RepositoryAccess(granted=bool(repo), public=False)


@dataclass
class _Groups:
    world: World

    async def create(self, workspace_id: str, name: str, environment: str, description: str) -> GroupReceipt:
        project, first = self.world.handle(Kind.PROJECT, name), self.world.handle(Kind.ENVIRONMENT, environment)
        self.world.projects[project.id] = ProjectSummary(project, description, deleted=False, environments=(first,))
        self.world.states[first.id] = GroupState(Group(project, first), description, workspace_id, {})
        made = self.world.receipt(project)
        return GroupReceipt(made.handle, made.answer, first if made.handle else None)

    async def create_environment(self, project: Handle, name: str) -> Receipt:
        made, summary = self.world.handle(Kind.ENVIRONMENT, name), self.world.projects[project.id]
        self.world.projects[project.id] = replace(summary, environments=(*summary.environments, made))
        self.world.states[made.id] = GroupState(Group(project, made), summary.description, "w", {})
        return self.world.receipt(made)

    async def describe(self, project: Handle, description: str) -> None:
        summary = self.world.projects[project.id]
        self.world.projects[project.id] = replace(summary, description=description)
        for one in summary.environments:
            self.world.states[one.id] = replace(self.world.states[one.id], description=description)
        self.world.done()

    async def locate(self, project_id: str, environment: str) -> Group | None:
        self.world.ask()
        summary = self.world.projects[project_id]
        named = (one for one in summary.environments if one.name.lower() == environment.lower())
        return next((Group(summary.handle, one) for one in named), None)

    async def observe(self, group: Group) -> Observed[GroupState]:
        self.world.ask()
        state = self.world.state(group)
        services = {name: self._seen(one) for name, one in state.services.items()}
        return Observed(replace(state, services=services), _NOW)

    def _seen(self, service: ServiceState) -> ServiceState:
        latest, active = (one and self.world.seen(one) for one in (service.latest, service.active))
        return replace(service, latest=latest, active=active)

    async def cost(self, project: Handle) -> tuple[CostLine, ...]:
        del project
        return ()

    async def schedule_delete(self, project: Handle) -> None:
        self._mark(project, deleted=True)

    async def cancel_delete(self, project: Handle) -> None:
        self._mark(project, deleted=False)

    def _mark(self, project: Handle, *, deleted: bool) -> None:
        self.world.projects[project.id] = replace(self.world.projects[project.id], deleted=deleted)
        self.world.done()


@dataclass
class _Services:
    world: World

    async def create(self, group: Group, name: str) -> Receipt:
        if name in self.world.state(group).services:
            raise FailedError("railway.name-taken", operation="create", message="taken", trace="-")
        made = self.world.handle(Kind.SERVICE, name)
        self.world.put(group, ServiceState(made))
        return self.world.receipt(made)

    async def configure(self, group: Group, service: Handle, settings: Mapping[str, object]) -> None:
        found = self.world.service(group, service)
        if found:
            self.world.put(group, replace(found, settings=replace(found.settings, **settings)))  # type: ignore[arg-type]
        self.world.done()

    async def set_variables(self, group: Group, service: Handle | None, values: Mapping[str, str | Secret]) -> None:
        new = {name: VariableState(Secret(v) if isinstance(v, str) else v) for name, v in values.items()}
        found = self.world.service(group, service) if service else None
        if found:
            self.world.put(group, replace(found, variables={**found.variables, **new}))
        else:
            state = self.world.state(group)
            self.world.states[group.environment.id] = replace(state, shared={**state.shared, **new})
        self.world.done()

    async def delete_variables(self, group: Group, service: Handle, names: tuple[str, ...]) -> None:
        found = self.world.service(group, service)
        kept = {name: one for name, one in found.variables.items() if name not in names} if found else {}
        self.world.change(group, service, variables=kept)
        self.world.done()

    async def rendered(self, group: Group, service: Handle) -> Mapping[str, Secret]:
        self.world.ask()
        found = self.world.service(group, service)
        return {name: one.raw for name, one in found.variables.items() if one.raw} if found else {}

    def lower(self, value: Value, state: GroupState, *, service: str) -> str | Secret:
        """Write values out: nothing resolves by itself here."""
        del service
        if isinstance(value, Secret):
            return value
        if isinstance(value, Literal):
            return value.text
        return "".join(part if isinstance(part, str) else self._written_out(part, state) for part in value.parts)

    def _written_out(self, output: OutputRef, state: GroupState) -> str:
        if output.resource == "shared" or output.output not in SERVICE_OUTPUTS:
            holder = state.shared if output.resource == "shared" else state.services[output.resource].variables
            raw = holder[output.output].raw
            return raw.reveal() if raw else ""
        host = next((domain.host for domain in state.services[output.resource].domains), "")
        return {"host": host, "ws_url": f"wss://{host}"}.get(output.output, f"https://{host}")

    async def create_domain(self, group: Group, service: Handle, port: int | None) -> Receipt:
        made = self.world.handle(Kind.DOMAIN, f"{service.name}.memory.example")
        found = self.world.service(group, service)
        domains = found.domains if found else ()
        self.world.change(group, service, domains=(*domains, DomainState(made, made.name, port)))
        return self.world.receipt(made)

    async def create_custom_domain(self, group: Group, service: Handle, host: str, port: int | None) -> Receipt:
        made = self.world.handle(Kind.DOMAIN, host)
        found = self.world.service(group, service)
        domains = found.domains if found else ()
        self.world.change(group, service, domains=(*domains, DomainState(made, host, port, custom=True)))
        return self.world.receipt(made)

    async def create_volume(self, group: Group, service: Handle, path: str, size_mb: int | None) -> Receipt:
        made = self.world.handle(Kind.VOLUME, path)
        found = self.world.service(group, service)
        volumes = found.volumes if found else ()
        self.world.change(group, service, volumes=(*volumes, VolumeState(made, path, size_mb)))
        return self.world.receipt(made)

    async def set_auto_deploy(self, group: Group, service: Handle, *, enabled: bool) -> None:
        self.world.change(group, service, auto_deploy=enabled)
        self.world.done()

    async def delete(self, group: Group, service: Handle) -> None:
        state = self.world.state(group)
        left = {name: one for name, one in state.services.items() if one.handle.id != service.id}
        self.world.states[group.environment.id] = replace(state, services=left)
        self.world.done()

    async def delete_volume(self, group: Group, volume: Handle) -> None:
        for one in self.world.state(group).services.values():
            left = tuple(known for known in one.volumes if known.handle.id != volume.id)
            self.world.put(group, replace(one, volumes=left))
        self.world.done()


@dataclass
class _Deployments:
    world: World

    async def connect(self, group: Group, service: Handle, repo: str, branch: str) -> None:
        self.world.change(group, service, source=SourceState(repo, branch))
        self.world.done()

    async def deploy(self, group: Group, service: Handle, commit: str | None) -> Receipt:
        return self._start(group, service, commit=commit)

    async def upload(self, group: Group, service: Handle, files: Sequence[tuple[str, Path]], message: str) -> Receipt:
        await asyncio.to_thread(lambda: [source.read_bytes() for _, source in files])
        return self._start(group, service, message=message)

    def _start(
        self, group: Group, service: Handle, *, commit: str | None = None, message: str | None = None
    ) -> Receipt:
        made, found = self.world.handle(Kind.DEPLOYMENT, service.name), self.world.service(group, service)
        settings, variables = (found.settings, found.variables) if found else (None, {})
        state = DeploymentState(made, DeploymentStatus.BUILDING, "RISING", _NOW, commit, message, None, settings)
        frozen = {name: one.raw for name, one in variables.items() if one.raw}
        self.world.deployments[made.id] = state, frozen
        self.world.change(group, service, latest=state)
        self._where[made.id] = (group, service)
        return self.world.receipt(made)

    _where: dict[str, tuple[Group, Handle]] = field(default_factory=dict)

    async def recent(self, group: Group, service: Handle, limit: int) -> tuple[DeploymentState, ...]:
        del group
        self.world.ask()
        mine = [state for state, _ in self.world.deployments.values() if state.handle.name == service.name]
        return tuple(self.world.seen(state) for state in reversed(mine))[:limit]

    async def variables(self, deployment: Handle) -> Mapping[str, Secret] | None:
        self.world.ask()
        return self.world.deployments[deployment.id][1]

    async def follow(self, deployment: Handle) -> AsyncIterator[Progress]:
        state, frozen = self.world.deployments[deployment.id]
        self.world.ask()
        yield StepProgress(deployment, "RISE", finished=False)
        yield LogBatch(deployment, "deploy", (LogLine(_NOW, "hello", "info"),))
        yield StepProgress(deployment, "RISE", finished=True)
        up = replace(state, raw="UP", status=DeploymentStatus.LIVE)
        self.world.deployments[deployment.id] = up, frozen
        group, service = self._where[deployment.id]
        self.world.change(group, service, latest=up, active=up)
        yield up

    async def logs(self, deployment: Handle, stream: str, limit: int) -> tuple[LogLine, ...]:
        self.world.ask()
        known = deployment.id in self.world.deployments and stream == "deploy"
        return (LogLine(_NOW, "hello", "info"),)[:limit] if known else ()


@dataclass
class _Datastores:
    world: World
    services: _Services
    deployments: _Deployments

    async def create(self, group: Group, name: str, engine: str, version: int | None) -> Receipt:
        made = self.world.handle(Kind.DATABASE, name)
        url = VariableState(Secret(f"{engine}://{name}.memory.example/{version}"))
        variables = {"DATABASE_URL": url, "REDIS_URL": url}
        self.world.put(group, ServiceState(made, image=f"{engine}:{version}", variables=variables))
        self.deployments._start(group, made)
        return self.world.receipt(made)

    async def open_proxy(self, group: Group, database: Handle, port: int) -> ProxyState:
        found = ProxyState(self.world.handle(Kind.PROXY, database.name), "127.0.0.1", 1, port)
        self.world.change(group, database, proxies=(found,))
        self.world.done()
        return found

    async def close_proxy(self, proxy: Handle) -> None:
        for state in list(self.world.states.values()):
            for one in state.services.values():
                left = tuple(known for known in one.proxies if known.handle.id != proxy.id)
                self.world.put(state.group, replace(one, proxies=left))
        self.world.done()

    async def proxies(self, group: Group, database: Handle) -> tuple[ProxyState, ...]:
        self.world.ask()
        found = self.world.service(group, database)
        return found.proxies if found else ()


class MemoryPlatform:
    """Implements `Platform`; `world` is what it holds."""

    provider = PROVIDER
    scheme = "https"
    budget: RateBudgetState | None = None
    capabilities = Capabilities(
        native_references=False,
        endpoint_known=EndpointKnown.AFTER_CREATE,
        deploys_on_create=False,
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

    def __init__(self) -> None:
        self.world = World()
        self.credentials, self.groups = _Credentials(self.world), _Groups(self.world)
        self.services, self.deployments = _Services(self.world), _Deployments(self.world)
        self.datastores = _Datastores(self.world, self.services, self.deployments)

    @property
    def requests(self) -> int:
        return self.world.sent

    @property
    def mutations(self) -> int:
        return self.world.written

    async def close(self) -> None:
        return
