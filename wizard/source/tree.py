"""Snapshots of the operator's files: a commit's or the working tree's, listed at once, read when asked.

Paths are `/`-separated and relative to the project root, which is the folder of the plan file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Protocol

from wizard.errors import UsageError
from wizard.messages import message
from wizard.source.git import CommitEntry, GitRepository
from wizard.source.ignore import source_walk, upload_files
from wizard.source.location import Unreadable

LARGEST_TEXT = 2_000_000
"""Bytes; a larger file is data or generated, and reading it would cost the whole time budget."""
_LINK_HOPS = 8


class Origin(StrEnum):
    """Where the files of a snapshot come from."""

    COMMIT = "commit"
    WORKING_TREE = "working-tree"
    FOLDER = "folder"
    """The working tree of a project that is not under git."""
    UPLOAD = "upload"
    """What an upload of the folder would carry."""


class _Store(Protocol):
    """Reads the files of one snapshot."""

    def read(self, path: str) -> bytes | Unreadable: ...

    def preload(self, paths: Iterable[str]) -> None: ...


class Tree:
    """The files of one snapshot.

    Attributes:
        root: the project root on this machine.
        origin: whether the files are a commit's, the working tree's, or those of a folder without git.
        commit: full commit id, None unless the origin is a commit.
        paths: every file, sorted.
    """

    def __init__(self, root: Path, origin: Origin, commit: str | None, paths: Iterable[str], store: _Store) -> None:
        self.root = root
        self.origin = origin
        self.commit = commit
        self.paths = tuple(sorted(paths))
        self._known = frozenset(self.paths)
        self._store = store
        self._texts: dict[str, str | Unreadable] = {}

    def __contains__(self, path: str) -> bool:
        return path in self._known

    def is_directory(self, path: str) -> bool:
        """Tell whether any file lies below the path; the empty path is the root."""
        prefix = f"{path}/" if path not in ("", ".") else ""
        return any(known.startswith(prefix) for known in self.paths)

    def below(self, folder: str, *suffixes: str) -> tuple[str, ...]:
        """Return the files below a folder (`""` or `.` for all) that end in one of the suffixes, if any is given."""
        prefix = "" if folder in ("", ".") else f"{folder}/"
        return tuple(p for p in self.paths if p.startswith(prefix) and (not suffixes or p.endswith(suffixes)))

    def named(self, *names: str) -> tuple[str, ...]:
        """Return the files with one of these base names."""
        return tuple(path for path in self.paths if path.rpartition("/")[2] in names)

    def preload(self, paths: Iterable[str]) -> None:
        """Fetch many files in one go; a commit's are otherwise one git process each."""
        self._store.preload(paths)

    def read_bytes(self, path: str) -> bytes | Unreadable:
        """Return a file's content, or why it cannot be read; nothing is raised."""
        if path not in self._known:
            return Unreadable(path, message("source.absent", path=path))
        return self._store.read(path)

    def text(self, path: str) -> str | Unreadable:
        """Return a file as text, or why it is none: too large, binary, not UTF-8, unreadable."""
        if path not in self._texts:
            self._texts[path] = self._decode(path)
        return self._texts[path]

    def _decode(self, path: str) -> str | Unreadable:
        content = self.read_bytes(path)
        if isinstance(content, Unreadable):
            return content
        if b"\0" in content[:8192]:
            return Unreadable(path, message("source.binary", path=path))
        try:
            return content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            return Unreadable(path, message("source.not-utf8", path=path, offset=error.start))


def join(*parts: str) -> str:
    """Join and normalise `/`-separated paths; the root itself is `.`, a path above it starts with `..`."""
    return normpath(str(PurePosixPath(*(part for part in parts if part))))


def working_tree(root: Path) -> Tree:
    """Snapshot tracked and untracked-but-not-ignored files; without git, the folder's own ignore files decide.

    Raises:
        UsageError: the root is no folder.
    """
    _require_folder(root)
    repository = GitRepository.containing(root)
    if repository is None:
        return Tree(root, Origin.FOLDER, None, source_walk(root).files, _DiskStore(root))
    paths = [path for path in repository.list_worktree(root) if os.path.lexists(root / path)]
    files = [path for path in paths if not (root / path).is_dir()]
    return Tree(root, Origin.WORKING_TREE, None, files, _DiskStore(root))


def commit_tree(root: Path, revision: str = "HEAD") -> Tree:
    """Snapshot a commit's files below the root.

    Raises:
        UsageError: no git here, or no such commit.
    """
    _require_folder(root)
    repository = GitRepository.containing(root)
    if repository is None:
        raise UsageError("source.no-git", folder=str(root))
    commit = repository.commit(revision)
    if commit is None:
        raise UsageError("source.no-commit", revision=revision, folder=str(root))
    entries = repository.list_commit(commit, repository.prefix(root))
    store = _CommitStore(repository, entries)
    return Tree(root, Origin.COMMIT, commit, store.entries, store)


def upload_tree(root: Path) -> Tree:
    """Snapshot what an upload of the folder would carry, ignore rules applied.

    Raises:
        UsageError: the root is no folder.
    """
    _require_folder(root)
    return Tree(root, Origin.UPLOAD, None, upload_files(root).files, _DiskStore(root))


def content_digest(root: Path, paths: Iterable[str]) -> str:
    """Return one SHA-256 over names, contents and executability of files: the revision of an upload."""
    whole = sha256()
    for path in sorted(set(paths)):
        name = path.encode("utf-8", "surrogateescape")
        whole.update(b"%d:%s\0" % (len(name), name))
        whole.update(_file_digest(root / path))
    return whole.hexdigest()


def _file_digest(path: Path) -> bytes:
    try:
        executable = b"x" if path.stat().st_mode & 0o100 else b"-"
        return executable + sha256(path.read_bytes()).digest()
    except OSError:
        return b"?"


def _require_folder(root: Path) -> None:
    try:
        os.listdir(root)  # noqa: PTH208 - proves that it can be listed
    except OSError as error:
        raise UsageError("source.no-folder", folder=str(root), detail=error.strerror or str(error)) from error


@dataclass(frozen=True, slots=True)
class _DiskStore:
    root: Path

    def preload(self, paths: Iterable[str]) -> None:
        """Nothing to gain on disk."""

    def read(self, path: str) -> bytes | Unreadable:
        whole = self.root / path
        unreadable = partial(message, path=path)
        try:
            if not whole.resolve().is_relative_to(self.root.resolve()):
                return Unreadable(path, unreadable("source.link-outside"))
            if not whole.is_file():
                return Unreadable(path, unreadable("source.no-file"))
            if (size := whole.stat().st_size) > LARGEST_TEXT:
                return Unreadable(path, unreadable("source.too-large", size=size))
            return whole.read_bytes()
        except (OSError, RuntimeError) as error:
            return Unreadable(path, unreadable("source.unreadable", detail=str(error)))


class _CommitStore:
    """Blobs of a commit; contents are fetched once and kept."""

    def __init__(self, repository: GitRepository, entries: Iterable[CommitEntry]) -> None:
        self.entries = {entry.path: entry for entry in entries}
        self._repository = repository
        self._contents: dict[str, bytes] = {}

    def preload(self, paths: Iterable[str]) -> None:
        known = (self.entries[path] for path in paths if path in self.entries)
        wanted = [one.object_id for one in known if one.size <= LARGEST_TEXT and one.object_id not in self._contents]
        self._contents |= self._repository.read_blobs(wanted)

    def read(self, path: str) -> bytes | Unreadable:
        entry = self._followed(path)
        if entry is None:
            return Unreadable(path, message("source.link-outside", path=path))
        if entry.size > LARGEST_TEXT:
            return Unreadable(path, message("source.too-large", path=path, size=entry.size))
        return self._content(entry)

    def _content(self, entry: CommitEntry) -> bytes:
        if entry.object_id not in self._contents:
            self._contents |= self._repository.read_blobs([entry.object_id])
        return self._contents[entry.object_id]

    def _followed(self, path: str) -> CommitEntry | None:
        entry = self.entries.get(path)
        for _ in range(_LINK_HOPS):
            if entry is None or not entry.is_link:
                return entry
            target = self._content(entry).decode("utf-8", "replace")
            entry = self.entries.get(normpath(str(PurePosixPath(entry.path).parent / target)))
        return None
