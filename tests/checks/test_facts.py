from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.checks.conftest import Deployed, outcome, shop_facts, with_facts
from wizard.checks.facts import read_api_facts
from wizard.checks.registry import select_checks
from wizard.checks.surface import Surface
from wizard.source.python_sources import PythonSources
from wizard.source.tree import working_tree

SEED = """
import os
from fastapi import FastAPI
app = FastAPI()
ADMIN_EMAIL = os.getenv("ADMIN_EMAIL", "boss@company.kr")
ADMIN_PASSWORD = os.getenv("ADMIN_PASSWORD", "letmein")

def seed(hash_password, User):
    return User(email="seed@company.kr", hashed_password=hash_password("seedling"))
"""


def test_accounts_written_in_code_and_in_defaults_are_found(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(SEED)
    facts = read_api_facts(PythonSources.of_service(working_tree(tmp_path), "."))
    assert [(login, password.reveal()) for login, password in facts.accounts] == [
        ("seed@company.kr", "seedling"),
        ("boss@company.kr", "letmein"),
    ]


def test_code_without_an_application_has_no_routes(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("print('hello')")
    facts = read_api_facts(PythonSources.of_service(working_tree(tmp_path), "."))
    assert (facts.app, facts.auth, facts.routes, facts.users) == (None, None, (), None)


def test_the_shop_is_understood() -> None:
    facts = shop_facts()
    assert facts.cors_variables == ("CORS_ORIGINS",)
    assert facts.allow_credentials
    assert facts.auth
    assert facts.auth.guard
    assert facts.auth.guard.dependency.endswith("require_admin")


def test_a_redis_nobody_reads_is_named(surface: Surface) -> None:
    blind = with_facts(surface, replace(shop_facts(), reads=frozenset()))
    assert "cache" in {one.subject for one in select_checks(blind)[1]}


async def test_a_service_without_accounts_says_what_was_not_found(surface: Surface, shop: Deployed) -> None:
    facts = shop_facts()
    assert facts.auth
    closed = with_facts(surface, replace(facts, auth=replace(facts.auth, login=None, register=None)))
    for check in ("register.api", "login.api", "admin.api", "default-accounts.api", "cleanup.api"):
        assert (await outcome(closed, check))[0] == "not-checked"
