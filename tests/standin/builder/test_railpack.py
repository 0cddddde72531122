"""Railpack's rules, offline."""

from pathlib import Path
from typing import Any

import pytest

from wizard.standin.builder import BuildFailed, BuildSettings
from wizard.standin.builder.image import BuildRequest
from wizard.standin.builder.railpack import plan
from wizard.standin.processes import discard

FASTAPI = "from fastapi import FastAPI\n\napplication = FastAPI()\n"


async def test_python_installs_the_requirements_once_and_runs_the_build_command(bench: Any) -> None:
    files = {
        "requirements.txt": "--no-index\n-r more.txt\n",
        "more.txt": "--find-links=wheels\nalpha\n",
        "main.py": "import alpha",
        ".python-version": "3.11\n",
        ".git/HEAD": "x",
    }
    work = bench(files)
    work.wheel("alpha")
    work.write({"more.txt": f"--find-links={work.context}/wheels\nalpha\n"})
    settings = BuildSettings(build_command='echo "$TOKEN" > built')
    first = await work.build({"TOKEN": "seen"}, settings)
    assert first.image.plan == "Railpack (Python)"
    assert first.image.command == ("/bin/sh", "-c", "python main.py")
    assert (first.app / "built").read_text() == "seen\n"
    assert not (first.app / ".git").exists()
    work.write({"main.py": "import alpha  # changed"})
    second = await work.build({"TOKEN": "other"}, settings)
    assert not second.ran("pip install")
    assert (second.app / "built").read_text() == "other\n"


def starts(tmp_path: Path, files: dict[str, str], settings: BuildSettings | None = None) -> str:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    request = BuildRequest(tmp_path, settings or BuildSettings(), {}, tmp_path, tmp_path)
    return plan(request, b"key", discard).stages[-1].command[2]


@pytest.mark.parametrize(
    ("files", "start"),
    [
        (
            {"requirements.txt": "fastapi", "main.py": FASTAPI},
            "uvicorn main:application --host 0.0.0.0 --port ${PORT:-8000}",
        ),
        (
            {"requirements.txt": "fastapi[standard]==1", "app/main.py": FASTAPI},
            "uvicorn app.main:application --host 0.0.0.0 --port ${PORT:-8000}",
        ),
        ({"requirements.txt": "fastapi", "main.py": FASTAPI, "Procfile": "worker: x\nweb: run it"}, "run it"),
        ({"requirements.txt": "requests", "app.py": "x = 1"}, "python app.py"),
        ({"package.json": '{"scripts": {"start": "next start"}}'}, "npm run start"),
        ({"package.json": '{"main": "server.js"}'}, "node server.js"),
        ({"package.json": "{}", "index.js": ""}, "node index.js"),
    ],
)
def test_start_commands(tmp_path: Path, files: dict[str, str], start: str) -> None:
    assert starts(tmp_path, files) == start


def test_a_start_command_of_the_service_wins(tmp_path: Path) -> None:
    files = {"requirements.txt": "fastapi", "main.py": FASTAPI, "Procfile": "web: run it"}
    assert starts(tmp_path, files, BuildSettings(start_command="mine $PORT")) == "mine $PORT"


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "could not determine how to build"),
        ({"pyproject.toml": ""}, "pyproject.toml"),
        ({"go.mod": ""}, "Go"),
        ({"index.html": ""}, "static site"),
        ({"package.json": "{}", "yarn.lock": ""}, "Yarn"),
        ({"package.json": "{}", "pnpm-lock.yaml": ""}, "pnpm"),
        ({"package.json": "{"}, "error reading package.json"),
        ({"package.json": "[]"}, "error reading package.json"),
        ({"package.json": "{}"}, "No start command"),
        ({"requirements.txt": "x"}, "No start command"),
    ],
)
def test_what_is_not_emulated_is_named(tmp_path: Path, files: dict[str, str], reason: str) -> None:
    with pytest.raises(BuildFailed) as failed:
        starts(tmp_path, files)
    assert reason in failed.value.detail[-1]


@pytest.mark.full
async def test_npm_installs_once_and_builds_with_every_variable(bench: Any) -> None:
    package = '{"name": "x", "version": "1.0.0", "scripts": {"build": "node build.js", "start": "node out.js"}}'
    lock = (
        '{"name": "x", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "x", "version": "1.0.0"}}}'
    )
    script = "require('fs').writeFileSync('out.js', JSON.stringify(process.env.NEXT_PUBLIC_URL))"
    work = bench({"package.json": package, "package-lock.json": lock, "build.js": script})
    first = await work.build({"NEXT_PUBLIC_URL": "one"})
    assert first.image.command == ("/bin/sh", "-c", "npm run start")
    assert (first.app / "out.js").read_text() == '"one"'
    second = await work.build({"NEXT_PUBLIC_URL": "two"})
    assert (second.app / "out.js").read_text() == '"two"'
    assert not second.ran("npm ci")
