"""This machine's own package database, where it is Debian's: dependencies and files of installed packages."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_STATUS = Path("/var/lib/dpkg/status")
_LISTS = Path("/var/lib/dpkg/info")
_NAME = re.compile(r"[a-z0-9][a-z0-9+.-]+")


@cache
def _dependencies() -> dict[str, tuple[str, ...]]:
    """Return what each installed package depends on; empty where the machine has another package manager."""
    try:
        text = _STATUS.read_text(errors="replace")
    except OSError:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for paragraph in text.split("\n\n"):
        fields = dict(re.findall(r"^(Package|Status|Depends|Pre-Depends|Provides): (.*)$", paragraph, re.MULTILINE))
        if fields.get("Status", "").endswith(" installed"):
            needed = f"{fields.get('Depends', '')},{fields.get('Pre-Depends', '')}"
            names = (_NAME.match(part.strip()) for part in re.split(r"[,|]", needed))
            found[fields["Package"]] = tuple(name[0] for name in names if name)
    return found


def is_known(package: str) -> bool:
    """Say whether the package is installed here."""
    return package in _dependencies()


@cache
def with_dependencies(package: str) -> frozenset[str]:
    """Return the package and all that it depends on, as far as they are installed here."""
    found: set[str] = set()
    waiting = [package]
    while waiting:
        name = waiting.pop()
        if name not in found and is_known(name):
            found.add(name)
            waiting += _dependencies()[name]
    return frozenset(found)


def files(package: str) -> tuple[str, ...]:
    """Return the paths of an installed package."""
    for path in (_LISTS / f"{package}.list", *_LISTS.glob(f"{package}:*.list")):
        if path.is_file():
            return tuple(path.read_text(errors="replace").split("\n"))
    return ()
