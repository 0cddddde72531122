"""A stand-in that dies takes everything along, and what it wrote stays in its folders."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.standin.sandbox.conftest import FILES
from tests.standin.sandbox.test_choosing import ORDINARY
from tests.support.leftovers import Detector
from tests.support.standin_api import Api

TOKEN = "account-token"
GONE_SECONDS = 15.0


@dataclass
class Running:
    """A stand-in of its own process with an application in it."""

    process: asyncio.subprocess.Process
    detector: Detector
    api: Api
    scope: tuple[str, str, str]


@asynccontextmanager
async def running(folder: Path, cache: Path, *prefix: str) -> AsyncIterator[Running]:
    process = await asyncio.create_subprocess_exec(
        *(*prefix, sys.executable, "-m", "wizard.standin", str(folder)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    settings = {"read_lag": 0, "tier": "sandbox", "cache": str(cache), "requests_per_hour": 100_000}
    process.stdin.write(json.dumps({"settings": settings, "tokens": {"account": TOKEN}}).encode() + b"\n")
    told = json.loads(await process.stdout.readline())
    standin: Any = SimpleNamespace(**told, tokens=SimpleNamespace(account=TOKEN))
    try:
        async with Api(standin) as api:
            project, environment = await api.project()
            scope = (project, environment, await api.service(project))
            await api.set(scope, PORT="8000")
            await api.configure(scope[2], environment, healthcheckPath="/")
            await api.deployed(scope, FILES)
            detector = Detector(folder)
            assert detector.sees("python app.py", "holder.py", "enter.py", "guard.py")
            yield Running(process, detector, api, scope)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
async def test_nothing_is_left_however_it_ends(tmp_path: Path, sandbox_cache: Path, number: int) -> None:
    async with running(tmp_path / "standin", sandbox_cache) as one:
        one.process.send_signal(number)
        await one.process.wait()
        assert await one.detector.nobody(GONE_SECONDS) == []


async def test_an_ordinary_user_builds_and_runs_too(tmp_path: Path) -> None:
    async with running(tmp_path / "standin", tmp_path / "cache", *ORDINARY) as one:
        domain = await one.api.domain(one.scope[2], one.scope[1])
        seen = json.loads((await one.api.get(domain["domain"], "/me")).text)
        assert (seen["pid"], seen["uid"]) == (1, 0)
        one.process.kill()
        await one.process.wait()
        assert await one.detector.nobody(GONE_SECONDS) == []


async def test_the_next_start_ends_and_removes_what_a_dead_one_left(tmp_path: Path, sandbox_cache: Path) -> None:
    folder = tmp_path / "standin"
    async with running(folder, sandbox_cache) as one:
        one.process.kill()
        await one.process.wait()
        await one.detector.nobody(GONE_SECONDS)
    assert list((folder / "running").iterdir())
    async with running(folder, sandbox_cache):
        assert len(list((folder / "running").iterdir())) <= 2
