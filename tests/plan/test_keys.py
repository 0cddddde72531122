"""No key is forgotten: each is in the full plan, refuses a wrong value, and is offered when misspelt."""

from __future__ import annotations

import copy
import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import tomlkit

from tests.plan.plans import EVERYTHING, SMALL, Refuse
from wizard.plan.keys import valid_keys
from wizard.plan.loader import parse
from wizard.plan.problems import dotted

Path = tuple[str | int, ...]
FULL: dict[str, Any] = tomllib.loads(EVERYTHING)
MOMENT = dt.date(2026, 1, 1)
"""A TOML value no key of the plan takes."""


def walk(node: object, path: Path = ()) -> Iterator[Path]:
    children: Any = ()
    if isinstance(node, Mapping):
        children = node.items()
    elif isinstance(node, list):
        children = enumerate(node)
    for key, value in children:
        yield (*path, key)
        yield from walk(value, (*path, key))


def tagged(path: Path) -> Path:
    """Write a path as pydantic does for checks, whose kind follows their number."""
    if path[:1] == ("checks",) and len(path) > 1:
        return (*path[:2], FULL["checks"][path[1]]["kind"], *path[2:])
    return path


def changed(path: Path, value: object, *, rename: str | None = None) -> str:
    data = copy.deepcopy(FULL)
    table: Any = data
    for part in path[:-1]:
        table = table[part]
    if rename:
        table[rename] = table.pop(path[-1])
    else:
        table[path[-1]] = value
    return tomlkit.dumps(data)


PATHS = [path for path in walk(FULL) if isinstance(path[-1], str)]
TABLES: list[Path] = [(), *walk(FULL)]


def value_at(path: Path) -> Any:
    found: Any = FULL
    for part in path:
        found = found[part]
    return found


def test_the_full_plan_is_valid() -> None:
    plan = parse(EVERYTHING)
    assert plan.services["backend"].volumes[0].size_mb == 500
    assert [check.kind for check in plan.checks] == ["http", "page", "websocket", "login", "flow"]


def test_the_full_plan_has_every_key_of_every_table() -> None:
    seen: dict[tuple[str, ...], set[str]] = {}
    for path in TABLES:
        table = value_at(path)
        if isinstance(table, dict) and (keys := valid_keys(tagged(path))):
            seen.setdefault(keys, set()).update(table)
    unseen = {key for keys, written in seen.items() for key in set(keys) - written}
    assert unseen == {"upload"}
    assert len(seen) > 15


@pytest.mark.parametrize("path", PATHS, ids=dotted)
def test_a_wrong_value_is_refused_at_its_key(path: Path, refuse: Refuse) -> None:
    text = changed(path, MOMENT)
    error = refuse(text)
    line = text.splitlines()[int(error.params["line"]) - 1]
    assert str(error.params["where"]).startswith(dotted(path[:1]))
    assert str(path[-1]) in line or "2026-01-01" in line
    assert error.exit_code == 2


@pytest.mark.parametrize("path", [path for path in PATHS if path[-1] in valid_keys(tagged(path[:-1]))], ids=dotted)
def test_a_misspelt_key_is_refused_with_the_right_one(path: Path, refuse: Refuse) -> None:
    key = str(path[-1])
    text = changed(path, None, rename=f"{key}z")
    error = refuse(text)
    if path == ("services", "backend", "variables", "GENERATED", "generate"):
        assert error.params["valid"] == "secret, help, unless, generate, bytes"
        return
    if path[0] == "checks" and key == "kind":
        assert (error.code, error.params["key"]) == ("plan.missing-key", "kind")
        return
    assert (error.code, error.params["key"], error.params["nearest"]) == ("plan.unknown-key", f"{key}z", key)
    assert f"{key}z" in text.splitlines()[int(error.params["line"]) - 1]


REQUIRED = [
    ("project", "name"),
    ("project", "key"),
    ("databases", "postgres", "engine"),
    ("migration", "service"),
    ("migration", "mode"),
    ("admin", "email"),
    ("services", "backend", "health", "path"),
    ("services", "backend", "volumes", 0, "path"),
    ("checks", 0, "name"),
    ("checks", 0, "kind"),
    ("checks", 0, "path"),
    ("checks", 4, "steps"),
    ("checks", 4, "steps", 0, "path"),
]


@pytest.mark.parametrize("path", REQUIRED, ids=dotted)
def test_a_missing_key_is_named_with_its_table(path: Path, refuse: Refuse) -> None:
    data = copy.deepcopy(FULL)
    table: Any = data
    for part in path[:-1]:
        table = table[part]
    del table[path[-1]]
    error = refuse(tomlkit.dumps(data))
    assert (error.code, error.params["where"]) == ("plan.missing-key", dotted(path))


SHAPES = [
    ('name = "vision-mvp"', 'name = "-"', "label"),
    ("e5f197c5", "E5F197C5", "key"),
    ('key = "e5f197c5-a0fd-4425-a638-d20cc778700d"', 'key = "6f1c"', "key"),
    ("owner/name", "https://github.com/owner/name", "repository"),
    ('branch = "main"', 'branch = "a..b"', "branch"),
    ("[services.backend]", "[services.Back_end]", "name"),
    ("[services.backend]", f"[services.{'b' * 33}]", "name"),
    ("[services.backend]", '[services."backend\\n"]', "name"),
    ('root = "mvp/backend"', 'root = "../mvp"', "path"),
    ('root = "mvp/backend"', 'root = "mvp/../../x"', "path"),
    ('root = "mvp/backend"', 'root = "/mvp"', "path"),
    ('root = "mvp/backend"', "root = 'mvp\\backend'", "path"),
    ('root = "mvp/backend"', 'root = "C:/mvp"', "path"),
    ("port = 8000", 'volumes = [{ path = "uploads" }]', "mount-path"),
    ("port = 8000", 'volumes = [{ path = "/a/../b" }]', "mount-path"),
    ("port = 8000", 'health = { path = "health" }', "route"),
    ("port = 8000", 'health = { path = "//host/health" }', "route"),
    ("port = 8000", 'domains = ["https://a.kr"]', "domain"),
    ("port = 8000", 'pre_deploy = " "', "command"),
    ("port = 8000", 'cron = "every day"', "cron"),
    ("port = 8000", "watch = ['a\\b']", "pattern"),
    ("CORS_ORIGINS", '"CORS ORIGINS"', "variable-name"),
    ('"{frontend.urls}"', '"a\\u0000b"', "text"),
    ("[environments.staging]", '[admin]\nemail = "ops"', "email"),
    ("[environments.staging]", '[profiles.x]\nendpoint = "https://u:p@host/"', "endpoint"),
    ("[environments.staging]", '[project.x]\n[profiles.x]\nendpoint = "ftp://host/"', "unknown-key"),
    (
        "[environments.staging]",
        '[[checks]]\nname = "a"\nkind = "login"\npath = "/"\ntoken = "access_token"',
        "json-path",
    ),
    (
        "[environments.staging]",
        '[[checks]]\nname = "a"\nkind = "http"\npath = "/"\nheaders = { "a b" = "x" }',
        "header-name",
    ),
    (
        "[environments.staging]",
        '[[checks]]\nname = "a"\nkind = "flow"\nsteps = [{ path = "/", keep = { "A-b" = "$" } }]',
        "placeholder-name",
    ),
    ("[project]", '[project]\nregion = "Seoul !"', "region"),
]


@pytest.mark.parametrize(("before", "after", "kind"), SHAPES)
def test_a_text_of_the_wrong_shape_is_refused_by_kind(before: str, after: str, kind: str, refuse: Refuse) -> None:
    error = refuse(SMALL.replace(before, after, 1))
    assert error.code in {f"plan.invalid-{kind}", f"plan.{kind}"}


@pytest.mark.parametrize(
    ("after", "code"),
    [
        ('port = "8000"', "plan.expects-integer"),
        ("port = 8000.5", "plan.expects-integer"),
        ("port = true", "plan.expects-integer"),
        ("port = 0", "plan.out-of-range"),
        ("port = 65536", "plan.out-of-range"),
        ("sleep = 1", "plan.expects-flag"),
        ('memory = "1GB"', "plan.expects-number"),
        ("memory = 0", "plan.out-of-range"),
        ('after = "postgres"', "plan.expects-list"),
        ("health = '/health'", "plan.expects-table"),
        ("restart = 'sometimes'", "plan.not-one-of"),
        ("dockerfile = 1", "plan.expects-text"),
        ("volumes = { path = '/a' }", "plan.expects-list"),
    ],
)
def test_a_value_of_the_wrong_type_is_named(after: str, code: str, refuse: Refuse) -> None:
    error = refuse(SMALL.replace("port = 8000", after))
    assert (error.code, error.params["line"]) == (code, 11)


def test_the_value_of_a_variable_is_never_quoted(refuse: Refuse) -> None:
    error = refuse(SMALL.replace('"{frontend.urls}"', '"sk-live-123\\u0000"'))
    assert "sk-live" not in str(error)
    assert error.__context__ is None
    assert error.__cause__ is None
