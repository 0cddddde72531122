"""What an HTTP answer of the API means: data, a refusal, a reason to hold, or nothing readable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wizard.errors import CredentialError, PlatformError, WizardError
from wizard.http import HttpAnswer
from wizard.railway.budget import hold_seconds
from wizard.railway.errors import GraphQLError, classified

COOLDOWN_SECONDS = 30.0
"""Railway spaces the creation of projects, environments and volumes this far apart."""

_RATE_LIMITED, _SERVER_ERROR = 429, 500
_UNAUTHORIZED = (401, 403)
_NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Data:
    """It worked."""

    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refusal:
    """It was understood and refused; `error` is what to raise."""

    error: WizardError


@dataclass(frozen=True, slots=True)
class RateLimit:
    """Refused before it was looked at: nobody may send for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Cooldown:
    """Refused because the same was asked a moment ago: this operation waits, nothing happened."""

    seconds: float
    error: WizardError


@dataclass(frozen=True, slots=True)
class Garbled:
    """The edge answered, not the API: a write may have been applied."""

    reason: str


Meaning = Data | Refusal | RateLimit | Cooldown | Garbled


def meaning(answer: HttpAnswer, operation: str, now: datetime) -> Meaning:
    """Judge an answer by its status first, then by its body."""
    if answer.status == _RATE_LIMITED:
        return RateLimit(hold_seconds(answer.headers, now))
    if answer.status >= _SERVER_ERROR:
        return Garbled(f"HTTP {answer.status}")
    body = _document(answer)
    if answer.status in _UNAUTHORIZED:
        return Refusal(CredentialError("railway.not-authorized", operation=operation, message=_said(body), trace="-"))
    if answer.status == _NOT_FOUND:
        return Refusal(PlatformError("railway.no-api-here", url=answer.url))
    return _body_meaning(body, answer.status, operation)


def _body_meaning(body: Mapping[str, Any] | None, status: int, operation: str) -> Meaning:
    errors = body.get("errors") if body else None
    if body is None or (not errors and not isinstance(body.get("data"), dict)):
        return Garbled(f"HTTP {status}")
    if not errors:
        return Data(body["data"])
    first = GraphQLError.parse(errors[0] if isinstance(errors, list) else errors)
    if first.cooldown:
        error = PlatformError("railway.cooldown", operation=operation, message=first.message, trace=first.trace or "-")
        return Cooldown(COOLDOWN_SECONDS, error)
    return Refusal(classified(first, operation))


def _document(answer: HttpAnswer) -> Mapping[str, Any] | None:
    try:
        body = answer.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _said(body: Mapping[str, Any] | None) -> str:
    return str(body.get("message") or "Not Authorized") if body else "Not Authorized"
