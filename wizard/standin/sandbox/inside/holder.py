"""Holds the user namespace and the private network of one stand-in while it lives.

Run as a script: `holder.py CONTROL`, the number of an inherited socket. First message out: `{"pid", "ids"}`, the number
of user ids that are mapped, or `{"error"}`. Then each message in is answered by one out:

* `{"do": "socket"}`: `{}` and the descriptor of a new TCP socket of the private network;
* `{"do": "ip", "lines": [...]}`: `{}` once `ip` carried the lines out, or `{"error"}`.

It ends with the socket's other end.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

from wizard.standin.sandbox.inside import syscalls

_IDS = 65536
_LARGEST = 65536


def main(arguments: list[str]) -> None:
    """Make the namespaces, then serve until nobody asks any more."""
    control = socket.socket(fileno=int(arguments[0]))
    try:
        ids = new_user(_IDS, syscalls.NEW_NETWORK)
        syscalls.die_with_parent()
        run_ip(["link set lo up"])
    except OSError as error:
        control.send(json.dumps({"error": str(error)}).encode())
        return
    control.send(json.dumps({"pid": os.getpid(), "ids": ids}).encode())
    while message := control.recv(_LARGEST):
        _answer(control, json.loads(message))


def _answer(control: socket.socket, asked: dict[str, object]) -> None:
    if asked["do"] == "socket":
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as made:
            socket.send_fds(control, [b"{}"], [made.fileno()])
        return
    try:
        run_ip([str(line) for line in asked["lines"]])  # type: ignore[attr-defined]
        control.send(b"{}")
    except OSError as error:
        control.send(json.dumps({"error": str(error)}).encode())


def run_ip(lines: list[str]) -> None:
    """Change this network namespace; raises OSError with what `ip` said."""
    done = subprocess.run(
        ["ip", "-batch", "-"], input="\n".join(lines), capture_output=True, text=True, check=False, timeout=20
    )
    if done.returncode:
        raise OSError(f"ip: {done.stderr.strip() or done.returncode}")


def new_user(wanted: int, more: int = 0) -> int:
    """Enter a new user namespace in which this user is root; returns how many ids it has.

    Only root may map further ids, and only from outside: a child that stays behind writes them.
    """
    ids = min(wanted, _mapped_here()) if os.geteuid() == 0 else 1
    user, group = os.geteuid(), os.getegid()
    if ids > 1 and _mapped_from_outside(ids, more):
        return ids
    if ids <= 1:
        syscalls.unshare(syscalls.NEW_USER | more)
    syscalls.write("/proc/self/setgroups", "deny")
    syscalls.write("/proc/self/uid_map", f"0 {user} 1")
    syscalls.write("/proc/self/gid_map", f"0 {group} 1")
    return 1


def _mapped_here() -> int:
    """Return how many ids from 0 on this user may hand out."""
    rows = [[int(word) for word in row.split()] for row in Path("/proc/self/uid_map").read_text().splitlines()]
    return next((count for first, _, count in rows if first == 0), 1)


def _mapped_from_outside(ids: int, more: int) -> bool:
    ours, theirs = socket.socketpair()
    pid = os.getpid()
    helper = os.fork()
    if helper == 0:
        code = 1
        try:
            theirs.recv(1)
            syscalls.write(f"/proc/{pid}/uid_map", f"0 0 {ids}")
            syscalls.write(f"/proc/{pid}/gid_map", f"0 0 {ids}")
            code = 0
        finally:
            os._exit(code)
    syscalls.unshare(syscalls.NEW_USER | more)
    ours.send(b"x")
    return os.waitstatus_to_exitcode(os.waitpid(helper, 0)[1]) == 0


if __name__ == "__main__":
    main(sys.argv[1:])
