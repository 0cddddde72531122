"""A child's output, codes and end; and that nothing outlives the manager."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wizard.standin.processes import RUN_ID, Command, LogLine, discard, is_alive, run, start, start_time, sweep
from wizard.standin.processes.table import with_run_id

ENVIRONMENT = {"PATH": os.environ["PATH"], RUN_ID: "child-tests"}


def shell(script: str, folder: Path, **more: bytes | Path) -> Command:
    return Command(("sh", "-c", script), folder, ENVIRONMENT, **more)  # type: ignore[arg-type]


def gone(pid: int, within: float = 5) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if start_time(pid) is None:
            return True
        time.sleep(0.02)
    return False


async def first_line(lines: list[LogLine]) -> str:
    async with asyncio.timeout(10):
        while not lines:  # noqa: ASYNC110 - a deadline guards it
            await asyncio.sleep(0.01)
    return lines[0].text


async def test_lines_of_both_streams_arrive_and_the_code_is_the_commands(tmp_path: Path) -> None:
    lines: list[LogLine] = []
    code = await run(shell("echo one; echo two >&2; printf three; exit 7", tmp_path), lines.append)
    assert code == 7
    assert {(line.text, line.stream) for line in lines} == {("one", "stdout"), ("two", "stderr"), ("three", "stdout")}


async def test_a_line_longer_than_sixteen_kilobytes_is_cut_not_lost(tmp_path: Path) -> None:
    lines: list[LogLine] = []
    await run(Command((sys.executable, "-c", "print('x' * 40000); print('end')"), tmp_path, ENVIRONMENT), lines.append)
    assert max(len(line.text) for line in lines) == 16384
    assert lines[-1].text == "end"


async def test_a_missing_program_ends_with_127_and_says_its_name(tmp_path: Path) -> None:
    lines: list[LogLine] = []
    assert await run(Command(("no-such-program",), tmp_path, ENVIRONMENT), lines.append) == 127
    assert "no-such-program" in lines[0].text


async def test_stdin_carries_what_must_not_be_in_argv(tmp_path: Path) -> None:
    lines: list[LogLine] = []
    await run(shell("cat", tmp_path, input=b"from stdin\n"), lines.append)
    assert [line.text for line in lines] == ["from stdin"]


async def test_stop_kills_what_ignores_sigterm_after_the_grace(tmp_path: Path) -> None:
    lines: list[LogLine] = []
    child = await start(shell("trap '' TERM; echo $$; while :; do sleep 0.1; done", tmp_path), lines.append)
    pid = int(await first_line(lines))
    assert await child.stop(grace=0.3) == -signal.SIGKILL
    assert gone(pid)


async def test_a_daemon_that_left_the_group_ends_with_the_command(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("orphans are adopted on Linux only")
    lines: list[LogLine] = []
    script = "setsid sh -c 'echo $$; exec sleep 600' & sleep 0.3"
    assert await run(shell(script, tmp_path), lines.append) == 0
    assert gone(int(lines[0].text))


async def test_a_cancelled_run_leaves_nothing(tmp_path: Path) -> None:
    lines: list[LogLine] = []
    task = asyncio.create_task(run(shell("echo $$; sleep 600 & wait", tmp_path), lines.append))
    pid = int(await first_line(lines))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert gone(pid)


MANAGER = """
import asyncio, os, sys
from pathlib import Path
from wizard.standin.processes import Command, start, RUN_ID

async def main():
    script = "(sleep 600; true) & setsid sleep 601 & echo started; wait"
    environment = {"PATH": os.environ["PATH"], RUN_ID: sys.argv[2]}
    command = Command(("sh", "-c", script), Path(sys.argv[1]), environment, records=Path(sys.argv[1], "records"))
    await start(command, lambda line: print(line.text, flush=True))
    await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_manager_killed_by_sigkill_leaves_no_process(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", MANAGER, str(tmp_path), "killed-manager"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as manager:
        assert manager.stdout is not None
        assert manager.stdout.readline() == "started\n"
        members = with_run_id("killed-manager")
        assert len(members) >= 4, "guard, shell and two sleeps are seen while they run"
        manager.kill()
    assert all(gone(pid) for pid in members)


async def test_sweep_ends_a_recorded_process_but_not_one_that_got_its_number(tmp_path: Path) -> None:
    child = await start(shell("exec sleep 600", tmp_path, records=tmp_path / "records"), discard)
    record = next((tmp_path / "records").iterdir())
    other = tmp_path / "others"
    other.mkdir()
    (other / "1.json").write_text(f'{{"pid": {child.pid}, "started": "another time", "run_id": ""}}')
    assert sweep(other) == []
    assert child.running
    text = record.read_text()
    assert child.pid in sweep(tmp_path / "records")
    assert await child.wait() == -signal.SIGKILL
    assert "started" in text
    assert not list((tmp_path / "records").iterdir())


def test_a_zombie_is_not_alive() -> None:
    pid = os.posix_spawn("/bin/true", ["true"], {})
    deadline = time.monotonic() + 5
    while start_time(pid) is not None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert start_time(pid) is None
    assert not is_alive(pid, "anything")
    os.waitpid(pid, 0)


async def test_a_start_that_is_abandoned_leaves_nothing_running(tmp_path: Path) -> None:
    unread = shell("echo $$ > started; sleep 600", tmp_path, input=b"x" * 1_000_000)
    starting = asyncio.create_task(start(unread, discard))
    async with asyncio.timeout(10):
        while not (tmp_path / "started").is_file() or not (tmp_path / "started").read_text():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    starting.cancel()
    await asyncio.gather(starting, return_exceptions=True)
    assert gone(int((tmp_path / "started").read_text()))
