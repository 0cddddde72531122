"""One local Railway in the sandbox tier for each module, and small applications for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.support.sandboxes import why_not
from tests.support.standin_api import Api
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings, TierName

APP = """
import http.server, json, os, socket, sys, urllib.request

def fetch(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.read().decode()
    except OSError as error:
        return f"failed: {error}"

def reach(host, port):
    try:
        socket.create_connection((host, int(port)), 3).close()
        return "reached"
    except OSError as error:
        return f"failed: {error}"

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path, _, query = self.path.partition("?")
        if path == "/fetch":
            answer = fetch(query)
        elif path == "/reach":
            answer = reach(*query.split(":"))
        elif path == "/read":
            answer = open(query).read()
        elif path == "/me":
            answer = json.dumps({"pid": os.getpid(), "uid": os.getuid(), "environment": dict(os.environ)})
        else:
            answer = os.environ.get("GREETING", "hello")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *words):
        pass

http.server.ThreadingHTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
"""
DOCKERFILE = "FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nCMD exec python app.py\n"
FILES = {"Dockerfile": DOCKERFILE, "app.py": APP}


@pytest.fixture(scope="session", autouse=True)
def sandboxed() -> None:
    """Skip, with the probe's reason, where this machine has no sandboxes."""
    if reason := why_not():
        pytest.skip(f"no sandbox: {reason}")


@pytest.fixture(scope="session")
def sandbox_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sandbox-layers")


@dataclass
class Place:
    """A project on a local Railway in the sandbox tier."""

    standin: Standin
    api: Api
    project: str
    environment: str
    folder: Path

    async def service(self, name: str, files: dict[str, str] | None = None, **variables: str) -> str:
        """Deploy a service and return its id."""
        service = await self.api.service(self.project, name)
        scope = (self.project, self.environment, service)
        port = variables.pop("PORT", "8000")
        await self.api.set(scope, skip=True, PORT=port, **variables)
        await self.api.configure(service, self.environment, healthcheckPath="/health")
        await self.api.deployed(scope, files or FILES)
        return service

    async def ask(self, service: str, path: str) -> str:
        """Ask a service through a public domain of its own."""
        domain = await self.api.domain(service, self.environment)
        return (await self.api.get(domain["domain"], path)).text


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory, sandbox_cache: Path) -> AsyncIterator[Place]:
    folder = tmp_path_factory.mktemp("standin")
    settings: dict[str, Any] = {"read_lag": 0, "requests_per_hour": 100_000}
    chosen = Settings(cache=sandbox_cache, tier=TierName.SANDBOX, **settings)
    async with serve(chosen, folder) as standin, Api(standin) as api:
        yield Place(standin, api, *await api.project(), folder)
