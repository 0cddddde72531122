"""Temporary ways into the plan's databases: opened at first use, shared for the run, always removed.

A platform keeps its databases private; a TCP proxy is the way in. A proxy that is there already is somebody's own: it
is used and left alone. One of ours is journalled before it is opened, so that a killed run's is found and swept.
Credentials are the database's own rendered variables: no consumer is deployed again for them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Protocol, Self

import psycopg

from wizard.clock import Clock
from wizard.database.connect import Connection, Endpoint, Login, connect_postgres, login_of
from wizard.database.redis import RedisConnection, connect_redis
from wizard.errors import FailedError, RefusedError, WizardError
from wizard.platform.handles import Group, Handle
from wizard.platform.ports import Datastores, Services
from wizard.platform.states import ProxyState, ServiceState
from wizard.shield import to_the_end

_CLOSE_SECONDS = 60.0
_LATE_SECONDS, _LOOK_EVERY = 10.0, 2.0
"""How long the end of a run looks for a proxy whose opening it did not see the end of: reads lag behind writes."""
_PORTS = {"postgres": 5432, "redis": 6379}
_PORT_VARIABLES = {"postgres": "PGPORT", "redis": "REDISPORT"}


class ProxyJournal(Protocol):
    """Remembers proxies over the end of the process; each call is on disk when it returns."""

    def proxy_opening(self, database: str) -> None:
        """Announce a proxy before it is opened."""
        ...

    def proxy_opened(self, database: str, handle: Handle) -> None:
        """Record its handle."""
        ...

    def proxy_closed(self, database: str) -> None:
        """Record that the database has no proxy of ours any more."""
        ...

    def closed_proxies(self) -> frozenset[str]:
        """Return the ids of the proxies of ours that were closed: reads may show them a little longer."""
        ...


Locate = Callable[[str], ServiceState]
"""Returns a database of the plan as the environment has it; raises KeyError for an unknown name."""


class DatabaseAccess:
    """An async context manager; its connections are the caller's to close, its proxies are its own.

    Every method raises FailedError where the database refuses, and what the ports raise.
    """

    def __init__(  # noqa: PLR0913 - two ports, where, what, memory and time: nothing to group
        self,
        datastores: Datastores,
        services: Services,
        group: Group,
        locate: Locate,
        *,
        journal: ProxyJournal,
        clock: Clock,
        hold: Callable[[], Awaitable[None]],
        mark: Callable[[str], str],
    ) -> None:
        self._datastores, self._services, self._group = datastores, services, group
        self._locate, self._journal, self._clock = locate, journal, clock
        self._hold, self._mark, self._lock = hold, mark, asyncio.Lock()
        self._endpoints: dict[str, Endpoint] = {}
        self._logins: dict[str, Login] = {}
        self._ours: dict[str, Handle | None] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def opened(self) -> tuple[str, ...]:
        """The databases that have, or may have, a proxy of ours now."""
        return tuple(self._ours)

    async def postgres(self, name: str) -> Connection:
        """Connect to a PostgreSQL of the plan; autocommit is on."""
        endpoint, login = await self._way("postgres", name)
        return await connect_postgres(endpoint, login, self._clock)

    @asynccontextmanager
    async def session(self, name: str) -> AsyncIterator[Connection]:
        """Connect to a PostgreSQL of the plan for a block, in which a database's refusal is a FailedError."""
        connection = await self.postgres(name)
        try:
            yield connection
        except psycopg.Error as error:
            reason = error.diag.message_primary or type(error).__name__
            raise FailedError("database.broken", name=name, reason=reason) from None
        finally:
            await connection.close()

    async def redis(self, name: str) -> RedisConnection:
        """Connect to a Redis of the plan."""
        endpoint, login = await self._way("redis", name)
        return await connect_redis(endpoint, login, self._clock)

    async def sweep(self, leftovers: Iterable[tuple[str, Handle | None]]) -> tuple[str, ...]:
        """Close what a killed run left, given as (database, handle where known); returns the databases."""
        swept = []
        for name, handle in leftovers:
            leaving = [handle] if handle else await self._unseen_openings(name)
            await self._remove(leaving)
            await self._until_gone(name, {one.id for one in leaving})
            self._forget(name)
            swept.append(name)
        return tuple(swept)

    async def close(self) -> None:
        """Remove our proxies, even while this task is being cancelled.

        One that stays, or that may still appear, is in `opened` afterwards and is left to the next sweep.
        """
        if not self._ours:
            return
        await to_the_end(self._close_ours())

    async def _close_ours(self) -> None:
        with suppress(TimeoutError):
            async with self._clock.timeout(_CLOSE_SECONDS):
                for name, handle in list(self._ours.items()):
                    with suppress(WizardError):
                        await self._close_one(name, handle)

    async def _close_one(self, name: str, handle: Handle | None) -> None:
        """Close by handle; an opening whose answer nobody saw is looked for, for none was there before it."""
        if found := (handle,) if handle else [one.handle for one in await self._late_proxies_of(name)]:
            await self._remove(found)
            self._forget(name)

    async def _remove(self, proxies: Iterable[Handle]) -> None:
        for proxy in proxies:
            await self._datastores.close_proxy(proxy)

    def _forget(self, name: str) -> None:
        self._ours.pop(name, None)
        self._endpoints.pop(name, None)
        self._journal.proxy_closed(name)

    async def _until_gone(self, name: str, ids: set[str]) -> None:
        """Wait until nobody sees them: a way that is leaving would be taken for one that stands."""
        deadline = self._clock.monotonic() + _CLOSE_SECONDS
        while ids & {one.handle.id for one in await self._proxies_of(name)} and self._clock.monotonic() < deadline:
            await self._clock.sleep(_LOOK_EVERY)

    async def _unseen_openings(self, name: str) -> list[Handle]:
        """Return what may have come of an opening that nobody saw the end of: none was there before it.

        What is known to be somebody else's is not.
        """
        try:
            database = self._locate(name).handle
        except KeyError:
            return []
        ours = {self._mark(name), None}
        standing = await self._late_proxies_of(name)
        return [one.handle for one in standing if await self._datastores.proxy_mark(self._group, database, one) in ours]

    async def _late_proxies_of(self, name: str) -> tuple[ProxyState, ...]:
        deadline = self._clock.monotonic() + _LATE_SECONDS
        while not (found := await self._proxies_of(name)) and self._clock.monotonic() < deadline:
            await self._clock.sleep(_LOOK_EVERY)
        return found

    async def _proxies_of(self, name: str) -> tuple[ProxyState, ...]:
        try:
            database = self._locate(name).handle
        except KeyError:
            return ()
        return await self._datastores.proxies(self._group, database)

    async def _way(self, engine: str, name: str) -> tuple[Endpoint, Login]:
        async with self._lock:
            if name not in self._endpoints:
                state = self._state(name)
                variables = await self._services.rendered(self._group, state.handle)
                declared = variables.get(_PORT_VARIABLES[engine])
                port = int(declared.reveal()) if declared else _PORTS[engine]
                self._logins[name] = login_of(engine, name, variables)
                self._endpoints[name] = await self._endpoint(name, state, port)
            return self._endpoints[name], self._logins[name]

    def _state(self, name: str) -> ServiceState:
        try:
            return self._locate(name)
        except KeyError:
            raise FailedError("database.absent", name=name) from None

    async def _endpoint(self, name: str, state: ServiceState, port: int) -> Endpoint:
        closed = self._journal.closed_proxies()
        open_ = (proxy for proxy in state.proxies if proxy.target_port == port and proxy.handle.id not in closed)
        proxy = next(open_, None) or await self._open(name, state.handle, port)
        return Endpoint(name, proxy.host.rstrip("."), proxy.port)

    async def _open(self, name: str, database: Handle, port: int) -> ProxyState:
        await self._hold()
        self._journal.proxy_opening(name)
        self._ours[name] = None
        try:
            proxy = await self._datastores.open_proxy(self._group, database, port, self._mark(name))
        except RefusedError:
            self._forget(name)
            raise
        self._ours[name] = proxy.handle
        self._journal.proxy_opened(name, proxy.handle)
        return proxy
