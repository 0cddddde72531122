"""How to run PostgreSQL, which refuses to be root.

An ordinary user runs it as is. Root enters a user namespace in which it is user 1000; where that is forbidden it
becomes `nobody`, with programs and data in a folder of its own that `nobody` may enter.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wizard.errors import FailedError

_NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
_STEP_DOWN = ("setpriv", "--reuid=nobody", "--clear-groups", "--regid={group}")
_ORIGIN = "origin"
_COPIES = Path("/var/tmp/railwizard-postgres")  # noqa: S108 - 0711, and every folder in it belongs to root or nobody


@dataclass(frozen=True, slots=True)
class Runner:
    """What stands before a program, and where programs and data must lie for it to work."""

    prefix: tuple[str, ...] = ()
    as_nobody: bool = False

    def programs(self, folder: Path) -> Path:
        """Return the programs' folder as the runner can reach it; copies the installation once where it cannot.

        A wheel's libraries lie two folders above its package's installation, where the programs look for them.
        """
        if not self.as_nobody:
            return folder
        installation, package = folder.parent, folder.parent.parent
        target = _copies() / f"{installation.name}-{installation.stat().st_ino}"
        if not target.exists():
            fresh = target.with_name(f"{target.name}.{os.getpid()}")
            shutil.copytree(installation, fresh / package.name / installation.name, symlinks=True)
            for libraries in package.parent.glob(f"{package.name}.libs"):
                shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
            for reached in (fresh, fresh / package.name):
                reached.chmod(0o711)
            fresh.rename(target)
        return target / package.name / installation.name / folder.name

    def home(self, folder: Path) -> Path:
        """Return where data meant for `folder` lie; elsewhere for nobody, who may not enter a private folder."""
        if not self.as_nobody:
            return folder
        _sweep(_copies())
        home = _copies() / f"data-{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}"
        home.mkdir(mode=0o700, exist_ok=True)
        (home / _ORIGIN).write_text(str(folder))
        return home

    def own(self, folder: Path) -> None:
        """Let the runner write there."""
        if self.as_nobody:
            nobody = pwd.getpwnam("nobody")
            for path in (folder, *folder.rglob("*")):
                os.chown(path, nobody.pw_uid, nobody.pw_gid)


def _copies() -> Path:
    _COPIES.mkdir(mode=0o711, parents=True, exist_ok=True)
    return _COPIES


def _sweep(copies: Path) -> None:
    """Remove the data of stand-ins whose folder is gone."""
    for origin in copies.glob(f"data-*/{_ORIGIN}"):
        if not Path(origin.read_text()).exists():
            shutil.rmtree(origin.parent, ignore_errors=True)


@cache
def runner() -> Runner:
    """Find the way that works here; raises FailedError where root has none."""
    if os.geteuid() != 0:
        return Runner()
    if _works(_NAMESPACE):
        return Runner(_NAMESPACE)
    group = str(pwd.getpwnam("nobody").pw_gid)
    prefix = tuple(word.format(group=group) for word in _STEP_DOWN)
    if _works(prefix):
        return Runner(prefix, as_nobody=True)
    raise FailedError("datastores.root")


def _works(prefix: tuple[str, ...]) -> bool:
    try:
        return subprocess.run([*prefix, "true"], capture_output=True, timeout=10, check=False).returncode == 0
    except OSError:
        return False
