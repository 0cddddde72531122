"""GitHub as the stand-in knows it: repositories mapped to local git folders, read by git and never changed."""

from __future__ import annotations

import asyncio
import subprocess
import tarfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from wizard.clock import Clock
from wizard.standin.settings import Repository

_COMMIT = ("--no-patch", "--format=%H%x00%an%x00%B", "--end-of-options")
"""Hash, author and message, and no revision can pass for an option."""


class UnknownCommitError(Exception):
    """The repository has no such commit or branch."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit."""

    sha: str
    message: str
    author: str


class Repositories:
    """Branches, commits and trees of the mapped repositories."""

    def __init__(self, mapped: dict[str, Repository], clock: Clock) -> None:
        self._mapped = mapped
        self._clock = clock

    def names(self) -> list[str]:
        """Return the repositories Railway's GitHub App sees."""
        return [name for name, repository in self._mapped.items() if repository.app_installed]

    def get(self, name: str) -> Repository | None:
        """Return a repository by `owner/name`; GitHub ignores case."""
        return next((one for known, one in self._mapped.items() if known.lower() == name.lower()), None)

    async def branches(self, name: str) -> list[str]:
        """Return the branches' names."""
        return (await self._git(name, "for-each-ref", "--format=%(refname:short)", "refs/heads")).split()

    async def default_branch(self, name: str) -> str:
        """Return the branch the folder's HEAD names."""
        return (await self._git(name, "symbolic-ref", "--short", "HEAD")).strip()

    async def commit(self, name: str, revision: str) -> Commit:
        """Return the commit a branch or a full hash names; raises UnknownCommitError."""
        text = await self._git(name, "show", *_COMMIT, f"{revision}^{{commit}}", "--")
        sha, author, message = text.split("\0", 2)
        return Commit(sha, message.strip(), author)

    async def changed_paths(self, name: str, before: str, after: str) -> list[str]:
        """Return the paths that differ between two commits."""
        return (await self._git(name, "diff", "--name-only", "-z", before, after, "--")).split("\0")[:-1]

    async def export(self, name: str, sha: str, folder: Path) -> None:
        """Unpack the tree of a commit into a folder."""
        archive = await self._run(name, "archive", "--format=tar", sha)
        await asyncio.to_thread(_unpack, archive, folder)

    async def _git(self, name: str, *arguments: str) -> str:
        return (await self._run(name, *arguments)).decode(errors="replace")

    async def _run(self, name: str, *arguments: str) -> bytes:
        repository = self.get(name)
        if repository is None:
            raise UnknownCommitError(name)
        with self._clock.busy():
            done = await asyncio.to_thread(
                subprocess.run,
                ["git", "-C", str(repository.path), *arguments],
                capture_output=True,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        if done.returncode:
            raise UnknownCommitError(name)
        return done.stdout


def _unpack(archive: bytes, folder: Path) -> None:
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
