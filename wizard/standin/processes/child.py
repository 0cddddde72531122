"""Start a command under its guard, stream its lines, stop it for certain."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wizard.standin.processes import records
from wizard.standin.processes.output import LogSink, pump
from wizard.standin.processes.table import RUN_ID, descendants

_GUARD = Path(__file__).with_name("guard.py")


@dataclass(frozen=True, slots=True)
class Command:
    """What to run.

    Attributes:
        argv: program and arguments; never a secret.
        folder: working folder.
        environment: the whole environment, nothing is inherited; it must hold the run's id.
        input: bytes for standard input, which is then closed; None connects it to nothing.
        records: folder for the file that lets a successor find the process.
        passed: descriptors that it inherits under their numbers.
    """

    argv: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    input: bytes | None = field(default=None, repr=False)
    records: Path | None = None
    passed: tuple[int, ...] = ()


class Child:
    """A running command; `pid` is its guard's, the command itself is the first of `members()`."""

    def __init__(self, process: asyncio.subprocess.Process, lifeline: int, record: Path | None, log: LogSink) -> None:
        self._process = process
        self._lifeline: int | None = lifeline
        self._record = record
        self._ended = asyncio.create_task(self._follow(log))

    @property
    def pid(self) -> int:
        """The guard, whose end is the command's end."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the command or its output goes on."""
        return not self._ended.done()

    def members(self) -> list[int]:
        """Return the processes of the command, without its guard."""
        return descendants(self.pid)

    async def wait(self) -> int:
        """Return the exit code once everything it started has ended; -N for signal N."""
        return await asyncio.shield(self._ended)

    async def stop(self, grace: float) -> int:
        """Ask by SIGTERM, kill after `grace` seconds; returns the exit code."""
        self._signal(signal.SIGTERM)
        return await self._end_within(grace)

    async def interrupt(self, grace: float) -> int:
        """Ask the command alone by SIGINT (PostgreSQL's fast shutdown), kill after `grace` seconds."""
        self._signal(signal.SIGINT)
        return await self._end_within(grace)

    def kill(self) -> None:
        """Cut the lifeline: the guard kills everything at once."""
        if self._lifeline is not None:
            os.close(self._lifeline)
            self._lifeline = None

    async def _end_within(self, grace: float) -> int:
        try:
            return await asyncio.wait_for(self.wait(), grace)
        except TimeoutError:
            self.kill()
            return await self.wait()
        except asyncio.CancelledError:
            self.kill()
            raise

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(number)

    async def _follow(self, log: LogSink) -> int:
        stdout, stderr = self._process.stdout, self._process.stderr
        assert stdout is not None  # noqa: S101 - both are pipes, see start()
        assert stderr is not None  # noqa: S101
        try:
            await asyncio.gather(pump(stdout, "stdout", log), pump(stderr, "stderr", log))
            return await self._process.wait()
        finally:
            self.kill()
            if self._record:
                self._record.unlink(missing_ok=True)


async def start(command: Command, log: LogSink) -> Child:
    """Start the command; a program that does not exist ends with 127 and says so in its output."""
    lifeline, ours = os.pipe()
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", str(_GUARD), str(lifeline), *command.argv),
            cwd=command.folder,
            env=dict(command.environment),
            stdin=asyncio.subprocess.PIPE if command.input is not None else asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            pass_fds=(lifeline, *command.passed),
            start_new_session=True,
        )
    except BaseException:
        os.close(ours)
        raise
    finally:
        os.close(lifeline)
    record = (
        records.write(command.records, process.pid, command.environment.get(RUN_ID, "")) if command.records else None
    )
    child = Child(process, ours, record, log)
    try:
        await _feed(process, command.input)
    except BaseException:
        child.kill()
        await child.wait()
        raise
    return child


async def _feed(process: asyncio.subprocess.Process, content: bytes | None) -> None:
    if process.stdin is None or content is None:
        return
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(content)
        await process.stdin.drain()
        process.stdin.close()
        await process.stdin.wait_closed()


async def run(command: Command, log: LogSink) -> int:
    """Run the command to its end and return its code; a cancellation kills it first."""
    child = await start(command, log)
    try:
        return await child.wait()
    except asyncio.CancelledError:
        child.kill()
        await child.wait()
        raise
