"""A client of the control route's faults, for a stand-in of this process or of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from tests.support.standin_api import eventually

PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class FaultClient:
    """Arms faults by their text or their fields, waits for held calls and lets them go.

    Attributes:
        control_url: what the stand-in printed, or `Standin.control_url`.
    """

    control_url: str

    async def arm(self, *faults: str | dict[str, Any]) -> list[str]:
        """Put faults into force; returns their ids."""
        return list((await self._send("POST", "faults", list(faults)))["ids"])

    async def fired(self) -> dict[str, int]:
        """Return how often each fault struck, by id."""
        return {one["id"]: one["fired"] for one in (await self._send("GET", "faults"))["faults"]}

    async def all_held(self) -> list[dict[str, Any]]:
        """Return the calls that are held right now: `id`, `fault`, `on`, `side`, `variables`, `service`."""
        return list((await self._send("GET", "faults"))["held"])

    async def held(self, on: str, seconds: float = PATIENCE_S) -> dict[str, Any]:
        """Wait until a call is held at that place and return it."""

        async def found() -> dict[str, Any] | None:
            return next((one for one in await self.all_held() if one["on"] == on), None)

        waiting: dict[str, Any] = await eventually(found, seconds)
        return waiting

    async def release(self, id_: str | None = None, *, apply: bool = True, answer: bool = True) -> list[str]:
        """Let one held call go on, or all."""
        told = {"apply": apply, "answer": answer} | ({"id": id_} if id_ else {})
        return list((await self._send("POST", "release", told))["released"])

    async def disarm(self) -> None:
        """Take all faults out of force."""
        await self._send("DELETE", "faults")

    async def _send(self, method: str, name: str, body: object = None) -> Any:
        async with httpx.AsyncClient(timeout=PATIENCE_S) as http:
            answer = await http.request(method, f"{self.control_url}/{name}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()
