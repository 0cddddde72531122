"""Runs one command in a sandbox: joins the stand-in's namespaces, makes the command's own, starts it and ends like it.

Run as a script: `enter.py -` reads a specification from standard input, which holds the environment and with it
secrets; `enter.py SPECIFICATION PROGRAM ARGUMENT...` joins a network and nothing else. See `sandbox/entrance.py` for
what a specification says. The command is the first process of its own process namespace, as in a container.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

from wizard.standin.sandbox.inside import files, roots, syscalls, users

_NOT_STARTED, _NOT_EXECUTABLE, _NOT_MADE = 127, 126, 125
_FORWARDED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT)


def main(arguments: list[str]) -> None:
    """Read what to do, do it."""
    if arguments[0] == "-":
        _run(json.load(sys.stdin.buffer))
    spec = json.loads(arguments[0])
    syscalls.enter(f"/proc/{spec['holder']}/ns/user")
    _join(spec)
    syscalls.die_with_parent()
    _become(arguments[1:], dict(os.environ))


def _run(spec: dict[str, Any]) -> None:
    """Start the command in namespaces of its own and end as it does."""
    if spec["failure"]:
        spec["note"] = os.open(spec["failure"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        syscalls.enter(f"/proc/{spec['holder']}/ns/user")
        _join(spec)
        more = syscalls.NEW_MOUNTS | syscalls.NEW_PROCESSES | syscalls.NEW_IPC | syscalls.NEW_NAMES
        syscalls.unshare(more)
        syscalls.die_with_parent()
    except OSError as error:
        _give_up(spec, f"sandbox: {error}")
    child = os.fork()
    if child == 0:
        _first(spec)
    for number in _FORWARDED:
        signal.signal(number, lambda number, _frame: os.kill(child, number))
    _end_like(os.waitpid(child, 0)[1])


def _join(spec: dict[str, Any]) -> None:
    """Make a network of one's own on the private bridge; without one the machine's stays."""
    network = spec["network"]
    if network is None:
        return
    syscalls.unshare(syscalls.NEW_NETWORK)
    holder, link = spec["holder"], network["link"]
    _ip(
        "link set lo up",
        f"link add eth0 type veth peer name {link} netns {holder}",
        f"addr add {network['address']} dev eth0",
        "link set eth0 up",
    )
    helper = os.fork()
    if helper == 0:
        code = 1
        try:
            syscalls.enter(f"/proc/{holder}/ns/net")
            _ip(f"link set {link} master {network['bridge']} up")
            code = 0
        finally:
            os._exit(code)
    if os.waitpid(helper, 0)[1]:
        raise OSError(f"{link} could not be plugged into {network['bridge']}")


def _ip(*lines: str) -> None:
    done = subprocess.run(
        ["ip", "-batch", "-"], input="\n".join(lines), capture_output=True, text=True, check=False, timeout=20
    )
    if done.returncode:
        raise OSError(f"ip: {done.stderr.strip()}")


def _first(spec: dict[str, Any]) -> None:
    """Become the first process: the root in place, the files in place, the user, the command."""
    try:
        os.setsid()
        os.umask(0o022)
        syscalls.die_with_parent()
        syscalls.pivot(roots.assemble(spec["root"], own_network=spec["network"] is not None))
        for step in spec["before"]:
            files.carry_out(step, owners=spec["owners"])
        if not spec["argv"]:
            os._exit(0)
        environment = _step_down(spec)
        _into(spec["workdir"])
        _no_input()
    except (OSError, files.FilesError, users.UnknownUserError) as error:
        _give_up(spec, str(error))
    _become(spec["argv"], environment)


def _step_down(spec: dict[str, Any]) -> dict[str, str]:
    """Become the user that the image names; returns the environment with that user's home."""
    environment = dict(spec["environment"])
    if not spec["user"] or not spec["owners"]:
        return environment
    owner = users.owner_of(spec["user"])
    if environment.get("HOME", "/root") == "/root" and owner.user:
        environment["HOME"] = owner.home
    os.setgroups(owner.groups)
    os.setgid(owner.group)
    os.setuid(owner.user)
    syscalls.die_with_parent()
    return environment


def _into(workdir: str) -> None:
    Path(workdir).mkdir(parents=True, exist_ok=True)
    os.chdir(workdir)


def _no_input() -> None:
    nothing = os.open("/dev/null", os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)


def _become(argv: list[str], environment: dict[str, str]) -> None:
    for number in (*_FORWARDED, signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execvpe(argv[0], argv, environment)  # noqa: S606 - no shell is wanted
    except FileNotFoundError:
        os.write(2, f'exec: "{argv[0]}": executable file not found in $PATH\n'.encode())
        os._exit(_NOT_STARTED)
    except OSError as error:
        os.write(2, f'exec: "{argv[0]}": {(error.strerror or "").lower()}\n'.encode())
        os._exit(_NOT_EXECUTABLE)


def _give_up(spec: dict[str, Any], why: str) -> None:
    """Say why nothing was started: to the log, and to the file that tells it from the command's own failure."""
    os.write(2, f"{why}\n".encode())
    if "note" in spec:
        os.write(spec["note"], why.encode())
    os._exit(_NOT_MADE)


def _end_like(status: int) -> None:
    if not os.WIFSIGNALED(status):
        os._exit(os.waitstatus_to_exitcode(status))
    number = os.WTERMSIG(status)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if number != signal.SIGKILL:
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    os._exit(128 + number)


if __name__ == "__main__":
    main(sys.argv[1:])
