"""Somebody logged in to the deployed application, or nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wizard.plan.checks import Actor
from wizard.secrets import Secret


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody logged in.

    Attributes:
        headers: what every request of theirs carries.
        token: None where a cookie carries the session.
    """

    actor: Actor
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    token: Secret | None = None


NOBODY = Session("nobody")
