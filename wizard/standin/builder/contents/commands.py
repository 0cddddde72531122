"""From packages to what they bring: commands and the shared libraries that matter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from wizard.standin.builder.contents import dpkg
from wizard.standin.builder.contents.packages import BRINGS, COMMANDS, LIBRARIES

_VERSIONED = (
    (re.compile(r"postgresql-client-\d+"), "postgresql-client"),
    (re.compile(r"postgresql\d*-client"), "postgresql-client"),
    (re.compile(r"postgresql-\d+"), "postgresql-client"),
    (re.compile(r"python3(?:\.\d+)?(?:-minimal)?"), "python3"),
    (re.compile(r"python3(?:\.\d+)?-venv"), "python3"),
    (re.compile(r"gcc-\d+"), "gcc"),
    (re.compile(r"g\+\+-\d+"), "g++"),
    (re.compile(r"openjdk-?\d+-jre(?:-headless)?"), "default-jre"),
    (re.compile(r"openjdk-?\d+-jdk(?:-headless)?"), "default-jdk"),
    (re.compile(r"tesseract-ocr-\w+"), "tesseract-ocr"),
    (re.compile(r"(lib.+)t64"), r"\1"),
)
"""Names that carry a version, by the name the tables have them under."""


def known(package: str) -> str | None:
    """Return the name the tables have a package under, None for one that they do not have."""
    if package in COMMANDS or package in LIBRARIES or package in BRINGS:
        return package
    for pattern, name in _VERSIONED:
        if match := pattern.fullmatch(package):
            found = match.expand(name)
            return found if found in COMMANDS or found in LIBRARIES or found in BRINGS else None
    return None


def spread(packages: Iterable[str]) -> frozenset[str]:
    """Return the packages with everything that they bring along, those of this machine's database under their names."""
    found: set[str] = set()
    waiting = list(packages)
    while waiting:
        package = waiting.pop()
        if package not in found:
            found.add(package)
            name = known(package)
            waiting += [*BRINGS.get(name or "", ()), *([name] if name else [])]
    return frozenset(found)


def commands_of(packages: Iterable[str]) -> frozenset[str]:
    """Return the commands that these packages bring; this machine's own package database knows more of them."""
    return frozenset(name for package in spread(packages) for name in (*COMMANDS.get(package, ()), *_here(package)[0]))


def libraries_of(packages: Iterable[str]) -> frozenset[str]:
    """Return the shared libraries that these packages bring, by soname."""
    return frozenset(name for package in spread(packages) for name in (*LIBRARIES.get(package, ()), *_here(package)[1]))


@cache
def _here(package: str) -> tuple[frozenset[str], frozenset[str]]:
    files = [file for name in dpkg.with_dependencies(package) for file in dpkg.files(name)]
    commands = {file.rpartition("/")[2] for file in files if re.fullmatch(r"(?:/usr)?/s?bin/[^/]+", file)}
    libraries = {file.rpartition("/")[2] for file in files if re.search(r"/lib/(?:[\w-]+/)?[^/]+\.so[.\d]*$", file)}
    return frozenset(commands), frozenset(libraries)
