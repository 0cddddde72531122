"""The part of the control route that makes things go wrong.

| route | what |
|---|---|
| POST faults | a fault or a list of them, as objects or lines of text; answers their ids |
| GET faults | every fault in force with how many calls matched it and how many it struck, and what is held right now |
| DELETE faults | takes all out of force; `?id=` only one. What is held stays held |
| POST release | `{"id", "apply", "answer"}`, all optional: lets one held call go on, or all |
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import fields
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from wizard.standin.api.masking import masked
from wizard.standin.faults.book import Armed, Decision, Faults, Held, unknown_places
from wizard.standin.faults.model import Fault, GivenFault

_GIVEN: TypeAdapter[list[Fault]] = TypeAdapter(list[GivenFault])
_BAD_REQUEST = 400


class _Release(BaseModel):
    """What a held call is told."""

    model_config = ConfigDict(extra="forbid")

    id: str | None = None
    apply: bool = True
    answer: bool = True


class FaultControl:
    """Arms, shows, disarms and releases."""

    def __init__(self, faults: Faults, names: Callable[[], tuple[list[str], list[str]]]) -> None:
        self._faults = faults
        self._names = names

    def routes(self) -> dict[tuple[str, str], Callable[[Request], Awaitable[Response]]]:
        """Return the handlers by method and name."""
        return {
            ("POST", "faults"): self._arm,
            ("GET", "faults"): self._show,
            ("DELETE", "faults"): self._disarm,
            ("POST", "release"): self._release,
        }

    async def _arm(self, request: Request) -> Response:
        given = await _document(request)
        try:
            faults = _GIVEN.validate_python(given if isinstance(given, list) else [given])
        except ValidationError as error:
            return _refused(problems(error))
        if unknown := unknown_places(faults, *self._names()):
            return _refused(f"no operation of this API: {', '.join(unknown)}")
        return JSONResponse({"ids": [self._faults.arm(fault).id for fault in faults]})

    async def _show(self, _request: Request) -> Response:
        armed = [_armed(one) for one in self._faults.armed.values()]
        return JSONResponse({"faults": armed, "held": [_held(one) for one in self._faults.held.values()]})

    async def _disarm(self, request: Request) -> Response:
        self._faults.disarm(request.query_params.get("id"))
        return JSONResponse({})

    async def _release(self, request: Request) -> Response:
        try:
            told = _Release.model_validate(await _document(request))
        except ValidationError as error:
            return _refused(problems(error))
        return JSONResponse({"released": self._faults.release(told.id, Decision(told.apply, told.answer))})


def problems(error: ValidationError) -> str:
    """Name the keys and what is wrong with them, never what they held."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'input'}: {one['msg']}" for one in found)


async def _document(request: Request) -> Any:
    content = await request.body()
    try:
        return await request.json() if content else {}
    except ValueError:
        return None


def _refused(said: str) -> Response:
    return JSONResponse({"message": said}, _BAD_REQUEST)


def _armed(one: Armed) -> dict[str, Any]:
    return {"id": one.id, "seen": one.seen, "fired": one.fired, **one.fault.model_dump(mode="json", exclude_none=True)}


def _held(one: Held) -> dict[str, Any]:
    shown = {part.name: getattr(one, part.name) for part in fields(one) if not part.name.startswith("_")}
    return {**shown, "variables": masked(dict(one.variables))}
