"""One fault: where it strikes, what it does, how often; as an object or as one line of text.

`projectCreate=apply-then-504`, `upload=slow,seconds=20,times=all`, `serviceCreate=hold-after,match.input.name=backend`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveInt,
    model_validator,
)

UPLOAD, SOCKET, PRE_DEPLOY, PROXY = "upload", "socket", "pre-deploy", "proxy"
SUBSCRIBE = "subscribe:"
"""Before the subscription's field, or before `*`."""
PLACES = frozenset({UPLOAD, SOCKET, PRE_DEPLOY, PROXY})
"""Where a fault can strike besides operations."""
ANY = frozenset({"*", "query:*", "mutation:*"})
"""Names of more than one operation."""

_EVERY_TIME = "all"
_MATCH = "match."


class FaultKind(StrEnum):
    """What happens to a call."""

    FAIL = "fail"
    """Refused, nothing applied."""
    DROP_BEFORE = "drop-before"
    """The connection is cut, nothing applied."""
    DROP_AFTER = "drop-after"
    """Applied, then the connection is cut."""
    LATE = "late"
    """The connection is cut at once, and the request applied `seconds` later: a client that gave up too early."""
    TIMEOUT_BEFORE = "504-before"
    """504, nothing applied."""
    APPLY_THEN_TIMEOUT = "apply-then-504"
    """Applied, then 504."""
    RATE_LIMITED = "429"
    """429 with `retry_after`, nothing applied."""
    HTML = "html-502"
    """502 and a page of HTML, nothing applied."""
    TRUNCATED = "truncated"
    """Applied, and half of the answer's body."""
    SLOW = "slow"
    """Waits `seconds`, then goes on as usual."""
    HOLD_BEFORE = "hold-before"
    """Waits to be released, with nothing applied."""
    HOLD_AFTER = "hold-after"
    """Applied; the answer waits to be released."""
    CUT = "cut"
    """A stream's connection is cut after `seconds` or `messages`, whichever comes first."""


_K = FaultKind
_EVERYTHING = frozenset(FaultKind)
_ALLOWED = {
    SUBSCRIBE: frozenset({_K.FAIL, _K.DROP_BEFORE, _K.SLOW, _K.HOLD_BEFORE, _K.CUT}),
    SOCKET: frozenset(
        {_K.FAIL, _K.DROP_BEFORE, _K.TIMEOUT_BEFORE, _K.RATE_LIMITED, _K.HTML, _K.SLOW, _K.HOLD_BEFORE, _K.CUT}
    ),
    PRE_DEPLOY: frozenset({_K.FAIL, _K.SLOW, _K.HOLD_BEFORE, _K.HOLD_AFTER}),
    PROXY: frozenset({_K.FAIL, _K.DROP_BEFORE, _K.DROP_AFTER, _K.SLOW, _K.HOLD_BEFORE, _K.HOLD_AFTER, _K.CUT}),
}
"""The kinds a place knows; GraphQL operations and uploads know all but `cut`."""


class Fault(BaseModel):
    """One fault.

    Attributes:
        on: a root field of a query or mutation; `query:*`, `mutation:*` or `*` for any; `upload`; `subscribe:<field>`
            or `subscribe:*`; `socket` for the WebSocket's handshake and life; `pre-deploy` for that command; `proxy`
            for a TCP proxy's connection and, in PostgreSQL's protocol, its COMMIT.
        kind: what happens.
        times: how many calls it strikes; None is every one.
        skip: how many matching calls pass before it strikes.
        seconds: of the stand-in's clock, for `slow`, `late` and `cut`.
        messages: sent before a `cut`.
        message: what a `fail` says instead of the platform's usual words.
        retry_after: seconds a `429` names.
        match: dotted paths into the call's variables and the text they must have; `service` is the name of the
            service that is concerned.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: str
    kind: FaultKind
    times: PositiveInt | None = 1
    skip: NonNegativeInt = 0
    seconds: NonNegativeFloat | None = None
    messages: PositiveInt | None = None
    message: str | None = None
    retry_after: NonNegativeInt = 5
    match: dict[str, str] = {}

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.kind not in allowed_kinds(self.on):
            known = ", ".join(sorted(allowed_kinds(self.on)))
            raise ValueError(f"{self.on} knows no {self.kind}; it knows {known}")
        if self.kind in {FaultKind.SLOW, FaultKind.LATE} and self.seconds is None:
            raise ValueError(f"{self.kind} needs seconds")
        if self.kind is FaultKind.CUT and self.seconds is None and (self.messages is None or self.on == PROXY):
            raise ValueError("cut needs seconds" if self.on == PROXY else "cut needs seconds or messages")
        return self


def allowed_kinds(on: str) -> frozenset[FaultKind]:
    """Return what can happen at a place."""
    if on.startswith(SUBSCRIBE):
        return _ALLOWED[SUBSCRIBE]
    return _ALLOWED.get(on, _EVERYTHING - {FaultKind.CUT})


def parsed(given: Any) -> Any:
    """Turn one line of text into the fields of a fault, and leave everything else to pydantic."""
    if not isinstance(given, str):
        return given
    place, *options = given.split(",")
    on, separator, kind = place.partition("=")
    if not (on and separator and kind):
        raise ValueError("a fault is written ON=KIND, for example projectCreate=apply-then-504")
    fields: dict[str, Any] = {"on": on.strip(), "kind": kind.strip()}
    for option in options:
        _add(fields, option)
    return fields


def _add(fields: dict[str, Any], option: str) -> None:
    name, separator, value = (part.strip() for part in option.partition("="))
    if not (name and separator):
        raise ValueError(f"an option of a fault is written NAME=VALUE, not {option!r}")
    if name.startswith(_MATCH):
        fields.setdefault("match", {})[name.removeprefix(_MATCH)] = value
    else:
        fields[name] = None if (name, value) == ("times", _EVERY_TIME) else value


GivenFault = Annotated[Fault, BeforeValidator(parsed)]
"""A fault as a settings file, a flag or the control route gives it: an object or one line of text."""
