"""Every variable's state, source, readers and who must act; never its value."""

from __future__ import annotations

import dataclasses

import pytest

from tests.plan.plans import SMALL
from wizard.locale import Language
from wizard.plan.checklist import Acts, Reads, Row, ServiceFacts, State, checklist, to_markdown
from wizard.plan.loader import parse
from wizard.plan.precedence import ValueSource, Written
from wizard.secrets import Secret

PLAN = parse(
    SMALL.replace(
        'CORS_ORIGINS = "{frontend.urls}"',
        """CORS_ORIGINS = "{frontend.urls}"
LOG_LEVEL = "info"
JWT_SECRET = { generate = "token_hex" }
API_KEY = { secret = "keyring", unless = { LLM_PROVIDER = "echo" } }
LEFT = "http://localhost:3000"
""",
    )
)


def row(facts: ServiceFacts, name: str) -> Row:
    return next(row for row in checklist(PLAN, {"backend": facts}) if (row.service, row.name) == ("backend", name))


def has(name: str, raw: str, rendered: str | None = None) -> ServiceFacts:
    return ServiceFacts(existing={name: Written(Secret(raw), Secret(rendered) if rendered is not None else None)})


def test_before_the_first_deployment_everything_is_missing_and_says_who_acts() -> None:
    rows = {row.name: (row.state, row.source, row.acts) for row in checklist(PLAN, {}) if row.service == "backend"}
    assert rows == {
        "DATABASE_URL": (State.MISSING, ValueSource.REFERENCE, Acts.AUTOMATIC),
        "CORS_ORIGINS": (State.MISSING, ValueSource.REFERENCE, Acts.AUTOMATIC),
        "LOG_LEVEL": (State.MISSING, ValueSource.PLAN, Acts.AUTOMATIC),
        "JWT_SECRET": (State.MISSING, ValueSource.GENERATED, Acts.AUTOMATIC),
        "API_KEY": (State.MISSING, ValueSource.KEYRING, Acts.YOU),
        "LEFT": (State.PLACEHOLDER, ValueSource.PLAN, Acts.YOU),
    }


@pytest.mark.parametrize(
    ("name", "raw", "rendered", "state"),
    [
        ("LOG_LEVEL", "info", "info", State.SET),
        ("LOG_LEVEL", "", "", State.MISSING),
        ("API_KEY", "your-key-here", "your-key-here", State.PLACEHOLDER),
        ("DATABASE_URL", "${{postgres.DATABASE_URL}}", "", State.EMPTY_REFERENCE),
        ("DATABASE_URL", "${{postgres.DATABASE_URL}}", "postgresql://u:p@127.0.0.1:5432/db", State.SET),
        ("DATABASE_URL", "${{postgres.DATABASE_PUBLIC_URL}}", "postgresql://u:p@:5432/db", State.EMPTY_REFERENCE),
        ("CORS_ORIGINS", "https://${{frontend.RAILWAY_PUBLIC_DOMAIN}}", "https://", State.EMPTY_REFERENCE),
        ("CORS_ORIGINS", "https://${{x.Y}}", "https://${{x.Y}}", State.EMPTY_REFERENCE),
    ],
)
def test_what_is_on_the_platform_decides_the_state(name: str, raw: str, rendered: str, state: State) -> None:
    assert row(has(name, raw, rendered), name).state is state


def test_a_value_that_differs_from_the_plan_is_a_change() -> None:
    facts = has("LOG_LEVEL", "debug", "debug")
    wanted = {"LOG_LEVEL": Written(Secret("info"), Secret("info"))}
    assert row(dataclasses.replace(facts, wanted=wanted), "LOG_LEVEL").state is State.DIFFERS
    same = {"LOG_LEVEL": Written(Secret("${{shared.LEVEL}}"), Secret("debug"))}
    found = row(dataclasses.replace(facts, wanted=same), "LOG_LEVEL")
    assert (found.state, found.literal_for_reference) == (State.SET, True)


def test_a_sealed_value_is_there_and_nobody_acts() -> None:
    found = row(ServiceFacts(existing={"API_KEY": Written(None, sealed=True)}), "API_KEY")
    assert (found.state, found.acts, found.source) == (State.SEALED, Acts.AUTOMATIC, ValueSource.KEPT)


def test_a_variable_nobody_reads_has_no_effect() -> None:
    facts = has("LOG_LEVEL", "info")
    assert row(dataclasses.replace(facts, reads={}), "LOG_LEVEL").state is State.NO_EFFECT
    read = {"LOG_LEVEL": Reads(("app/settings.py:3",))}
    found = row(dataclasses.replace(facts, reads=read), "LOG_LEVEL")
    assert (found.state, found.readers) == (State.SET, ("app/settings.py:3",))
    assert row(facts, "LOG_LEVEL").state is State.SET


def test_what_the_plan_does_not_have_is_extra_unless_the_platform_set_it() -> None:
    facts = ServiceFacts(existing={"OLD": Written(Secret("1")), "RAILWAY_PUBLIC_DOMAIN": Written(Secret("a.kr"))})
    assert row(facts, "OLD").state is State.EXTRA
    found = row(facts, "RAILWAY_PUBLIC_DOMAIN")
    assert (found.state, found.source, found.acts) == (State.SET, ValueSource.PLATFORM, Acts.PLATFORM)


def test_what_the_code_requires_and_nobody_plans_is_missing() -> None:
    facts = ServiceFacts(reads={"SMTP_HOST": Reads(("mail.py:1",), required=True), "DEBUG": Reads(("a.py:1",))})
    found = row(facts, "SMTP_HOST")
    assert (found.state, found.source, found.acts) == (State.MISSING, None, Acts.YOU)
    assert "DEBUG" not in [row.name for row in checklist(PLAN, {"backend": facts})]


def test_a_secret_that_is_not_needed_asks_nobody() -> None:
    plan = parse(
        SMALL.replace(
            "[services.frontend]",
            'K = { secret = "keyring", unless = { L = "echo" } }\nL = "echo"\n[services.frontend]',
        )
    )
    found = next(row for row in checklist(plan, {}) if row.name == "K")
    assert found.state is State.NOT_NEEDED


def test_a_secret_in_the_keyring_goes_by_itself() -> None:
    assert row(ServiceFacts(kept=frozenset({"API_KEY"})), "API_KEY").acts is Acts.AUTOMATIC


def test_markdown_ticks_what_is_done_and_shows_no_value() -> None:
    facts = dataclasses.replace(has("LOG_LEVEL", "sentinel-value"), reads={"LOG_LEVEL": Reads(("app/a.py:3",))})
    rows = checklist(PLAN, {"backend": facts})
    english, korean = to_markdown(rows), to_markdown(rows, Language.KOREAN)
    assert "- [x] `LOG_LEVEL` · set · from the plan · automatic · app/a.py:3" in english
    assert "- [ ] `API_KEY` · missing · keyring · you · read by nobody" in english
    assert "수동 설정 필요" in korean
    assert "자동 주입" in korean
    assert "sentinel-value" not in english + korean + repr(rows)
