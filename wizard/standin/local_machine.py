"""The machine of one stand-in: the builder, the runner, the datastores and the edge behind one door, in some tier."""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_cache_path

from wizard.clock import Clock
from wizard.errors import WizardError
from wizard.locale import render
from wizard.messages import Message, message
from wizard.secrets import Secret
from wizard.standin.addresses import Address, free_port
from wizard.standin.builder import BuildFailed, BuildRequest, BuildSettings, Image
from wizard.standin.datastores import Server, start_postgres, start_valkey
from wizard.standin.edge import Backend, HttpEdge, RequestEntry, RequestSink, TcpProxy
from wizard.standin.edge.tcp import Carry
from wizard.standin.edge.wire import splice
from wizard.standin.processes import LogLine, LogSink, start_time, sweep
from wizard.standin.processes.table import descendants
from wizard.standin.runner import Instance, Launch, Tier
from wizard.standin.sandbox.layers import remove
from wizard.standin.settings import TierName
from wizard.standin.state.machine import BuildError, BuildOrder, DatastoreOrder, Process, RunOrder, StartError
from wizard.standin.state.rows import Document
from wizard.standin.tiers import Ground, choose_tier

_NEWEST_POSTGRES = 18
_CLOSING_GRACE = 2.0
_FIRST_PORT, _PORTS = 20_000, 12_000
"""Where domains are opened: below what the system gives out by itself."""
_REQUESTS_KEPT = 10_000


@dataclass(slots=True)
class _Application:
    """A running application."""

    instance: Instance
    folder: Path
    log: LogSink

    @property
    def address(self) -> Address:
        return self.instance.address

    def pids(self) -> Sequence[int]:
        return self.instance.members()

    async def wait(self) -> int:
        code = await self.instance.wait()
        if self.instance.failure:
            self.log(LogLine(render(self.instance.failure), "stderr"))
        return code

    async def stop(self, grace: float) -> None:
        await self.instance.stop(grace)
        await asyncio.to_thread(remove, self.folder)


@dataclass(slots=True)
class _Datastore:
    """A running database server."""

    server: Server

    @property
    def address(self) -> Address:
        return self.server.address

    def pids(self) -> Sequence[int]:
        return [self.server.pid, *descendants(self.server.pid)] if start_time(self.server.pid) else []

    async def wait(self) -> int:
        return await self.server.wait()

    async def stop(self, grace: float) -> None:
        await self.server.stop(grace)


@dataclass(slots=True)
class LocalMachine:
    """Implements `wizard.standin.state.machine.Machine` in the tier that was asked for, else the truest that works.

    Attributes:
        folder: the stand-in's own; images, deployments and records lie in it.
        cache: of layers; None for the one that all runs of this user share.
        wanted: the tier, or `auto`.
        internet: whether deployments may reach other machines.
        requests: what the public domains served, newest last.
    """

    folder: Path
    clock: Clock
    cache: Path | None = None
    wanted: TierName = TierName.AUTO
    internet: bool = False
    run_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    requests: deque[RequestEntry] = field(default_factory=lambda: deque(maxlen=_REQUESTS_KEPT))
    carry: Carry = splice
    """How TCP proxies copy."""
    _opened: Tier | None = field(init=False, default=None)
    _listeners: list[RequestSink] = field(init=False, default_factory=list)
    _domains: dict[int, HttpEdge] = field(init=False, default_factory=dict)
    _proxies: dict[int, TcpProxy] = field(init=False, default_factory=dict)
    _running: list[Process] = field(init=False, default_factory=list)
    differences: dict[str, Message] = field(init=False, default_factory=dict)
    """What this machine does not reproduce, by its English text."""

    @property
    def _tier(self) -> Tier:
        if self._opened is None:
            raise RuntimeError("the machine is not open")
        return self._opened

    @property
    def tier(self) -> str:
        """The name of the tier that was chosen."""
        return self._tier.name

    async def open(self) -> None:
        """Make ready and end what a dead predecessor left."""
        for name in ("images", "running", "records"):
            (self.folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        await asyncio.to_thread(sweep, self.folder / "records")
        await asyncio.to_thread(self._sweep_folders)
        ground = Ground(self.cache or user_cache_path("railwizard") / "standin", self.folder, self.run_id)
        self._opened, fallen_back = await choose_tier(self.wanted, ground)
        self._note(*fallen_back, *await self._tier.prepare())
        if self.internet and self._tier.name == TierName.SANDBOX:
            self._note(message("sandbox.no-internet"))

    def _sweep_folders(self) -> None:
        for folder in (self.folder / "running").glob("*"):
            remove(folder)

    async def build(self, order: BuildOrder, log: LogSink) -> Document:
        """Build an image of the snapshot's root directory; raises BuildError."""
        context = _inside(order.snapshot, order.settings.get("root_directory") or "")
        settings = BuildSettings(
            dockerfile_path=order.settings.get("dockerfile_path"),
            builder=order.settings.get("builder"),
            build_command=order.settings.get("build_command"),
            start_command=order.settings.get("start_command"),
        )
        request = BuildRequest(
            context=context,
            settings=settings,
            variables=order.variables,
            cache=self._tier.cache,
            work=self.folder / "images" / order.name,
            run_id=self.run_id,
            records=self._tier.records,
            isolated=self._tier.name != TierName.PROCESS,
            tools=user_cache_path("railwizard") / "tools",
        )
        try:
            image = await self._tier.build(request, log)
        except BuildFailed as failure:
            raise BuildError(f"{failure.step}: {failure.detail[-1] if failure.detail else 'failed'}") from failure
        self._note(*image.differences)
        return _stored(image)

    async def run(self, order: RunOrder, command: str, log: LogSink) -> int:
        """Run one shell line in a copy of the image."""
        return await self._tier.run(_loaded(order.image), self._launch(order), command, log)

    async def start(self, order: RunOrder, log: LogSink) -> Process:
        """Start the image's command on a free port; raises StartError."""
        launch = self._launch(order)
        try:
            instance = await self._tier.start(_loaded(order.image), launch, log)
        except (OSError, WizardError) as error:
            raise StartError(_said(error)) from error
        self._note(*instance.differences)
        return self._kept(_Application(instance, launch.folder, log))

    async def start_datastore(self, order: DatastoreOrder, log: LogSink) -> Process:
        """Start PostgreSQL or Valkey on the port its variables name; raises StartError."""
        try:
            server = await self._datastore(order, log)
        except (OSError, WizardError) as error:
            raise StartError(_said(error)) from error
        self._note(*server.differences)
        log(LogLine(f"{server.version} is ready to accept connections"))
        return self._kept(_Datastore(server))

    def hear(self, listener: RequestSink) -> None:
        """Tell the listener of every request that a public domain serves from now on."""
        self._listeners.append(listener)

    async def open_domain(self, label: str, port: int = 0) -> int:
        """Open a loopback port for a public domain, and let deployments reach it under the same address."""
        edge = HttpEdge(self._served, clock=self.clock)
        opened = await _open_edge(edge, label, port)
        self._domains[opened] = edge
        await self._tier.publish(f"{label}.localhost", edge)
        return opened

    def private_host(self, service: str) -> str:
        """Return the name or address by which services of one environment reach that service."""
        return self._tier.private_host(service)

    def private_port(self, usual: int) -> int:
        """Return the port on which a datastore serves its environment."""
        return self._tier.private_port(usual)

    def point_private(self, network: str, service: str, target: Address | None) -> None:
        """Let a service's private name lead to that process."""
        self._tier.point_private(network, service, target)

    def point_domain(self, port: int, target: Backend | None) -> None:
        """Let a domain's new requests go there."""
        if port in self._domains:
            self._domains[port].switch(target)

    async def close_domain(self, port: int) -> None:
        """Close a domain's port."""
        edge = self._domains.pop(port, None)
        if edge:
            self._tier.withdraw(port)
            await edge.close()

    async def open_proxy(self, target: Address | None, port: int = 0) -> int:
        """Open a public TCP port."""
        proxy = TcpProxy(target, self.carry)
        opened = await proxy.open(port)
        self._proxies[opened] = proxy
        return opened

    def point_proxy(self, port: int, target: Address | None) -> None:
        """Let a proxy's new connections go there."""
        if port in self._proxies:
            self._proxies[port].switch(target)

    async def close_proxy(self, port: int) -> None:
        """Close a public TCP port."""
        proxy = self._proxies.pop(port, None)
        if proxy:
            await proxy.close()

    async def close(self) -> None:
        """Close every port and stop every process."""
        for port in list(self._domains):
            await self.close_domain(port)
        for port in list(self._proxies):
            await self.close_proxy(port)
        await asyncio.gather(*(process.stop(_CLOSING_GRACE) for process in self._running), return_exceptions=True)
        self._running.clear()
        if self._opened:
            await self._opened.close()

    async def _datastore(self, order: DatastoreOrder, log: LogSink) -> Server:
        variables = order.variables
        site = await self._tier.site(order.network, order.port)
        if order.engine == "redis":
            return await start_valkey(
                folder=order.folder,
                site=site,
                password=Secret(variables.get("REDIS_PASSWORD") or variables.get("REDISPASSWORD") or ""),
                log=log,
                user=variables.get("REDISUSER") or "default",
                run_id=self.run_id,
                records=self._tier.records,
            )
        return await start_postgres(
            folder=order.folder,
            site=site,
            user=variables.get("POSTGRES_USER") or "postgres",
            password=Secret(variables.get("POSTGRES_PASSWORD") or ""),
            database=variables.get("POSTGRES_DB") or "railway",
            major=order.major or _NEWEST_POSTGRES,
            log=log,
            run_id=self.run_id,
            records=self._tier.records,
        )

    def _launch(self, order: RunOrder) -> Launch:
        volumes: Mapping[str, Path] = {order.mount.path: order.mount.folder} if order.mount else {}
        folder = self.folder / "running" / f"{order.name}-{uuid.uuid4().hex[:8]}"
        return Launch(folder, order.variables, free_port(), volumes, order.network, order.name)

    def _kept(self, process: Process) -> Process:
        self._running = [one for one in self._running if one.pids()]
        self._running.append(process)
        return process

    def _served(self, entry: RequestEntry) -> None:
        self.requests.append(entry)
        for listener in self._listeners:
            listener(entry)

    def _note(self, *differences: Message) -> None:
        for one in differences:
            self.differences[render(one)] = one


async def _open_edge(edge: HttpEdge, label: str, port: int) -> int:
    """Open that port; without one the label's own where it is free: built pages hold addresses, and are reused."""
    if port:
        return await edge.open(port)
    digest = int.from_bytes(hashlib.sha256(label.encode()).digest()[:4], "big")
    try:
        return await edge.open(_FIRST_PORT + digest % _PORTS)
    except OSError:
        return await edge.open(0)


def _inside(snapshot: Path, root_directory: str) -> Path:
    context = (snapshot / root_directory.strip("/")).resolve()
    if not context.is_dir() or not context.is_relative_to(snapshot.resolve()):
        raise BuildError(f"Root directory {root_directory} does not exist in the code archive")
    return context


def _said(error: Exception) -> str:
    return render(error.what) if isinstance(error, WizardError) else str(error)


def _stored(image: Image) -> Document:
    return {
        "root": str(image.root),
        "python": str(image.python) if image.python else None,
        "workdir": image.workdir,
        "environment": dict(image.environment),
        "command": list(image.command),
        "ports": list(image.ports),
        "owned": list(image.owned),
        "plan": image.plan,
        "layers": [str(folder) for folder in image.layers],
        "user": image.user,
        "differences": [{"id": one.id, "params": dict(one.params)} for one in image.differences],
    }


def _loaded(document: Document) -> Image:
    return Image(
        root=Path(document["root"]),
        python=Path(document["python"]) if document["python"] else None,
        workdir=document["workdir"],
        environment=document["environment"],
        command=tuple(document["command"]),
        ports=tuple(document["ports"]),
        owned=tuple(document["owned"]),
        plan=document["plan"],
        layers=tuple(Path(folder) for folder in document["layers"]),
        user=document["user"],
        differences=tuple(message(one["id"], **one["params"]) for one in document["differences"]),
    )
