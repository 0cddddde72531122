"""Draws what a rehearsal of the sample says at its end: `python -m tools.picture` writes docs/pictures/rehearsal.svg.

The run is real and its colours are those of a terminal 100 columns wide. Long lists that a reader of the picture does
not need are left out by section; nothing is changed in what is kept. The drawing names fonts of the reader's machine
and loads nothing.
"""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "pictures" / "rehearsal.svg"
COLUMNS = 100
SECTIONS = ("Result", "Phases", "Checks", "Not checked", "Next")
"""What is shown of the result; the lists of changes, differences and addresses are not."""
COMMAND = ("rehearse", "examples/vision-mvp")

_FONTS = "'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace"
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}\s*")
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_READ = 65536
_THEME = TerminalTheme(
    (250, 250, 248),
    (36, 41, 46),
    [
        (36, 41, 46),
        (179, 29, 40),
        (23, 107, 56),
        (140, 95, 0),
        (3, 90, 160),
        (110, 60, 150),
        (0, 110, 125),
        (88, 96, 105),
    ],
)


def main() -> int:
    """Run the rehearsal, draw it where it was verified, and return its exit code."""
    code, said = _rehearse()
    if code == 0:
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        PICTURE.write_text(draw(said), "utf-8")
    return code


def draw(said: str) -> str:
    """Return the drawing of a result as a terminal received it."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text(f"$ railwizard {' '.join(COMMAND)}", style="dim"))
    for line in shown(said):
        console.print(Text.from_ansi(line), no_wrap=True, crop=True)
    drawing = console.export_svg(title="railwizard", theme=_THEME, unique_id="rehearsal")
    return without_fonts(drawing)


def without_fonts(drawing: str) -> str:
    """Return a drawing that names fonts of the reader's machine and loads none."""
    drawing = _COMMENT.sub("", _FONT_FACE.sub("", drawing))
    return re.sub(r"font-family:[^;]*;", f"font-family: {_FONTS};", drawing)


def shown(said: str) -> Iterator[str]:
    """Yield the lines of the chosen sections; a section begins with its title after an empty line."""
    keeps = False
    before = ""
    for line in said.replace("\r\n", "\n").split("\n"):
        title = Text.from_ansi(line).plain.strip()
        if not before.strip() and title and not line.startswith("  "):
            keeps = title in SECTIONS
            if keeps:
                yield ""
        if keeps and title:
            yield line
        before = title


def _rehearse() -> tuple[int, str]:
    """Run it with its result on a terminal of ours and its progress on the caller's."""
    with tempfile.TemporaryDirectory() as state:
        ours, theirs = pty.openpty()
        environment = {**os.environ, "RAILWIZARD_STATE": state, "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
        process = subprocess.Popen(
            [sys.executable, "-m", "wizard", *COMMAND, "--lang", "en"],
            cwd=ROOT,
            env={name: value for name, value in environment.items() if name not in {"CI", "NO_COLOR"}},
            stdin=subprocess.DEVNULL,
            stdout=theirs,
        )
        os.close(theirs)
        said = _read_all(ours)
        return process.wait(), said


def _read_all(terminal: int) -> str:
    chunks: list[bytes] = []
    try:
        while chunk := os.read(terminal, _READ):
            chunks.append(chunk)
    except OSError:
        pass  # Linux tells the end of a terminal whose other side is closed as an error
    os.close(terminal)
    return b"".join(chunks).decode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(main())
