"""Where a plan can go: profiles of targets and overrides by environment, both overlays of the plan itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, JsonValue

from wizard.plan.types import Endpoint, Flag, Placeholder, PlanModel

OverlayTable = Mapping[str, JsonValue]
"""A part of the plan file, laid over it before it is validated: so a part needs no required keys."""


class Overlay(PlanModel):
    """Parts of the plan that replace what the plan says; tables merge, everything else replaces."""

    project: OverlayTable | None = None
    databases: OverlayTable | None = None
    services: OverlayTable | None = None
    shared: OverlayTable | None = None
    migration: OverlayTable | None = None
    admin: OverlayTable | None = None
    checks: tuple[OverlayTable, ...] | None = None
    """Merged by name; new ones are added."""


class Profile(Overlay):
    """A target: which platform, how it is reached, what it can do, and what differs there."""

    endpoint: Endpoint | None = None
    scheme: Literal["http", "https"] | None = None
    """Of public addresses; http where the endpoint is loopback."""
    capabilities: Mapping[Placeholder, Flag | str] = Field(default_factory=dict)
    """Facts that differ from the platform's usual ones, by the names of `Capabilities`."""


class EnvironmentOverride(Overlay):
    """What is different in one environment."""


OVERLAY_KEYS = tuple(Overlay.model_fields)
BUILT_IN_TARGETS = ("railway", "rehearsal")
"""Targets that exist without a profile in the plan."""
