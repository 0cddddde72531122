"""Text as data: the engine names a message, a listener renders it in the operator's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Param = str | int | float | bool
"""What a message can carry. Never a secret: only `Secret.mask()` may be shown."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of the catalogue with its values, independent of any language.

    Attributes:
        id: dotted id; its first part names the catalogue module, `plan.unknown-key` lives in
            `wizard.locale.plan`.
        params: the values its placeholders take.
    """

    id: str
    params: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))


def message(id_: str, /, **params: Param) -> Message:
    """Build a message; keyword arguments become its parameters."""
    return Message(id_, MappingProxyType(params))
