"""A program on a terminal of its own: what the screen shows, every byte it was sent, and how it was left."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pexpect
import pyte

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
READ = 1 << 16
CTRL_B, CTRL_C, CTRL_F, CTRL_K, CTRL_N, CTRL_Q = "\x02", "\x03", "\x06", "\x0b", "\x0e", "\x11"
TAB, ENTER, ESCAPE, UP, DOWN = "\t", "\r", "\x1b", "\x1b[A", "\x1b[B"
F2, F8 = "\x1bOQ", "\x1b[19~"

COLOUR = re.compile(rb"\x1b\[(?:[\d;:]*[;:])?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:[;:][\d;:]*)?m")
"""A sequence that chooses a foreground or background; 39 and 49 go back to the terminal's own."""
ALTERNATE, LEFT = b"\x1b[?1049h", b"\x1b[?1049l"


@dataclass(slots=True)
class Terminal:
    """A child on a pty; `raw` is all it ever wrote."""

    child: pexpect.spawn
    columns: int
    rows: int
    raw: bytearray = field(default_factory=bytearray)
    screen: pyte.Screen = field(init=False)
    _stream: pyte.ByteStream = field(init=False)

    def __post_init__(self) -> None:
        self.screen = pyte.Screen(self.columns, self.rows)
        self._stream = pyte.ByteStream(self.screen)

    @property
    def text(self) -> str:
        """What a person sees; a wide letter's second cell is nothing."""
        rows = (self.screen.buffer[row] for row in range(self.rows))
        return "\n".join("".join(row[column].data for column in range(self.columns)) for row in rows)

    def shows(self, wanted: str) -> bool:
        """Tell whether a person can read this, however its lines break."""
        return _squeezed(wanted) in _squeezed(self.text)

    def type(self, *keys: str) -> None:
        """Send keys as a terminal does, each on its own."""
        for key in keys:
            os.write(self.child.child_fd, key.encode())

    def paste(self, text: str) -> None:
        """Send what a terminal sends when somebody pastes."""
        self.type(f"\x1b[200~{text}\x1b[201~")

    def until(self, *wanted: str, seconds: float = PATIENCE_S) -> str:
        """Read until one of these is on the screen, and return it."""
        deadline = time.monotonic() + seconds
        while True:
            for one in wanted:
                if self.shows(one):
                    return one
            assert time.monotonic() < deadline, f"none of {wanted} in:\n{self.text}"
            assert self.read(deadline), f"it ended before any of {wanted}:\n{self.text}"

    def until_gone(self, unwanted: str, seconds: float = PATIENCE_S) -> None:
        """Read until this is no longer on the screen."""
        deadline = time.monotonic() + seconds
        while self.shows(unwanted):
            assert time.monotonic() < deadline, f"still {unwanted} in:\n{self.text}"
            assert self.read(deadline), "it ended"

    def read(self, deadline: float) -> bool:
        """Take what comes next; False at the end of the child's output."""
        ready, _, _ = select.select([self.child.child_fd], [], [], max(0.0, min(0.2, deadline - time.monotonic())))
        if not ready:
            return True
        try:
            data = os.read(self.child.child_fd, READ)
        except OSError:  # what Linux says when the other side of a pty is closed
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    def resize(self, columns: int, rows: int) -> None:
        """Change the window."""
        self.columns, self.rows = columns, rows
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def ended(self, seconds: float = PATIENCE_S) -> int:
        """Read to the end; returns the exit code, minus the signal where one ended it."""
        deadline = time.monotonic() + seconds
        while self.read(deadline):
            assert time.monotonic() < deadline, f"it does not end:\n{self.text}"
        self.child.wait()
        status = self.child.exitstatus
        return -int(self.child.signalstatus) if status is None else int(status)

    def leave(self, *confirm: str) -> int:
        """Leave the screens as a person does."""
        self.type(CTRL_Q, *confirm)
        return self.ended()


@contextmanager
def terminal(
    *arguments: str | Path,
    home: Path,
    size: tuple[int, int] = (80, 24),
    folder: Path | None = None,
    variables: Mapping[str, str] | None = None,
    program: Path | None = None,
) -> Iterator[Terminal]:
    """Start `railwizard` (or a Python program) on a terminal of this size; what still runs at the end is ended."""
    home.mkdir(parents=True, exist_ok=True)
    command = [str(program)] if program else ["-m", "wizard"]
    child = pexpect.spawn(
        sys.executable,
        [*command, *map(str, arguments)],
        env=environment(home, variables),
        cwd=str(folder or home),
        dimensions=(size[1], size[0]),
        echo=False,
    )
    shown = Terminal(child, *size)
    try:
        yield shown
    finally:
        _end(child)


def environment(home: Path, variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment without the user's own settings, where no test may inherit a mode by chance."""
    kept = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("COVERAGE")}
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path(os.environ.get("HOME", str(home))) / ".cache")
    return {
        **kept,
        "HOME": str(home),
        "XDG_CACHE_HOME": cache,
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "RAILWIZARD_STATE": str(home / "state"),
        **(variables or {}),
    }


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _end(child: pexpect.spawn) -> None:
    """Ask first: a run that is told to end takes its own children along."""
    if child.isalive():
        with suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + 15
        while child.isalive() and time.monotonic() < deadline:
            with suppress(OSError, pexpect.ExceptionPexpect):
                child.read_nonblocking(READ, 0.2)
    child.close(force=True)


def line_settings(child: pexpect.spawn) -> str:
    """Return how the terminal treats lines: echo, signals, buffering."""
    return subprocess.run(["stty", "-a"], stdin=child.child_fd, capture_output=True, text=True, check=True).stdout
