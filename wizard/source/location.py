"""Where a fact was read: the provenance every fact of the repository carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from wizard.messages import Message

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True, order=True)
class SourceLocation:
    """A line of a file.

    Attributes:
        path: `/`-separated, relative to the project root.
        line: counted from 1.
    """

    path: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file nothing can be read from, with the reason; the reader goes on without it."""

    path: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Sourced(Generic[T_co]):
    """A value with the place it was read from, when there is one, and the reason it is believed."""

    value: T_co
    location: SourceLocation | None
    reason: Message
