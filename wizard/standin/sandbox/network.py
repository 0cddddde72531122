"""The private networks of one stand-in: a bridge an environment, names by a hosts file, sockets made inside.

A holder process owns the user namespace and the network namespace of the bridges. It hands out sockets of that
namespace: what this process connects or listens on with them happens in the private network, and nothing of it on the
machine's own addresses.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from wizard.errors import FailedError
from wizard.standin.addresses import STREAM_LIMIT, Address, Streams
from wizard.standin.processes import RUN_ID, Child, Command, LogLine
from wizard.standin.processes import start as start_child
from wizard.standin.sandbox.entrance import Link, holder_words, tool_path

_FIRST_NETWORK, _NETWORKS = 128, 127
_WIDTH = 16
_BACKLOG = 128
_LARGEST = 4096
_LOCAL_NAMES = "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n"
DOMAIN = "railway.internal"


@dataclass(frozen=True, slots=True)
class SandboxAddress:
    """A port of one deployment in its private network."""

    host: str
    port: int
    dial: Callable[[], Any] = field(repr=False, compare=False)
    """Makes a socket of the private network."""

    def at(self, port: int) -> Address:
        """Return another port of the same deployment."""
        return SandboxAddress(self.host, port, self.dial)

    async def connect(self, *, limit: int = STREAM_LIMIT) -> Streams:
        """Open a connection; raises OSError where nobody takes it."""
        made: socket.socket = await self.dial()
        try:
            await asyncio.get_running_loop().sock_connect(made, (self.host, self.port))
            return await asyncio.open_connection(sock=made, limit=limit)
        except BaseException:
            made.close()
            raise

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class PrivateNetwork:
    """The network of one environment: a bridge, its addresses, its names."""

    def __init__(self, number: int, hosts: Path) -> None:
        self._number = number
        self._free = count(2)
        self._names: dict[str, str] = {}
        self._public: set[str] = set()
        self.hosts = hosts
        self._write()

    @property
    def bridge(self) -> str:
        """The bridge's name."""
        return f"br{self._number}"

    @property
    def gateway(self) -> str:
        """The stand-in's own address in it."""
        return self._host(1)

    @property
    def lines(self) -> list[str]:
        """What `ip` does to make it."""
        return [
            f"link add {self.bridge} type bridge forward_delay 0",
            f"addr add {self.gateway}/{_WIDTH} dev {self.bridge}",
            f"link set {self.bridge} up",
        ]

    def link(self) -> Link:
        """Return a new place in it."""
        number = next(self._free)
        return Link(self.bridge, f"v{self._number}-{number}", f"{self._host(number)}/{_WIDTH}")

    def name(self, name: str, host: str | None) -> None:
        """Let a name lead to an address, or to none."""
        if host is None:
            self._names.pop(name, None)
        else:
            self._names[name] = host
        self._write()

    def publish(self, name: str) -> None:
        """Let a public name lead to the stand-in."""
        self._public.add(name)
        self._write()

    def withdraw(self, name: str) -> None:
        """Forget a public name."""
        self._public.discard(name)
        self._write()

    def _host(self, number: int) -> str:
        return f"10.{_FIRST_NETWORK + self._number}.{number // 256}.{number % 256}"

    def _write(self) -> None:
        """Write the hosts file in place, as it is mounted, in one call and never shorter than it was in between."""
        rows = [f"{host} {name}" for name, host in sorted(self._names.items())]
        rows += [f"{self.gateway} {name}" for name in sorted(self._public)]
        content = (_LOCAL_NAMES + "".join(f"{row}\n" for row in rows)).encode()
        descriptor = os.open(self.hosts, os.O_WRONLY | os.O_CREAT, 0o644)
        try:
            os.write(descriptor, content.ljust(os.fstat(descriptor).st_size, b"\n"))
            os.ftruncate(descriptor, len(content))
        finally:
            os.close(descriptor)


class Holder:
    """The process that holds the namespaces, and what it is asked."""

    def __init__(self, child: Child, control: socket.socket, pid: int, ids: int) -> None:
        self._child = child
        self._control = control
        self._turn = asyncio.Lock()
        self._unread = 0
        """Answers still to come: whoever asked may have been cancelled."""
        self.pid = pid
        self.ids = ids

    @property
    def owners(self) -> bool:
        """Whether more users than root exist inside."""
        return self.ids > 1

    async def socket(self) -> socket.socket:
        """Return a new TCP socket of the private network; raises OSError where the holder is gone."""
        message, descriptors = await self._ask({"do": "socket"})
        if not message or not descriptors:
            raise ConnectionResetError("the private network is gone")
        made = socket.socket(fileno=descriptors[0])
        made.setblocking(False)
        return made

    async def ip(self, lines: list[str]) -> None:
        """Change the private network; raises OSError with what `ip` said."""
        message, _ = await self._ask({"do": "ip", "lines": lines})
        error = json.loads(message or b'{"error": "the private network is gone"}').get("error")
        if error:
            raise OSError(error)

    async def _ask(self, asked: Mapping[str, object]) -> tuple[bytes, list[int]]:
        """Return the answer and its descriptors; answers that nobody waited for any more are taken away first."""
        async with self._turn:
            while self._unread:
                _, forgotten = await self._answer()
                for descriptor in forgotten:
                    os.close(descriptor)
            await asyncio.get_running_loop().sock_sendall(self._control, json.dumps(asked).encode())
            self._unread += 1
            return await self._answer()

    async def _answer(self) -> tuple[bytes, list[int]]:
        await _readable(self._control)
        message, descriptors, _, _ = socket.recv_fds(self._control, _LARGEST, 1)
        self._unread -= 1
        return message, descriptors

    async def close(self) -> None:
        """End it; the namespaces go with the last process in them."""
        self._control.close()
        self._child.kill()
        await self._child.wait()


async def start_holder(folder: Path, run_id: str, records: Path | None) -> Holder:
    """Make the namespaces; raises FailedError where this machine does not allow them."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.setblocking(False)
    said: list[str] = []

    def heard(line: LogLine) -> None:
        said.append(line.text)

    environment = {"PATH": tool_path(), RUN_ID: run_id}
    command = Command(holder_words(theirs.fileno()), folder, environment, None, records, (theirs.fileno(),))
    try:
        child = await start_child(command, heard)
    finally:
        theirs.close()
    answer = await _first_words(ours)
    if "pid" not in answer:
        child.kill()
        await child.wait()
        ours.close()
        raise FailedError("sandbox.no-namespaces", reason=answer.get("error") or " ".join(said[-1:]) or "-")
    return Holder(child, ours, answer["pid"], answer["ids"])


async def _first_words(control: socket.socket) -> dict[str, Any]:
    try:
        answer = await asyncio.get_running_loop().sock_recv(control, _LARGEST)
    except OSError as error:
        return {"error": str(error)}
    found: dict[str, Any] = json.loads(answer or b"{}")
    return found


async def _readable(control: socket.socket) -> None:
    """Wait until a message is there: what carries a descriptor cannot be read by the loop itself."""
    loop = asyncio.get_running_loop()
    waiting: asyncio.Future[None] = loop.create_future()

    def there() -> None:
        if not waiting.done():
            waiting.set_result(None)

    loop.add_reader(control.fileno(), there)
    try:
        await waiting
    finally:
        loop.remove_reader(control.fileno())


class Networks:
    """All private networks of a stand-in, made when first needed."""

    def __init__(self, holder: Holder, folder: Path) -> None:
        self.holder = holder
        self._folder = folder
        self._made: dict[str, PrivateNetwork] = {}
        self._numbers = count()
        self._turn = asyncio.Lock()
        self._published: dict[int, tuple[str, Callable[[socket.socket], Any]]] = {}

    async def of(self, environment: str) -> PrivateNetwork:
        """Return an environment's network; raises OSError where there is no room for another."""
        async with self._turn:
            if environment not in self._made:
                self._made[environment] = await self._make(next(self._numbers))
            return self._made[environment]

    async def _make(self, number: int) -> PrivateNetwork:
        if number >= _NETWORKS:
            raise OSError(f"there are {_NETWORKS} private networks already")
        network = PrivateNetwork(number, self._folder / f"hosts-{number}")
        await self.holder.ip(network.lines)
        for port, (name, listen) in list(self._published.items()):
            await self._open(network, name, port, listen)
        return network

    def point(self, environment: str, service: str, target: Address | None) -> None:
        """Let a service's private name lead to that deployment."""
        network = self._made.get(environment)
        if network:
            network.name(private_name(service), target.host if isinstance(target, SandboxAddress) else None)

    async def publish(self, name: str, port: int, listen: Callable[[socket.socket], Any]) -> None:
        """Let a public domain be reached from inside under its own name and port; `listen` takes its sockets."""
        async with self._turn:
            self._published[port] = (name, listen)
            for network in self._made.values():
                await self._open(network, name, port, listen)

    def withdraw(self, port: int) -> None:
        """Forget a public domain."""
        name, _ = self._published.pop(port, ("", None))
        for network in self._made.values():
            network.withdraw(name)

    async def _open(
        self, network: PrivateNetwork, name: str, port: int, listen: Callable[[socket.socket], Any]
    ) -> None:
        listener = await self.holder.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((network.gateway, port))
        listener.listen(_BACKLOG)
        await listen(listener)
        network.publish(name)


def private_name(service: str) -> str:
    """Return the name under which its environment knows a service."""
    label = "".join(letter if letter.isalnum() else "-" for letter in service.lower()).strip("-")
    return f"{label}.{DOMAIN}"
