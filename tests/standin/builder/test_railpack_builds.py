"""Tiny applications really built by Railpack's rules, started, and asked over HTTP."""

import asyncio
import json
import socket
import subprocess
from collections.abc import AsyncIterator, Mapping
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from platformdirs import user_cache_path

from wizard.clock import SystemClock
from wizard.standin.addresses import LoopbackAddress
from wizard.standin.builder import BuildFailed, BuildRequest, BuildSettings, Image
from wizard.standin.builder.node_managers import manager_of
from wizard.standin.builder.tools import Toolbox
from wizard.standin.processes import LogLine
from wizard.standin.runner import Instance, Launch, ProcessTier, probe

TOOLS = user_cache_path("railwizard") / "tools"
SERVER = """
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(open("said").read().encode())

HTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
"""


class Host:
    """The process tier with one application."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        self.context = folder / "context"
        self.context.mkdir()
        self.tier = ProcessTier(cache, folder / "records", "railpack-tests")
        self.lines: list[str] = []
        self.instance: Instance | None = None
        self.port = 0

    def log(self, line: LogLine) -> None:
        self.lines.append(line.text)

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self.context / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    async def build(self, files: Mapping[str, str], variables: Mapping[str, str] | None = None) -> Image:
        self.write(files)
        work = self.folder / "work"
        request = BuildRequest(
            self.context, BuildSettings(), variables or {}, self.tier.cache, work, "railpack-tests", tools=TOOLS
        )
        return await self.tier.build(request, self.log)

    async def serve(self, image: Image, health: str = "/") -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = int(taken.getsockname()[1])
        launch = Launch(self.folder / "deployment", {}, self.port)
        instance = self.instance = await self.tier.start(image, launch, self.log)
        address = LoopbackAddress(self.port)
        healthy = await probe(
            [lambda: address], health, window=20, clock=SystemClock(), log=self.log, running=lambda: instance.running
        )
        assert healthy, self.lines

    async def get(self, path: str) -> tuple[int, str]:
        return await asyncio.to_thread(self._get, path)

    def _get(self, path: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body


def call(argv: list[str], folder: Path) -> None:
    subprocess.run(argv, cwd=folder, check=True, timeout=120)


@pytest.fixture
async def host(tmp_path: Path, shared_cache: Path) -> AsyncIterator[Host]:
    made = Host(tmp_path, shared_cache)
    yield made
    if made.instance:
        await made.instance.stop(1)


async def test_a_static_site(host: Host) -> None:
    files = {"Staticfile": "root: dist\n", "dist/index.html": "home", "dist/about.html": "about"}
    await host.serve(await host.build(files))
    assert await host.get("/about") == (200, "about")
    assert (await host.get("/missing"))[0] == 404


async def test_a_start_script(host: Host) -> None:
    files = {"start.sh": "#!/bin/bash\nset -o pipefail\nexec python3 serve.py\n", "serve.py": SERVER}
    variables = {"RAILPACK_INSTALL_CMD": "echo installed > said", "RAILPACK_PACKAGES": "python@3.13"}
    await host.serve(await host.build(files, variables))
    assert await host.get("/") == (200, "installed\n")


async def test_a_procfile_and_a_build_command(host: Host) -> None:
    files = {
        "main.py": "raise SystemExit('not this one')",
        "serve.py": SERVER,
        "Procfile": "web: .venv/bin/python serve.py",
        "railpack.json": '{"steps": {"build": {"commands": ["...", "echo \\"$GREETING\\" > said"]}}}',
    }
    await host.serve(await host.build(files, {"GREETING": "built"}))
    assert await host.get("/") == (200, "built\n")


async def test_a_nested_requirements_file_is_not_there_when_railpack_installs(host: Host) -> None:
    files = {"requirements.txt": "-r more.txt\n", "more.txt": "\n", "main.py": ""}
    with pytest.raises(BuildFailed) as failed:
        await host.build(files)
    assert any("more.txt" in line for line in failed.value.detail)


@pytest.mark.full
async def test_flask_with_gunicorn(host: Host) -> None:
    app = "from flask import Flask\napp = Flask(__name__)\n\n@app.get('/')\ndef home():\n    return 'flask'\n"
    await host.serve(await host.build({"requirements.txt": "flask\ngunicorn\n", "main.py": app}))
    assert await host.get("/") == (200, "flask")


@pytest.mark.full
async def test_django(host: Host) -> None:
    settings = """
from pathlib import Path
SECRET_KEY = "x"
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "shop.urls"
WSGI_APPLICATION = "shop.wsgi.application"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": Path(__file__).parent / "db.sqlite3"}}
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth"]
"""
    urls = """
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("", lambda request: HttpResponse(f"users: {User.objects.count()}"))]
"""
    lead = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
    wsgi = f"{lead}from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n"
    manage = f"{lead}import sys\nfrom django.core.management import execute_from_command_line\n"
    files = {
        "requirements.txt": "django>=5\ngunicorn\n",
        "manage.py": f"{manage}execute_from_command_line(sys.argv)\n",
        "shop/__init__.py": "",
        "shop/settings.py": settings,
        "shop/urls.py": urls,
        "shop/wsgi.py": wsgi,
    }
    await host.serve(await host.build(files))
    assert await host.get("/") == (200, "users: 0")


@pytest.mark.full
async def test_a_uv_project_that_starts_by_uv_run(host: Host) -> None:
    host.write(
        {
            "pyproject.toml": '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.9"\n'
            'dependencies = ["idna"]\n',
            "serve.py": SERVER.replace('open("said").read()', '__import__("idna").encode("x").decode()'),
            "Procfile": "web: uv run python serve.py",
            "main.py": "",
        }
    )
    toolbox = Toolbox(TOOLS)
    tool = toolbox.python("uv", "uv", "uvx")
    assert tool is not None
    assert toolbox.fetch([tool]) == ()
    await asyncio.to_thread(call, [str(toolbox.program(tool, "uv")), "lock", "-q"], host.context)
    image = await host.build({})
    assert [item.id for item in image.differences if item.id == "builder.uv-run"]
    await host.serve(image)
    assert await host.get("/") == (200, "x")


@pytest.mark.full
async def test_poetry_installs_what_its_lock_file_says(host: Host, bench: Any) -> None:
    work = bench({})
    work.wheel("alpha")
    wheel = next((work.context / "wheels").iterdir())
    (host.context / "wheels").mkdir()
    (host.context / "wheels" / wheel.name).write_bytes(wheel.read_bytes())
    host.write(
        {
            "pyproject.toml": '[tool.poetry]\nname = "x"\nversion = "1"\ndescription = ""\nauthors = []\n'
            "package-mode = false\n[tool.poetry.dependencies]\n"
            f'python = ">=3.9"\nalpha = {{path = "wheels/{wheel.name}"}}\n',
            "main.py": SERVER.replace('open("said").read()', '__import__("alpha").VERSION'),
        }
    )
    toolbox = Toolbox(TOOLS)
    tool = toolbox.python("poetry", "poetry")
    assert tool is not None
    assert toolbox.fetch([tool]) == ()
    await asyncio.to_thread(call, [str(toolbox.program(tool, "poetry")), "lock", "-q"], host.context)
    image = await host.build({})
    assert image.python is not None
    assert not list(image.python.glob("lib/*/site-packages/poetry*"))
    await host.serve(image)
    assert await host.get("/") == (200, "1.0")


@pytest.mark.full
@pytest.mark.parametrize("manager", ["pnpm", "yarn", "bun"])
async def test_nodes_other_package_managers(host: Host, manager: str) -> None:
    release = {"pnpm": "pnpm@9.15.9", "yarn": "yarn@4.9.2", "bun": "bun@1"}[manager]
    package = {
        "name": "x",
        "private": True,
        "packageManager": release,
        "scripts": {
            "build": f"node -p process.versions.node > said && echo {manager} >> said",
            "start": "node serve.js",
        },
    }
    serve = (
        "require('http').createServer((_, answer) => answer.end(require('fs').readFileSync('said')))"
        ".listen(process.env.PORT, '127.0.0.1')"
    )
    files = {"package.json": json.dumps(package), "serve.js": serve, ".nvmrc": "22"}
    host.write(
        {**files, **({"yarn.lock": "", ".yarnrc.yml": "nodeLinker: node-modules\n"} if manager == "yarn" else {})}
    )
    lock = {"pnpm": "--lockfile-only", "yarn": "--mode=update-lockfile", "bun": "--lockfile-only"}[manager]
    toolbox = Toolbox(TOOLS)
    named = manager_of(host.context, package)
    assert named is not None
    tool = toolbox.npm(named.requirement, *named.programs)
    assert tool is not None
    assert toolbox.fetch([tool]) == ()
    await asyncio.to_thread(call, [str(toolbox.program(tool, manager)), "install", lock], host.context)
    await host.serve(await host.build({}))
    status, body = await host.get("/")
    assert status == 200
    assert body.startswith("22.")
    assert body.endswith(f"{manager}\n")


@pytest.mark.full
async def test_a_vite_application_is_served_with_its_fallback(host: Host) -> None:
    package = {
        "name": "x",
        "private": True,
        "type": "module",
        "scripts": {"dev": "vite", "build": "vite build", "preview": "vite preview"},
        "devDependencies": {"vite": "^6"},
    }
    files = {
        "package.json": json.dumps(package),
        "index.html": '<div id="app"></div><script type="module" src="/main.js"></script>',
        "main.js": "document.querySelector('#app').textContent = import.meta.env.VITE_API_URL",
    }
    await host.serve(await host.build(files, {"VITE_API_URL": "https://api.example.org"}), "/health")
    status, page = await host.get("/deep/link")
    assert status == 200
    script = page.partition('src="')[2].partition('"')[0]
    assert "https://api.example.org" in (await host.get(script))[1]
