from __future__ import annotations

# ruff: noqa: E501 - files in one line each
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wizard.diagnosis.code import Code
from wizard.diagnosis.evidence import Evidence
from wizard.plan.services import ServiceSpec
from wizard.source.tree import working_tree
from wizard.text import Quote

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SPEC = {
    "source": "api",
    "root": "api",
    "dockerfile": "Dockerfile",
    "port": 8000,
    "health": {"path": "/healthz", "timeout": 30},
    "pre_deploy": "alembic upgrade head",
    "variables": {"DATABASE_URL": "{postgres.DATABASE_URL}", "NEXT_PUBLIC_API_URL": "{api.url}"},
}
"""A service whose files lie in `api`, as most of these logs have it."""
FILES = {
    "api/Dockerfile": "FROM python:3.11-slim\nWORKDIR /app\nCOPY requirements.txt .\nCOPY ../shared ./shared\n"
    "COPY models.bin .\nCOPY secrets.txt .\nCMD uvicorn app.main:app --host 0.0.0.0 --port 9000\n",
    "api/.dockerignore": "*.pyc\n*.bin\n",
    "api/models.bin": "x",
    "api/requirements.txt": "fastapi==0.165.0\nasyncpg\nSQLAlchemy\nnot-there==9.9\n",
    "api/app/__init__.py": "",
    "api/app/main.py": "import os\nfrom fastapi import FastAPI\n\nfrom shared.names import TITLE\nimport yaml\n\napp = FastAPI()\n"
    '\n\n@app.get("/health")\ndef health():\n    return {}\n\n\nKEY = os.environ["PAYMENT_KEY"]\n',
    "api/app/config.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n"
    '    jwt_secret: str\n    database_url: str = "postgresql://localhost:5432/dev"\n\n\nsettings = Settings()\n'
    "print(settings.jwt_secret, settings.database_url)\n",
    "api/alembic.ini": "[alembic]\nscript_location = alembic\n",
    "api/alembic/env.py": "",
    "api/alembic/versions/0001_users.py": 'revision = "0001"\ndown_revision = None\n\n\ndef upgrade():\n    op.create_table()\n',
    "api/alembic/versions/0002_role.py": 'revision = "0002"\ndown_revision = "0001"\n',
    "api/alembic/versions/0003_name.py": 'revision = "0003"\ndown_revision = "0001"\n',
    "shared/names.py": "TITLE = 1\n",
    "shared/__init__.py": "",
    "api/package.json": '{"dependencies": {"next": "16.4.5", "react": "19.3.1"}}',
    "api/package-lock.json": "{}",
    "api/src/app/layout.tsx": 'import type { X } from "react";\nimport clsx from "clsx";\n',
    "api/src/lib/env.ts": "export const API = process.env.NEXT_PUBLIC_API_URL;\n",
    "wizard.toml": '[services.api]\nhealth = { path = "/healthz", timeout = 30 }\n\n[services.api.variables]\n'
    'NEXT_PUBLIC_API_URL = "{api.url}"\n',
}

Logged = Callable[..., Evidence]


def numbered(source: str, text: str) -> list[Quote]:
    return [Quote(source, number, line, AT) for number, line in enumerate(text.strip("\n").split("\n"), start=1)]


@pytest.fixture
def logged(tmp_path: Path) -> Logged:
    """Return evidence of these logs, beside the files above and those of the case."""

    def build(  # noqa: PLR0913 - what evidence consists of
        *,
        build: str = "",
        deploy: str = "",
        step: str = "BUILD_IMAGE",
        reason: str = "",
        files: Mapping[str, str] | None = None,
        spec: Mapping[str, object] | None = None,
    ) -> Evidence:
        for name, content in {**FILES, **(files or {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
        service = ServiceSpec.model_validate({**SPEC, **(spec or {})})
        lines = (*(numbered("build", build) if build else ()), *(numbered("deploy", deploy) if deploy else ()))
        code = Code(working_tree(tmp_path), service)
        return Evidence(service="api", step=step, reason=reason, lines=lines, spec=service, code=code)

    return build
