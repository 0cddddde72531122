"""A pasted block of `.env` text: what belongs to a service, what only stands for a value, what is a secret."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.messages import Message, message
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

    def taken(self, *, unplanned: bool = False) -> bool:
        """Tell whether the value is taken; names the plan does not have only where that was asked for."""
        return self.problem is None and (self.planned or unplanned)

    def verdict(self, *, unplanned: bool = False) -> Message:
        """Say whether the value is taken, and if not why."""
        if self.problem:
            return message(f"edits.problem-{self.problem}")
        return message("edits.taken" if self.taken(unplanned=unplanned) else "edits.unplanned")


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
