"""Which pages the code of a frontend has, by where its files lie: the conventions of Next.js's two routers."""

from __future__ import annotations

from pathlib import PurePosixPath

from wizard.source.tree import Tree

_SUFFIXES = (".tsx", ".jsx", ".ts", ".js", ".mdx")
_TOPS = (("app",), ("src", "app"), ("pages",), ("src", "pages"))
_PAGE = "page"


def read_page_paths(tree: Tree, root: str) -> tuple[str, ...]:
    """Return the paths of pages that take no parameter, sorted; () for a frontend of another kind."""
    base = PurePosixPath(root)
    found = (_path(PurePosixPath(file).relative_to(base)) for file in tree.below(root, *_SUFFIXES))
    return tuple(sorted({path for path in found if path is not None}))


def _path(file: PurePosixPath) -> str | None:
    top = next((top for top in _TOPS if file.parts[: len(top)] == top), None)
    if top is None:
        return None
    folders, name = file.parts[len(top) : -1], file.stem
    return _of_app(folders, name) if top[-1] == "app" else _of_pages(folders, name)


def _of_app(folders: tuple[str, ...], name: str) -> str | None:
    """A group `(name)` is no part of the path; a slot `@name`, an interception or a parameter makes no plain page."""
    shown = [folder for folder in folders if not (folder.startswith("(") and folder.endswith(")"))]
    plain = name == _PAGE and not any(folder.startswith(("@", "_", "[", "(")) for folder in shown)
    return "/" + "/".join(shown) if plain else None


def _of_pages(folders: tuple[str, ...], name: str) -> str | None:
    parts = [*folders, *([] if name == "index" else [name])]
    special = folders[:1] == ("api",) or any(part.startswith(("_", "[")) for part in parts)
    return None if special or name in ("404", "500") else "/" + "/".join(parts)
