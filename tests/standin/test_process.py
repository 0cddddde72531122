"""The stand-in as a process of its own: one line in, one line out, nothing left when it ends."""

import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.standin_api import HELLO_FILES, Api, eventually
from wizard.standin.processes import descendants, is_alive, start_time
from wizard.standin.server import serve
from wizard.standin.settings import Settings

TOKENS = {"account": "account-token", "workspace": "workspace-token"}


async def launch(folder: Path, **settings: Any) -> tuple[asyncio.subprocess.Process, dict[str, Any]]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "wizard.standin", str(folder)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({"settings": settings, "tokens": TOKENS}).encode() + b"\n")
    await process.stdin.drain()
    return process, json.loads(await process.stdout.readline())


async def ask(url: str, query: str) -> Any:
    async with httpx.AsyncClient(headers={"Authorization": "Bearer account-token"}) as http:
        return (await http.post(url, json={"query": query})).json()["data"]


@pytest.mark.parametrize("way", ["end of input", "SIGTERM", "SIGINT"])
async def test_it_says_where_it_listens_and_ends_when_told(tmp_path: Path, way: str) -> None:
    process, told = await launch(tmp_path, read_lag=0)
    assert told["pid"] == process.pid
    assert (await ask(told["url"], "{ me { email } }"))["me"]["email"]
    assert (tmp_path.stat().st_mode & 0o777) == 0o700
    if way == "end of input":
        assert process.stdin is not None
        process.stdin.close()
    else:
        process.send_signal(getattr(signal, way))
    assert await asyncio.wait_for(process.wait(), 20) == 0


async def refused(folder: Path, line: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "wizard.standin", str(folder)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    stdout, stderr = await process.communicate(line.encode())
    assert process.returncode == 2
    assert json.loads(stdout).keys() == {"refused", "params"}
    assert b"hidden-token" not in stdout
    assert b"Traceback" not in stderr
    return stderr.decode()


async def test_a_taken_port_is_told_and_ends_it(tmp_path: Path) -> None:
    first, told = await launch(tmp_path / "one")
    port = int(told["url"].split(":")[2].partition("/")[0])
    said = await refused(tmp_path / "two", json.dumps({"settings": {"port": port}}))
    assert str(port) in said
    first.send_signal(signal.SIGTERM)
    await first.wait()


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('{"settings": {"read_lagg": 1}}', "settings.read_lagg"),
        ('{"settings": {"latency": -1}, "tokens": {"account": "hidden-token"}}', "settings.latency"),
        ('{"tokens": {"accounts": "hidden-token"}}', "tokens.accounts"),
        ("no JSON", "input"),
    ],
)
async def test_bad_settings_are_named_and_no_token_with_them(tmp_path: Path, line: str, named: str) -> None:
    said = await refused(tmp_path, line)
    assert named in said
    assert "hidden-token" not in said


async def test_state_addresses_and_deployments_survive_a_restart(tmp_path: Path, layer_cache: Path) -> None:
    settings = Settings(read_lag=0, cache=layer_cache)
    async with serve(settings, tmp_path) as standin, Api(standin) as api:
        project, environment = await api.project()
        scope = (project, environment, await api.service(project))
        await api.configure(scope[2], environment, healthcheckPath="/health")
        domain = (await api.domain(scope[2], environment))["domain"]
        deployment = await api.deployed(scope, HELLO_FILES)
        lines = await api.logs("buildLogs", deployment)
        tokens = standin.tokens
    async with serve(settings, tmp_path, tokens=tokens) as standin, Api(standin) as api:
        assert await api.status(deployment) == "SUCCESS"
        assert await api.logs("buildLogs", deployment) == lines

        async def served() -> bool:
            return (await api.get(domain)).text == "hello"

        assert await eventually(served)


async def test_nothing_it_started_is_left_when_it_is_killed(tmp_path: Path, layer_cache: Path) -> None:
    process, told = await launch(tmp_path, read_lag=0, cache=str(layer_cache))
    standin = _Told(told)
    async with Api(standin, {"Authorization": "Bearer account-token"}) as api:  # type: ignore[arg-type]
        project, environment = await api.project()
        await api.deployed((project, environment, await api.service(project)), HELLO_FILES)
    started = [(pid, begun) for pid in descendants(process.pid) if (begun := start_time(pid))]
    assert started
    process.kill()
    await process.wait()

    async def gone() -> bool:
        return not any(is_alive(pid, begun) for pid, begun in started)

    assert await eventually(gone, 20)


class _Told:
    """The address a child told, in the place of a stand-in of this process."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.url, self.control_url = told["url"], told["control_url"]
