"""A pasted block of `.env` text: which lines belong to a service, which only stand for a value, which carry a secret."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.plan.placeholders import Placeholder, placeholder
from wizard.plan.variables import GeneratedSecret, KeyringSecret, Variables
from wizard.secrets import Secret
from wizard.source.dotenv import is_sensitive_name, parse_env

PASTED = "pasted"
"""Stands for a file's name where there is none."""


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One `NAME=value` of the block.

    Attributes:
        problem: why the value is never taken: of this machine, an example, itself; None where it may be.
        planned: whether the plan knows the name.
        secret: whether it is kept as one.
    """

    name: str
    value: Secret
    problem: Placeholder | None
    planned: bool
    secret: bool


def pasted_lines(text: str, planned: Variables) -> tuple[PastedLine, ...]:
    """Judge a block against a service's variables; of a name that comes twice the last one counts, as in a shell."""
    entries = {entry.name: entry for entry in parse_env(text.replace("\r\n", "\n"), PASTED)}
    return tuple(
        PastedLine(
            name=name,
            value=Secret(entry.value),
            problem=placeholder(entry.value) or (Placeholder.EXAMPLE if not entry.value.strip() else None),
            planned=name in planned,
            secret=_secret(name, planned),
        )
        for name, entry in entries.items()
    )


def _secret(name: str, planned: Variables) -> bool:
    value = planned.get(name)
    return isinstance(value, KeyringSecret | GeneratedSecret) or (value is None and is_sensitive_name(name))
