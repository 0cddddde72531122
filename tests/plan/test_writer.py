"""Plans are written so that they load back equal, and edited so that nothing else changes."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.plan.plans import EVERYTHING, SMALL, assert_told
from wizard.errors import UsageError
from wizard.plan.loader import load, parse
from wizard.plan.variables import GeneratedSecret, KeyringSecret
from wizard.plan.writer import dumps, remove_value, set_value, write

COMMENTED = SMALL.replace("port = 8000", "port = 8000   # the operator's own words").replace(
    "[services.frontend]", "# above the frontend\n[services.frontend]"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "wizard.toml"
    path.write_text(COMMENTED)
    return path


@pytest.mark.parametrize("text", [SMALL, EVERYTHING])
def test_what_is_written_loads_back_equal(text: str) -> None:
    plan = parse(text)
    assert parse(dumps(plan)) == plan


def test_awkward_values_survive() -> None:
    plan = parse(SMALL.replace('"{frontend.urls}"', '"a \\"b\\" \\\\ \\n # c {{}} é 한글"'))
    assert parse(dumps(plan)) == plan


def test_each_value_says_where_it_comes_from() -> None:
    comments = {"services.backend": "found by its Dockerfile", "services.backend.port": "Dockerfile:9\n# x"}
    text = dumps(parse(SMALL), comments, ["Written by railwizard init."])
    assert text.startswith("# Written by railwizard init.\n")
    assert "[services.backend] # found by its Dockerfile\n" in text
    assert "port = 8000 # Dockerfile:9 # x\n" in text


def test_a_plan_is_not_overwritten_unasked(file: Path) -> None:
    plan = parse(EVERYTHING)
    with pytest.raises(UsageError) as caught:
        write(file, plan)
    assert caught.value.code == "plan.exists"
    assert_told(caught.value)
    assert file.read_text() == COMMENTED
    write(file, plan, overwrite=True)
    assert load(file) == plan


def test_one_value_changes_and_every_comment_stays(file: Path) -> None:
    set_value(file, "services.backend.port", 9000)
    expected = COMMENTED.replace("port = 8000", "port = 9000")
    assert file.read_text() == expected


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("services.backend.variables.LLM_PROVIDER", "echo"),
        ("services.backend.variables.API_KEY", KeyringSecret(secret="keyring", help="here")),
        ("services.backend.variables.JWT_SECRET", GeneratedSecret(generate="token_hex", bytes=32)),
        ("services.backend.health", {"path": "/health", "timeout": 60}),
        ("services.backend.watch", ["a/**", "b/**"]),
        ("environments.staging.services.backend.sleep", True),
        ("profiles.other.services.backend.variables.A", "b"),
        ("migration", {"service": "backend", "mode": "alembic"}),
        ("shared.LOG_LEVEL", "info"),
        ("project.region", "europe-west4"),
        (("environments", "pr.1", "project", "region"), "local"),
    ],
)
def test_a_new_value_finds_its_table(file: Path, place: str | tuple[str, ...], value: object) -> None:
    set_value(file, place, value)
    text = file.read_text()
    assert all(line in text for line in COMMENTED.splitlines())
    before = file.read_text()
    set_value(file, place, value)
    assert file.read_text() == before


def test_a_value_is_removed(file: Path) -> None:
    set_value(file, "services.backend.variables.LLM_PROVIDER", "echo")
    remove_value(file, "services.backend.variables.LLM_PROVIDER")
    assert "LLM_PROVIDER" not in load(file).services["backend"].variables
    assert load(file) == parse(COMMENTED)
    remove_value(file, "services.backend.cron")


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ("services.backend.port", "text", "plan.expects-integer"),
        ("services.backend.prot", 1, "plan.unknown-key"),
        ("services.backend.variables.A", "{x.url}", "plan.dangling-reference"),
        ("services.backend.port.number", 1, "plan.no-such-place"),
    ],
)
def test_an_edit_that_breaks_the_plan_leaves_it_alone(file: Path, place: str, value: object, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        set_value(file, place, value)
    assert caught.value.code == code
    assert_told(caught.value)
    assert file.read_text() == COMMENTED
    assert [path.name for path in file.parent.iterdir()] == ["wizard.toml"]


def test_the_files_mode_and_link_stay(file: Path) -> None:
    file.chmod(0o600)
    link = file.parent / "linked.toml"
    link.symlink_to(file)
    set_value(link, "services.backend.port", 9000)
    assert link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert load(file).services["backend"].port == 9000


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        write(tmp_path / "nowhere" / "wizard.toml", parse(SMALL))
    assert caught.value.code == "plan.unwritable"
    assert_told(caught.value)
