"""What must hold between the parts of a plan, in the plan and in its overlays."""

from __future__ import annotations

import pytest

from tests.plan.plans import EVERYTHING, SMALL, Refuse
from wizard.plan.loader import parse


@pytest.mark.parametrize(
    ("before", "after", "code", "told"),
    [
        ("[services.frontend]\n", "[services.shared]\nport = 1\n[services.frontend]\n", "reserved-name", "shared"),
        (
            "[databases.postgres]",
            "[databases.backend]\nengine='redis'\n[databases.postgres]",
            "duplicate-name",
            "backend",
        ),
        ("port = 3000", 'port = 3000\nafter = ["bakend"]', "unknown-resource", "bakend"),
        ("[environments.staging]", '[migration]\nservice="backnd"\nmode="none"', "unknown-resource", "backnd"),
        ("[environments.staging]", '[admin]\nemail="a@b.kr"\nservice="x"', "unknown-resource", "x"),
        ("[environments.staging]", '[migration]\nservice="backend"\nmode="command"', "no-migration-command", "backend"),
        ("[environments.staging]", '[[checks]]\nname="a"\nkind="page"\nservice="x"', "unknown-resource", "x"),
        ("[environments.staging]", '[[checks]]\nname="a"\nkind="page"\nneeds=["net"]', "unknown-resource", "net"),
        ("[environments.staging]", '[[checks]]\nname="a"\nkind="page"\n' * 2, "duplicate-check", "a"),
        (
            "[environments.staging]",
            '[[checks]]\nname="a"\nkind="flow"\nsteps=[{path="/",keep={sid="$.id"}},{path="/{sdi}"}]',
            "value-not-kept",
            "sdi",
        ),
        ("port = 3000", 'port = 3000\ndomains = ["a.kr", "a.kr"]', "duplicate-domain", "a.kr"),
        (
            "port = 3000",
            'port = 3000\nvolumes = [{ path = "/a" }, { path = "/a/" }]',
            "duplicate-volume",
            "/a",
        ),
        ("[environments.staging]", '[services.worker]\ndomains=["a.kr"]', "domain-without-port", "worker"),
        ("[environments.staging]", "[profiles.x.project]\nkey='e'", "identity-in-overlay", "key"),
        ("[environments.staging]", "[profiles.x.capabilities]\nrolback=true", "unknown-key", "rolback"),
        ("[environments.staging]", "[profiles.x.capabilities]\nrollback='no'", "expects-flag", "string"),
        ("[environments.staging]", "[profiles.x.capabilities]\nendpoint_known='later'", "not-one-of", "later"),
    ],
)
def test_a_contradiction_is_refused_by_name(before: str, after: str, code: str, told: str, refuse: Refuse) -> None:
    error = refuse(SMALL.replace(before, after, 1))
    assert error.code == f"plan.{code}"
    assert told in error.params.values()


def test_two_services_may_listen_on_the_same_port() -> None:
    assert parse(SMALL.replace("3000", "8000"))


def test_addresses_in_a_circle_are_no_cycle() -> None:
    assert parse(SMALL)


@pytest.mark.parametrize(
    ("text", "cycle"),
    [
        (SMALL.replace("port = 3000", 'port = 3000\nafter = ["frontend"]'), "frontend -> frontend"),
        (
            SMALL.replace("port = 3000", 'port = 3000\nafter = ["backend"]').replace(
                "port = 8000", 'port = 8000\nafter = ["frontend"]'
            ),
            "backend -> frontend -> backend",
        ),
        (
            EVERYTHING.replace('LOG_LEVEL = "info"', 'A = "{shared.B}"\nB = "{shared.A}"'),
            "shared.A -> shared.B -> shared.A",
        ),
    ],
)
def test_a_cycle_is_named_in_full(text: str, cycle: str, refuse: Refuse) -> None:
    error = refuse(text)
    assert (error.code, error.params["cycle"]) == ("plan.cycle", cycle)


@pytest.mark.parametrize(
    ("after", "code", "where", "line"),
    [
        (
            "LLM_PROVIDER = ['echo']",
            "expects-variable",
            "profiles.rehearsal.services.backend.variables.LLM_PROVIDER",
            26,
        ),
        (
            "LLM_PROVIDER = '{x.url}'",
            "dangling-reference",
            "profiles.rehearsal.services.backend.variables.LLM_PROVIDER",
            26,
        ),
        (
            "[profiles.rehearsal.services.backend]\nprot = 1",
            "unknown-key",
            "profiles.rehearsal.services.backend.prot",
            27,
        ),
        (
            "[environments.staging.services.backnd]\nport = 'a'",
            "expects-integer",
            "environments.staging.services.backnd.port",
            27,
        ),
        ("[[profiles.rehearsal.checks]]\nname = 'new'", "missing-key", "profiles.rehearsal.checks[1].kind", 26),
    ],
)
def test_a_wrong_overlay_is_refused_where_it_stands(
    after: str, code: str, where: str, line: int, refuse: Refuse
) -> None:
    text = SMALL.replace("[environments.staging]\n\n", "\n\n") if "environments" in after else SMALL
    error = refuse(text.replace('LLM_PROVIDER = "echo"', after))
    assert (error.code, error.params["where"], error.params["line"]) == (f"plan.{code}", where, line)


def test_the_fault_nearest_the_top_comes_first(refuse: Refuse) -> None:
    error = refuse(SMALL.replace("port = 8000", "port = 'a'").replace("port = 3000", "port = 'b'"))
    assert error.params["line"] == 11
