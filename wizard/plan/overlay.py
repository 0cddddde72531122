"""Lays a target's profile or an environment's overrides over a plan: data merged before anything is planned."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wizard.errors import UsageError
from wizard.plan.model import Overlay, Plan
from wizard.plan.positions import Path
from wizard.plan.problems import dotted, is_variable, nearest
from wizard.plan.targets import BUILT_IN_TARGETS, OVERLAY_KEYS

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OverlayEntry:
    """One value an overlay sets.

    Attributes:
        path: dotted, in the plan: `services.backend.variables.LLM_PROVIDER`.
        before: what the plan says, as TOML would; None where it says nothing.
        after: what holds instead.
        origin: the table that says so: `profiles.rehearsal`.
    """

    path: str
    before: str | None
    after: str
    origin: str


Overlaid = tuple[Plan, tuple[OverlayEntry, ...]]
"""A plan with an overlay in it, and what that changed."""


def apply_overlay(plan: Plan, profile: str) -> Overlaid:
    """Lay a target's profile over the plan; a built-in target without a profile changes nothing.

    Raises:
        UsageError: `plan.unknown-profile`.
    """
    known = (*plan.profiles, *BUILT_IN_TARGETS)
    if profile not in known:
        told = ", ".join(dict.fromkeys(known))
        raise UsageError("plan.unknown-profile", name=profile, nearest=nearest(profile, known), valid=told)
    overlay = plan.profiles.get(profile)
    return _laid_over(plan, overlay, f"profiles.{profile}") if overlay else (plan, ())


def apply_environment(plan: Plan, environment: str) -> Overlaid:
    """Make it the plan of that environment; only the plan's own and the declared ones exist.

    Raises:
        UsageError: `plan.unknown-environment`.
    """
    known = (plan.project.environment, *plan.environments)
    if environment not in known:
        told = ", ".join(dict.fromkeys(known))
        raise UsageError("plan.unknown-environment", name=environment, nearest=nearest(environment, known), valid=told)
    overlay = plan.environments.get(environment)
    found, entries = _laid_over(plan, overlay, f"environments.{environment}") if overlay else (plan, ())
    project = found.project.model_copy(update={"environment": environment})
    return found.model_copy(update={"project": project}), entries


def resolve(plan: Plan, *, environment: str | None = None, profile: str | None = None) -> Overlaid:
    """Return the plan for an environment on a target: the environment first, the target over it."""
    entries: tuple[OverlayEntry, ...] = ()
    if environment is not None:
        plan, entries = apply_environment(plan, environment)
    if profile is None:
        return plan, entries
    plan, more = apply_overlay(plan, profile)
    return plan, entries + more


def place_of(plan: Plan, path: Path, *, environment: str, profile: str | None = None) -> Path:
    """Return where a value belongs that is to hold for an environment on a target, and for no other.

    Args:
        plan: as its file says, nothing laid over it.
        path: where the plan itself would say it.
        environment: for which it was given.
        profile: the target's profile, None where none is laid over the plan.
    """
    over = plan.profiles.get(profile) if profile else None
    if over and (profile not in BUILT_IN_TARGETS or _at(overlay_data(over), path) is not None):
        return ("profiles", profile or "", *path)
    override = plan.environments.get(environment)
    is_own = environment == plan.project.environment
    if override and (not is_own or _at(overlay_data(override), path) is not None):
        return ("environments", environment, *path)
    return path


def to_data(plan: Plan) -> Table:
    """Return the plan as the tables its file would have: what was not written is not there."""
    return plan.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)


def overlay_data(overlay: Overlay) -> Table:
    """Return only the parts that are laid over the plan."""
    data = overlay.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {key: data[key] for key in OVERLAY_KEYS if key in data}


def merge(base: Mapping[str, Any], over: Mapping[str, Any], path: Path = ()) -> Table:
    """Merge tables into tables, checks by name; any other value replaces the one before."""
    merged = dict(base)
    for key, value in over.items():
        here = (*path, key)
        if here == ("checks",):
            merged[key] = _merged_checks(base.get(key, ()), value)
        elif isinstance(value, Mapping) and isinstance(base.get(key), Mapping) and not _is_one_value(here):
            merged[key] = merge(base[key], value, here)
        else:
            merged[key] = value
    return merged


def _laid_over(plan: Plan, overlay: Overlay, origin: str) -> Overlaid:
    base, over = to_data(plan), overlay_data(overlay)
    merged = Plan.model_validate(merge(base, over))
    entries = (
        OverlayEntry(dotted(path), _written(_at(base, path)), str(_written(value)), origin)
        for path, value in _leaves(over)
    )
    return merged, tuple(entries)


def _is_one_value(path: Path) -> bool:
    """Tell whether a table at this place is one value: a secret's description or a source."""
    return is_variable(path) or path == ("project", "source")


def _merged_checks(base: Sequence[Table], over: Sequence[Table]) -> list[Table]:
    named = {check.get("name"): check for check in base}
    for check in over:
        before = named.get(check.get("name"), {})
        same_kind = check.get("kind", before.get("kind")) == before.get("kind")
        named[check.get("name")] = {**before, **check} if same_kind else check
    return list(named.values())


def _leaves(table: Mapping[str, Any], path: Path = ()) -> Iterator[tuple[Path, object]]:
    for key, value in table.items():
        here = (*path, key)
        if here == ("checks",):
            yield from (((*here, str(check.get("name"))), check) for check in value)
        elif isinstance(value, Mapping) and not _is_one_value(here):
            yield from _leaves(value, here)
        else:
            yield here, value


def _at(data: object, path: Path) -> object:
    for part in path:
        if isinstance(data, list):
            data = next((check for check in data if check.get("name") == part), None)
        else:
            data = data.get(part) if isinstance(data, Mapping) else None
    return data


def _written(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
