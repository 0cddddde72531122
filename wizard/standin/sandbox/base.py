"""The lowest layer of an image: the machine's `/usr` without what the image lacks, an interpreter, its `/usr/local`."""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from wizard.standin.builder.bases import Base
from wizard.standin.builder.image import BuildFailed
from wizard.standin.processes.machine import machine_path
from wizard.standin.sandbox import skeleton
from wizard.standin.sandbox.bench import Bench
from wizard.standin.sandbox.entrance import Entrance, Root, Show
from wizard.standin.sandbox.layers import Chain, ChainStore

_FORMAT = "1"
"""Changes when layers made before are no longer what this makes."""
_LOCAL = "/usr/local"
_PATH = "/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"
_QUESTION = "import json, sys, site; print(json.dumps([sys.base_prefix, site.getsitepackages([sys.base_prefix])]))"
_NPM = "lib/node_modules/npm"
_NPM_LINKS = "cd /usr/local/bin; for name in npm npx; do ln -s ../lib/node_modules/npm/bin/$name-cli.js $name; done"
_MACHINE_PACKAGES = "/usr/lib/python3/dist-packages"
_EXTERNALLY_MANAGED = "/usr/lib/python3.*/EXTERNALLY-MANAGED"


@dataclass(frozen=True, slots=True)
class _Python:
    """An interpreter of the machine as an image needs it.

    Attributes:
        program: its path.
        prefix: the folder it lies in.
        packages: folders of what is installed there: none of the image's business.
    """

    program: str
    prefix: Path
    packages: tuple[Path, ...]

    @property
    def in_usr(self) -> bool:
        """Whether the machine's `/usr` holds it already."""
        return self.prefix == Path("/usr")


async def base_chain(base: Base, bench: Bench) -> Chain:
    """Return the layer of a base image, made where it is missing; raises BuildFailed."""
    python = await asyncio.to_thread(_python, base.interpreter.program) if base.interpreter else None
    own_node = base.kind == "node" and not any(path == f"{_LOCAL}/bin/node" for path, _ in base.placed)
    node = await asyncio.to_thread(_node_home) if own_node else None
    parts = [
        _FORMAT,
        base.kind,
        base.identity,
        sorted(base.hidden),
        base.tools,
        base.placed,
        str(node),
        bench.holder.owners,
    ]
    key, store = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32], bench.store
    async with store.locked(key):
        found = store.find(key)
        if found:
            return found
        box = store.workshop(key)
        try:
            await asyncio.to_thread(_write, box / "upper", base, python)
            shown = _shown(store, python, node, base)
            await _settle(base, python, Root(box, store.folder, (), shown), bench)
            return await asyncio.to_thread(store.keep, key, box, Chain((), shown=shown))
        finally:
            await asyncio.to_thread(shutil.rmtree, box, ignore_errors=True)


def _write(upper: Path, base: Base, python: _Python | None) -> None:
    skeleton.write(upper / "root", node=base.kind == "node")
    if python and not python.in_usr:
        _way_to(upper / "root", python.prefix)
    for folder in _tools(base):
        _way_to(upper / "root", folder)


def _way_to(root: Path, prefix: Path) -> None:
    """Make the folders above an interpreter, open to every user of the image."""
    place = root / str(prefix).lstrip("/")
    place.mkdir(parents=True, exist_ok=True)
    for folder in (place, *place.parents):
        if folder == root:
            break
        folder.chmod(folder.stat().st_mode & 0o7777 | 0o111)


def _shown(store: ChainStore, python: _Python | None, node: Path | None, base: Base) -> tuple[Show, ...]:
    empty = store.cache / "empty"
    empty.mkdir(exist_ok=True)
    shown = []
    if python and not python.in_usr:
        shown.append(Show(python.prefix, str(python.prefix)))
        shown += [Show(empty, str(folder)) for folder in python.packages if folder.is_relative_to(python.prefix)]
    if node:
        shown.append(Show(node / "bin" / "node", f"{_LOCAL}/bin/node"))
        shown.append(Show(node / _NPM, f"{_LOCAL}/{_NPM}"))
    known = {one.target for one in shown}
    shown += [Show(folder, str(folder)) for folder in _tools(base) if str(folder) not in known]
    return tuple(shown)


def _tools(base: Base) -> list[Path]:
    """Return the folders of fetched programs, and that of the interpreter some of them are written for."""
    own = Path(sys.base_prefix)
    tools = [Path(folder) for folder in dict.fromkeys(base.tools)]
    return [*tools, own] if tools and own not in tools and not own.is_relative_to("/usr") else tools


async def _settle(base: Base, python: _Python | None, root: Root, bench: Bench) -> None:
    """Take away what the image lacks, and make its own `/usr/local`."""
    argv: tuple[str, ...] = ()
    if python:
        argv = (python.program, "-m", "venv", "--system-site-packages", _LOCAL)
    elif any(one.target == f"{_LOCAL}/{_NPM}" for one in root.shown):
        argv = ("/bin/sh", "-ec", _NPM_LINKS)
    environment = {"PATH": _PATH, "HOME": "/root", "LANG": "C.UTF-8"}
    entrance = Entrance(root, argv, environment, before=_removals(base, python))
    code, lines = await bench.run(entrance)
    if code:
        raise BuildFailed(f"FROM {base.image}", (*lines, f"its stand-in could not be made: exit code {code}"))


def _removals(base: Base, python: _Python | None) -> list[dict[str, Any]]:
    kept = _needed_by(python)
    hidden = [path for path in sorted(base.hidden) if path not in kept]
    managed = [str(path) for path in Path("/").glob(_EXTERNALLY_MANAGED.lstrip("/"))]
    gone = [path for path in (_LOCAL, *hidden, _MACHINE_PACKAGES, *managed) if Path(path).exists()]
    folders = (f"{_LOCAL}/{name}" for name in ("bin", "sbin", "lib", "etc", "include", "share", "src", "games"))
    return [
        {"do": "remove", "paths": gone},
        *({"do": "folder", "path": folder} for folder in (_LOCAL, *folders)),
    ]


def _needed_by(python: _Python | None) -> set[str]:
    """Return the paths of the machine without which the interpreter would not start."""
    if python is None or not python.in_usr:
        return set()
    program = Path(python.program)
    links = [program, *(program.parent / name for name in ("python3", program.resolve().name))]
    return {str(path) for path in links} | {str(program.resolve())}


@cache
def _python(program: str) -> _Python:
    answer = subprocess.run([program, "-I", "-c", _QUESTION], capture_output=True, text=True, timeout=20, check=True)
    prefix, packages = json.loads(answer.stdout)
    found = tuple(Path(folder) for folder in packages if Path(folder).is_dir())
    return _Python(program, Path(prefix), found)


@cache
def _node_home() -> Path | None:
    """Return the folder of the machine's Node.js; None where `/usr` holds it, which every image sees."""
    for folder in machine_path():
        program = Path(folder, "node")
        if program.is_file():
            real = _behind_script(program.resolve())
            visible = real.is_relative_to("/usr") and not real.is_relative_to(_LOCAL)
            return None if visible else real.parent.parent
    return None


def _behind_script(program: Path) -> Path:
    """Return the binary that a written starter leads to."""
    with program.open("rb") as file:
        first, second = file.readline(512), file.readline(512)
    if not first.startswith(b"#!"):
        return program
    words = second.decode(errors="replace").split()
    return Path(words[1]).resolve() if len(words) > 1 and words[0] == "exec" else program
