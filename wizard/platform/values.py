"""Values of variables as they cross a port: a literal, a secret, or text that refers to other resources' outputs."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.secrets import Secret


@dataclass(frozen=True, slots=True)
class Literal:
    """Text that means itself."""

    text: str


@dataclass(frozen=True, slots=True)
class OutputRef:
    """An output of a resource, known by the plan's names.

    Attributes:
        resource: a service or database of the plan, or `shared`.
        output: `url`, `urls`, `ws_url`, `host`, `internal_url`, or a variable's name.
    """

    resource: str
    output: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Text made of literals and outputs; the adapter lowers it to native references or to literals."""

    parts: tuple[str | OutputRef, ...]

    @property
    def outputs(self) -> tuple[OutputRef, ...]:
        """The outputs it needs, in order."""
        return tuple(part for part in self.parts if isinstance(part, OutputRef))


Value = Literal | Secret | Reference
"""What a variable can be set to."""

SERVICE_OUTPUTS = frozenset({"url", "urls", "ws_url", "host", "internal_url"})
"""Outputs of a service; known once it has a domain, before any build."""
