"""Alembic projects: where the configuration and the revisions lie, and the heads of their graph."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterable
from configparser import ConfigParser, Error
from dataclasses import dataclass

from wizard.source.location import SourceLocation, Unreadable
from wizard.source.python_module import PythonModule, read_module
from wizard.source.tree import Tree, join


@dataclass(frozen=True, slots=True)
class Revision:
    """One migration.

    Attributes:
        parents: revisions it follows, none for the first one.
        depends_on: revisions of other branches it needs.
    """

    id: str
    parents: tuple[str, ...]
    depends_on: tuple[str, ...]
    location: SourceLocation


@dataclass(frozen=True, slots=True)
class AlembicProject:
    """A folder of migrations with its configuration.

    Attributes:
        config: `alembic.ini` or `pyproject.toml`.
        folder: where commands run: the configuration's folder.
        script_location: the folder of `env.py`.
        heads: revisions nothing follows; more than one cannot be upgraded to as `head`.
        missing: parents that no file defines.
    """

    config: SourceLocation
    folder: str
    script_location: str
    revisions: tuple[Revision, ...]
    heads: tuple[str, ...]
    bases: tuple[str, ...]
    missing: tuple[str, ...]
    unreadable: tuple[Unreadable, ...]


def find_alembic(tree: Tree, root: str) -> tuple[AlembicProject, ...]:
    """Return the Alembic projects below a service's root, the nearest first."""
    configs = [path for path in tree.below(root, ".ini") if path.rpartition("/")[2] == "alembic.ini"]
    configs += [path for path in tree.below(root, ".toml") if path.rpartition("/")[2] == "pyproject.toml"]
    projects = (_project(tree, path) for path in sorted(configs, key=lambda path: (path.count("/"), path)))
    return tuple(project for project in projects if project)


def _project(tree: Tree, config: str) -> AlembicProject | None:
    settings = _ini(tree, config) if config.endswith(".ini") else _toml(tree, config)
    location = settings.get("script_location", "")
    if not location:
        return None
    folder = config.rpartition("/")[0]
    script = _path(folder, location)
    versions = _version_folders(settings, folder, script)
    paths = [path for where in versions for path in tree.below(where, ".py")]
    tree.preload(paths)
    read = [_revision(tree, path) for path in paths if not path.endswith("/__init__.py")]
    revisions = tuple(one for one in read if isinstance(one, Revision))
    unreadable = tuple(one for one in read if isinstance(one, Unreadable))
    where = SourceLocation(config, _line_of(tree, config, "script_location"))
    return _graph(where, folder, script, revisions, unreadable)


def _graph(
    config: SourceLocation,
    folder: str,
    script: str,
    revisions: tuple[Revision, ...],
    unreadable: tuple[Unreadable, ...],
) -> AlembicProject:
    known = {one.id for one in revisions}
    followed = {parent for one in revisions for parent in one.parents}
    return AlembicProject(
        config=config,
        folder=folder or ".",
        script_location=script,
        revisions=tuple(sorted(revisions, key=lambda one: one.location)),
        heads=tuple(sorted(known - followed)),
        bases=tuple(sorted(one.id for one in revisions if not one.parents)),
        missing=tuple(sorted(followed - known)),
        unreadable=unreadable,
    )


def _version_folders(settings: dict[str, str], folder: str, script: str) -> list[str]:
    listed = settings.get("version_locations", "")
    separator = {"os": ":", "space": " ", "semicolon": ";", ":": ":", ";": ";", "newline": "\n"}.get(
        settings.get("path_separator", settings.get("version_path_separator", "space")), " "
    )
    named = [_path(folder, one.strip()) for one in listed.split(separator) if one.strip()]
    return named or [join(script, "versions")]


def _path(folder: str, written: str) -> str:
    plain = written.replace("%(here)s", "").replace("%%", "%").lstrip("/")
    return join(folder, plain)


def _ini(tree: Tree, path: str) -> dict[str, str]:
    text = tree.text(path)
    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string("" if isinstance(text, Unreadable) else text)
    except Error:
        return {}
    return dict(parser["alembic"]) if parser.has_section("alembic") else {}


def _toml(tree: Tree, path: str) -> dict[str, str]:
    text = tree.text(path)
    try:
        whole = tomllib.loads("" if isinstance(text, Unreadable) else text)
    except tomllib.TOMLDecodeError:
        return {}
    tool = whole.get("tool")
    table = tool.get("alembic", {}) if isinstance(tool, dict) else {}
    return {key: value for key, value in table.items() if isinstance(value, str)} if isinstance(table, dict) else {}


def _line_of(tree: Tree, path: str, key: str) -> int:
    text = tree.text(path)
    lines = [] if isinstance(text, Unreadable) else text.splitlines()
    return next((number for number, line in enumerate(lines, start=1) if line.strip().startswith(key)), 1)


def _revision(tree: Tree, path: str) -> Revision | Unreadable | None:
    module = read_module(tree, path, path)
    if isinstance(module, Unreadable):
        return module
    revision = _texts(module, "revision")
    if not revision:
        return None
    location = module.at(module.definitions["revision"])
    return Revision(revision[0], _texts(module, "down_revision"), _texts(module, "depends_on"), location)


def _texts(module: PythonModule, name: str) -> tuple[str, ...]:
    node = module.definitions.get(name)
    elements: Iterable[ast.AST] = node.elts if isinstance(node, ast.Tuple | ast.List) else [node] if node else []
    return tuple(one.value for one in elements if isinstance(one, ast.Constant) and isinstance(one.value, str))
