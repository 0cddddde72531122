"""Names for things on a platform that survive a rename there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a handle points at."""

    PROJECT = "project"
    ENVIRONMENT = "environment"
    SERVICE = "service"
    DATABASE = "database"
    VOLUME = "volume"
    DOMAIN = "domain"
    PROXY = "proxy"
    DEPLOYMENT = "deployment"


@dataclass(frozen=True, slots=True)
class Handle:
    """A resource by the platform's own id.

    Attributes:
        provider: the platform it lives on, `railway` by default.
        kind: what it is.
        id: the platform's id.
        name: its name when it was seen, for people.
    """

    provider: str
    kind: Kind
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """A project and one of its environments: what a run works in."""

    project: Handle
    environment: Handle


class Answer(StrEnum):
    """How a mutation ended."""

    ACCEPTED = "accepted"
    AMBIGUOUS = "ambiguous"
    """No readable answer came: it may have happened; look before asking again."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a mutation left behind; an ambiguous one may have no handle."""

    handle: Handle | None
    answer: Answer = Answer.ACCEPTED


@dataclass(frozen=True, slots=True)
class GroupReceipt(Receipt):
    """What creating a project left behind: its first environment comes with it where the platform says so."""

    environment: Handle | None = None
