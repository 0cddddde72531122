"""Whom a check asks where the plan does not say."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tests.plan.plans import SMALL
from wizard.plan.loader import parse

CHECKS = """
[[checks]]
name = "page"
kind = "page"
[[checks]]
name = "api"
kind = "http"
path = "/docs"
[[checks]]
name = "named"
kind = "http"
path = "/"
service = "frontend"
"""


def test_a_page_is_the_frontends_and_the_rest_the_apis() -> None:
    plan = parse(SMALL + CHECKS + '[migration]\nservice = "backend"\nmode = "alembic"\n')
    assert [plan.service_of(check) for check in plan.checks] == ["frontend", "backend", "frontend"]


def test_without_a_migration_the_first_service_that_serves_is_asked() -> None:
    plan = parse(SMALL + CHECKS)
    assert plan.service_of(plan.checks[1]) == "backend"


def test_a_plan_cannot_be_changed() -> None:
    plan = parse(SMALL)
    with pytest.raises(ValidationError):
        plan.project.name = "other"  # type: ignore[misc]
