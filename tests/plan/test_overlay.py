"""Overlays are data: merged before planning, listed, and never able to make a plan invalid silently."""

from __future__ import annotations

import pytest

from tests.plan.plans import EVERYTHING, SMALL, assert_told
from wizard.errors import UsageError
from wizard.plan.loader import apply_environment, apply_overlay, parse, resolve
from wizard.plan.overlay import OverlayEntry, place_of
from wizard.plan.variables import KeyringSecret

PLACES = """
[project]
name = "places"
key = "0a4e7c52-0b3b-4f0a-8f57-5a2f6c6f8e11"
environment = "production"
[services.app.variables]
MODE = "a"
OWN = "b"
[profiles.railway.services.app.variables]
OWN = "c"
[profiles.lab.services.app.variables]
OWN = "d"
[environments.production.services.app.variables]
OWN = "e"
[environments.staging.services.app.variables]
OWN = "f"
"""


def test_a_profile_changes_what_it_names_and_nothing_else() -> None:
    plan = parse(SMALL)
    overlaid, entries = apply_overlay(plan, "rehearsal")
    assert overlaid.services["backend"].variables["LLM_PROVIDER"] == "echo"
    assert overlaid.services["frontend"] == plan.services["frontend"]
    path = "services.backend.variables.LLM_PROVIDER"
    assert entries == (OverlayEntry(path, None, "echo", "profiles.rehearsal"),)


def test_a_built_in_target_without_a_profile_changes_nothing() -> None:
    plan = parse(SMALL)
    assert apply_overlay(plan, "railway") == (plan, ())


def test_tables_merge_lists_replace_and_checks_go_by_name() -> None:
    overlaid, entries = apply_overlay(parse(EVERYTHING), "rehearsal")
    assert overlaid.databases["postgres"].version == 18
    assert (overlaid.services["backend"].replicas, overlaid.services["backend"].memory) == (1, 0.5)
    assert overlaid.project.region == "local"
    assert [check.weight for check in overlaid.checks][:2] == ["must", "must"]
    assert overlaid.checks[0].needs == ("internet",)
    assert OverlayEntry("databases.postgres.version", "16", "18", "profiles.rehearsal") in entries
    assert "checks.docs" in [entry.path for entry in entries]


def test_a_secret_is_replaced_whole_never_mixed() -> None:
    over = "GENERATED = { secret = 'keyring' }\nKEYRING = 'plain'"
    text = EVERYTHING.replace("services = { backend = { replicas = 1 } }", "")
    plan = parse(f"{text}\n[profiles.rehearsal.services.backend.variables]\n{over}\n")
    overlaid, entries = apply_overlay(plan, "rehearsal")
    variables = overlaid.services["backend"].variables
    assert variables["GENERATED"] == KeyringSecret(secret="keyring")
    assert variables["KEYRING"] == "plain"
    assert '"generate": "token_urlsafe"' in next(str(e.before) for e in entries if e.path.endswith("GENERATED"))


def test_an_environment_comes_first_and_the_target_over_it() -> None:
    plan, entries = resolve(parse(EVERYTHING), environment="staging", profile="rehearsal")
    assert plan.project.environment == "staging"
    assert plan.project.region == "local"
    assert plan.services["backend"].sleep is True
    assert {entry.origin for entry in entries} == {"environments.staging", "profiles.rehearsal"}


def test_the_plans_own_environment_needs_no_table() -> None:
    plan = parse(SMALL)
    assert apply_environment(plan, "production")[0] == plan


@pytest.mark.parametrize(
    ("apply", "name", "code", "nearest"),
    [
        (apply_overlay, "rehersal", "plan.unknown-profile", "rehearsal"),
        (apply_environment, "stagign", "plan.unknown-environment", "staging"),
    ],
)
def test_an_unknown_overlay_is_refused(apply: object, name: str, code: str, nearest: str) -> None:
    assert callable(apply)
    with pytest.raises(UsageError) as caught:
        apply(parse(SMALL), name)
    assert (caught.value.code, caught.value.params["nearest"]) == (code, nearest)
    assert_told(caught.value)


@pytest.mark.parametrize(
    ("environment", "profile", "expected"),
    [
        ("production", None, ()),
        ("production", "railway", ()),
        ("staging", None, ("environments", "staging")),
        ("staging", "railway", ("environments", "staging")),
        ("production", "lab", ("profiles", "lab")),
        ("staging", "lab", ("profiles", "lab")),
        ("production", "unheard-of", ()),
    ],
)
def test_a_value_is_placed_where_it_holds_for_nobody_else(
    environment: str, profile: str | None, expected: tuple[str, ...]
) -> None:
    plan = parse(PLACES)
    path = ("services", "app", "variables", "MODE")
    assert place_of(plan, path, environment=environment, profile=profile) == (*expected, *path)


def test_a_value_is_placed_where_an_overlay_says_otherwise_already() -> None:
    plan = parse(PLACES)
    path = ("services", "app", "variables", "OWN")
    assert place_of(plan, path, environment="production") == ("environments", "production", *path)
    assert place_of(plan, path, environment="production", profile="railway") == ("profiles", "railway", *path)
