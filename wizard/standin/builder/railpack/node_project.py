"""A Node.js project as Railpack looks at it: `package.json`, workspaces, package manager, framework."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wizard.standin.builder.node_managers import Manager, manager_of
from wizard.standin.builder.railpack.app import App

MANIFESTS = ("package.json", "package.json5")
_LIFECYCLE = ("preinstall", "postinstall", "prepare")
_BUN = re.compile(r"(^|[\s;&|])bunx?\s")


@dataclass(frozen=True, slots=True)
class Project:
    """One project.

    Attributes:
        app: its folder.
        package: the root manifest.
        members: manifests of workspace packages, by folder.
        manager: what the project names, or npm.
        says_nothing: neither a lock file nor a field names a package manager.
    """

    app: App
    package: Mapping[str, Any]
    members: Mapping[str, Mapping[str, Any]]
    manager: Manager
    says_nothing: bool

    def script(self, name: str) -> str:
        """Return a script of the root manifest, empty where there is none."""
        return _text(_part(self.package, "scripts").get(name))

    def depends_on(self, name: str) -> bool:
        """Say whether the root manifest names it among its dependencies."""
        return any(name in _part(self.package, kind) for kind in ("dependencies", "devDependencies"))

    def any_depends_on(self, name: str) -> bool:
        """Say whether the root or a member names it."""
        return any(name in _part(item, kind) for item in self._all() for kind in ("dependencies", "devDependencies"))

    def engine(self, name: str) -> str:
        """Return the constraint on an engine, empty where there is none."""
        return _text(_part(self.package, "engines").get(name)).strip()

    def main(self) -> str:
        """Return the entry file that the manifest names."""
        return _text(self.package.get("main"))

    @property
    def installs_with_everything(self) -> bool:
        """Whether lifecycle scripts or local dependencies need all files, and see every variable, while installing."""
        return (
            any(_part(item, "scripts").get(name) for item in self._all() for name in _LIFECYCLE)
            or self._has_local_dependency()
        )

    @property
    def calls_bun(self) -> bool:
        """Whether a script of the root calls Bun."""
        return any(_BUN.search(_text(line)) for line in _part(self.package, "scripts").values())

    def _all(self) -> list[Mapping[str, Any]]:
        return [self.package, *self.members.values()]

    def _has_local_dependency(self) -> bool:
        kinds = ("dependencies", "devDependencies")
        versions = (value for item in self._all() for kind in kinds for value in _part(item, kind).values())
        return any(_text(value).startswith("file:") for value in versions)


def read_project(app: App) -> Project:
    """Read the project; raises BuildFailed for a manifest that cannot be read."""
    package = app.json(next((name for name in MANIFESTS if app.has(name)), MANIFESTS[0]))
    manager = manager_of(app.folder, package)
    return Project(app, package, _members(app, package), manager or Manager("npm"), manager is None)


def _members(app: App, package: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    patterns = _pnpm_patterns(app) or _workspaces(package)
    found: dict[str, Mapping[str, Any]] = {}
    for pattern in patterns:
        clean = pattern.removeprefix("./").rstrip("/")
        if clean and not clean.startswith(("!", "/", "..")):
            for path in sorted(app.folder.glob(f"{clean}/package.json")):
                folder = path.parent.relative_to(app.folder).as_posix()
                if "node_modules" not in folder.split("/"):
                    found[folder] = app.json(f"{folder}/package.json")
    return found


def _workspaces(package: Mapping[str, Any]) -> list[str]:
    value = package.get("workspaces")
    value = value.get("packages") if isinstance(value, dict) else value
    return [str(item) for item in value] if isinstance(value, list) else []


def _pnpm_patterns(app: App) -> list[str]:
    """Return the `packages:` list of `pnpm-workspace.yaml`."""
    block = re.search(
        r"^packages:[ \t]*\n((?:[ \t]*-.*\n?|[ \t]*#.*\n|[ \t]*\n)*)", app.read("pnpm-workspace.yaml"), re.MULTILINE
    )
    return re.findall(r"^\s*-\s*['\"]?([^'\"#\n]+?)['\"]?\s*(?:#.*)?$", block[1], re.MULTILINE) if block else []


def _part(package: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = package.get(name)
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
