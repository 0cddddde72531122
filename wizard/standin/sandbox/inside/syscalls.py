"""The system calls of Linux that make a sandbox; each raises OSError with the call's name."""

from __future__ import annotations

import ctypes
import os
import platform
import signal
from pathlib import Path

NEW_MOUNTS, NEW_NAMES, NEW_IPC = 0x00020000, 0x04000000, 0x08000000
NEW_USER, NEW_PROCESSES, NEW_NETWORK = 0x10000000, 0x20000000, 0x40000000
READ_ONLY, NO_SET_UID, NO_DEVICES, NO_EXECUTION, REMOUNT, BIND, RECURSIVE, PRIVATE = (
    1,
    2,
    4,
    8,
    32,
    4096,
    16384,
    1 << 18,
)
_DETACH = 2
_PARENT_DEATH_SIGNAL = 1
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41, "riscv64": 41, "armv7l": 218, "i686": 217, "ppc64le": 203, "s390x": 217}
_LOCKED = ((2, NO_SET_UID), (4, NO_DEVICES), (8, NO_EXECUTION), (1024, 1024), (2048, 2048), (4096, 1 << 21))
"""Flags of a mount as `statvfs` shows and as `mount` takes them, which a remount in a user namespace must keep."""

_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def mount(source: str, target: str, kind: str = "", flags: int = 0, data: str = "") -> None:
    """Mount; the target is an existing path of this process."""
    words = [word.encode() or None for word in (source, target, kind, data)]
    result = _libc.mount(words[0], words[1], words[2], ctypes.c_ulong(flags), words[3])
    _checked(result, f"mount {kind or source} on {target}")


def bind(source: str, target: str, *, read_only: bool) -> None:
    """Show a file or a folder with all that is mounted below it at another place."""
    mount(source, target, "", BIND | RECURSIVE)
    if read_only:
        locked = os.statvfs(target).f_flag
        kept = sum(flag for seen, flag in _LOCKED if locked & seen)
        mount("", target, "", BIND | REMOUNT | READ_ONLY | kept)


def unshare(flags: int) -> None:
    """Leave the namespaces of the parent for new ones."""
    _checked(_libc.unshare(flags), "unshare")


def enter(path: str) -> None:
    """Join the namespace behind a file of /proc."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        _checked(_libc.setns(descriptor, 0), f"setns {path}")
    finally:
        os.close(descriptor)


def die_with_parent() -> None:
    """Ask for SIGKILL when the parent ends; a change of user or namespace forgets it."""
    _checked(_libc.prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0), "prctl")


def name_host(name: str) -> None:
    """Set this namespace's host name."""
    raw = name.encode()
    _checked(_libc.sethostname(raw, len(raw)), "sethostname")


def pivot(root: str) -> None:
    """Make a mount the root of everything and let go of the old one."""
    os.chdir(root)
    _checked(_libc.syscall(_PIVOT_ROOT[platform.machine()], b".", b"."), "pivot_root")
    _checked(_libc.umount2(b".", _DETACH), "umount")
    os.chdir("/")


def has_pivot() -> bool:
    """Say whether this kind of processor is known."""
    return platform.machine() in _PIVOT_ROOT


def write(path: str, text: str) -> None:
    """Write a file of /proc at once."""
    Path(path).write_text(text)
