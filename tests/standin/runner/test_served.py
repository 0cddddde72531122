"""Everything together: a Dockerfile's application built, started, probed, served by the edge, replaced and stopped."""

import asyncio
from pathlib import Path
from typing import Any

from tests.support.backends import OneProcess
from wizard.clock import SystemClock
from wizard.standin.addresses import LoopbackAddress
from wizard.standin.builder import BuildRequest, BuildSettings, Image
from wizard.standin.edge import HttpEdge, RequestEntry
from wizard.standin.processes import start_time
from wizard.standin.runner import Instance, probe

DOCKERFILE = """
FROM python:3.11-slim
WORKDIR /app
COPY . .
RUN python -m compileall -q .
CMD exec python server.py 0.0.0.0 $VERSION
"""
SERVER = """
import os, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = open("/app/version.txt".replace("/app/", "")).read().encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass

ThreadingHTTPServer((sys.argv[1], int(os.environ["PORT"])), Handler).serve_forever()
"""


async def ask(port: int) -> tuple[int, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\nHost: app.localhost\r\nConnection: close\r\n\r\n")
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


async def released(runner: Any, context: Path, version: str) -> tuple[Instance, LoopbackAddress]:
    (context / "version.txt").write_text(version)
    work = runner.folder / f"work-{version}"
    request = BuildRequest(context, BuildSettings(), {}, runner.tier.cache, work, "runner-tests")
    image: Image = await runner.tier.build(request, runner.log)
    launch = runner.launch()
    instance: Instance = await runner.start(image, launch)
    address = LoopbackAddress(launch.port)
    healthy = await probe(
        [lambda: address], "/", window=20, clock=SystemClock(), log=runner.log, running=lambda: instance.running
    )
    assert healthy, runner.lines
    return instance, address


async def test_a_release_replaces_the_one_before_without_a_failed_request(runner: Any, tmp_path: Path) -> None:
    context = tmp_path / "context"
    context.mkdir()
    (context / "Dockerfile").write_text(DOCKERFILE)
    (context / "server.py").write_text(SERVER)
    entries: list[RequestEntry] = []
    edge = HttpEdge(entries.append)
    public = await edge.open()
    assert (await ask(public))[0] == 404
    first, address = await released(runner, context, "one")
    before = OneProcess(address)
    edge.switch(before)
    answers: list[tuple[int, bytes]] = []
    enough = asyncio.Event()

    async def keep_asking() -> None:
        while not enough.is_set():
            answers.append(await ask(public))

    asking = asyncio.create_task(keep_asking())
    second, new_address = await released(runner, context, "two")
    edge.switch(OneProcess(new_address))
    await asyncio.wait_for(before.visits.drained(), 10)
    await first.stop(5)
    assert await ask(public) == (200, b"two")
    enough.set()
    await asking
    assert {status for status, _ in answers} == {200}
    assert {body for _, body in answers} >= {b"one"}
    pid = second.pid
    await second.stop(5)
    assert start_time(pid) is None
    assert (await ask(public))[0] == 502
    await edge.close()
