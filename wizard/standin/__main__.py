"""`python -m wizard.standin FOLDER [--schema FILE]`: a stand-in of its own process.

Standard input's first line is `{"settings": {...}, "tokens": {"account": ..., "workspace": ...}}`, both optional;
standard output gets one line, `{"url", "control_url", "pid"}`, or `{"refused", "params"}` with the id of a message.
It ends at the end of its input, by SIGTERM or SIGINT, and on Linux with the process that started it, and stops all it
runs first. One at a time serves from a folder.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import errno
import fcntl
import json
import logging
import os
import signal
import sys
import threading
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from wizard.errors import ExitCode, FailedError
from wizard.locale import render
from wizard.messages import Message, message
from wizard.standin.api.credentials import Tokens
from wizard.standin.api.schema import UnusableSchemaError
from wizard.standin.server import UnknownPlaceError, serve
from wizard.standin.settings import Settings

_SET_PARENT_DEATH_SIGNAL = 1


def main() -> int:
    """Run until told to end; the exit code is 0 then, 2 for input that cannot be used."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    _die_with_parent()
    match sys.argv[1:]:
        case [place]:
            return _serve(Path(place), {})
        case [place, "--schema", file] | ["--schema", file, place]:
            return _serve(Path(place), {"schema_file": Path(file)})
        case _:
            return _refuse(message("standin.usage"))


def _serve(folder: Path, flags: dict[str, Path]) -> int:
    try:
        given = _Greeting.model_validate_json(sys.stdin.readline().strip() or "{}")
    except ValidationError as error:
        return _refuse(message("standin.bad-input", problems=_problems(error)))
    given = given.model_copy(update={"settings": given.settings.model_copy(update=flags)})
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return _refuse(message("standin.folder-in-use", folder=str(folder)))
        try:
            asyncio.run(_run(given, folder))
        except (FailedError, UnknownPlaceError, UnusableSchemaError) as error:
            return _refuse(_why_not(error, given.settings))
        except OSError as error:
            if error.errno != errno.EADDRINUSE or not given.settings.port:
                raise
            return _refuse(message("standin.port-taken", port=given.settings.port))
    return ExitCode.SUCCESS


def _why_not(error: FailedError | UnknownPlaceError | UnusableSchemaError, settings: Settings) -> Message:
    match error:
        case FailedError():
            return message("standin.no-sandbox", reason=render(error.why))
        case UnknownPlaceError():
            return message("standin.unknown-fault", places=str(error))
        case UnusableSchemaError():
            return message("standin.bad-schema", file=str(settings.schema_file), detail=str(error))


class _Greeting(BaseModel):
    """The first line of the input."""

    model_config = ConfigDict(extra="forbid")

    settings: Settings = Settings()
    tokens: Tokens = Field(default_factory=Tokens)


def _problems(error: ValidationError) -> str:
    """Name the keys and what is wrong with them, never what they held."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'input'}: {one['msg']}" for one in found)


def _refuse(said: Message) -> int:
    """Say why on standard error for people, and on standard output for the process that started this one."""
    sys.stderr.write(f"{render(said)}\n")
    sys.stdout.write(json.dumps({"refused": said.id, "params": dict(said.params)}) + "\n")
    sys.stdout.flush()
    return ExitCode.USAGE


async def _run(given: _Greeting, folder: Path) -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    threading.Thread(target=_read_to_end, args=(loop, told), daemon=True).start()
    async with serve(given.settings, folder, tokens=given.tokens) as standin:
        address = {"url": standin.url, "control_url": standin.control_url, "pid": os.getpid()}
        sys.stdout.write(json.dumps(address) + "\n")
        sys.stdout.flush()
        await told.wait()


def _read_to_end(loop: asyncio.AbstractEventLoop, told: asyncio.Event) -> None:
    """Wait for the end of the input, in a thread: not every kind of input can be polled."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(told.set)


def _die_with_parent() -> None:
    """Ask Linux for SIGTERM when the parent dies; elsewhere the end of the input tells it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
