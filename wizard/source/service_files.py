"""Which files belong to a service: its Dockerfile, its Procfile, its example files; and its name."""

from __future__ import annotations

from collections.abc import Iterable

from wizard.source.dotenv import EnvEntry, is_env_example, read_env
from wizard.source.image import Image, read_image
from wizard.source.location import SourceLocation, Unreadable
from wizard.source.tree import Tree, join

SKIPPED_FOLDERS = frozenset(
    {
        "node_modules",
        ".venv",
        "venv",
        "site-packages",
        ".git",
        ".next",
        "dist",
        "build",
        "tests",
        "test",
        "docs",
        ".github",
    }
)
"""Folders no service is looked for in."""
_LONGEST_NAME = 32
_RESERVED = frozenset({"postgres", "redis", "shared"})
_DEVELOPMENT = ("dev", "test", "local", "ci", "debug")


def is_searched(path: str) -> bool:
    """Tell whether services are looked for at a path."""
    return SKIPPED_FOLDERS.isdisjoint(path.split("/")[:-1])


def folders_with(tree: Tree, names: Iterable[str]) -> list[str]:
    """Return the folders that hold one of the files, the deepest first; the root is `.`."""
    found = {path.rpartition("/")[0] or "." for path in tree.named(*names) if is_searched(path)}
    return sorted(found, key=lambda folder: (-_depth(folder), folder))


def _depth(folder: str) -> int:
    return 0 if folder == "." else folder.count("/") + 1


def contains(folder: str, path: str) -> bool:
    """Tell whether a path lies in a folder."""
    return folder in (".", path) or path.startswith(f"{folder}/")


def service_name(folder: str, fallback: str, taken: Iterable[str]) -> str:
    """Return a name for a service that the plan takes: its folder's, made unique."""
    letters = [letter if letter.isascii() and letter.isalnum() else "-" for letter in folder.rpartition("/")[2].lower()]
    plain = "-".join(part for part in "".join(letters).split("-") if part)[: _LONGEST_NAME - 3].strip("-")
    if folder == "." or not plain:
        plain = fallback
    if not plain[0].isalpha() or plain in _RESERVED:
        plain = f"{fallback}-{plain}"[: _LONGEST_NAME - 3]
    used = set(taken)
    return next(name for name in (plain, *(f"{plain}-{number}" for number in range(2, 99))) if name not in used)


def find_image(tree: Tree, root: str, *, alone: bool) -> Image | Unreadable | None:
    """Return what the service's Dockerfile says; None where it has none.

    Args:
        tree: the files.
        root: the service's folder.
        alone: whether it is the only service, so that a Dockerfile at the top must be its.
    """
    own = [path for path in tree.below(root) if _is_dockerfile(path) and (path.rpartition("/")[0] or ".") == root]
    if own:
        return read_image(tree, min(own, key=_rank), root)
    for path in sorted(filter(_is_dockerfile, tree.paths), key=_rank):
        if not is_searched(path):
            continue
        image = read_image(tree, path, root)
        if isinstance(image, Image) and (_copies_from(image, root) or (alone and contains(root, path))):
            return image
    return None


def _is_dockerfile(path: str) -> bool:
    name = path.rpartition("/")[2]
    stem, _, suffix = name.rpartition(".")
    return name == "Dockerfile" or name.startswith("Dockerfile.") or (suffix == "Dockerfile" and bool(stem))


def _rank(path: str) -> tuple[bool, bool, int, str]:
    name = path.rpartition("/")[2].lower()
    is_development = any(part in _DEVELOPMENT for part in name.split("."))
    return is_development or name.endswith(".dockerignore"), name != "dockerfile", path.count("/"), path


def _copies_from(image: Image, root: str) -> bool:
    if root == "." or image.missing:
        return False
    sources = (join(image.context, copy.source.lstrip("/")) for copy in image.copies)
    return any(source == root or source.startswith(f"{root}/") for source in sources)


def read_examples(tree: Tree, root: str) -> tuple[EnvEntry, ...]:
    """Return the entries of a service's example files, then those of the folders above it."""
    folders = [root]
    while folders[-1] != ".":
        folders.append(folders[-1].rpartition("/")[0] or ".")
    entries: list[EnvEntry] = []
    for folder in folders:
        here = (path for path in tree.below(folder) if (path.rpartition("/")[0] or ".") == folder)
        for path in filter(is_env_example, here):
            read = read_env(tree, path)
            entries += [] if isinstance(read, Unreadable) else read
    return tuple(entries)


def procfile_web(tree: Tree, root: str) -> tuple[str, SourceLocation] | None:
    """Return the command of a Procfile's `web` process."""
    path = join(root, "Procfile")
    text = tree.text(path) if path in tree else ""
    for number, line in enumerate(text.split("\n") if isinstance(text, str) else [], start=1):
        kind, _, command = line.partition(":")
        if kind.strip() == "web" and command.strip():
            return command.strip(), SourceLocation(path, number)
    return None
