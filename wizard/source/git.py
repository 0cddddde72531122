"""What git knows of the operator's repository; every call starts one git process and takes milliseconds.

Functions block: an event loop calls them in a thread. The environment is cleaned so that git neither asks
questions, nor takes locks, nor answers for another repository than the given folder's.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from wizard.errors import FailedError

_TIMEOUT_S = 60
_CLEAN = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat", "LC_ALL": "C"}
_NO_WORK_TREE = ("not a git repository", "must be run in a work tree")
"""How git says that a `.git` it found is none."""
_GITHUB_HOSTS = frozenset({"github.com", "www.github.com", "ssh.github.com"})


@dataclass(frozen=True, slots=True)
class RemoteRepository:
    """A GitHub repository a remote points to."""

    remote: str
    owner: str
    name: str

    @property
    def full_name(self) -> str:
        """`owner/name`, as the platform asks for it."""
        return f"{self.owner}/{self.name}"


@dataclass(frozen=True, slots=True)
class GitRepository:
    """A work tree found upwards from a folder.

    Attributes:
        top: absolute path of the work tree.
    """

    top: Path

    @classmethod
    def containing(cls, folder: Path) -> GitRepository | None:
        """Return the work tree the folder lies in; None outside any.

        Raises:
            FailedError: there is one, and git is missing or will not touch it: what it ignores would be deployed.
        """
        try:
            top = _output(folder, "rev-parse", "--show-toplevel")
        except FailedError as error:
            has_one = any(os.path.lexists(place / ".git") for place in (folder.absolute(), *folder.absolute().parents))
            if has_one and not any(words in str(error.params["detail"]) for words in _NO_WORK_TREE):
                raise
            return None
        return cls(Path(top))

    def prefix(self, folder: Path) -> str:
        """Return the folder's path inside the work tree, `/`-separated, empty for the top itself."""
        relative = folder.resolve().relative_to(self.top.resolve()).as_posix()
        return "" if relative == "." else relative

    def head(self) -> str | None:
        """Return the commit checked out, None before the first commit."""
        return self.commit("HEAD")

    def commit(self, revision: str) -> str | None:
        """Return the full id a revision names, None where there is no such commit."""
        return _optional(self.top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")

    def branch(self) -> str | None:
        """Return the branch checked out, None when HEAD is detached."""
        return _optional(self.top, "symbolic-ref", "--quiet", "--short", "HEAD")

    def remote(self) -> RemoteRepository | None:
        """Return the GitHub repository of the branch's remote, else of `origin`, else of the first that has one."""
        names = (_optional(self.top, "remote") or "").splitlines()
        ordered = sorted(names, key=lambda name: (name != self._tracked_remote(), name != "origin"))
        found = (self._github(name) for name in ordered)
        return next((remote for remote in found if remote), None)

    def _tracked_remote(self) -> str | None:
        branch = self.branch()
        return _optional(self.top, "config", f"branch.{branch}.remote") if branch else None

    def _github(self, remote: str) -> RemoteRepository | None:
        url = _optional(self.top, "remote", "get-url", remote)
        parts = github_name(url) if url else None
        return RemoteRepository(remote, *parts) if parts else None

    def dirty(self, prefixes: Iterable[str] = ()) -> tuple[str, ...]:
        """Return changed, staged and untracked files below the prefixes (relative to the top), all files for none."""
        listed = _output(
            self.top, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--", *_literal_paths(prefixes)
        )
        return tuple(sorted(_changed_paths(listed)))

    def is_pushed(self, commit: str, branch: str, remote: str = "origin") -> bool:
        """Tell whether the remote branch, as last fetched or pushed, holds the commit."""
        tracking = f"refs/remotes/{remote}/{branch}"
        return _succeeds(self.top, "merge-base", "--is-ancestor", commit, tracking)

    def tree_id(self, commit: str, path: str) -> str | None:
        """Return the object id of a file or folder in a commit, None where it is absent; empty path is the top."""
        return _optional(self.top, "rev-parse", "--verify", "--quiet", f"{commit}:{path}")

    def list_commit(self, commit: str, path: str = "") -> tuple[CommitEntry, ...]:
        """Return every blob of a commit below a folder, paths relative to that folder."""
        listed = _output(self.top, "ls-tree", "-r", "-z", "-l", "--full-tree", f"{commit}:{path}")
        entries = (_commit_entry(record) for record in listed.split("\0") if record)
        return tuple(entry for entry in entries if entry)

    def list_worktree(self, folder: Path) -> tuple[str, ...]:
        """Return tracked and untracked-but-not-ignored files below a folder, relative to it."""
        listed = _output(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
        return tuple(path for path in listed.split("\0") if path)

    def read_blobs(self, object_ids: Iterable[str]) -> dict[str, bytes]:
        """Return the contents of blobs by object id, in one git process."""
        wanted = list(dict.fromkeys(object_ids))
        if not wanted:
            return {}
        answer = _run(self.top, "cat-file", "--batch", stdin="\n".join(wanted).encode() + b"\n")
        return _batch_contents(answer)

    def excludes_file(self) -> Path | None:
        """Return the global ignore file, None where there is none."""
        named = _optional(self.top, "config", "--type=path", "core.excludesFile")
        home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        path = Path(named) if named else home / "git" / "ignore"
        return path if path.is_file() else None

    def info_exclude(self) -> Path | None:
        """Return the repository's private ignore file, None where there is none."""
        named = _optional(self.top, "rev-parse", "--git-path", "info/exclude")
        path = self.top / named if named else None
        return path if path and path.is_file() else None


@dataclass(frozen=True, slots=True)
class CommitEntry:
    """A blob of a commit: a file, or a symbolic link whose content is its target."""

    path: str
    object_id: str
    size: int
    is_link: bool


def github_name(url: str) -> tuple[str, str] | None:
    """Return owner and name of a GitHub remote in any of its URL forms, None for every other host."""
    host, path = _scp_form(url) or _url_form(url)
    parts = path.strip("/").removesuffix(".git").split("/")
    is_github = host.lower() in _GITHUB_HOSTS and len(parts) == 2 and all(parts)  # noqa: PLR2004 - owner/name
    return (parts[0], parts[1]) if is_github else None


def _url_form(url: str) -> tuple[str, str]:
    try:
        split = urlsplit(url)
    except ValueError:
        return "", ""
    return split.hostname or "", split.path


def _scp_form(url: str) -> tuple[str, str] | None:
    if "://" in url or ":" not in url:
        return None
    address, _, path = url.partition(":")
    return address.rpartition("@")[2], path


def _literal_paths(prefixes: Iterable[str]) -> list[str]:
    """A path named like a pattern means itself."""
    return [f":(literal,top){prefix}" if prefix not in ("", ".") else ":(top)" for prefix in prefixes]


def _changed_paths(listed: str) -> set[str]:
    records = iter(listed.split("\0"))
    changed: set[str] = set()
    for record in records:
        if not record:
            continue
        changed.add(record[3:])
        if "R" in record[:2] or "C" in record[:2]:
            changed.add(next(records))
    return changed


def _commit_entry(record: str) -> CommitEntry | None:
    meta, _, path = record.partition("\t")
    mode, kind, object_id, size = meta.split()
    return CommitEntry(path, object_id, int(size), is_link=mode == "120000") if kind == "blob" else None


def _batch_contents(answer: bytes) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    position = 0
    while position < len(answer):
        end = answer.index(b"\n", position)
        object_id, kind, *size = answer[position:end].decode().split()
        position = end + 1
        if kind == "missing":
            continue
        length = int(size[0])
        contents[object_id] = answer[position : position + length]
        position += length + 1
    return contents


def _output(folder: Path, *arguments: str) -> str:
    return _run(folder, *arguments).decode("utf-8", "surrogateescape").rstrip("\n")


def _optional(folder: Path, *arguments: str) -> str | None:
    try:
        return _output(folder, *arguments) or None
    except FailedError:
        return None


def _succeeds(folder: Path, *arguments: str) -> bool:
    try:
        _run(folder, *arguments)
    except FailedError:
        return False
    return True


def _run(folder: Path, *arguments: str, stdin: bytes | None = None) -> bytes:
    command = ["git", "-c", "core.quotepath=off", "-C", str(folder), *arguments]
    failed = partial(FailedError, "source.git-failed", command=" ".join(arguments[:2]), folder=str(folder))
    try:
        done = subprocess.run(
            command,
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            check=False,
            timeout=_TIMEOUT_S,
            env=_environment(),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise failed(detail=str(error)) from error
    if done.returncode:
        raise failed(detail=done.stderr.decode(errors="replace").strip())
    return done.stdout


def _environment() -> dict[str, str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return inherited | _CLEAN
