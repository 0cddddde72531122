"""A second platform in memory: its proxies lead to servers that really run."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from tests.support.database_servers import PASSWORD, Running
from wizard.clock import Clock, SystemClock
from wizard.database.access import DatabaseAccess
from wizard.errors import WizardError
from wizard.platform.handles import Group, Handle, Kind
from wizard.platform.states import ProxyState, ServiceState
from wizard.secrets import Secret

GROUP = Group(Handle("t", Kind.PROJECT, "p", "p"), Handle("t", Kind.ENVIRONMENT, "e", "production"))


@dataclass
class Platform:
    """A second platform in memory: its proxies lead to servers that really run.

    Attributes:
        hidden: so many readings do not show a proxy yet.
        refuses: what opening one raises.
    """

    servers: dict[str, Running]
    standing: dict[str, ProxyState] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    opening: asyncio.Event | None = None
    hold: asyncio.Event | None = None
    hidden: int = 0
    refuses: WizardError | None = None

    def locate(self, name: str) -> ServiceState:
        standing = tuple(proxy for database, proxy in self.standing.items() if database == name)
        return ServiceState(Handle("t", Kind.DATABASE, self.servers[name].engine, name), proxies=standing)

    async def rendered(self, _group: Group, service: Handle) -> dict[str, Secret]:
        running = self.servers[service.name]
        if running.engine == "redis":
            return {"REDISUSER": Secret("default"), "REDIS_PASSWORD": PASSWORD}
        return {"PGUSER": Secret("owner"), "PGPASSWORD": PASSWORD, "PGDATABASE": Secret("app")}

    async def proxies(self, _group: Group, database: Handle) -> tuple[ProxyState, ...]:
        if self.hidden:
            self.hidden -= 1
            return ()
        return tuple(proxy for name, proxy in self.standing.items() if name == database.name)

    async def proxy_mark(self, _group: Group, _database: Handle, proxy: ProxyState) -> str | None:
        return self.marks.get(proxy.handle.id)

    async def open_proxy(self, _group: Group, database: Handle, port: int, mark: str) -> ProxyState:
        self.calls.append(f"open {database.name} {port}")
        if self.refuses:
            raise self.refuses
        self.standing[database.name] = made = self.proxy(database.name, port)
        self.marks[made.handle.id] = mark
        if self.opening and self.hold:
            self.opening.set()
            await self.hold.wait()
        return self.standing[database.name]

    def proxy(self, name: str, port: int) -> ProxyState:
        return ProxyState(
            Handle("t", Kind.PROXY, f"proxy-{name}", name), "near.localhost.", self.servers[name].port, port
        )

    async def close_proxy(self, proxy: Handle) -> None:
        self.calls.append(f"close {proxy.name}")
        self.standing.pop(proxy.name, None)


@dataclass
class Memory:
    written: list[str] = field(default_factory=list)
    closed: frozenset[str] = frozenset()

    def closed_proxies(self) -> frozenset[str]:
        return self.closed

    def proxy_opening(self, database: str) -> None:
        self.written.append(f"opening {database}")

    def proxy_opened(self, database: str, handle: Handle) -> None:
        self.written.append(f"opened {database} {handle.id}")

    def proxy_closed(self, database: str) -> None:
        self.written.append(f"closed {database}")


def access(platform: Platform, journal: Memory | None = None, clock: Clock | None = None) -> DatabaseAccess:
    return DatabaseAccess(
        platform,  # type: ignore[arg-type]  # the methods access uses, no more
        platform,  # type: ignore[arg-type]
        GROUP,
        platform.locate,
        journal=journal or Memory(),
        clock=clock or SystemClock(),
        hold=unhindered,
        mark=lambda name: f"way {name}",
    )


async def unhindered() -> None:
    """No other run is at work."""
