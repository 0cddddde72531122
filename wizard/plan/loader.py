"""Loads `wizard.toml`: every fault is refused with its line and the nearest valid name, overlays included."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, cast

from pydantic import ValidationError

from wizard.plan.document import Document, parse_document, read_document
from wizard.plan.model import Plan
from wizard.plan.overlay import apply_environment, apply_overlay, merge, overlay_data, resolve, to_data
from wizard.plan.positions import Path
from wizard.plan.problems import Problem, from_pydantic, raise_first
from wizard.plan.validation import problems

__all__ = ["apply_environment", "apply_overlay", "load", "parse", "resolve"]


@dataclass(frozen=True, slots=True)
class _InFile:
    """Places of the plan itself, or of an overlay's part where `prefix` names its table."""

    document: Document
    prefix: Path = ()
    merged: Any = None

    @property
    def file(self) -> str:
        return self.document.file

    def place(self, path: Path) -> tuple[int, Path]:
        positions = self.document.positions
        inside = (*self.prefix, *self._own_numbers(path))
        if self.prefix and (inside in positions or inside[:-1] in positions):
            return positions.line(inside), inside
        return positions.line(path), path

    def _own_numbers(self, path: Path) -> Path:
        """Number a merged check as the overlay does."""
        if not self.prefix or path[:1] != ("checks",) or len(path) < 2:  # noqa: PLR2004
            return path
        own = _table_at(self.document.data, self.prefix).get("checks", ())
        name = self.merged["checks"][path[1]].get("name")
        number = next((number for number, check in enumerate(own) if check.get("name") == name), -1)
        return ("checks", number, *path[2:])


def load(path: FilePath) -> Plan:
    """Load and check a plan with all its profiles and environments.

    Raises:
        UsageError: with a code of `plan.*`, the file and, where there is one, the line.
    """
    return _checked(read_document(path))


def parse(text: str, file: str = "wizard.toml") -> Plan:
    """Load and check a plan from its text; raises as `load` does."""
    return _checked(parse_document(file, text.encode()))


def _checked(document: Document) -> Plan:
    plan = _validated(document.data, _InFile(document))
    base = to_data(plan)
    environments = {name: overlay_data(overlay) for name, overlay in plan.environments.items()}
    profiles = {name: overlay_data(overlay) for name, overlay in plan.profiles.items()}
    for name, over in environments.items():
        _check_overlay(document, base, ("environments", name), over)
    for name, over in profiles.items():
        for below in ({}, *environments.values()):
            _check_overlay(document, merge(base, below), ("profiles", name), over)
    return plan


def _check_overlay(document: Document, base: Any, prefix: Path, over: Any) -> None:
    if over:
        merged = merge(base, over)
        _validated(merged, _InFile(document, prefix, merged))


def _validated(data: Any, locator: _InFile) -> Plan:
    """Validate; nothing of pydantic's error stays in the one raised, for it quotes values."""
    wrong: list[Problem] = []
    plan: Plan | None = None
    try:
        plan = Plan.model_validate(data)
    except ValidationError as error:
        wrong = from_pydantic(error, data)
    raise_first(wrong if plan is None else problems(plan), locator)
    return cast("Plan", plan)


def _table_at(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data
