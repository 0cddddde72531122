"""What a build does to files without a command, within the image's own root: COPY, ADD, WORKDIR."""

from __future__ import annotations

import os
import shutil
import tarfile
from pathlib import Path
from typing import Any

from wizard.standin.sandbox.inside.users import Owner, owner_of


class FilesError(Exception):
    """A step that cannot be done; the message is the builder's."""


def carry_out(step: dict[str, Any], *, owners: bool) -> None:
    """Do one step; `owners` says whether ids other than root's exist here."""
    owner = owner_of(step.get("owner", "")) if owners and step.get("owner") else None
    match step["do"]:
        case "folder":
            _folder(Path(step["path"]), owner)
        case "write":
            _write(step, owner)
        case "remove":
            for path in step["paths"]:
                _remove(Path(path))
        case _:
            _copy(step, owner)


def _folder(path: Path, owner: Owner | None) -> None:
    """Make a folder and those above it; new ones get the owner."""
    missing = []
    while not path.exists():
        missing.append(path)
        path = path.parent
    for one in reversed(missing):
        one.mkdir()
        _give(one, owner)


def _give(path: Path, owner: Owner | None) -> None:
    if owner:
        os.chown(path, owner.user, owner.group, follow_symlinks=False)


def _write(step: dict[str, Any], owner: Owner | None) -> None:
    path = Path(step["path"])
    _folder(path.parent, owner)
    path.unlink(missing_ok=True)
    path.write_text(step["content"])
    path.chmod(step["mode"] or 0o644)
    _give(path, owner)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _copy(step: dict[str, Any], owner: Owner | None) -> None:
    origin, target = Path(step["origin"]), Path(step["target"])
    for source in step["sources"]:
        for here in _expand(origin, source, stage=step["stage"]):
            if here.is_dir() and not here.is_symlink():
                _folder(target, owner)
                _copy_folder(here, origin, target, step, owner)
            elif step["unpack"] and tarfile.is_tarfile(here):
                _folder(target, owner)
                with tarfile.open(here) as archive:
                    archive.extractall(target, filter="tar")
            else:
                _place(here, target / here.name if step["into"] or target.is_dir() else target, step, owner)


def _expand(origin: Path, source: str, *, stage: bool) -> list[Path]:
    """Return what a source means; patterns of the context are resolved already."""
    if stage and set(source) & set("*?["):
        return sorted((origin / source).parent.glob((origin / source).name))
    here = _within(origin, source) if stage else origin / source
    if stage and not os.path.lexists(here):
        raise FilesError(f'failed to solve: failed to calculate checksum of ref: "/{source}": not found')
    return [here]


def _within(origin: Path, source: str) -> Path:
    """Follow links of folders within a stage: an absolute one would lead into this image."""
    place = origin
    for part in source.split("/"):
        place = place / part
        if place.is_symlink() and part != source.rsplit("/", maxsplit=1)[-1]:
            target = place.readlink()
            place = origin / str(target).lstrip("/") if target.is_absolute() else place.parent / target
    return place


def _copy_folder(here: Path, origin: Path, target: Path, step: dict[str, Any], owner: Owner | None) -> None:
    if step["stage"]:
        _copy_tree(here, target, step, owner)
        return
    prefix = f"{here.relative_to(origin)}/" if here != origin else ""
    for folder in step["folders"]:
        if folder.startswith(prefix):
            _folder(target / folder.removeprefix(prefix), owner)
    for file in step["files"]:
        if file.startswith(prefix):
            _place(origin / file, target / file.removeprefix(prefix), step, owner)


def _copy_tree(here: Path, target: Path, step: dict[str, Any], owner: Owner | None) -> None:
    fresh = not target.exists()
    _folder(target, owner)
    if fresh:
        shutil.copystat(here, target)
    for entry in sorted(here.iterdir()):
        there = target / entry.name
        if entry.is_dir() and not entry.is_symlink():
            _copy_tree(entry, there, step, owner)
        else:
            _place(entry, there, step, owner)


def _place(source: Path, target: Path, step: dict[str, Any], owner: Owner | None) -> None:
    """Put one file or link over whatever file is there; root's unless an owner is named, a stage's as it was."""
    _folder(target.parent, owner)
    if os.path.lexists(target) and (target.is_symlink() or not target.is_dir()):
        target.unlink()
    shutil.copy2(source, target, follow_symlinks=False)
    if not target.is_symlink() and step["mode"]:
        target.chmod(step["mode"])
    if owner:
        _give(target, owner)
    elif step["stage"]:
        _keep_owner(source, target)


def _keep_owner(source: Path, target: Path) -> None:
    """Leave a stage's file to whom it belongs there."""
    there = source.lstat()
    if (there.st_uid, there.st_gid) != (0, 0):
        os.chown(target, there.st_uid, there.st_gid, follow_symlinks=False)
