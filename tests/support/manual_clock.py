"""A clock that stands still while anything is in flight and jumps to the next waiter when nothing is."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_Waiter = tuple[float, int, asyncio.Future[None]]
"""Until when on the clock, in which order, and what to wake."""

_TICK_SECONDS, _QUIET_TICKS = 0.003, 5
"""So many turns of the loop without any activity, so far apart in real time: nothing can be in flight any more.

Turns are counted, not time: a loop that was held up has not been quiet.
"""


class ManualClock:
    """Implements `wizard.clock.Clock` for one event loop; enter it to let it run.

    It jumps to the earliest waiter once nobody is `busy`, no thread of the loop's executor works, and neither a
    waiter nor a socket, pipe or thread has stirred for a few real milliseconds: longer than a message on loopback
    takes.
    """

    def __init__(self, start: datetime = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)) -> None:
        self._start = start
        self._elapsed = 0.0
        self._busy = 0
        self._quiet = 0
        self._order = itertools.count()
        self._waiters: list[_Waiter] = []
        self._idlers: list[_Waiter] = []
        self._driver: asyncio.Task[None] | None = None
        self._executor: _CountingExecutor | None = None

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._executor = _CountingExecutor()
        loop.set_default_executor(self._executor)
        self._unwatch = _watch_sockets(loop, self._stir)
        self._driver = asyncio.create_task(self._drive())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._unwatch()
        if self._driver:
            self._driver.cancel()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._elapsed)

    def monotonic(self) -> float:
        return self._elapsed

    async def sleep(self, seconds: float) -> None:
        await self._wait(seconds)

    async def idle(self, seconds: float) -> None:
        """Wait without being a reason to jump: released late, by the jump that passes its time."""
        await self._wait(seconds, self._idlers)

    def timeout(self, seconds: float | None) -> AbstractAsyncContextManager[object]:
        return _Timeout(self, seconds)

    @contextmanager
    def busy(self) -> Iterator[None]:
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1
            self._stir()

    @contextmanager
    def resting(self) -> Iterator[None]:
        self._busy -= 1
        try:
            yield
        finally:
            self._busy += 1
            self._stir()

    def _wait(self, seconds: float, among: list[_Waiter] | None = None) -> asyncio.Future[None]:
        self._stir()
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiter = (self._elapsed + max(seconds, 0), next(self._order), future)
        heapq.heappush(self._waiters if among is None else among, waiter)
        return future

    def _stir(self) -> None:
        self._quiet = 0

    async def _drive(self) -> None:
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            self._quiet = self._quiet + 1 if self._idle else 0
            if self._quiet >= _QUIET_TICKS:
                self._jump()

    @property
    def _idle(self) -> bool:
        return self._busy <= 0 and not (self._executor and self._executor.working)

    def _jump(self) -> None:
        while self._waiters and self._waiters[0][2].done():
            heapq.heappop(self._waiters)
        if not self._waiters:
            return
        self._elapsed = max(self._elapsed, self._waiters[0][0])
        self._release(self._idlers)
        self._release(self._waiters)
        self._stir()

    def _release(self, waiters: list[_Waiter]) -> None:
        while waiters and waiters[0][0] <= self._elapsed:
            future = heapq.heappop(waiters)[2]
            if not future.done():
                future.set_result(None)


class _CountingExecutor(ThreadPoolExecutor):
    """Knows how many calls have been given to it that have not ended."""

    working = 0

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        self.working += 1
        future = super().submit(fn, *args, **kwargs)
        future.add_done_callback(self._ended)
        return future

    def _ended(self, _: Future[Any]) -> None:
        self.working -= 1


def _watch_sockets(loop: asyncio.AbstractEventLoop, stir: Callable[[], None]) -> Callable[[], None]:
    """Call `stir` whenever the loop's selector has something to say; returns what ends that."""
    selector = loop._selector  # type: ignore[attr-defined]  # the one place that sees every socket, pipe and thread
    select = selector.select

    def watched(timeout: float | None = None) -> Any:
        events = select(timeout)
        if events:
            stir()
        return events

    selector.select = watched

    def unwatch() -> None:
        selector.select = select

    return unwatch


class _Timeout:
    """`asyncio.timeout` on the manual clock."""

    def __init__(self, clock: ManualClock, seconds: float | None) -> None:
        self._clock, self._seconds = clock, seconds
        self._waiter: asyncio.Future[None] | None = None
        self._expired = False

    async def __aenter__(self) -> object:
        if self._seconds is not None:
            task = asyncio.current_task()
            self._waiter = self._clock._wait(self._seconds)

            def expire(waiter: asyncio.Future[None]) -> None:
                if task and not waiter.cancelled():
                    self._expired = True
                    task.cancel()

            self._waiter.add_done_callback(expire)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        if self._waiter and not self._waiter.done():
            self._waiter.cancel()
        if self._expired and kind is asyncio.CancelledError:
            task = asyncio.current_task()
            if task and task.uncancel() <= 0:
                raise TimeoutError from error
        return None
