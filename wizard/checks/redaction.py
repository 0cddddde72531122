"""Masks what an application echoes: a refused body is often sent back whole, password included."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from wizard.checks.check import ELLIPSIS, Outcome
from wizard.checks.surface import Surface
from wizard.messages import Message
from wizard.secrets import MASK, Redactor, Secret

_SHORTEST_START = 4
"""Letters of a secret at the end of an excerpt that are taken for its start."""


def without_secrets(outcome: Outcome, surface: Surface) -> Outcome:
    """Return the outcome with every password and token that checks know masked in its sentences."""
    accounts = [account.password for account in (surface.probe, surface.admin) if account]
    secrets = [*accounts, *(one.token for one in surface.sessions.values() if one and one.token)]
    fix = _masked(outcome.fix, secrets) if outcome.fix else None
    redactor = Redactor(secrets)
    quotes = tuple(replace(quote, text=redactor.clean(quote.text)) for quote in outcome.quotes)
    return Outcome(outcome.verdict, _masked(outcome.seen, secrets), fix, quotes)


def _masked(sentence: Message, secrets: list[Secret]) -> Message:
    redactor = Redactor(secrets)
    params = {
        name: _end_masked(redactor.clean(value), secrets) if isinstance(value, str) else value
        for name, value in sentence.params.items()
    }
    return Message(sentence.id, MappingProxyType(params))


def _end_masked(text: str, secrets: list[Secret]) -> str:
    """Mask a secret that the end of an excerpt cut in two."""
    if not text.endswith(ELLIPSIS):
        return text
    shown = text.removesuffix(ELLIPSIS)
    for secret in secrets:
        value = secret.reveal()
        for length in range(len(value) - 1, _SHORTEST_START - 1, -1):
            if shown.endswith(value[:length]):
                return shown[:-length] + MASK + ELLIPSIS
    return text
