from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.source.conftest import Git, MakeTree
from tests.source.facts import written_values
from wizard.locale import Language, render
from wizard.source.detect import detect
from wizard.source.detection import AdminCapability, DetectedService, Detection, ServiceKind
from wizard.source.location import Sourced
from wizard.source.tree import LARGEST_TEXT, commit_tree, working_tree

REPOSITORY = Path(__file__).parents[2]
SAMPLE = REPOSITORY / "examples" / "vision-mvp"
APPS = REPOSITORY / "tests" / "apps"


def copied(source: Path, target: Path, renamed: dict[str, str]) -> Path:
    """Copy an application without its plan, folders renamed."""
    for old, new in renamed.items():
        skipped = shutil.ignore_patterns("node_modules", ".next", "wizard.toml", "__pycache__", "next-env.d.ts")
        shutil.copytree(source / old, target / new, ignore=skipped)
    return target


def service(detection: Detection, kind: ServiceKind) -> DetectedService:
    (found,) = [one for one in detection.services if one.kind is kind]
    return found


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Detection:
    names = {"mvp/backend": "code/Brain_2", "mvp/frontend": "face"}
    return detect(working_tree(copied(SAMPLE, tmp_path_factory.mktemp("renamed"), names)))


def test_the_renamed_sample_is_understood_without_knowing_it(renamed: Detection) -> None:
    backend, frontend = service(renamed, ServiceKind.BACKEND), service(renamed, ServiceKind.FRONTEND)
    assert (backend.name, backend.source.value, backend.root.value) == ("brain-2", "code/Brain_2", "code/Brain_2")
    assert backend.dockerfile is not None
    assert backend.dockerfile.value == "Dockerfile"
    assert backend.port is not None
    assert backend.port.value == 8000
    assert backend.health is not None
    assert backend.health.value == "/health"
    assert backend.pre_deploy is not None
    assert backend.pre_deploy.value == "alembic upgrade head && alembic current"
    assert [one.value.path for one in backend.volumes] == ["/app/uploads"]
    assert written_values(backend) == {
        "CORS_ORIGINS": "{face.urls}",
        "DATABASE_URL": "{postgres.DATABASE_URL}",
        "GOOGLE_API_KEY": "secret unless LLM_PROVIDER=echo",
        "JWT_SECRET": "generate token_urlsafe 48",
        "REDIS_URL": "{redis.REDIS_URL}",
    }
    assert (frontend.name, frontend.root.value, frontend.after) == ("face", "face", ("brain-2",))
    assert frontend.port is not None
    assert frontend.port.value == 3000
    assert written_values(frontend) == {
        "NEXT_PUBLIC_API_URL": "{brain-2.url}/api/v1",
        "NEXT_PUBLIC_WS_URL": "{brain-2.ws_url}/ws",
    }
    assert [one.engine for one in renamed.databases] == ["postgres", "redis"]
    assert renamed.migration is not None
    assert (renamed.migration.service, renamed.migration.mode.value) == ("brain-2", "alembic")
    assert renamed.admin is not None
    assert renamed.admin.capability is AdminCapability.READY
    assert renamed.unreadable == ()


def test_every_value_names_an_existing_line_and_a_reason_in_both_languages(renamed: Detection) -> None:
    for one in renamed.services:
        values: list[Sourced[object] | None] = [one.source, one.root, one.dockerfile, one.port, one.health]
        values += [one.start_command, one.pre_deploy, *one.volumes, *(variable.value for variable in one.variables)]
        for value in values:
            if value is not None:
                assert value.location is not None
                assert value.location.line >= 1
                assert render(value.reason) != render(value.reason, Language.KOREAN)


def test_the_tiny_application_is_understood() -> None:
    detection = detect(working_tree(APPS / "tiny"))
    (backend,) = detection.services
    assert (backend.name, backend.root.value) == ("backend", "backend")
    assert written_values(backend) == {
        "CORS_ORIGINS": "{backend.urls}",
        "DATABASE_URL": "{postgres.DATABASE_URL}",
        "JWT_SECRET": "generate token_urlsafe 48",
    }
    assert [one.engine for one in detection.databases] == ["postgres"]


def test_a_factory_in_a_src_layout_built_from_above() -> None:
    detection = detect(working_tree(APPS / "factory"))
    backend, frontend = service(detection, ServiceKind.BACKEND), service(detection, ServiceKind.FRONTEND)
    assert (backend.name, backend.source.value, backend.root.value) == ("server", "server", ".")
    assert backend.dockerfile is not None
    assert backend.dockerfile.value == "deploy/Dockerfile"
    assert backend.port is not None
    assert backend.port.value == 9000
    assert backend.start_command is None
    assert backend.pre_deploy is None
    assert [one.value.path for one in backend.volumes] == ["/data/media"]
    assert written_values(backend) == {
        "ALLOWED_ORIGINS": "{storefront.urls}",
        "DB_HOST": "{postgres.PGHOST}",
        "DB_NAME": "{postgres.PGDATABASE}",
        "DB_PASSWORD": "{postgres.PGPASSWORD}",
        "DB_PORT": "{postgres.PGPORT}",
        "DB_USER": "{postgres.PGUSER}",
        "SECRET_KEY": "generate token_urlsafe 48",
        "STRIPE_API_KEY": "secret unless PAYMENTS=none",
    }
    assert {one.name for one in backend.variables if one.required} == {"DB_HOST", "DB_NAME", "DB_PASSWORD", "DB_USER"}
    assert frontend.port is not None
    assert frontend.port.value == 4000
    assert written_values(frontend) == {
        "NEXT_PUBLIC_API_BASE": "{server.url}",
        "NEXT_PUBLIC_SITE_URL": "{storefront.url}",
    }
    (database,) = detection.databases
    assert database.version is not None
    assert database.version.value == 15
    assert detection.migration is not None
    assert detection.migration.mode.value == "startup"
    assert detection.admin is not None
    assert detection.admin.capability is AdminCapability.READY


def test_an_application_at_the_root_without_a_dockerfile() -> None:
    detection = detect(working_tree(APPS / "flat"))
    backend, frontend = service(detection, ServiceKind.BACKEND), service(detection, ServiceKind.FRONTEND)
    assert (backend.name, backend.root.value, backend.dockerfile) == ("backend", ".", None)
    assert backend.start_command is not None
    assert backend.start_command.value == "uvicorn main:api --host 0.0.0.0 --port $PORT"
    assert backend.health is None
    assert written_values(backend) == {
        "DATABASE_URL": "{postgres.DATABASE_URL}",
        "NOTES_LABEL": "ask",
        "NOTES_MAIL__HOST": "ask",
        "NOTES_MODE": "ask",
        "NOTES_ORIGINS": '["{ui.url}"]',
        "NOTES_TOKEN_KEY": "generate token_urlsafe 48",
    }
    assert written_values(frontend) == {"NEXT_PUBLIC_BACKEND": "{backend.url}/v2"}
    assert detection.migration is not None
    assert detection.migration.mode.value == "none"


def test_an_empty_folder_holds_nothing(make_tree: MakeTree) -> None:
    detection = detect(make_tree({"README.md": "hello"}))
    assert detection == Detection((), (), None, None, ())


def test_bad_files_are_listed_and_the_rest_is_read(tmp_path: Path) -> None:
    root = copied(APPS, tmp_path, {"tiny/backend": "backend"})
    (root / "backend" / "app" / "broken.py").write_text("def broken(:\n")
    (root / "backend" / "app" / "latin.py").write_bytes("x = 'é'".encode("latin-1"))
    (root / "backend" / "app" / "binary.py").write_bytes(b"\0\1\2")
    (root / "backend" / "app" / "huge.py").write_bytes(b"#" * (LARGEST_TEXT + 1))
    (root / "backend" / "app" / "deep.py").write_text("x = " + "(" * 5000 + ")" * 5000)
    (root / "backend" / "app" / "loop.py").symlink_to("loop.py")
    (root / "backend" / "loop").symlink_to(".")
    (root / "backend" / "alembic" / "versions" / "0003_bad.py").write_text("revision = (\n")
    (root / "web").mkdir()
    (root / "web" / "package.json").write_text("{")
    detection = detect(working_tree(root))
    assert [one.name for one in detection.services] == ["backend"]
    listed = {one.path.rpartition("/")[2] for one in detection.unreadable}
    assert {"broken.py", "latin.py", "binary.py", "huge.py", "deep.py", "0003_bad.py", "package.json"} <= listed
    assert all(render(one.reason, language) for one in detection.unreadable for language in Language)


def test_a_dockerfile_that_cannot_be_parsed_does_not_hide_the_service(tmp_path: Path) -> None:
    root = copied(APPS, tmp_path, {"tiny/backend": "backend"})
    (root / "backend" / "Dockerfile").write_text("FORM python:3.11\n")
    detection = detect(working_tree(root))
    (backend,) = detection.services
    assert backend.dockerfile is None
    assert backend.start_command is not None
    assert [one.path for one in detection.unreadable] == ["backend/Dockerfile"]


def test_a_commit_is_detected_as_its_working_tree_was(tmp_path: Path, git: Git) -> None:
    root = copied(SAMPLE, tmp_path / "clone", {"mvp": "mvp"})
    before = detect(working_tree(root))
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "all")
    shutil.rmtree(root / "mvp" / "backend" / "app")
    committed = detect(commit_tree(root))
    assert [written_values(one) for one in committed.services] == [written_values(one) for one in before.services]
    assert len(detect(working_tree(root)).services) < len(committed.services)


def test_no_word_of_the_sample_is_known(tmp_path: Path) -> None:
    words = ("vision", "gemini", "google", "llm_provider", "mvp", "echo")
    files = [*(REPOSITORY / "wizard" / "source").rglob("*.py"), REPOSITORY / "wizard" / "locale" / "source.py"]
    found = [
        f"{path.name}: {word}"
        for path in files
        for word in words
        if word in path.read_text().lower().replace("revision", "") and "dockerfile" not in path.parts
    ]
    assert found == []
