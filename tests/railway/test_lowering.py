"""Outputs in Railway's words."""

import pytest

from wizard.platform.handles import Group, Handle, Kind
from wizard.platform.states import DomainState, GroupState, ServiceState
from wizard.platform.values import Literal, OutputRef, Reference
from wizard.railway.lowering import lower
from wizard.secrets import Secret


def handle(kind: Kind, name: str) -> Handle:
    return Handle("railway", kind, name, name)


def state(*hosts: str, port: int | None = 8000) -> GroupState:
    domains = tuple(
        DomainState(handle(Kind.DOMAIN, host), host, port, custom=number > 0) for number, host in enumerate(hosts)
    )
    services = {"backend": ServiceState(handle(Kind.SERVICE, "backend"), domains=domains)}
    group = Group(handle(Kind.PROJECT, "p"), handle(Kind.ENVIRONMENT, "e"))
    return GroupState(group, "", "", services)


PUBLIC = "${{backend.RAILWAY_PUBLIC_DOMAIN}}"


@pytest.mark.parametrize(
    ("output", "scheme", "expected"),
    [
        (OutputRef("backend", "url"), "https", f"https://{PUBLIC}"),
        (OutputRef("backend", "url"), "http", f"http://{PUBLIC}"),
        (OutputRef("backend", "ws_url"), "https", f"wss://{PUBLIC}"),
        (OutputRef("backend", "ws_url"), "http", f"ws://{PUBLIC}"),
        (OutputRef("backend", "urls"), "https", f"https://{PUBLIC}"),
        (OutputRef("backend", "host"), "https", PUBLIC),
        (OutputRef("backend", "internal_url"), "https", "http://${{backend.RAILWAY_PRIVATE_DOMAIN}}:8000"),
        (OutputRef("postgres", "DATABASE_URL"), "https", "${{postgres.DATABASE_URL}}"),
        (OutputRef("shared", "REGION"), "https", "${{shared.REGION}}"),
        (OutputRef("shared", "url"), "https", "${{shared.url}}"),
        (OutputRef("frontend", "PORT"), "https", "${{PORT}}"),
    ],
)
def test_an_output_becomes_a_reference(output: OutputRef, scheme: str, expected: str) -> None:
    found = lower(Reference((output,)), state("a.up.railway.app"), service="frontend", scheme=scheme)
    assert found == expected


def test_several_hosts_are_all_named() -> None:
    found = lower(
        Reference((OutputRef("backend", "urls"),)),
        state("a.up.railway.app", "shop.example"),
        service="frontend",
        scheme="https",
    )
    assert found == "https://a.up.railway.app,https://shop.example"


def test_a_port_nobody_knows_yet_is_a_reference_too() -> None:
    found = lower(Reference((OutputRef("backend", "internal_url"),)), state(), service="frontend", scheme="https")
    assert found == "http://${{backend.RAILWAY_PRIVATE_DOMAIN}}:${{backend.PORT}}"


def test_text_around_outputs_is_kept() -> None:
    parts = ("jdbc:", OutputRef("postgres", "PGHOST"), "/x?y=${{own.REF}}")
    found = lower(Reference(parts), state(), service="backend", scheme="https")
    assert found == "jdbc:${{postgres.PGHOST}}/x?y=${{own.REF}}"


def test_literals_and_secrets_pass() -> None:
    secret = Secret("value")
    assert lower(Literal("{text}"), state(), service="backend", scheme="https") == "{text}"
    assert lower(secret, state(), service="backend", scheme="https") is secret
