from __future__ import annotations

from textwrap import dedent

import pytest

from tests.source.conftest import MakeTree
from tests.source.facts import written_values
from wizard.source.detect import detect
from wizard.source.detection import DetectedService, Detection

FRONTEND = {"web/package.json": '{"scripts": {"build": "next build"}, "dependencies": {"next": "16.0.0"}}'}
HEAD = """\
import os
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
app = FastAPI()
"""


def detected(make_tree: MakeTree, code: str, requirements: str = "", **files: str) -> Detection:
    named = {name.replace("__", "/"): text for name, text in files.items()}
    whole = {"api/requirements.txt": f"fastapi\n{requirements}\n", "api/main.py": HEAD + dedent(code)}
    return detect(make_tree({**whole, **named}))


def backend(detection: Detection) -> DetectedService:
    found = detection.service("api")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("requirement", "code", "expected"),
    [
        (
            "asyncpg",
            "import asyncpg as a\nasync def f():\n    await a.connect(os.environ['X_DSN'])",
            "DATABASE_URL",
        ),
        ("psycopg", "import psycopg\npsycopg.connect(host=os.environ['X_HOST'])", "PGHOST"),
        ("psycopg2-binary", "from sqlalchemy import create_engine\ncreate_engine(os.getenv('X'))", None),
        ("psycopg", "from sqlalchemy import create_engine\ncreate_engine(os.getenv('DBPASSWORD'))", "PGPASSWORD"),
        ("psycopg", "url = os.environ['DATABASE_URL']", "DATABASE_URL"),
        (
            "aiosqlite",
            "from sqlalchemy import create_engine\ncreate_engine(os.getenv('X', 'x.db'))",
            None,
        ),
        ("sqlalchemy[postgresql_asyncpg]", "url = os.environ['POSTGRES_URL']", "DATABASE_URL"),
    ],
)
def test_postgres_is_told_by_driver_and_call(
    make_tree: MakeTree, requirement: str, code: str, expected: str | None
) -> None:
    detection = detected(make_tree, code, requirement)
    values = written_values(backend(detection)).values()
    assert list(values) == ([f"{{postgres.{expected}}}"] if expected else [])
    assert [one.engine for one in detection.databases] == (["postgres"] if expected else [])


@pytest.mark.parametrize(
    ("requirement", "code", "expected"),
    [
        ("redis", "import redis.asyncio as r\nr.from_url(os.environ['CACHE_URL'])", "REDIS_URL"),
        ("redis", "from redis import Redis\nRedis(host=os.environ['CACHE_HOST'])", "REDISHOST"),
        ("celery[redis]", "from celery import Celery\nCelery('x', broker=os.environ['QUEUE_URL'])", "REDIS_URL"),
        ("celery", "url = os.environ['CELERY_BROKER_URL']", "REDIS_URL"),
    ],
)
def test_redis_is_told_by_the_call_or_the_name(make_tree: MakeTree, requirement: str, code: str, expected: str) -> None:
    detection = detected(make_tree, code, requirement)
    assert list(written_values(backend(detection)).values()) == [f"{{redis.{expected}}}"]
    assert [one.engine for one in detection.databases] == ["redis"]


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        ("os.environ['CORS_ORIGINS'].split(',')", "{web.urls}"),
        ("[os.environ['FRONTEND_URL']]", "{web.url}"),
        ("[o for o in os.environ['ALLOWED_ORIGINS'].split()]", "{web.urls}"),
    ],
)
def test_origins_are_the_frontends_addresses(make_tree: MakeTree, origins: str, expected: str) -> None:
    code = f"app.add_middleware(CORSMiddleware, allow_origins={origins}, allow_credentials=True)"
    detection = detected(make_tree, code, **FRONTEND)
    assert list(written_values(backend(detection)).values()) == [expected]


@pytest.mark.parametrize(
    ("read", "example", "expected"),
    [
        ("os.getenv('FRONTEND_URL', 'http://localhost:3000')", "", "{web.url}"),
        ("os.environ['PUBLIC_API_URL']", "http://localhost:8000/v1", "{api.url}/v1"),
        ("os.getenv('PAYMENT_API_URL', 'https://pay.acme.io')", "", None),
        ("os.environ['SESSION_SECRET']", "", "generate token_urlsafe 48"),
        ("os.getenv('PASSWORD_SALT', 'x')", "", "generate token_urlsafe 48"),
        ("os.environ['MAIL_PASSWORD']", "", "secret"),
        ("os.getenv('SENTRY_DSN')", "", None),
        ("os.getenv('MAIL_TOKEN')", "your-token", "secret"),
        ("os.getenv('MAP_KEY', 'public-4fd2')", "", None),
        ("os.environ['MODEL']", "large-{size}", "large-{{size}}"),
        ("os.environ['COMPANY']", "", "ask"),
        ("os.getenv('OLLAMA', 'http://localhost:11434')", "", "ask"),
        ("os.getenv('PAGE_SIZE', '20')", "", None),
        ("os.environ['PORT']", "", None),
        ("os.environ['RAILWAY_PUBLIC_DOMAIN']", "", None),
    ],
)
def test_each_variable_gets_what_its_code_tells(
    make_tree: MakeTree, read: str, example: str, expected: str | None
) -> None:
    name = read.partition("'")[2].partition("'")[0]
    files = {**FRONTEND, "api/.env.example": f"{name}={example}\n"} if example else FRONTEND
    values = written_values(backend(detected(make_tree, f"x = {read}", **files)))
    assert values == ({name: expected} if expected else {})


def test_variables_of_tests_and_scripts_are_not_asked_for(make_tree: MakeTree) -> None:
    files = {
        "api/tests/test_x.py": "import os\nos.environ['TEST_ONLY']\n",
        "api/scripts/x.py": "import os\nos.environ['HAND']\n",
    }
    assert backend(detected(make_tree, "", **files)).variables == ()


@pytest.mark.parametrize(
    ("code", "paths"),
    [
        ("os.makedirs('data/pictures', exist_ok=True)", ["/app/data/pictures"]),
        ("from pathlib import Path\n(Path(__file__).parent / 'media').mkdir()", ["/app/media"]),
        ("from pathlib import Path\n(Path('/srv/files') / str(os.getpid())).write_text('x')", ["/srv/files"]),
        ("open(os.path.join('/var/keep', 'x.csv'), 'w')", ["/var/keep"]),
        ("os.makedirs('/a/b')\nos.makedirs('/a/b/c')", ["/a/b"]),
        ("open('/srv/read.csv')", []),
        ("os.makedirs('/tmp/x')", []),
        ("os.makedirs('logs')", []),
        ("os.makedirs(os.getenv('UNKNOWN'))", []),
    ],
)
def test_folders_that_are_written_to_want_a_volume(make_tree: MakeTree, code: str, paths: list[str]) -> None:
    assert [one.value.path for one in backend(detected(make_tree, code)).volumes] == paths


def test_alembic_is_called_with_its_configuration_where_it_lies_elsewhere(make_tree: MakeTree) -> None:
    files = {
        "api/db/alembic.ini": "[alembic]\nscript_location = %(here)s/m\n",
        "api/db/m/versions/a.py": "revision = 'a'\ndown_revision = None\n",
        "api/db/m/versions/b.py": "revision = 'b'\ndown_revision = None\n",
    }
    found = backend(detected(make_tree, "", **files))
    assert found.pre_deploy is not None
    assert found.pre_deploy.value == "alembic -c db/alembic.ini upgrade heads && alembic -c db/alembic.ini current"


def test_a_dockerfile_without_a_command_gets_one_with_a_shell(make_tree: MakeTree) -> None:
    found = backend(detected(make_tree, "", **{"api/Dockerfile": "FROM python:3.12\nCOPY . .\nVOLUME /keep\n"}))
    assert found.start_command is not None
    assert found.start_command.value == "sh -c 'exec uvicorn main:app --host 0.0.0.0 --port $PORT'"
    assert [one.value.path for one in found.volumes] == ["/keep"]


def test_the_application_the_image_starts_comes_first(make_tree: MakeTree) -> None:
    code = "@app.get('/a')\ndef a(): ...\nother = FastAPI()\n"
    found = backend(detected(make_tree, code, **{"api/Dockerfile": 'FROM x\nCMD ["uvicorn", "main:other"]\n'}))
    assert found.backend is not None
    assert found.backend.app is not None
    assert found.backend.app.target == "main:other"


def test_two_backends_and_a_worker_folder_keep_apart(make_tree: MakeTree) -> None:
    files = {
        "chat/requirements.txt": "fastapi",
        "chat/server.py": "from fastapi import FastAPI\nchat = FastAPI()\n",
        "requirements.txt": "black",
    }
    assert [one.name for one in detected(make_tree, "", **files).services] == ["api", "chat"]
