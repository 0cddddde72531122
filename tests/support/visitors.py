"""People who use a public address all the time: every answer they got, and every time they got none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx

_KINDS = ("GET", "POST", "GET on a new connection")


@dataclass
class Visits:
    """What visitors saw.

    Attributes:
        answers: how many of each status.
        failures: requests that got no answer, in words.
        bodies: every body that was answered.
    """

    answers: dict[int, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    bodies: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        return sum(self.answers.values())

    async def more(self, count: int) -> None:
        """Wait until so many more have been answered."""
        goal = self.total + count
        async with asyncio.timeout(30):
            while self.total < goal and not self.failures:  # noqa: ASYNC110 - a deadline guards it
                await asyncio.sleep(0.01)


@asynccontextmanager
async def visitors(port: int, path: str = "/", each: int = 2) -> AsyncIterator[Visits]:
    """Keep asking, some over kept connections, some posting, some coming anew, until the context is left."""
    seen, leaving = Visits(), asyncio.Event()
    tasks = [asyncio.create_task(_ask(kind, port, path, seen, leaving)) for kind in _KINDS for _ in range(each)]
    try:
        yield seen
    finally:
        leaving.set()
        await asyncio.gather(*tasks)


async def _ask(kind: str, port: int, path: str, seen: Visits, leaving: asyncio.Event) -> None:
    headers = {"Host": "shop.localhost"} | ({"Connection": "close"} if kind.endswith("connection") else {})
    async with httpx.AsyncClient(headers=headers, timeout=30) as client:
        while not leaving.is_set():
            try:
                content = b"x" * 20_000 if kind == "POST" else None
                answer = await client.request(
                    kind.split(maxsplit=1)[0], f"http://127.0.0.1:{port}{path}", content=content
                )
            except httpx.HTTPError as error:
                seen.failures.append(f"{kind}: {error!r}")
                return
            seen.answers[answer.status_code] = seen.answers.get(answer.status_code, 0) + 1
            seen.bodies.add(answer.text)
