"""Loaded by every Python of a deployment: its servers stay on loopback, on the port that the deployment really has.

A server that asks for every address of the machine gets 127.0.0.1: in a container the question does not arise, here
the port would be open to the network. One that opens the port its service declares gets the free port that PORT names.
Whatever `sitecustomize` the application brings is run afterwards. Imports the standard library only.
"""

import contextlib
import importlib.util
import os
import socket
import sys
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

_EVERYWHERE = {"", "0.0.0.0", "::"}  # noqa: S104 - what is replaced
_bind = socket.socket.bind


def _loopback(sock: socket.socket, host: str) -> str:
    """Return the loopback address for a socket; one of IPv6 that also takes IPv4 is given IPv4's."""
    if sock.family != socket.AF_INET6:
        return "127.0.0.1"
    only_v6 = sock.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY)
    return "::1" if only_v6 or host != "::" else "::ffff:127.0.0.1"


def _port(port: object) -> object:
    """Return the port a deployment really has for the one its service declares."""
    declared = os.environ.get("RAILWIZARD_DECLARED_PORT")
    return int(os.environ["PORT"]) if declared and str(port) == declared else port


def _bind_on_loopback(sock: socket.socket, address: Any) -> None:
    internet = sock.family in {socket.AF_INET, socket.AF_INET6} and sock.type == socket.SOCK_STREAM
    if internet and isinstance(address, tuple):
        host = _loopback(sock, str(address[0])) if address[0] in _EVERYWHERE else address[0]
        changed = (host, _port(address[1]), *address[2:])
        if changed != address and address[1]:
            asked = f"{address[0] or 'every address'} port {address[1]}"
            sys.stderr.write(f"port {changed[1]} is opened on {host} alone, not {asked}\n")
        address = changed
    _bind(sock, address)


def _run_the_applications_own() -> None:
    here = Path(__file__).parent
    elsewhere = [folder for folder in sys.path if Path(folder or ".").resolve() != here.resolve()]
    spec = PathFinder.find_spec("sitecustomize", elsewhere)
    if spec and spec.loader:
        module = importlib.util.module_from_spec(spec)
        sys.modules["sitecustomize"] = module
        with contextlib.suppress(ImportError):
            spec.loader.exec_module(module)


setattr(socket.socket, "bind", _bind_on_loopback)  # noqa: B010 - a plain assignment is a type error
_run_the_applications_own()
