"""Deployments as processes: their environment, their address, their end."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from wizard.standin.processes import start_time
from wizard.standin.processes.table import with_run_id
from wizard.standin.runner import ProcessTier, Tier
from wizard.standin.runner.listening import exposed


async def test_a_deployment_gets_its_variables_its_port_and_nothing_of_the_callers(
    runner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAILWAY_API_TOKEN", "sentinel")
    image = runner.image("sh", "-c", "env", environment={"PATH": "/usr/bin:/bin", "FROM_IMAGE": "1"})
    launch = runner.launch({"FROM_SERVICE": "2", "PORT": "9999"})
    assert await (await runner.start(image, launch)).wait() == 0
    seen = dict(line.split("=", 1) for line in runner.lines if "=" in line)
    assert (seen["FROM_IMAGE"], seen["FROM_SERVICE"]) == ("1", "2")
    assert seen["PORT"] == str(launch.port)
    assert seen["HOSTNAME"] == "127.0.0.1"
    assert seen["RAILWIZARD_RUN_ID"] == "runner-tests"
    assert "sentinel" not in "".join(runner.lines)


async def test_exec_form_expands_nothing_and_a_shell_line_expands_the_port(runner: Any) -> None:
    launch = runner.launch()
    await (await runner.start(runner.image("echo", "exec", "$PORT"), launch)).wait()
    await (await runner.start(runner.image("/bin/sh", "-c", "echo shell $PORT"), launch)).wait()
    assert runner.lines == ["exec $PORT", f"shell {launch.port}"]


async def test_image_paths_are_the_deployments_own(runner: Any) -> None:
    image = runner.image("/bin/sh", "-c", "echo fresh > /app/made; echo $DATA; cat /app/made; pwd")
    launch = runner.launch({"DATA": "/app/data", "API_PREFIX": "/app/v1"})
    await (await runner.start(image, launch)).wait()
    own = launch.folder / "root/app"
    assert runner.lines == ["/app/data", "fresh", "/app"], "shown as the platform would show them"
    assert (own / "made").read_text() == "fresh\n"
    assert not (image.root / "app/made").exists()


async def test_a_volume_outlives_its_deployments(runner: Any, tmp_path: Path) -> None:
    image = runner.image(
        "/bin/sh", "-c", "cat /app/uploads/kept; echo kept > /app/uploads/kept", files={"app/uploads/x": ""}
    )
    volumes = {"/app/uploads": tmp_path / "volume"}
    for _ in range(2):
        await (await runner.start(image, runner.launch(volumes=volumes))).wait()
    assert runner.lines[-1] == "kept"
    assert [path.name for path in (tmp_path / "volume").iterdir()] == ["kept"]


@pytest.mark.parametrize(
    "command",
    [
        ("PYTHON", "server.py", "0.0.0.0"),
        ("/bin/sh", "-c", "exec PYTHON server.py 0.0.0.0"),
        ("./start.sh",),
        ("sh", "/app/start.sh"),
    ],
)
async def test_every_address_becomes_loopback_and_is_named(runner: Any, command: tuple[str, ...]) -> None:
    script = f"#!/bin/sh\nexec {sys.executable} /app/server.py 0.0.0.0\n"
    image = runner.image(*command, files={"app/start.sh": script})
    if command[-1].endswith("start.sh"):
        image.root.joinpath("app/start.sh").write_text(script.replace("/app/", ""))
    launch = runner.launch()
    instance = await runner.start(image, launch)
    await runner.until(lambda: "listening on 127.0.0.1" in runner.lines)
    await runner.until(lambda: instance.listening_ports() == (launch.port,))
    assert {item.id for item in instance.differences} <= {"runner.loopback", "runner.loopback-script"}
    assert instance.differences
    assert instance.failure is None


@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
async def test_a_process_that_listens_to_the_world_is_stopped_and_said(runner: Any, address: str) -> None:
    program = (
        "import socket, os, time\n"
        f"family = socket.AF_INET6 if ':' in '{address}' else socket.AF_INET\n"
        f"server = socket.create_server(('{address}', int(os.environ['PORT'])), family=family)\n"
        "time.sleep(600)\n"
    )
    launch = runner.launch()
    instance = await runner.start(
        runner.image("/bin/sh", "-c", "PYTHON -I open.py & wait", files={"app/open.py": program}), launch
    )
    async with asyncio.timeout(10):
        assert await instance.wait() != 0
    assert instance.failure is not None
    assert instance.failure.id == "runner.exposed"
    assert (instance.failure.params["address"], instance.failure.params["port"]) == (address, launch.port)


BY_ITSELF = {
    "sockets": "import os, socket, time; server = socket.create_server(('', int(os.environ['PORT']))); time.sleep(600)",
    "both families": (
        "import os, socket, time\n"
        "server = socket.create_server(('::', int(os.environ['PORT'])), family=socket.AF_INET6, dualstack_ipv6=True)\n"
        "time.sleep(600)"
    ),
    "asyncio": (
        "import asyncio, os\n"
        "async def main():\n"
        "    server = await asyncio.start_server(print, None, int(os.environ['PORT']))\n"
        "    await server.serve_forever()\n"
        "asyncio.run(main())"
    ),
}


@pytest.mark.parametrize("program", BY_ITSELF.values(), ids=BY_ITSELF)
async def test_a_server_that_asks_for_every_address_by_itself_gets_loopback(runner: Any, program: str) -> None:
    files = {"app/main.py": program, "app/lib/sitecustomize.py": "print('own sitecustomize', flush=True)"}
    launch = runner.launch({"PYTHONPATH": "/app/lib"})
    instance = await runner.start(runner.image("PYTHON", "main.py", files=files), launch)
    await runner.until(lambda: instance.listening_ports() == (launch.port,))
    _, writer = await asyncio.open_connection("127.0.0.1", launch.port)
    writer.close()
    await writer.wait_closed()
    assert "own sitecustomize" in runner.lines
    assert any(f"port {launch.port} is opened on" in line for line in runner.lines)
    assert exposed(instance.members) is None
    assert instance.running


async def test_a_program_that_opens_the_declared_port_gets_the_real_one(runner: Any) -> None:
    program = "import socket, time; server = socket.create_server(('0.0.0.0', 8123)); time.sleep(600)"
    launch = runner.launch({"PORT": "8123"})
    instance = await runner.start(runner.image("PYTHON", "main.py", files={"app/main.py": program}), launch)
    await runner.until(lambda: instance.listening_ports() == (launch.port,))


@pytest.mark.full
@pytest.mark.parametrize(
    "arguments", ["PORT", "PORT, () => {}", "PORT, '0.0.0.0'", "{port: PORT}", "{port: PORT, host: '::'}", "8123"]
)
async def test_a_node_server_gets_loopback(runner: Any, arguments: str) -> None:
    program = f"const PORT = process.env.PORT; require('http').createServer().listen({arguments})"
    launch = runner.launch({"PORT": "8123"})
    image = runner.image("node", "main.js", files={"app/main.js": program})
    instance = await runner.start(image, launch)
    await runner.until(lambda: instance.listening_ports() == (launch.port,))
    assert exposed(instance.members) is None


async def test_stop_ends_a_stubborn_deployment_and_its_children(runner: Any) -> None:
    script = "trap '' TERM; sleep 600 & echo pid $!; while :; do sleep 0.05; done"
    instance = await runner.start(runner.image("/bin/sh", "-c", script))
    await runner.until(lambda: runner.lines)
    child = int(runner.lines[0].split()[1])
    assert await instance.stop(0.2) == -signal.SIGKILL
    assert start_time(child) is None
    assert instance.failure is None


async def test_a_polite_deployment_ends_by_sigterm(runner: Any) -> None:
    instance = await runner.start(runner.image("sleep", "600"))
    assert await instance.stop(5) == -signal.SIGTERM


async def test_a_one_off_command_has_no_volumes_and_leaves_no_folder(runner: Any) -> None:
    launch = runner.launch({"WORD": "seen"})
    image = runner.image("never")
    assert await runner.tier.run(image, launch, "echo $WORD && exit 4", runner.log) == 4
    assert runner.lines == ["seen"]
    assert not launch.folder.exists()


async def test_the_port_a_service_declares_is_replaced_in_its_command(runner: Any) -> None:
    launch = runner.launch({"PORT": "8000"})
    instance = await runner.start(runner.image("/bin/sh", "-c", "echo --port 8000 --bind x:8000 28000"), launch)
    await instance.wait()
    assert runner.lines == [f"--port {launch.port} --bind x:{launch.port} 28000"]
    assert [item.id for item in instance.differences] == ["runner.port"]


@pytest.mark.parametrize(
    ("command", "started"),
    [
        (("/bin/sh", "-c", "npm run start"), "npm run start -- -H 127.0.0.1"),
        (("npm", "start"), "npm start -- -H 127.0.0.1"),
        (("npx", "next", "start", "-p", "3000"), "npx next start -p 3000 -H 127.0.0.1"),
        (("/bin/sh", "-c", "next start -H 0.0.0.0"), "next start -H 127.0.0.1"),
        (("/bin/sh", "-c", "exec npx next start"), "exec npx next start -H 127.0.0.1"),
    ],
)
async def test_next_start_is_told_its_address(runner: Any, command: tuple[str, ...], started: str) -> None:
    recorder = '#!/bin/sh\necho "$(basename $0) $*"\n'
    files = {"app/package.json": '{"scripts": {"start": "next start"}}'}
    files |= {f"opt/bin/{name}": recorder for name in ("npm", "npx", "next")}
    image = runner.image(
        *command, files=files, environment={"PATH": "/opt/bin:/usr/bin:/bin"}, owned=("/app", "/opt/bin")
    )
    instance = await runner.start(image)
    assert await instance.wait() == 0
    assert runner.lines == [started.removeprefix("exec ")]
    assert [item.id for item in instance.differences] == ["runner.loopback"]


MANAGER = """
import asyncio, sys
from pathlib import Path
from wizard.standin.builder import Image
from wizard.standin.runner import Launch, ProcessTier

async def main():
    folder = Path(sys.argv[1])
    tier = ProcessTier(folder / "cache", folder / "records", sys.argv[2])
    (folder / "image").mkdir()
    command = ("/bin/sh", "-c", "sleep 600 & setsid sleep 601 & echo started; wait")
    image = Image(folder / "image", None, "/app", {"PATH": "/usr/bin:/bin"}, command, (), ("/app",), "x")
    await tier.start(image, Launch(folder / "deployment", {}, 1), lambda line: print(line.text, flush=True))
    await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_killed_manager_leaves_no_process(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", MANAGER, str(tmp_path), "killed-tier"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as manager:
        assert manager.stdout is not None
        assert manager.stdout.readline() == "started\n"
        assert len(with_run_id("killed-tier")) >= 4
        manager.kill()
    deadline = time.monotonic() + 10
    while with_run_id("killed-tier") and time.monotonic() < deadline:
        time.sleep(0.02)
    assert with_run_id("killed-tier") == []


async def test_the_process_tier_is_a_tier_and_says_what_it_is_not(tmp_path: Path) -> None:
    tier: Tier = ProcessTier(tmp_path / "cache", tmp_path / "records", "runner-tests")
    assert tier.name == "process"
    assert [item.id for item in await tier.prepare()] == ["runner.process-tier"]
