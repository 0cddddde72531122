"""The classic breakages of the frontend: Node.js really builds the broken copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.breakages.assertions import assert_caught
from tests.breakages.rehearsals import FRONTEND, Breakage, broken, rehearsed
from tests.support.applications import Application

pytestmark = [pytest.mark.full, pytest.mark.timeout(900)]


def missing_package(app: Application) -> None:
    layout = f"{FRONTEND}src/app/layout.tsx"
    app.edit(
        layout,
        'import type { ReactNode } from "react";\n',
        'import clsx from "clsx";\nimport type { ReactNode } from "react";\n',
    )
    app.edit(layout, "const inter = localFont({", 'export const style = clsx("page");\n\nconst inter = localFont({')


def written_address(app: Application) -> None:
    environment = f"{FRONTEND}src/lib/environment.ts"
    read = 'required("NEXT_PUBLIC_API_URL", process.env.NEXT_PUBLIC_API_URL)'
    app.edit(environment, read, '"http://localhost:8000/api/v1"')


BREAKAGES = {
    "missing-package": Breakage(
        edit=missing_package,
        cause="diagnosis.package-missing",
        step="BUILD_IMAGE",
        names=("mvp/frontend/src/app/layout.tsx:3", "clsx", "package.json"),
        decisive="Module not found: Can't resolve 'clsx'",
        fix="`npm install clsx` beside mvp/frontend/package.json",
        with_frontend=True,
    ),
    "written-address": Breakage(
        edit=written_address,
        cause="failures.bundle-written",
        phase="verify",
        names=("http://localhost:8000", ".js)", "mvp/frontend/src/lib/environment.ts:14"),
        decisive='export const API_URL = "http://localhost:8000/api/v1";',
        fix="NEXT_PUBLIC_",
        with_frontend=True,
    ),
}


@pytest.mark.parametrize("name", BREAKAGES)
async def test_a_breakage_of_the_frontend_is_caught_in_rehearsal(tmp_path: Path, name: str) -> None:
    app = broken(BREAKAGES[name], tmp_path / "app")
    assert_caught(await rehearsed(app, tmp_path / "state"), BREAKAGES[name])
