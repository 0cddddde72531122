"""What the flags of COPY and ADD change: which files, and where they go."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import replace

from wizard.source.dockerfile import ContextIgnore
from wizard.standin.builder.steps import CopyFiles


def without(action: CopyFiles, patterns: Iterable[str]) -> CopyFiles:
    """Return the copy without what `--exclude` names: patterns of `.dockerignore`, relative to each source folder."""
    rows = tuple(patterns)
    if not rows:
        return action
    ignore = ContextIgnore("\n".join(rows))

    def kept(path: str) -> bool:
        return not any(ignore.ignores(inner) for inner in _inside(path, action.sources))

    return replace(
        action, files=tuple(filter(kept, action.files)), folders=tuple(path for path in action.folders if kept(path))
    )


def _inside(path: str, sources: Iterable[str]) -> list[str]:
    """Return the path relative to each source that holds it; a source that is the file itself by its name."""
    found = []
    for source in sources:
        if path == source:
            found.append(posixpath.basename(path))
        elif not source or path.startswith(f"{source}/"):
            found.append(path.removeprefix(f"{source}/") if source else path)
    return [inner for inner in found if inner]


def with_parents(action: CopyFiles, named: Iterable[str]) -> list[CopyFiles]:
    """Return one copy a source with `--parents`: its folders are kept, from a `/./` on where the source has one."""
    pivots = [posixpath.normpath("/" + name.partition("/./")[0]).strip("/") for name in named if "/./" in name]
    copies = []
    for source in action.sources:
        pivot = max((item for item in pivots if item and source.startswith(f"{item}/")), key=len, default="")
        inner = source.removeprefix(f"{pivot}/") if pivot else source
        files = tuple(file for file in action.files if file == source or file.startswith(f"{source}/"))
        folders = tuple(folder for folder in action.folders if folder == source or folder.startswith(f"{source}/"))
        target = posixpath.join(action.target, inner)
        copies.append(replace(action, sources=(source,), target=target, into=False, files=files, folders=folders))
    return copies
