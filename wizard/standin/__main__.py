"""`python -m wizard.standin FOLDER`: a stand-in of its own process.

Standard input's first line is `{"settings": {...}, "tokens": {"account": ..., "workspace": ...}}`, both optional;
standard output gets one line, `{"url", "control_url", "pid"}`. It ends at the end of its input, by SIGTERM or SIGINT,
and on Linux with the process that started it, and stops all it runs first.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import json
import logging
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from wizard.standin.api.credentials import Tokens
from wizard.standin.server import serve
from wizard.standin.settings import Settings

_SET_PARENT_DEATH_SIGNAL = 1


def main() -> int:
    """Run until told to end; the exit code is 0 then, 2 for input that cannot be read."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    _die_with_parent()
    if len(sys.argv) != 2:  # noqa: PLR2004 - program and folder
        sys.stderr.write("usage: python -m wizard.standin FOLDER\n")
        return 2
    try:
        given: dict[str, Any] = json.loads(sys.stdin.readline() or "{}")
        settings, tokens = Settings(**given.get("settings", {})), Tokens(**given.get("tokens", {}))
    except (ValueError, TypeError) as error:
        sys.stderr.write(f"cannot read settings and tokens: {type(error).__name__}\n")
        return 2
    asyncio.run(_run(settings, tokens, Path(sys.argv[1])))
    return 0


async def _run(settings: Settings, tokens: Tokens, folder: Path) -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    threading.Thread(target=_read_to_end, args=(loop, told), daemon=True).start()
    async with serve(settings, folder, tokens=tokens) as standin:
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
