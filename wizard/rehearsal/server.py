"""Starts the local Railway as a child process and ends it with everything it runs."""

from __future__ import annotations

import asyncio
import json
import secrets as entropy
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from wizard.clock import Clock
from wizard.errors import FailedError, RefusedError, UsageError, WizardError
from wizard.http import HttpClient
from wizard.messages import Message
from wizard.secrets import Secret

_READY_SECONDS = 60.0
_END_SECONDS = 30.0
_SHOWN_LINES = 12
_LOG = "standin.log"
_REFUSALS: Mapping[str, tuple[type[WizardError], str]] = {
    "standin.port-taken": (UsageError, "rehearsal.port-taken"),
    "standin.no-sandbox": (FailedError, "rehearsal.no-sandbox"),
    "standin.bad-input": (UsageError, "rehearsal.bad-settings"),
    "standin.bad-schema": (UsageError, "rehearsal.bad-schema"),
    "standin.unknown-fault": (UsageError, "rehearsal.unknown-fault"),
    "standin.folder-in-use": (RefusedError, "rehearsal.folder-in-use"),
}
"""What the child calls its refusal, and how the operator is told."""


@dataclass(frozen=True, slots=True)
class LocalRailway:
    """A running local Railway.

    Attributes:
        url: its GraphQL endpoint.
        control_url: settings, state and the recorded requests, outside the API.
        token: an account token it accepts.
        folder: plays the platform: databases, volumes, images.
        tier: how it runs what it builds.
        run: found in the environment of every process it starts.
    """

    url: str
    control_url: str
    token: Secret
    folder: Path
    pid: int
    tier: str
    run: str
    http: HttpClient

    async def differences(self) -> tuple[Message, ...]:
        """Return what it has done otherwise than the real platform so far."""
        machine = await _machine(self.http, self.control_url)
        return tuple(Message(one["id"], one["params"]) for one in machine.get("differences", ()))


@asynccontextmanager
async def local_railway(
    folder: Path, clock: Clock, *, settings: Mapping[str, Any] | None = None
) -> AsyncIterator[LocalRailway]:
    """Run the local Railway in a child; its standard input is its life line.

    Raises:
        FailedError: it did not start; its last words are in `lines`.
        UsageError: the port is taken, or the settings are wrong.
        RefusedError: another one serves from this folder.
    """
    token = Secret(entropy.token_urlsafe(24))
    with _log(folder) as errors:
        begin = errors.tell()
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "wizard.standin",
            str(folder),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
    http = HttpClient(clock)
    try:
        greeting = {"settings": dict(settings or {}), "tokens": {"account": token.reveal()}}
        ready = await _greet(child, clock, _Log(folder / _LOG, begin), greeting)
        machine = await _machine(http, ready["control_url"])
        yield LocalRailway(
            ready["url"],
            ready["control_url"],
            token,
            folder,
            ready["pid"],
            machine.get("tier", ""),
            machine.get("run_id", ""),
            http,
        )
    finally:
        await http.close()
        await _end(child, clock)


@dataclass(frozen=True, slots=True)
class _Log:
    """What this child writes: the file may hold what earlier ones wrote before `begin`."""

    path: Path
    begin: int

    def last_words(self) -> tuple[str, ...]:
        try:
            return tuple(self.path.read_bytes()[self.begin :].decode("utf-8", "replace").splitlines()[-_SHOWN_LINES:])
        except OSError:
            return ()


def _log(folder: Path) -> BinaryIO:
    """Open the log in the folder; raises FailedError where the folder cannot be used."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return (folder / _LOG).open("ab")
    except OSError as error:
        raise FailedError("rehearsal.no-folder", folder=str(folder), reason=error.strerror or "") from error


async def _machine(http: HttpClient, control_url: str) -> dict[str, Any]:
    answer: dict[str, Any] = (await http.request("GET", f"{control_url}/machine")).json()
    return answer


async def _greet(
    child: asyncio.subprocess.Process, clock: Clock, log: _Log, greeting: Mapping[str, Any]
) -> dict[str, Any]:
    """Send the first line and read the answer; neither travels by argument or environment."""
    if child.stdin is None or child.stdout is None:
        raise FailedError("rehearsal.not-started", reason="no pipes")
    child.stdin.write(json.dumps(greeting).encode() + b"\n")
    try:
        await child.stdin.drain()
        async with clock.timeout(_READY_SECONDS):
            line = await child.stdout.readline()
        answer: dict[str, Any] = json.loads(line)
    except (TimeoutError, ValueError, OSError) as error:
        failure = FailedError("rehearsal.not-started", reason=type(error).__name__)
        failure.lines = log.last_words()
        raise failure from None
    if refused := _REFUSALS.get(answer.get("refused", "")):
        kind, code = refused
        raise kind(code, **answer["params"])
    return answer


async def _end(child: asyncio.subprocess.Process, clock: Clock) -> None:
    """Close its standard input: it stops what it runs and leaves; a deaf one is killed, its children go with it."""
    if child.stdin:
        child.stdin.close()
    waiting = asyncio.ensure_future(child.wait())
    try:
        async with clock.timeout(_END_SECONDS):
            await asyncio.shield(waiting)
    except TimeoutError:
        with suppress(ProcessLookupError):
            child.kill()
        await waiting
