"""Which revision of a service's code there is: subtree ids of a commit, or a digest of the files of an upload.

Only a service's root and its watch patterns count, so a change elsewhere leaves the service current.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from pathspec import GitIgnoreSpec

from wizard.source.git import GitRepository
from wizard.source.ignore import upload_files
from wizard.source.tree import content_digest


def commit_digest(repository: GitRepository, commit: str, root: str, watch: Sequence[str] = ()) -> str | None:
    """Return the identity of a service's files in a commit; None where the root is not in it.

    Args:
        repository: the work tree that holds the commit.
        commit: any commit the repository has.
        root: the service's build context, relative to the top of the repository; empty for all of it.
        watch: gitignore-style patterns from the top of the repository, as the platform reads them.
    """
    tree_id = repository.tree_id(commit, "" if root == "." else root)
    if tree_id is None or not watch:
        return tree_id
    watched = _watched((entry.path for entry in repository.list_commit(commit)), watch)
    ids = [f"{path}:{repository.tree_id(commit, path)}" for path in watched]
    return sha256("\n".join([tree_id, *ids]).encode("utf-8", "surrogateescape")).hexdigest()


def upload_digest(upload: Path, root: str, watch: Sequence[str] = ()) -> str:
    """Return the identity of a service's files in an upload, as they lie on disk now.

    Args:
        upload: the archive's root.
        root: the service's build context inside it.
        watch: gitignore-style patterns from the archive's root.
    """
    return content_digest(upload, service_files(upload_files(upload).files, root, watch))


def service_files(paths: Iterable[str], root: str, watch: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the files a service is built from: those of its root, and those its watch patterns match."""
    every = tuple(paths)
    prefix = "" if root in ("", ".") else f"{root}/"
    own = {path for path in every if path.startswith(prefix)}
    return tuple(sorted(own | set(_watched(every, watch))))


def _watched(paths: Iterable[str], watch: Sequence[str]) -> list[str]:
    return sorted(GitIgnoreSpec.from_lines(watch).match_files(paths)) if watch else []
