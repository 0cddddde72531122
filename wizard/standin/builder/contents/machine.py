"""What of this machine an image made from a base would not have, and what it would have that this machine lacks."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from wizard.standin.builder.contents.commands import known
from wizard.standin.builder.contents.families import Family
from wizard.standin.builder.contents.packages import COMMANDS, LIBRARIES

_COMMAND_FOLDERS = ("/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/games")
_LIBRARY_FOLDERS = ("/usr/lib", "/usr/lib64", "/lib", "/lib64")
_TABLED = frozenset(name for names in LIBRARIES.values() for name in names)


def hidden(family: Family, installed: Iterable[str], programs: Iterable[str] = ()) -> frozenset[str]:
    """Return the paths of this machine that the image would not have once `installed` is in it.

    Commands: all that neither the image nor those packages bring. Shared libraries: those of the tables alone, since
    the machine's own commands may need others than Debian's. `programs` of this machine, links to them and the
    libraries they are linked against are never hidden: they stand in for the image's.
    """
    packages = tuple(installed)
    kept = {os.path.realpath(program) for program in programs}
    commands = _visible(family.commands_with(packages))
    libraries = family.libraries_with(packages) | _linked(tuple(sorted(kept)))
    return frozenset(
        {path for path, real in _commands() if path not in commands and real not in kept}
        | {path for path, name in _libraries() if name not in libraries}
    )


def lacking(packages: Iterable[str]) -> tuple[str, ...]:
    """Return the packages of which this machine has no command and no library, though the tables know them."""
    here = {path.rpartition("/")[2] for path, _ in _commands()} | {name for _, name in _libraries()}
    return tuple(package for package in packages if _is_lacking(known(package) or "", here))


def _is_lacking(package: str, here: set[str]) -> bool:
    brought = COMMANDS.get(package, frozenset()) | LIBRARIES.get(package, frozenset())
    return bool(brought) and not brought & here


def _visible(names: frozenset[str]) -> set[str]:
    """Return the paths of commands of these names, with what they are links to and the links to those."""
    visible: set[str] = set()
    reals: set[str] = set()
    for path, real in _commands():
        if path.rpartition("/")[2] in names:
            visible |= _chain(path)
            reals.add(real)
    alternatives = {path for path, real in _commands() if real in reals and _is_alternative(path)}
    return visible | alternatives


def _chain(path: str) -> set[str]:
    found, here = {path}, Path(path)
    while here.is_symlink():
        here = Path(os.path.normpath(here.parent / here.readlink()))
        if str(here) in found:
            break
        found.add(str(here))
    return found


def _is_alternative(path: str) -> bool:
    return Path(path).is_symlink() and str(Path(path).readlink()).startswith("/etc/alternatives/")


@cache
def _commands() -> tuple[tuple[str, str], ...]:
    """Return every command of the system's folders with the file it really is; a folder that is a link counts once."""
    return tuple((path, os.path.realpath(path)) for folder in _real(_COMMAND_FOLDERS) for path in _files(folder))


@cache
def _libraries() -> tuple[tuple[str, str], ...]:
    """Return the files of the tables' libraries, the versioned ones behind the links included, with their soname."""
    found: dict[str, str] = {}
    for folder in _library_folders():
        for path in _files(folder):
            name = path.rpartition("/")[2]
            if name in _TABLED:
                found |= dict.fromkeys(_chain(path), name)
    return tuple(found.items())


def _library_folders() -> list[Path]:
    roots = _real(_LIBRARY_FOLDERS)
    return [*roots, *(path for root in roots for path in Path(root).glob("*-linux-gnu*") if path.is_dir())]


def _real(folders: Iterable[str]) -> list[Path]:
    """Return those that there are; one that is a link to another is counted there."""
    return [path for path in map(Path, folders) if path.is_dir() and not path.is_symlink()]


def _files(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        return [entry.path for entry in entries if not entry.is_dir()]


@cache
def _linked(programs: tuple[str, ...]) -> frozenset[str]:
    """Return the sonames that programs of this machine are linked against."""
    if not programs:
        return frozenset()
    try:
        answer = subprocess.run(["ldd", *programs], capture_output=True, text=True, timeout=20, check=False)
    except OSError:
        return frozenset()
    return frozenset(line.split()[0].rpartition("/")[2] for line in answer.stdout.splitlines() if line.strip())
