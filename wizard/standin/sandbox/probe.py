"""Tries out what a sandbox needs: a real one is made, joined to a bridge, and runs a command."""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path

from wizard.errors import FailedError
from wizard.standin.processes import LogLine, run
from wizard.standin.sandbox import skeleton
from wizard.standin.sandbox.entrance import Entrance, Link, Root, prepared_box, tool_path
from wizard.standin.sandbox.inside import syscalls
from wizard.standin.sandbox.layers import ChainStore, remove
from wizard.standin.sandbox.network import Holder

_LINK = Link("probe0", "probe1", "10.255.0.2/16")
_BRIDGE = [f"link add {_LINK.bridge} type bridge", f"link set {_LINK.bridge} up"]


def refuse_machine() -> None:
    """Raise FailedError where nothing needs to be tried."""
    if sys.platform != "linux":
        raise FailedError("sandbox.not-linux", system=sys.platform)
    if shutil.which("ip", path=tool_path()) is None:
        raise FailedError("sandbox.no-ip")
    if not Path("/bin").is_symlink() or not syscalls.has_pivot():
        raise FailedError("sandbox.not-usable", reason="/bin lies beside /usr, or the processor is unknown")


async def try_out(holder: Holder, cache: Path, folder: Path, run_id: str) -> None:
    """Run one command in a sandbox; raises FailedError with what went wrong, OSError where there is no bridge."""
    store = await asyncio.to_thread(ChainStore, cache)
    await holder.ip(_BRIDGE)
    box = await asyncio.to_thread(_box, folder)
    said: list[str] = []

    def heard(line: LogLine) -> None:
        said.append(line.text)

    entrance = Entrance(Root(box, store.folder, ()), ("/bin/true",), {"PATH": "/usr/bin:/bin"}, link=_LINK)
    try:
        command = entrance.command(holder.pid, run_id, folder.parent.parent / "records", owners=holder.owners)
        code = await run(command, heard)
    finally:
        await asyncio.to_thread(remove, folder)
    await holder.ip([f"link del {_LINK.bridge}"])
    if code:
        raise FailedError("sandbox.not-usable", reason=" ".join(said[-1:]) or f"exit code {code}")


def _box(folder: Path) -> Path:
    remove(folder)
    box = prepared_box(folder)
    skeleton.write(box / "upper" / "root", node=False, bare=True)
    return box
