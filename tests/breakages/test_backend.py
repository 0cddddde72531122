"""The classic breakages that need no Node.js: each is caught in rehearsal and explained."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.breakages.assertions import assert_caught
from tests.breakages.rehearsals import BACKEND, Breakage, Rehearsals, broken
from tests.support.applications import Application
from tests.support.command_line import call

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(600)]

SHORT = 'health = { path = "/health", timeout = 10 }'
PLANNED = 'health = { path = "/health", timeout = 300 }'


def no_driver(app: Application) -> None:
    app.edit(f"{BACKEND}requirements.txt", "psycopg[binary]==3.3.9\n", "")


def copy_from_outside(app: Application) -> None:
    app.write("mvp/shared/names.py", 'TITLE = "Vision MVP"\n')
    app.edit(f"{BACKEND}Dockerfile", "COPY . .\n", "COPY . .\nCOPY ../shared ./shared\n")


def other_port(app: Application) -> None:
    app.edit("wizard.toml", PLANNED, SHORT)
    app.edit(f"{BACKEND}Dockerfile", "--port ${PORT:-8000}", "--port 9417")


def wrong_health_path(app: Application) -> None:
    app.edit("wizard.toml", PLANNED, SHORT.replace("/health", "/api/healthz"))


def failing_revision(app: Application) -> None:
    revision = f"{BACKEND}alembic/versions/0002_training.py"
    app.edit(
        revision, '"users.id", ondelete="CASCADE"), primary_key', '"accounts.id", ondelete="CASCADE"), primary_key'
    )


def written_origin(app: Application) -> None:
    origins = 'allow_origins=["https://vision.example.com"],'
    app.edit(f"{BACKEND}app/main.py", "allow_origins=settings.cors_origins,", origins)


def import_from_outside(app: Application) -> None:
    app.write("mvp/shared/__init__.py", "")
    app.write("mvp/shared/names.py", 'TITLE = "Vision MVP"\n')
    main = f"{BACKEND}app/main.py"
    app.edit(
        main, "from app.config import settings\n", "from app.config import settings\nfrom shared.names import TITLE\n"
    )
    app.edit(main, 'title="Vision MVP"', "title=TITLE")


BREAKAGES = {
    "no-driver": Breakage(
        edit=no_driver,
        cause="diagnosis.driver-missing",
        step="PRE_DEPLOY_COMMAND",
        names=("backend", "psycopg"),
        decisive="ModuleNotFoundError: No module named 'psycopg'",
        fix="`psycopg[binary]` to mvp/backend/requirements.txt",
    ),
    "copy-from-outside": Breakage(
        edit=copy_from_outside,
        cause="diagnosis.copy-outside",
        step="BUILD_IMAGE",
        names=("mvp/backend/Dockerfile:9", "../shared", "mvp/shared", "mvp/backend"),
        decisive="COPY ../shared ./shared",
        fix='set root = "."',
    ),
    "other-port": Breakage(
        edit=other_port,
        cause="diagnosis.port",
        step="HEALTHCHECK",
        names=("port 9417", "mvp/backend/Dockerfile:11", "8000", "PORT"),
        decisive="CMD uvicorn app.main:app --host 0.0.0.0 --port 9417",
        fix="--port ${PORT:-8000}",
    ),
    "wrong-health-path": Breakage(
        edit=wrong_health_path,
        cause="diagnosis.health-path",
        step="HEALTHCHECK",
        names=("/api/healthz", "404", "is /health (mvp/backend/app/routers/health.py:"),
        decisive='"GET /api/healthz HTTP/1.1" 404',
        fix='health = { path = "/health" }',
    ),
    "failing-revision": Breakage(
        edit=failing_revision,
        cause="diagnosis.revision-failed",
        step="PRE_DEPLOY_COMMAND",
        names=("0002", "mvp/backend/alembic/versions/0002_training.py:15", 'relation "accounts" does not exist'),
        decisive='(psycopg.errors.UndefinedTable) relation "accounts" does not exist',
        fix="alembic upgrade head",
    ),
    "written-origin": Breakage(
        edit=written_origin,
        cause="failures.cors-written",
        phase="verify",
        names=("mvp/backend/app/main.py:24", "https://vision.example.com"),
        decisive='allow_origins=["https://vision.example.com"]',
        fix="CORS_ORIGINS",
    ),
    "import-from-outside": Breakage(
        edit=import_from_outside,
        cause="diagnosis.import-outside",
        step="HEALTHCHECK",
        names=("mvp/backend/app/main.py:10", "shared", "mvp/shared", "mvp/backend"),
        decisive="from shared.names import TITLE",
        fix="Move mvp/shared into mvp/backend",
    ),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def rehearsals(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rehearsals]:
    found = Rehearsals(BREAKAGES, tmp_path_factory.mktemp("breakages"))
    yield found
    await found.close()


@pytest.mark.parametrize("name", BREAKAGES)
async def test_a_breakage_is_caught_in_rehearsal(rehearsals: Rehearsals, name: str) -> None:
    assert_caught(await rehearsals.of(name), BREAKAGES[name])


async def test_the_other_origins_answer_is_shown(rehearsals: Rehearsals) -> None:
    """The preflight's answer proves that what serves lets in the origin of the code, and the frontend's not."""
    quotes = [quote["text"] for quote in (await rehearsals.of("written-origin")).error["quotes"]]
    assert any("-> 400, access-control-allow-origin: -" in quote for quote in quotes)
    assert any("200, access-control-allow-origin: https://vision.example.com" in quote for quote in quotes)


async def test_the_program_tells_a_breakage_in_korean_and_leaves_a_report(
    rehearsals: Rehearsals, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Through the command itself: stderr and stdout for people, the file they asked for, the exit code for scripts."""
    folder = tmp_path_factory.mktemp("program")
    app = broken(BREAKAGES["copy-from-outside"], folder / "app")
    home, file = folder / "home", folder / "report.md"
    async with call("rehearse", app.folder, "--json", "--lang", "ko", "--report", file, home=home) as run:
        assert await run.end() == 1, (home / "stderr.txt").read_text("utf-8")
    [error] = run.of("ErrorRaised")
    assert error["why"]["id"] == "diagnosis.copy-outside"
    report = file.read_text("utf-8")
    assert "원인" in report
    assert "mvp/shared" in report
    assert "COPY ../shared ./shared" in report
