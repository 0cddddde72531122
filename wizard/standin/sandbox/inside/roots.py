"""Puts a root file system together: layers over the machine's own `/usr`, devices, and what is shown from outside."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from wizard.standin.sandbox.inside import syscalls

OWN = "/dev/.railwizard"
"""Where a sandbox is shown what is none of the image's: caches, contexts, notes. `/dev` is no part of an image."""

_DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
_LINKS = {"fd": "/proc/self/fd", "stdin": "/proc/self/fd/0", "stdout": "/proc/self/fd/1", "stderr": "/proc/self/fd/2"}
_MOST_LINKS = 40
_SYSTEM = ("/proc/sys", "/proc/bus", "/proc/irq", "/proc/fs", "/proc/sysrq-trigger")
"""Parts of /proc that are the machine's, and read-only in a container."""


def assemble(spec: dict[str, Any], *, own_network: bool) -> str:
    """Mount everything below the box's `merged` folder and return it."""
    box = Path(spec["box"])
    syscalls.mount("", "/", "", syscalls.RECURSIVE | syscalls.PRIVATE)
    merged = str(box / "merged")
    lay_over(spec["layers"], spec["chain"], merged, box=box)
    _devices(Path(merged) / "dev")
    syscalls.mount("proc", f"{merged}/proc", "proc", syscalls.NO_SET_UID | syscalls.NO_DEVICES | syscalls.NO_EXECUTION)
    for path in _SYSTEM:
        if Path(merged + path).exists():
            syscalls.bind(merged + path, merged + path, read_only=True)
    if own_network:
        syscalls.mount("sysfs", f"{merged}/sys", "sysfs", syscalls.READ_ONLY | syscalls.NO_SET_UID)
    for name, chain in spec.get("stages", {}).items():
        target = _made(merged, f"{OWN}/{name}", folder=True)
        lay_over(spec["layers"], chain, target, box=box)
    for source, target, read_only in spec["binds"]:
        show(merged, source, target, read_only=read_only)
    syscalls.name_host(spec["host"])
    return merged


def lay_over(layers: str, chain: list[str], target: str, *, box: Path) -> None:
    """Mount layers on `target`, the lowest first; what is written goes to the box where it has a place for that."""
    before = Path.cwd()
    os.chdir(layers)  # short names: the kernel takes one page of them
    try:
        upper = target == str(box / "merged")
        _overlay([f"{key}/root" for key in chain if Path(key, "root").is_dir()], "root", target, box, upper=upper)
        lowest = [f"{key}/usr" for key in chain if Path(key, "usr").is_dir()]
        _overlay(["/usr", *lowest], "usr", f"{target}/usr", box, upper=upper)
    finally:
        os.chdir(before)


def _overlay(lowest_first: list[str], part: str, target: str, box: Path, *, upper: bool) -> None:
    empty = str(box / "empty")
    lower = ":".join(_escaped(one) for one in (*reversed(lowest_first), empty))
    options = [f"lowerdir={lower}", "userxattr"]
    if upper:
        options += [f"upperdir={_escaped(str(box / 'upper' / part))}", f"workdir={_escaped(str(box / 'work' / part))}"]
    syscalls.mount("overlay", target, "overlay", 0, ",".join(options))


def _escaped(path: str) -> str:
    return path.replace("\\", "\\\\").replace(":", "\\:").replace(",", "\\,")


def _devices(folder: Path) -> None:
    syscalls.mount("tmpfs", str(folder), "tmpfs", syscalls.NO_SET_UID, "mode=755,size=64m")
    for name in _DEVICES:
        (folder / name).touch()
        syscalls.bind(f"/dev/{name}", str(folder / name), read_only=False)
    for name, target in _LINKS.items():
        (folder / name).symlink_to(target)
    (folder / "shm").mkdir(mode=0o1777)
    (folder / "shm").chmod(0o1777)
    (folder / "pts").mkdir()
    syscalls.mount("devpts", str(folder / "pts"), "devpts", 0, "newinstance,ptmxmode=0666,mode=620")
    (folder / "ptmx").symlink_to("pts/ptmx")


def show(root: str, source: str, target: str, *, read_only: bool) -> None:
    """Show a file or folder of the machine at a path of the image."""
    syscalls.bind(source, _made(root, target, folder=Path(source).is_dir()), read_only=read_only)


def _made(root: str, path: str, *, folder: bool) -> str:
    """Return where an image path lies below `root`, made where it is missing."""
    place = Path(resolve(root, path))
    if folder:
        place.mkdir(parents=True, exist_ok=True)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    return str(place)


def resolve(root: str, path: str) -> str:
    """Follow the links of an image path within `root`, as a process of the image would."""
    waiting, found = [part for part in path.split("/") if part], ""
    for _ in range(_MOST_LINKS + len(waiting)):
        if not waiting:
            break
        part = waiting.pop(0)
        if part in {".", ".."}:
            found = str(Path(found or "/").parent).rstrip("/") if part == ".." else found
            continue
        here = Path(f"{root}{found}/{part}")
        if here.is_symlink():
            target = str(here.readlink())
            found = "" if target.startswith("/") else found
            waiting = [*(piece for piece in target.split("/") if piece), *waiting]
        else:
            found = f"{found}/{part}"
    return root + found
