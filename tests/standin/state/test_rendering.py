"""Variables render as the platform renders them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from wizard.standin.state.rendering import Renderer, references
from wizard.standin.state.rows import Environment, Project, Row, Service, TcpProxy, Variable
from wizard.standin.state.store import Tables

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def tables(*rows: Row) -> Tables:
    found = Tables()
    stamp: dict[str, Any] = {"created_at": NOW, "updated_at": NOW}
    base = (
        Project(id="p", workspace_id="w", name="shop", **stamp),
        Environment(id="e", project_id="p", name="production", **stamp),
        Service(id="a", project_id="p", name="api", **stamp),
        Service(id="d", project_id="p", name="My DB", **stamp),
    )
    for row in (*base, *rows):
        found = found.with_row(row)
    return found


def variable(service: str | None, name: str, value: str) -> Variable:
    id_ = f"{service}.{name}"
    return Variable(
        id=id_, created_at=NOW, updated_at=NOW, environment_id="e", service_id=service, name=name, value=value
    )


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("plain", "plain"),
        ("${{ SELF }}", "own"),
        ("${{My DB.URL}}", "pg://u:pw@127.0.0.1:7/x"),
        ("${{my db.URL}}", ""),
        ("${{shared.LEVEL}}-${{shared.NONE}}", "info-"),
        ("a${{api.SELF}}b${{SELF}}c", "aownbownc"),
        ("${{CIRCLE}}", ""),
        ("${SELF} {{SELF}}", "${SELF} {{SELF}}"),
        ("${{RAILWAY_SERVICE_NAME}}", "api"),
        ("${{My DB.RAILWAY_TCP_PROXY_PORT}}", "9"),
        ("${{api.RAILWAY_TCP_PROXY_PORT}}", ""),
    ],
)
def test_references(text: str, rendered: str) -> None:
    proxy = TcpProxy(
        id="t",
        created_at=NOW,
        updated_at=NOW,
        environment_id="e",
        service_id="d",
        application_port=7,
        proxy_port=9,
        domain="127.0.0.1",
    )
    state = tables(
        variable("a", "SELF", "own"),
        variable("a", "CIRCLE", "${{TARGET}}"),
        variable("a", "TARGET", text),
        variable(None, "LEVEL", "info"),
        variable("d", "PASSWORD", "pw"),
        variable("d", "URL", "pg://u:${{PASSWORD}}@${{RAILWAY_PRIVATE_DOMAIN}}:7/x"),
        proxy,
    )
    assert Renderer(state, "e", lambda _: "127.0.0.1").rendered("a")["TARGET"] == rendered


def test_references_are_named_in_order() -> None:
    assert references("${{a.B}} ${{ C }} ${{shared.D}}") == ["a.B", "C", "shared.D"]
