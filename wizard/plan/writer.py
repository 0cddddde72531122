"""Writes a plan as `wizard.toml`, and edits single values of one without losing the operator's comments."""

from __future__ import annotations

import contextlib
import os
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path as FilePath
from typing import Any

import tomlkit
from pydantic import BaseModel
from tomlkit.items import Array, InlineTable, Item, Table

from wizard.errors import UsageError
from wizard.plan.document import Document, read_document
from wizard.plan.loader import parse
from wizard.plan.model import Plan
from wizard.plan.overlay import to_data
from wizard.plan.positions import Path
from wizard.plan.problems import dotted

Comments = Mapping[str, str]
"""Dotted place to the text behind it: `{"services.backend.port": "mvp/backend/Dockerfile:9"}`."""
_NAMED_TABLES = frozenset({"databases", "services", "profiles", "environments"})
_PLAIN_TABLES = frozenset({"project", "shared", "migration", "admin"})
_OVERLAYS = frozenset({"profiles", "environments"})
_WIDEST = 100
"""A list longer than that is written one item a line."""


def dumps(plan: Plan, comments: Comments | None = None, heading: Sequence[str] = ()) -> str:
    """Return the plan as TOML that loads back equal; `heading` lines come first, as comments."""
    document = tomlkit.document()
    for line in heading:
        document.add(tomlkit.comment(_one_line(line)))
    if heading:
        document.add(tomlkit.nl())
    _fill(document, to_data(plan), (), comments or {})
    return tomlkit.dumps(document)


def write(
    path: FilePath,
    plan: Plan,
    comments: Comments | None = None,
    heading: Sequence[str] = (),
    *,
    overwrite: bool = False,
) -> None:
    """Write a new plan file, whole or not at all; comments and heading as in `dumps`.

    Raises:
        UsageError: `plan.exists` unless it may be overwritten, `plan.unwritable`.
    """
    if os.path.lexists(path) and not overwrite:
        raise UsageError("plan.exists", file=str(path))
    _replace(path, dumps(plan, comments, heading))


def set_value(path: FilePath, place: str | Path, value: object) -> None:
    """Set one value, keeping every comment; tables on the way are made. The file stays valid or is not touched.

    Args:
        path: the plan file.
        place: dotted, `services.backend.variables.LLM_PROVIDER`, or its parts where a name has a dot.
        value: text, number, boolean, list, table, or a model of the plan such as `KeyringSecret`.

    Raises:
        UsageError: what `load` raises for the file as it would be, `plan.no-such-place`, `plan.unwritable`.
    """
    _edit(path, _parts(place), _plain(value))


def remove_value(path: FilePath, place: str | Path) -> None:
    """Remove one value; what is not there stays away. Raises as `set_value` does."""
    _edit(path, _parts(place), None)


def _edit(path: FilePath, parts: Path, value: Any) -> None:
    before = read_document(path)
    document = tomlkit.parse(before.text)
    try:
        table = _way(document, parts[:-1], create=value is not None)
        if value is None:
            table.pop(parts[-1], None)
        else:
            table[parts[-1]] = _item(value)
    except (KeyError, TypeError, AttributeError, IndexError):
        raise UsageError("plan.no-such-place", file=str(path), where=dotted(parts)) from None
    text = tomlkit.dumps(document)
    _prove(before, text, parts, value)
    _replace(path, text)


def _prove(before: Document, text: str, parts: Path, value: Any) -> None:
    """Refuse a text that is no valid plan, or that says anything else than before but in the one place."""
    parse(text, before.file)
    wanted = tomllib.loads(before.text)
    table = _way(wanted, parts[:-1], create=True)
    table.pop(parts[-1], None) if value is None else table.update({parts[-1]: value})
    if _without_empty(tomllib.loads(text)) != _without_empty(wanted):
        raise UsageError("plan.no-such-place", file=before.file, where=dotted(parts))


def _without_empty(data: Any) -> Any:
    """Tables made on the way to a value that is then removed mean nothing."""
    if not isinstance(data, dict):
        return data
    return {key: kept for key, value in data.items() if (kept := _without_empty(value)) != {}}


def _way(table: Any, parts: Path, *, create: bool) -> Any:
    for part in parts:
        if isinstance(part, str) and create and part not in table:
            table[part] = tomlkit.table(is_super_table=True) if isinstance(table, Table | tomlkit.TOMLDocument) else {}
        table = table[part]
    return table


def _parts(place: str | Path) -> Path:
    return tuple(place.split(".")) if isinstance(place, str) else place


def _plain(value: object) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)
    return value


def _fill(table: Table | tomlkit.TOMLDocument, data: Mapping[str, Any], path: Path, comments: Comments) -> None:
    """Add values first, tables under headers of their own after them."""
    for key, value in data.items():
        if not _has_header((*path, key), value):
            item = _item(value)
            table.add(key, item)
            _remark(item, (*path, key), comments)
    for key, value in data.items():
        if _has_header((*path, key), value):
            table.add(key, _headed(value, (*path, key), comments))


def _headed(value: Any, path: Path, comments: Comments) -> Item:
    if isinstance(value, list):
        tables = tomlkit.aot()
        for number, entry in enumerate(value):
            tables.append(_headed(entry, (*path, number), comments))
        return tables
    only_tables = bool(value) and all(_has_header((*path, key), inner) for key, inner in value.items())
    table = tomlkit.table(is_super_table=only_tables)
    if not only_tables:
        _remark(table, path, comments)
    _fill(table, value, path, comments)
    return table


def _has_header(path: Path, value: object) -> bool:
    if path[0] in _OVERLAYS and len(path) > 2:  # noqa: PLR2004
        return path[2:] == ("capabilities",) or _has_header(path[2:], value)
    if len(path) == 1:
        return path[0] in _NAMED_TABLES | _PLAIN_TABLES | {"checks"}
    if len(path) == 2:  # noqa: PLR2004
        return path[0] in _NAMED_TABLES
    return path[0] == "services" and path[2:] == ("variables",)


def _item(value: Any) -> Item:
    if isinstance(value, Mapping):
        return _inline(value)
    return _list(value) if isinstance(value, list | tuple) else tomlkit.item(value)


def _inline(value: Mapping[str, Any]) -> InlineTable:
    table = tomlkit.inline_table()
    for key, inner in value.items():
        table.add(key, _item(inner))
    return table


def _list(value: Sequence[Any]) -> Array:
    array = tomlkit.array()
    for inner in value:
        array.append(_item(inner))
    return array.multiline(multiline=len(array.as_string()) > _WIDEST)


def _remark(item: Item, path: Path, comments: Comments) -> None:
    if text := comments.get(dotted(path)):
        item.comment(_one_line(text))


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _replace(path: FilePath, text: str) -> None:
    target = FilePath(os.path.realpath(path))
    try:
        _write_beside(target, text)
    except OSError as error:
        raise UsageError("plan.unwritable", file=str(path), reason=os.strerror(error.errno or 0)) from None


def _write_beside(target: FilePath, text: str) -> None:
    """Write a sibling first: whoever reads the plan meanwhile sees the old or the new one, never half."""
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        FilePath(name).chmod(mode)
        FilePath(name).replace(target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            FilePath(name).unlink()
        raise
