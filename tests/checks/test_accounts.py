from __future__ import annotations

from dataclasses import replace

import psycopg
import pytest

from tests.checks.conftest import ADMIN, PROBE, Deployed, outcome, plan, run, shop_facts, with_facts
from wizard.checks.registry import not_proved, select_checks
from wizard.checks.surface import READ_ONLY, Credential, Surface
from wizard.events import Verdict
from wizard.secrets import MASK, Secret


def accounts_of(shop: Deployed) -> list[str]:
    with psycopg.connect(shop.databases["main"].url) as database:
        return [row[0] for row in database.execute("SELECT email FROM users ORDER BY id").fetchall()]


async def test_registers_once_and_logs_in_ever_after(surface: Surface, shop: Deployed) -> None:
    verdict, seen = await outcome(surface, "register.api")
    assert (verdict, "201 from /auth/register" in seen) == ("passed", True)
    again = replace(surface, sessions={})
    verdict, seen = await outcome(again, "register.api")
    assert (verdict, "exists from an earlier run" in seen) == ("passed", True)
    assert accounts_of(shop) == [ADMIN.email, PROBE.email]


async def test_a_refused_registration_says_the_answer(surface: Surface, shop: Deployed) -> None:
    shop.faults.write_text("no-registration")
    verdict, seen = await outcome(surface, "register.api")
    assert (verdict, "500 from /auth/register" in seen, "relation does not exist" in seen) == ("failed", True, True)


async def test_a_password_the_application_sends_back_is_not_shown(surface: Surface) -> None:
    short = replace(surface, probe=replace(PROBE, password=Secret("Sh0rt!x")))
    verdict, seen = await outcome(short, "register.api")
    assert (verdict, "422 from /auth/register" in seen) == ("failed", True)
    assert "Sh0rt!x" not in seen
    assert MASK in seen


async def test_login_refuses_a_wrong_password(surface: Surface, shop: Deployed) -> None:
    verdict, seen = await outcome(surface, "register.api", "login.api")
    assert (verdict, "401 for a wrong password" in seen) == ("passed", True)
    shop.faults.write_text("login-crashes")
    verdict, seen = await outcome(surface, "login.api")
    assert (verdict, "with 500" in seen) == ("failed", True)
    shop.faults.write_text("everybody-in")
    verdict, seen = await outcome(surface, "login.api")
    assert (verdict, "let a wrong password in" in seen) == ("failed", True)


async def test_login_that_lets_nobody_in(surface: Surface) -> None:
    stranger = Credential(email="no@body.kr", username="no", password=Secret("Wrong-one-1"))
    verdict, seen = await outcome(replace(surface, probe=stranger, admin=None), "login.api")
    assert (verdict, "does not let no@body.kr in" in seen) == ("failed", True)


async def test_a_read_only_run_makes_no_account(surface: Surface, shop: Deployed) -> None:
    reading = replace(surface, admin=None, databases=None, allow=READ_ONLY)
    checks, left = select_checks(reading)
    assert {"register.api", "stored.api", "cleanup.api"} <= {one.subject for one in left}
    assert "login.api" in {check.id for check in checks}
    results = await run(reading, "login.api", "admin.api")
    assert [result.verdict for result in results] == [Verdict.NOT_CHECKED] * 2
    assert [one.subject for one in not_proved(tuple(results))] == ["login.api", "admin.api"]
    assert accounts_of(shop) == [ADMIN.email]


async def test_the_row_is_found_in_the_plans_database(surface: Surface, shop: Deployed) -> None:
    verdict, seen = await outcome(surface, "register.api", "stored.api")
    assert (verdict, seen) == ("passed", f"The row of {PROBE.email} is in main.users")


async def test_an_account_that_is_stored_nowhere_is_noticed(surface: Surface, shop: Deployed) -> None:
    shop.faults.write_text("forgetful")
    verdict, seen = await outcome(surface, "register.api", "stored.api")
    assert (verdict, seen) == ("failed", f"main.users has no row of {PROBE.email}")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("", "administrator let in"),
        ("guard-sleeps", "answers an ordinary account with 200"),
        ("guard-refuses-all", "The administrator gets 403"),
    ],
)
async def test_admin_guard(surface: Surface, shop: Deployed, fault: str, words: str) -> None:
    await run(surface, "register.api")
    shop.faults.write_text(fault)
    verdict, seen = await outcome(surface, "admin.api")
    assert (verdict, words in seen) == ("failed" if fault else "passed", True), seen


async def test_admin_routes_show_by_behaviour_where_code_is_silent(surface: Surface) -> None:
    facts = shop_facts()
    assert facts.auth
    silent = with_facts(surface, replace(facts, auth=replace(facts.auth, guard=None)))
    verdict, seen = await outcome(silent, "register.api", "admin.api")
    assert (verdict, "/admin/users: administrator let in" in seen) == ("passed", True)


async def test_a_guard_that_is_open_to_the_world(surface: Surface, shop: Deployed) -> None:
    facts = shop_facts()
    assert facts.app
    assert facts.auth
    assert facts.auth.guard
    guarded = facts.app.find("GET", "/admin/users")
    assert guarded
    shop.faults.write_text("administration-open")
    app = replace(facts.app, routes=(replace(guarded, path="/admin/open"), *facts.app.routes))
    verdict, seen = await outcome(with_facts(surface, replace(facts, app=app)), "admin.api")
    assert (verdict, "/admin/open answers anybody with 200" in seen) == ("failed", True)


async def test_an_administrator_who_does_not_log_in(surface: Surface) -> None:
    wrong = replace(surface, admin=replace(ADMIN, password=Secret("Other-1-other")))
    verdict, seen = await outcome(wrong, "admin.api")
    assert (verdict, f"{ADMIN.email} does not log in" in seen) == ("failed", True)


async def test_default_accounts_stay_out(surface: Surface, shop: Deployed) -> None:
    verdict, seen = await outcome(surface, "default-accounts.api")
    assert (verdict, seen) == ("passed", "known logins refused: 5")
    shop.faults.write_text("default-account")
    verdict, seen = await outcome(surface, "default-accounts.api")
    assert (verdict, "admin@example.com logs in" in seen) == ("failed", True)


async def test_accounts_written_in_the_code_are_tried(surface: Surface) -> None:
    written = replace(shop_facts(), accounts=((ADMIN.email, ADMIN.password),))
    verdict, seen = await outcome(with_facts(surface, written), "default-accounts.api")
    assert (verdict, f"{ADMIN.email} logs in" in seen) == ("failed", True)
    assert ADMIN.password.reveal() not in seen


async def test_the_probe_is_removed_or_named(surface: Surface, shop: Deployed) -> None:
    verdict, seen = await outcome(surface, "register.api", "cleanup.api")
    assert (verdict, "was removed by /auth/me" in seen) == ("passed", True)
    assert accounts_of(shop) == [ADMIN.email]
    await run(surface, "register.api")
    shop.faults.write_text("nobody-leaves")
    verdict, seen = await outcome(surface, "cleanup.api")
    assert (verdict, "stays" in seen, surface.left_behind) == ("passed", True, [PROBE.email])


async def test_the_plans_login_overrules_the_code(surface: Surface) -> None:
    declared = {"kind": "login", "name": "door", "path": "/auth/login", "token": "$.access_token", "as": "admin"}
    verdict, _ = await outcome(replace(surface, plan=plan(declared)), "login.1")
    assert verdict == "passed"
    wrong = {**declared, "token": "$.nothing"}
    assert (await outcome(replace(surface, plan=plan(wrong), sessions={}), "login.1"))[0] == "failed"
