"""Typed now, then existing on the platform, then keyring, then generated; a plan's text is the plan's word."""

from __future__ import annotations

import pytest

from wizard.plan.precedence import (
    Candidates,
    Decision,
    Equality,
    ValueSource,
    Written,
    compare,
    decide,
    needed,
    plain_values,
)
from wizard.plan.variables import GeneratedSecret, KeyringSecret
from wizard.platform.values import Literal, OutputRef, Reference
from wizard.secrets import Secret

KEYRING = KeyringSecret(secret="keyring", unless={"LLM_PROVIDER": "echo"})
GENERATED = GeneratedSecret(generate="token_hex")
TYPED, EXISTING, KEPT = Secret("typed-value"), Secret("existing-value"), Secret("kept-value")


@pytest.mark.parametrize(
    ("candidates", "decision"),
    [
        (Candidates(typed=TYPED, existing=EXISTING, kept=KEPT), Decision(TYPED, ValueSource.TYPED)),
        (Candidates(typed=TYPED, from_env_file=True), Decision(TYPED, ValueSource.ENV_FILE)),
        (Candidates(existing=EXISTING, kept=KEPT), Decision(EXISTING, ValueSource.KEPT)),
        (Candidates(sealed=True, kept=KEPT), Decision(None, ValueSource.KEPT)),
        (Candidates(kept=KEPT), Decision(KEPT, ValueSource.KEYRING)),
        (Candidates(existing=Secret("your-key-here"), kept=KEPT), Decision(KEPT, ValueSource.KEYRING)),
        (Candidates(existing=Secret(" "), kept=KEPT), Decision(KEPT, ValueSource.KEYRING)),
        (Candidates(typed=Secret(""), kept=KEPT), Decision(KEPT, ValueSource.KEYRING)),
        (Candidates(), Decision(None, None)),
    ],
)
def test_a_kept_secret_comes_from_the_first_that_has_it(candidates: Candidates, decision: Decision) -> None:
    assert decide(KEYRING, candidates) == decision
    assert decide(KEYRING, candidates).asks is (decision.source is None)


def test_a_secret_is_generated_only_where_none_exists() -> None:
    assert decide(GENERATED, Candidates()) == Decision(None, ValueSource.GENERATED, GENERATED)
    assert decide(GENERATED, Candidates(existing=EXISTING)) == Decision(EXISTING, ValueSource.KEPT)
    assert decide(GENERATED, Candidates(kept=KEPT)) == Decision(KEPT, ValueSource.GENERATED)


def test_a_text_of_the_plan_overrules_the_platform() -> None:
    assert decide("info", Candidates(existing=EXISTING)) == Decision(Literal("info"), ValueSource.PLAN)
    reference = Reference((OutputRef("backend", "url"),))
    assert decide("{backend.url}", Candidates()) == Decision(reference, ValueSource.REFERENCE)
    assert decide("info", Candidates(typed=TYPED)) == Decision(Literal("typed-value"), ValueSource.TYPED)


def test_unless_is_judged_by_the_plain_values() -> None:
    others = plain_values({"LLM_PROVIDER": "echo", "URL": "{backend.url}", "KEY": KEYRING})
    assert others == {"LLM_PROVIDER": "echo"}
    assert not needed(KEYRING, others)
    assert needed(KEYRING, {"LLM_PROVIDER": "gemini"})
    assert needed(KEYRING, {})
    assert needed(KeyringSecret(secret="keyring"), others)


@pytest.mark.parametrize(
    ("wanted", "existing", "equality"),
    [
        (Written(Secret("${{a.B}}")), Written(Secret("${{a.B}}")), Equality.SAME),
        (Written(Secret("${{a.B}}"), Secret("x")), Written(Secret("x"), Secret("x")), Equality.SAME_RENDERED),
        (Written(Secret("${{a.B}}"), Secret("x")), Written(Secret("y"), Secret("y")), Equality.DIFFERENT),
        (Written(Secret("x")), Written(Secret("y"), None), Equality.DIFFERENT),
        (Written(Secret("x")), Written(None, sealed=True), Equality.UNKNOWN),
    ],
)
def test_equal_is_equal_text_or_equal_rendering(wanted: Written, existing: Written, equality: Equality) -> None:
    assert compare(wanted, existing) is equality
