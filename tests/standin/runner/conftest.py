"""Images made by hand: the runner needs folders, not a builder."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from wizard.standin.builder import Image
from wizard.standin.processes import LogLine
from wizard.standin.runner import Instance, Launch, ProcessTier

SERVER = """
import os, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        status = int(self.path.strip("/") or 200)
        self.send_response(status)
        self.send_header("Location", "/200")
        body = self.headers.get("Host", "").encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass

address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
server = ThreadingHTTPServer((address, int(os.environ["PORT"])), Handler)
print("listening on", address, flush=True)
server.serve_forever()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Runner:
    """A tier, its folders, and the lines of whatever runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tier = ProcessTier(folder / "cache", folder / "records", "runner-tests")
        self.lines: list[str] = []
        self.count = 0
        self.started: list[Instance] = []

    def image(self, *command: str, files: dict[str, str] | None = None, **more: Any) -> Image:
        root = self.folder / "image"
        for name, text in {"app/server.py": SERVER, **(files or {})}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            path.chmod(0o755)
        words = tuple(word.replace("PYTHON", sys.executable) for word in command)
        values = {
            "python": None,
            "workdir": "/app",
            "environment": {"PATH": "/usr/bin:/bin"},
            "ports": (),
            "owned": ("/app", "/tmp"),  # noqa: S108 - the image's
            "plan": "Dockerfile",
        }
        return Image(root=root, command=words, **{**values, **more})

    def launch(self, environment: dict[str, str] | None = None, **more: Any) -> Launch:
        self.count += 1
        return Launch(self.folder / f"deployment-{self.count}", environment or {}, free_port(), **more)

    def log(self, line: LogLine) -> None:
        self.lines.append(line.text)

    async def start(self, image: Image, launch: Launch | None = None) -> Instance:
        instance = await self.tier.start(image, launch or self.launch(), self.log)
        self.started.append(instance)
        return instance

    async def until(self, seen: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not seen():  # noqa: ASYNC110 - a deadline guards it
                await asyncio.sleep(0.01)


@pytest.fixture
async def runner(tmp_path: Path) -> AsyncIterator[Runner]:
    made = Runner(tmp_path)
    yield made
    for instance in made.started:
        await instance.stop(1)
