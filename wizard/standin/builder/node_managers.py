"""Which package manager of Node.js a project means: npm, pnpm, Yarn or Bun, and which release of it.

Source: corepack's `packageManager` field, and Railpack's order of lock files and of what it takes from them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_NAMED = re.compile(r"\s*(?P<name>\w+)@(?P<version>[^+\s]+)")
_PNPM_BY_LOCK = (("5.3", "6"), ("5.4", "7"), ("6.0", "8"), ("6.1", "8"), ("9.0", "9"))
_LOCK_VERSION = re.compile(r"lockfileVersion: '?([\d.]+)'?")
_DEFAULTS = {"pnpm": "9", "yarn": "1", "yarn1": "1", "yarnberry": "4", "bun": "latest"}
_LOCK_FILES = (
    ("bun", "bun", ("bun.lock", "bun.lockb")),
    ("yarnberry", "yarn", (".yarnrc.yml", ".yarnrc.yaml")),
    ("yarn1", "yarn", ("yarn.lock",)),
)


@dataclass(frozen=True, slots=True)
class Manager:
    """A package manager.

    Attributes:
        kind: `npm`, `pnpm`, `yarn1`, `yarnberry` or `bun`.
        version: as far as it is known, such as `9` or `4.1.0`; empty for npm, which comes with Node.js.
        named: `packageManager` names it, so corepack brings it.
    """

    kind: str
    version: str = ""
    named: bool = False

    @property
    def command(self) -> str:
        """Its command."""
        return "yarn" if self.kind.startswith("yarn") else self.kind

    @property
    def requirement(self) -> str:
        """The package of the npm registry that holds it."""
        package = "@yarnpkg/cli-dist" if self.kind == "yarnberry" else self.command
        return f"{package}@{self.version or 'latest'}"

    @property
    def programs(self) -> tuple[str, ...]:
        """Its commands."""
        return {"pnpm": ("pnpm", "pnpx"), "bun": ("bun", "bunx")}.get(self.kind, (self.command,))


def manager_of(folder: Path, package: Mapping[str, Any]) -> Manager | None:
    """Return what the project says of its package manager, None where it says nothing."""
    named = _NAMED.match(str(package.get("packageManager") or ""))
    if named and named["name"] in {"npm", "pnpm", "yarn", "bun"}:
        return _manager(named["name"], named["version"], named=True)
    return _by_lock_file(folder, package) or _by_engine(package)


def _by_lock_file(folder: Path, package: Mapping[str, Any]) -> Manager | None:
    def has(*names: str) -> bool:
        return any((folder / name).is_file() for name in names)

    if has("pnpm-lock.yaml"):
        return Manager("pnpm", _engine(package, "pnpm") or _pnpm_version(folder))
    for kind, engine, names in _LOCK_FILES:
        if has(*names):
            return Manager(kind, _engine(package, engine) or _DEFAULTS[kind])
    return None


def _by_engine(package: Mapping[str, Any]) -> Manager | None:
    named = ((name, _engine(package, name)) for name in ("pnpm", "bun", "yarn"))
    return next((_manager(name, version) for name, version in named if version), None)


def read_package(folder: Path) -> dict[str, Any]:
    """Return a folder's `package.json`, empty where there is none that can be read."""
    try:
        package = json.loads((folder / "package.json").read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return {}
    return package if isinstance(package, dict) else {}


def default_version(name: str) -> str:
    """Return the release that is taken where nothing names one."""
    return _DEFAULTS.get(name, "latest")


def fuzzy(version: str) -> str:
    """Return a version as Railpack simplifies a constraint: `>=20 <23` is 20, `^9.1` is 9, `20.x` is 20."""
    text = version.strip()
    if text in {"", "*"}:
        return "latest"
    at_least = re.search(r">=\s*v?(\d+)", text)
    if at_least:
        return at_least[1]
    if text.startswith("^"):
        return text[1:].removeprefix("v").partition(".")[0]
    return text.removeprefix("~").removeprefix("v").replace(".x", "").rstrip(".")


def _manager(name: str, version: str, *, named: bool = False) -> Manager:
    if name == "npm":
        return Manager("npm", "", named)
    if name == "yarn":
        return Manager("yarn1" if version.lstrip("^~>=v").startswith("1") else "yarnberry", version, named)
    return Manager(name, version, named)


def _engine(package: Mapping[str, Any], name: str) -> str:
    engines = package.get("engines")
    asked = str(engines.get(name) or "").strip() if isinstance(engines, dict) else ""
    return fuzzy(asked) if asked else ""


def _pnpm_version(folder: Path) -> str:
    match = _LOCK_VERSION.match((folder / "pnpm-lock.yaml").read_text(errors="replace"))
    found = dict(_PNPM_BY_LOCK).get(match[1]) if match else None
    return found or _DEFAULTS["pnpm"]
