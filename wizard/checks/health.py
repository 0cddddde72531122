"""The service's own word on how it is, and that it still answers after something risky."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wizard.checks.check import Check, Outcome, excerpt, failed, milliseconds, passed
from wizard.checks.surface import ServiceSurface, Surface
from wizard.errors import WizardError
from wizard.http import HttpAnswer
from wizard.messages import message

_UNWELL = frozenset({"error", "down", "unreachable", "unhealthy", "failed", "fail", "disconnected", "degraded"})
_FLAGS = frozenset({"ok", "healthy", "ready", "alive"})
_OK, _REDIRECT = 200, 300
AFTERWARDS_SECONDS = 10.0


def health_checks(surface: Surface) -> Iterator[Check]:
    """One check a public service with a health path."""
    for name, service in surface.services.items():
        spec = surface.plan.services[name].health
        if spec is not None:
            title = message("checks.health", service=name, path=spec.path)
            yield Check(id=f"health.{name}", title=title, run=partial(_check, service=service, path=spec.path))


async def _check(surface: Surface, *, service: ServiceSurface, path: str) -> Outcome:
    answer = await surface.get(service.url + path)
    if not _OK <= answer.status < _REDIRECT:
        return failed("failures.health-status", status=answer.status, body=excerpt(answer.text), service=service.name)
    ailing = [f"{name}: {word}" for name, word in _words(answer) if word.lower() in _UNWELL]
    if ailing:
        return failed("failures.health-ailing", status=answer.status, parts=", ".join(ailing), service=service.name)
    return passed("checks.health-ok", status=answer.status, ms=milliseconds(answer.seconds), body=excerpt(answer.text))


def _words(answer: HttpAnswer) -> list[tuple[str, str]]:
    """Return the texts of a JSON answer with the names they stand under; nothing for another answer."""
    try:
        return list(_texts("status", answer.json()))
    except ValueError:
        return []


def _texts(name: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif value is False and name.lower() in _FLAGS:
        yield name, "down"
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(str(key), inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(name, inner)


async def still_answers(surface: Surface, outcome: Outcome) -> Outcome:
    """Ask every health path again: a process frozen by a third-party call is worse than the call's own failure."""
    for name, service in surface.services.items():
        spec = surface.plan.services[name].health
        if spec is None:
            continue
        try:
            async with surface.clock.timeout(AFTERWARDS_SECONDS):
                answer = await surface.get(service.url + spec.path)
        except (TimeoutError, WizardError):
            return failed("failures.frozen", service=name, path=spec.path, seconds=round(AFTERWARDS_SECONDS))
        if not _OK <= answer.status < _REDIRECT:
            return failed("failures.health-status", status=answer.status, body=excerpt(answer.text), service=name)
    return outcome
