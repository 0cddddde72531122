"""Which files leave the machine: ignore files as git and Railway's upload read them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pathspec import GitIgnoreSpec

from wizard.source.git import GitRepository

ALWAYS_SKIPPED = frozenset({".git", "node_modules"})
"""Path components no upload carries, whatever the ignore files say."""

_KINDS_IN_GIT = (".railwayignore", ".ignore", ".gitignore")
_KINDS_OUTSIDE = (".railwayignore", ".ignore")
"""Strongest first; outside a work tree the upload does not read .gitignore."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """One ignore file: patterns that speak about paths below a folder."""

    base: str
    spec: GitIgnoreSpec

    def verdict(self, path: str, *, is_directory: bool) -> bool | None:
        """Return True for ignored, False for re-included, None when no pattern says anything."""
        relative = path[len(self.base) :].lstrip("/")
        return self.spec.check_file(f"{relative}/" if is_directory else relative).include


@dataclass(frozen=True, slots=True)
class IgnoreStack:
    """The ignore files that hold in one folder, by kind, the nearest last.

    Attributes:
        kinds: strongest kind first; a verdict of a stronger kind overrules every weaker one.
    """

    kinds: tuple[tuple[str, tuple[_Rules, ...]], ...]

    def ignores(self, path: str, *, is_directory: bool) -> bool:
        """Tell whether a path of this folder is ignored; the caller has already entered its parents."""
        for _, rules in self.kinds:
            verdicts = (one.verdict(path, is_directory=is_directory) for one in reversed(rules))
            verdict = next((value for value in verdicts if value is not None), None)
            if verdict is not None:
                return verdict
        return False

    def entering(self, folder: Path, base: str) -> IgnoreStack:
        """Return the stack that holds inside a sub-folder, with its own ignore files added."""
        return IgnoreStack(tuple((name, _with_file(rules, folder / name, base)) for name, rules in self.kinds))


def _with_file(rules: tuple[_Rules, ...], path: Path, base: str) -> tuple[_Rules, ...]:
    lines = _lines(path)
    return (*rules, _Rules(base, GitIgnoreSpec.from_lines(lines))) if lines else rules


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
    except OSError:
        return []


@dataclass(frozen=True, slots=True)
class Listing:
    """What a walk found, sorted, `/`-separated and relative to its root.

    Attributes:
        skipped: paths that could not be entered: unreadable, or a link into one of its own parents.
    """

    files: tuple[str, ...]
    directories: tuple[str, ...]
    skipped: tuple[str, ...]


def upload_files(root: Path) -> Listing:
    """List what Railway's uploader would put into the archive of a folder.

    Hidden files are carried, links are followed, `.git` and `node_modules` never go. Ignore files hold as in
    the `ignore` crate the Railway CLI uses: .railwayignore over .ignore over .gitignore over git's private and
    global excludes; those of parent folders count, .gitignore only inside a work tree.
    """
    repository = GitRepository.containing(root)
    return walk(root, _upload_stack(root, repository))


def _upload_stack(root: Path, repository: GitRepository | None) -> IgnoreStack:
    names = _KINDS_IN_GIT if repository else _KINDS_OUTSIDE
    top = repository.top if repository else root
    stack = IgnoreStack(tuple((name, ()) for name in names))
    prefix = root.resolve().relative_to(top.resolve()) if repository else PurePosixPath()
    parents = [PurePosixPath(*prefix.parts[:depth]) for depth in range(len(prefix.parts))]
    for parent in parents:
        stack = _entering_parent(stack, top, parent, prefix)
    return IgnoreStack(stack.kinds + _private_kinds(repository))


def _entering_parent(stack: IgnoreStack, top: Path, parent: PurePosixPath, prefix: object) -> IgnoreStack:
    """Patterns of a parent folder speak about `<steps down>/path`; a negative base makes them do so."""
    below = PurePosixPath(str(prefix)).relative_to(parent).as_posix()
    return IgnoreStack(
        tuple((name, _with_parent_file(rules, top / parent / name, below)) for name, rules in stack.kinds)
    )


def _with_parent_file(rules: tuple[_Rules, ...], path: Path, below: str) -> tuple[_Rules, ...]:
    lines = _lines(path)
    return (*rules, _ParentRules("", GitIgnoreSpec.from_lines(lines), below)) if lines else rules


@dataclass(frozen=True, slots=True)
class _ParentRules(_Rules):
    """The ignore file of a folder above the walk's root."""

    below: str = ""

    def verdict(self, path: str, *, is_directory: bool) -> bool | None:
        """Judge the path as it is seen from the parent folder."""
        whole = f"{self.below}/{path}"
        return self.spec.check_file(f"{whole}/" if is_directory else whole).include


def _private_kinds(repository: GitRepository | None) -> tuple[tuple[str, tuple[_Rules, ...]], ...]:
    if repository is None:
        return ()
    paths = (repository.info_exclude(), repository.excludes_file())
    return tuple((f"/{path.name}", _with_file((), path, "")) for path in paths if path)


def walk(root: Path, stack: IgnoreStack) -> Listing:
    """List a folder under ignore rules, following links, entering no folder inside itself."""
    files: list[str] = []
    directories: list[str] = []
    skipped: list[str] = []
    pending = [(root, "", stack.entering(root, ""), frozenset({os.path.realpath(root)}))]
    while pending:
        folder, base, rules, entered = pending.pop()
        for entry in _scan(folder, base, skipped):
            path = f"{base}/{entry.name}" if base else entry.name
            is_directory = _is_directory(entry)
            if entry.name in ALWAYS_SKIPPED or rules.ignores(path, is_directory=is_directory):
                continue
            if not is_directory:
                (files if _is_file(entry) else skipped).append(path)
            elif (real := os.path.realpath(entry.path)) in entered:
                skipped.append(path)
            else:
                directories.append(path)
                inner = Path(entry.path)
                pending.append((inner, path, rules.entering(inner, path), entered | {real}))
    return Listing(tuple(sorted(files)), tuple(sorted(directories)), tuple(sorted(skipped)))


def _scan(folder: Path, base: str, skipped: list[str]) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from list(entries)
    except OSError:
        skipped.append(base or ".")


def _is_directory(entry: os.DirEntry[str]) -> bool:
    return _answers(entry.is_dir)


def _is_file(entry: os.DirEntry[str]) -> bool:
    return _answers(entry.is_file)


def _answers(question: Callable[[], bool]) -> bool:
    """A link that loops answers with an error: neither file nor folder."""
    try:
        return question()
    except OSError:
        return False


def source_walk(root: Path) -> Listing:
    """List a folder without git: .gitignore still says what is not source."""
    return walk(root, IgnoreStack(tuple((name, ()) for name in _KINDS_IN_GIT)))
