"""Which packages the common base images consist of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wizard.standin.builder.contents.commands import commands_of, libraries_of
from wizard.standin.builder.contents.slim import (
    BUILDPACK,
    DEBIAN_SLIM,
    RAILPACK_BUILDER,
    RAILPACK_RUNTIME,
    WITH_CERTIFICATES,
)

_ALPINE_LACKS = frozenset({"bash", "rbash", "bashbug", "apt", "apt-get", "apt-cache", "dpkg"})
_BUSYBOX = frozenset(
    [
        "ar",
        "arp",
        "arping",
        "bc",
        "bunzip2",
        "bzcat",
        "bzip2",
        "dc",
        "ed",
        "fuser",
        "httpd",
        "ifconfig",
        "ip",
        "less",
        "lsof",
        "lzcat",
        "lzma",
        "microcom",
        "nc",
        "netstat",
        "nslookup",
        "patch",
        "pgrep",
        "ping",
        "ping6",
        "pkill",
        "pmap",
        "ps",
        "pstree",
        "route",
        "sendmail",
        "strings",
        "sysctl",
        "telnet",
        "time",
        "top",
        "traceroute",
        "tree",
        "ts",
        "unix2dos",
        "unlzma",
        "unxz",
        "unzip",
        "uptime",
        "vi",
        "vlock",
        "volname",
        "watch",
        "wget",
        "whois",
        "xxd",
        "xzcat",
        "apk",
    ]
)


@dataclass(frozen=True, slots=True)
class Family:
    """What an image holds before anything is installed into it.

    Attributes:
        commands: without those of its packages.
        packages: Debian's, of which the tables tell commands and libraries.
    """

    commands: frozenset[str]
    packages: tuple[str, ...] = ()

    def commands_with(self, installed: Iterable[str] = ()) -> frozenset[str]:
        """Return its commands once these packages are installed too."""
        return self.commands | commands_of((*self.packages, *installed))

    def libraries_with(self, installed: Iterable[str] = ()) -> frozenset[str]:
        """Return, of the libraries that a slim image lacks, those it has once these packages are installed too."""
        return libraries_of((*self.packages, *installed))


SLIM = Family(DEBIAN_SLIM, WITH_CERTIFICATES)
FULL = Family(DEBIAN_SLIM, BUILDPACK)
BARE = Family(DEBIAN_SLIM)
ALPINE = Family((DEBIAN_SLIM | _BUSYBOX) - _ALPINE_LACKS, WITH_CERTIFICATES)
BUILDER = Family(DEBIAN_SLIM, RAILPACK_BUILDER)
RUNTIME = Family(DEBIAN_SLIM, RAILPACK_RUNTIME)


def family_of(name: str, tag: str) -> Family:
    """Return the family of an image such as `python` and `3.12-slim`."""
    if name == "alpine" or "alpine" in tag:
        return ALPINE
    if name in {"debian", "ubuntu", "bun"}:
        return BARE
    if name == "buildpack-deps":
        return FULL
    return SLIM if "slim" in tag else FULL
