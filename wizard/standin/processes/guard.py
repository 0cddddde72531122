"""The process between the stand-in and a child: ends the child and all it started, whatever happens to the stand-in.

Run as a script by an isolated interpreter: `guard.py LIFELINE PROGRAM ARGUMENT...`. LIFELINE is the read end of a
pipe whose write end only the stand-in holds: its end of file means that the stand-in closed it or died. SIGTERM and
SIGHUP go to the child's process group, SIGINT to the child alone. On Linux the guard adopts orphans, so that a child
that daemonises is ended as well, and a child whose guard is killed dies with it. It ends as its child did: same code,
same signal. Imports the standard library only; it starts for every command.
"""

import contextlib
import os
import select
import signal
import sys
from pathlib import Path

_SET_PDEATHSIG, _SET_CHILD_SUBREAPER = 1, 36
_FORWARDED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_NOT_STARTED = 127


def main(arguments: list[str]) -> None:
    """Start the program, wait for its end or for ours, leave nothing behind."""
    lifeline, command = int(arguments[0]), arguments[1:]
    _control(_SET_CHILD_SUBREAPER, 1)
    woken, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    for number in (*_FORWARDED, signal.SIGCHLD):
        signal.signal(number, lambda _number, _frame: None)
    child = os.fork()
    if child == 0:
        _become(command)
    with contextlib.suppress(OSError):
        os.setpgid(child, child)
    status = _watch(child, lifeline, woken)
    _end_everything(child)
    _end_like(status)


def _become(command: list[str]) -> None:
    os.setpgid(0, 0)
    _control(_SET_PDEATHSIG, signal.SIGKILL)
    for number in (*_FORWARDED, signal.SIGCHLD, signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execvp(command[0], command)  # noqa: S606 - no shell is wanted
    except OSError as error:
        os.write(2, f"{command[0]}: {error.strerror}\n".encode())
        os._exit(_NOT_STARTED)


def _control(option: int, value: int) -> None:
    """Call prctl where there is one."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - costs time that other systems need not pay

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def _watch(child: int, lifeline: int, woken: int) -> int:
    """Forward signals until the child ends; returns its wait status, that of SIGKILL when the lifeline is cut."""
    while True:
        readable, _, _ = select.select([lifeline, woken], [], [])
        if lifeline in readable:
            return int(signal.SIGKILL)
        for number in os.read(woken, 64):
            _forward(child, number)
        status = _reap(child)
        if status is not None:
            return status


def _forward(child: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        if number == signal.SIGINT:
            os.kill(child, number)
        elif number in _FORWARDED:
            os.killpg(child, number)


def _reap(child: int) -> int | None:
    """Collect everyone who ended; returns the child's status if it was among them."""
    found = None
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            if pid == child:
                found = status
    return found


def _end_everything(child: int) -> None:
    """Kill the group and every adopted orphan until nobody is left."""
    for _ in range(1000):
        with contextlib.suppress(OSError):
            os.killpg(child, signal.SIGKILL)
        for pid in _children():
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        try:
            if os.waitpid(-1, 0)[0] == 0:
                return
        except ChildProcessError:
            return


def _children() -> list[int]:
    with contextlib.suppress(OSError):
        return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
    return []


def _end_like(status: int) -> None:
    if not os.WIFSIGNALED(status):
        os._exit(os.waitstatus_to_exitcode(status))
    number = os.WTERMSIG(status)
    import resource  # noqa: PLC0415 - needed on this way out alone

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if number != signal.SIGKILL:
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    os._exit(128 + number)


if __name__ == "__main__":
    main(sys.argv[1:])
