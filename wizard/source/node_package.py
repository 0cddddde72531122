"""A package.json: scripts, dependencies, framework, and which package manager's lock file lies beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from wizard.messages import message
from wizard.source.location import SourceLocation, Unreadable
from wizard.source.tree import Tree, join

_LOCKS = {
    "package-lock.json": "npm",
    "npm-shrinkwrap.json": "npm",
    "pnpm-lock.yaml": "pnpm",
    "yarn.lock": "yarn",
    "bun.lock": "bun",
    "bun.lockb": "bun",
}
_FRAMEWORKS = ("next", "nuxt", "@remix-run/react", "@sveltejs/kit", "astro", "vite", "react-scripts")
"""The first one that is a dependency names the framework."""


@dataclass(frozen=True, slots=True)
class NodePackage:
    """A folder with a package.json.

    Attributes:
        locks: package managers whose lock files lie in the folder; more than one is a mistake.
        framework: the dependency that makes it a web frontend, empty for none.
        has_workspaces: whether it only holds other packages together.
    """

    root: str
    name: str
    scripts: Mapping[str, str]
    dependencies: Mapping[str, str]
    dev_dependencies: Mapping[str, str]
    engines: Mapping[str, str]
    locks: tuple[str, ...]
    framework: str
    has_workspaces: bool
    location: SourceLocation

    @property
    def framework_version(self) -> str:
        """The framework's version as declared."""
        return self.dependencies.get(self.framework) or self.dev_dependencies.get(self.framework, "")


def read_node_package(tree: Tree, root: str) -> NodePackage | Unreadable | None:
    """Read the package.json of a folder; None where there is none."""
    path = join(root, "package.json")
    if path not in tree:
        return None
    text = tree.text(path)
    if isinstance(text, Unreadable):
        return text
    try:
        whole = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        return Unreadable(path, message("source.syntax", path=path, language="JSON", line=line, detail=str(error)))
    return _package(tree, root, path, whole if isinstance(whole, dict) else {})


def _package(tree: Tree, root: str, path: str, whole: dict[str, object]) -> NodePackage:
    dependencies, development = _texts(whole, "dependencies"), _texts(whole, "devDependencies")
    every = {**development, **dependencies}
    framework = next((name for name in _FRAMEWORKS if name in every), "")
    found = (manager for name, manager in _LOCKS.items() if join(root, name) in tree)
    return NodePackage(
        root=root,
        name=str(whole.get("name") or ""),
        scripts=_texts(whole, "scripts"),
        dependencies=dependencies,
        dev_dependencies=development,
        engines=_texts(whole, "engines"),
        locks=tuple(dict.fromkeys(found)),
        framework=framework,
        has_workspaces="workspaces" in whole,
        location=SourceLocation(path, line_of_key(tree, path, framework or "name")),
    )


def _texts(whole: dict[str, object], key: str) -> Mapping[str, str]:
    table = whole.get(key)
    pairs = table.items() if isinstance(table, dict) else ()
    return MappingProxyType({str(name): value for name, value in pairs if isinstance(value, str)})


def line_of_key(tree: Tree, path: str, key: str) -> int:
    """Return the first line that holds a quoted key, 1 where there is none."""
    text = tree.text(path)
    lines = [] if isinstance(text, Unreadable) else text.split("\n")
    return next((number for number, line in enumerate(lines, start=1) if f'"{key}"' in line), 1)
