"""What a Python service declares it needs: requirements.txt with its includes, pyproject.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from wizard.messages import message
from wizard.source.location import SourceLocation, Unreadable
from wizard.source.tree import Tree, join

MANIFESTS = ("requirements.txt", "pyproject.toml", "Pipfile", "setup.py", "setup.cfg")
"""Files that make a folder a Python project."""
_NAME_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One declared dependency.

    Attributes:
        name: normalised: lower case, `-` for every separator.
        specifier: what stands behind name and extras, markers removed.
    """

    name: str
    extras: tuple[str, ...]
    specifier: str
    location: SourceLocation


@dataclass(frozen=True, slots=True)
class Requirements:
    """All declared dependencies of a service; what they bring along themselves is not known here."""

    declared: tuple[Requirement, ...]
    unreadable: tuple[Unreadable, ...]

    def find(self, *names: str) -> Requirement | None:
        """Return the first declaration of one of the names."""
        return next((one for one in self.declared if one.name in names), None)


def read_requirements(tree: Tree, root: str) -> Requirements:
    """Read what the folder of a service declares."""
    declared: list[Requirement] = []
    unreadable: list[Unreadable] = []
    for item in _read_folder(tree, root):
        if isinstance(item, Unreadable):
            unreadable.append(item)
        else:
            declared.append(item)
    return Requirements(tuple(declared), tuple(unreadable))


def _read_folder(tree: Tree, root: str) -> Iterator[Requirement | Unreadable]:
    seen: set[str] = set()
    for name in ("requirements.txt", "requirements/base.txt", "requirements/production.txt", "requirements/prod.txt"):
        yield from _requirements_file(tree, join(root, name), seen)
    yield from _toml_file(tree, join(root, "pyproject.toml"))
    yield from _toml_file(tree, join(root, "Pipfile"))


def _requirements_file(tree: Tree, path: str, seen: set[str]) -> Iterator[Requirement | Unreadable]:
    if path in seen or path not in tree:
        return
    seen.add(path)
    text = tree.text(path)
    if isinstance(text, Unreadable):
        yield text
        return
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.partition(" #")[0].strip()
        included = _included(stripped)
        if included:
            yield from _requirements_file(tree, join(path.rpartition("/")[0], included), seen)
        elif stripped and not stripped.startswith(("#", "-")):
            requirement = parse_requirement(stripped, SourceLocation(path, number))
            if requirement:
                yield requirement


def _included(line: str) -> str:
    for option in ("-r", "--requirement"):
        if line.startswith(option):
            return line[len(option) :].lstrip("= ").strip()
    return ""


def parse_requirement(text: str, location: SourceLocation) -> Requirement | None:
    """Parse `name[extra]>=1; marker`; a path or an address without a name is none."""
    plain = text.partition(";")[0].rstrip("\\ ")
    length = next((index for index, letter in enumerate(plain) if letter not in _NAME_LETTERS), len(plain))
    name, rest = plain[:length], plain[length:].strip()
    if not name[:1].isalnum() or rest.startswith(("/", ":", "+")):
        return None
    extras: tuple[str, ...] = ()
    if rest.startswith("["):
        inner, _, rest = rest[1:].partition("]")
        extras = tuple(one.strip().lower() for one in inner.split(",") if one.strip())
    return Requirement(normalised(name), extras, rest.partition(" --")[0].strip(), location)


def normalised(name: str) -> str:
    """Return a distribution's name as package indexes compare it."""
    return name.lower().replace("_", "-").replace(".", "-")


def _toml_file(tree: Tree, path: str) -> Iterator[Requirement | Unreadable]:
    if path not in tree:
        return
    text = tree.text(path)
    if isinstance(text, Unreadable):
        yield text
        return
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason = message("source.syntax", path=path, language="TOML", line=1, detail=str(error))
        yield Unreadable(path, reason)
        return
    lines = text.split("\n")
    for written in _declared(whole):
        number = next((index for index, line in enumerate(lines, start=1) if written.split(" ")[0] in line), 1)
        requirement = parse_requirement(written, SourceLocation(path, number))
        if requirement:
            yield requirement


def _declared(whole: dict[str, object]) -> Iterator[str]:
    project = _table(whole, "project")
    listed = project.get("dependencies")
    yield from (one for one in listed if isinstance(one, str)) if isinstance(listed, list) else ()
    poetry = _table(_table(_table(whole, "tool"), "poetry"), "dependencies")
    for name, value in {**poetry, **_table(whole, "packages")}.items():
        if name.lower() != "python":
            yield f"{name} {value}" if isinstance(value, str) and value != "*" else _with_extras(name, value)


def _with_extras(name: str, value: object) -> str:
    extras = value.get("extras") if isinstance(value, dict) else None
    return f"{name}[{','.join(map(str, extras))}]" if isinstance(extras, list) else name


def _table(whole: dict[str, object], key: str) -> dict[str, object]:
    found = whole.get(key)
    return found if isinstance(found, dict) else {}
