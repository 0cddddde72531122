"""An API of scripted answers and a clock that skips waits, for what a real platform does too rarely."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support.raw_http import answered, raw_server
from wizard.messages import Message
from wizard.platform.states import CredentialKind
from wizard.railway.platform import RailwayPlatform, connect
from wizard.secrets import Secret


@dataclass
class SkippingClock:
    """Waits take no real time and are remembered."""

    elapsed: float = 0.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(seconds=self.elapsed)

    def monotonic(self) -> float:
        return self.elapsed

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.elapsed += seconds
        await asyncio.sleep(0)

    async def idle(self, seconds: float) -> None:
        await self.sleep(seconds)

    def timeout(self, seconds: float | None) -> AbstractAsyncContextManager[object]:
        return asyncio.timeout(seconds)

    @contextmanager
    def busy(self) -> Iterator[None]:
        yield

    @contextmanager
    def resting(self) -> Iterator[None]:
        yield


@dataclass
class Waits:
    """Hears of pauses."""

    told: list[str] = field(default_factory=list)

    def paused(self, why: Message, _until: datetime | None) -> None:
        self.told.append(why.id)

    def resumed(self) -> None:
        self.told.append("resumed")


@dataclass
class Api:
    """A server that gives scripted answers in order, the last one for ever, and the platform that asks it."""

    platform: RailwayPlatform
    clock: SkippingClock
    waits: Waits
    requests: list[bytes]

    def sent(self, number: int = -1) -> Any:
        """Return the body of a request."""
        return json.loads(self.requests[number].partition(b"\r\n\r\n")[2])

    @property
    def operations(self) -> list[str]:
        return [self.sent(number)["operationName"] for number in range(len(self.requests))]


def data(**roots: object) -> bytes:
    return answered(json.dumps({"data": roots}).encode())


def error(message: str, code: str = "INTERNAL_SERVER_ERROR", status: int = 200, **more: object) -> bytes:
    told = {"message": message, "extensions": {"code": code}, "traceId": "1234567890123456789", **more}
    return answered(json.dumps({"errors": [told], **({"data": None} if status == 200 else {})}).encode(), status=status)


class _Answers:
    def __init__(self, answers: list[bytes]) -> None:
        self._answers = answers

    def __call__(self, _request: bytes) -> bytes:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


@asynccontextmanager
async def scripted(*answers: bytes, kind: CredentialKind = CredentialKind.ACCOUNT) -> AsyncIterator[Api]:
    """Serve the answers and connect a platform to them."""
    clock, waits = SkippingClock(), Waits()
    async with raw_server(_Answers(list(answers))) as (port, seen):
        platform = connect(f"http://127.0.0.1:{port}", Secret("sentinel-token"), clock, kind=kind, pauses=waits)
        try:
            yield Api(platform, clock, waits, seen)
        finally:
            await platform.close()
