"""What `init` writes comes from the repository's files alone: it loads back equal, whatever things are called."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from tests.plan.plans import assert_told
from wizard.errors import UsageError
from wizard.locale import Language
from wizard.plan.draft import Draft, NewProject, from_detection, new_key, project_name
from wizard.plan.loader import apply_overlay, load, parse
from wizard.plan.model import Plan, RepoSource
from wizard.plan.overlay import to_data
from wizard.plan.variables import GeneratedSecret, KeyringSecret
from wizard.plan.writer import dumps, write
from wizard.source.detect import detect
from wizard.source.tree import working_tree

ROOT = Path(__file__).parents[2]
KEY = "e5f197c5-a0fd-4425-a638-d20cc778700d"
NEW = NewProject(name="app", key=KEY, admin_email="ops@example.com")
_LEFT_BEHIND = shutil.ignore_patterns("node_modules", ".next", "__pycache__", "wizard.toml", ".venv")

Copy = Callable[..., Path]


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    def copied(original: str, **renamed: str) -> Path:
        target = tmp_path / "app"
        shutil.copytree(ROOT / original, target, ignore=_LEFT_BEHIND)
        for before, after in renamed.items():
            folder = next(target.rglob(before))
            folder.rename(folder.with_name(after))
        return target

    return copied


def drafted(folder: Path, answers: dict[str, str] | None = None) -> Draft:
    return from_detection(detect(working_tree(folder)), NEW, answers)


def write_files(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_the_tiny_application_gets_the_plan_a_person_wrote(copy: Copy) -> None:
    plan = drafted(copy("tests/apps/tiny")).plan
    by_hand = load(ROOT / "tests/apps/tiny/wizard.toml")
    assert plan.services["backend"].variables == by_hand.services["backend"].variables
    assert (plan.migration, plan.databases.keys()) == (by_hand.migration, by_hand.databases.keys())
    assert plan.services["backend"].pre_deploy == by_hand.services["backend"].pre_deploy


def test_the_sample_gets_the_plan_a_person_wrote_whatever_its_folders_are_called(copy: Copy) -> None:
    draft = drafted(copy("examples/vision-mvp", backend="server", frontend="Web_UI"))
    plan, by_hand = draft.plan, load(ROOT / "examples/vision-mvp/wizard.toml")
    (api, backend), (web, frontend) = plan.services.items()
    assert backend.source.endswith("server")
    assert frontend.source.endswith("Web_UI")
    renamed = renamed_services(by_hand, {"backend": api, "frontend": web})
    expected = renamed["services"]
    found = to_data(plan)["services"]
    for before, after in zip(expected.values(), found.values(), strict=True):
        for key in ("port", "dockerfile", "pre_deploy", "after"):
            assert before.get(key) == after.get(key)
        for name, value in before["variables"].items():
            assert same_variable(value, after["variables"][name]), name
    assert plan.databases.keys() == by_hand.databases.keys()
    assert plan.migration
    assert (plan.migration.service, plan.migration.mode) == (api, "alembic")
    assert [volume.path for volume in backend.volumes] == ["/app/uploads"]
    overlaid = apply_overlay(plan, "rehearsal")[0]
    assert overlaid.services[api].variables["LLM_PROVIDER"] == "echo"
    assert not draft.open
    assert not draft.left_out


def renamed_services(plan: Plan, names: dict[str, str]) -> dict[str, dict[str, dict[str, dict[str, str]]]]:
    text = dumps(plan)
    for before, after in names.items():
        for mark in ("{%s.", '"%s"', "services.%s]", "services.%s."):
            text = text.replace(mark % before, mark % after)
    return to_data(parse(text))


def same_variable(before: object, after: object) -> bool:
    if isinstance(before, dict) and isinstance(after, dict):
        return all(before.get(key) == after.get(key) for key in ("secret", "generate", "unless"))
    return before == after


def test_the_written_file_loads_back_equal_in_both_languages(copy: Copy, tmp_path: Path) -> None:
    draft = drafted(copy("examples/vision-mvp"))
    for language in Language:
        file = tmp_path / f"{language}.toml"
        write(file, draft.plan, draft.comments(language))
        assert load(file) == draft.plan
        line = next(line for line in file.read_text().splitlines() if line.startswith("port = 8000"))
        assert "mvp/backend/Dockerfile:" in line


def test_detecting_again_drafts_the_same(copy: Copy) -> None:
    folder = copy("examples/vision-mvp")
    assert drafted(folder) == drafted(folder)


def test_an_open_value_is_asked_for_and_an_answer_means_itself(tmp_path: Path) -> None:
    files = {
        "api/main.py": "import os\nfrom fastapi import FastAPI\napp = FastAPI()\nMODE = os.environ['MODEL_STYLE']\n",
        "api/requirements.txt": "fastapi\nuvicorn\n",
    }
    folder = write_files(tmp_path, files)
    draft = drafted(folder)
    (service,) = draft.plan.services
    (value,) = draft.open
    assert value.question == f"variable.{service}.MODEL_STYLE"
    assert isinstance(draft.plan.services[service].variables["MODEL_STYLE"], KeyringSecret)
    answered = drafted(folder, {value.question: '{"a": 1}'})
    assert answered.plan.services[service].variables["MODEL_STYLE"] == '{{"a": 1}}'
    assert not answered.open


def test_a_service_that_shares_a_databases_name_gets_another(tmp_path: Path) -> None:
    app = "import os\nfrom fastapi import FastAPI\nfrom sqlalchemy import create_engine\napp = FastAPI()\n"
    engine = "engine = create_engine(os.environ['DATABASE_URL'])\n"
    files = {
        "postgres/main.py": app + engine,
        "postgres/requirements.txt": "fastapi\nuvicorn\nsqlalchemy\npsycopg[binary]\n",
    }
    plan = drafted(write_files(tmp_path, files)).plan
    assert list(plan.databases) == ["postgres"]
    (name,) = plan.services
    assert name != "postgres"
    assert plan.services[name].variables["DATABASE_URL"] == "{postgres.DATABASE_URL}"


def test_secrets_are_generated_or_asked_for_never_copied(copy: Copy) -> None:
    variables = drafted(copy("examples/vision-mvp")).plan.services["backend"].variables
    assert isinstance(variables["JWT_SECRET"], GeneratedSecret)
    assert variables["GOOGLE_API_KEY"] == KeyringSecret(secret="keyring", unless={"LLM_PROVIDER": "echo"})


def test_an_empty_repository_has_nothing_to_deploy(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        drafted(tmp_path)
    assert caught.value.code == "plan.nothing-detected"
    assert_told(caught.value)


def test_a_project_can_come_from_a_repository(copy: Copy) -> None:
    source = RepoSource(repo="owner/name", branch="release")
    new = NewProject(name="app", key=KEY, source=source, region="europe-west4")
    plan = from_detection(detect(working_tree(copy("tests/apps/tiny"))), new).plan
    assert (plan.project.source, plan.project.region, plan.admin) == (source, "europe-west4", None)


def test_a_name_no_project_can_have_is_said(copy: Copy) -> None:
    folder = copy("tests/apps/tiny")
    with pytest.raises(UsageError) as caught:
        from_detection(detect(working_tree(folder)), NewProject(name="???", key=KEY))
    assert caught.value.params["where"] == "project.name"
    assert_told(caught.value)


@pytest.mark.parametrize(
    ("folder", "name"), [("vision-mvp", "vision-mvp"), (" My App! ", "My App"), ("비전", "비전"), ("...", "project")]
)
def test_a_folder_names_its_project(folder: str, name: str) -> None:
    assert project_name(folder) == name


def test_a_key_is_a_new_uuid() -> None:
    assert UUID(new_key()) != UUID(new_key())


def test_what_no_plan_can_hold_is_left_out_and_named(copy: Copy) -> None:
    detection = detect(working_tree(copy("tests/apps/tiny")))
    (service,) = detection.services
    assert service.port
    assert service.health
    broken = dataclasses.replace(
        service,
        port=dataclasses.replace(service.port, value=70000),
        health=dataclasses.replace(service.health, value="health check"),
    )
    draft = from_detection(dataclasses.replace(detection, services=(broken,)), NEW)
    assert {"services.backend.health", "services.backend.port"} <= set(draft.left_out)
    assert draft.plan.services["backend"].health is None
    assert draft.plan.services["backend"].port is None
    assert "services.backend.port" not in draft.comments()


def test_the_answer_to_a_switch_overrules_the_codes_default(copy: Copy) -> None:
    draft = drafted(copy("examples/vision-mvp"), {"variable.backend.LLM_PROVIDER": "echo"})
    assert draft.plan.services["backend"].variables["LLM_PROVIDER"] == "echo"
