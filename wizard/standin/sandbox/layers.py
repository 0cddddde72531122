"""Layers on disk: what a step added to, changed in and removed from those below it.

A layer is two folders as the kernel's overlay writes them, `root` and `usr`, either of which may be absent. Its name is
its step's key; it knows the layers it lies on. No other tier's layers are of any use here, so they lie apart.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from wizard.standin.builder.layers import Layers
from wizard.standin.sandbox.entrance import Show, prepared_box

_FOLDER = "sandbox"
_RECORD = "layer.json"
MOST_LAYERS = 100
"""What the kernel takes at once: their names have to fit one page."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A state of files: layers, the lowest first.

    Attributes:
        keys: names of the layers.
        skipped: commands left out while they were made.
        size: bytes of all layers together, without the machine's own.
        shown: what of the machine is seen in it, by its base.
    """

    keys: tuple[str, ...]
    skipped: tuple[str, ...] = ()
    size: int = 0
    shown: tuple[Show, ...] = field(default=())


class ChainStore:
    """The cache folder of the sandbox tier."""

    def __init__(self, cache: Path) -> None:
        self._layers = Layers(cache / _FOLDER)
        self.folder = cache / _FOLDER / "layers"
        self.cache = cache / _FOLDER
        self.secret = self._layers.secret
        self.locked = self._layers.locked
        self.prune = self._layers.prune

    def find(self, key: str) -> Chain | None:
        """Return the state that the layer of that key ends, all of it marked as used; None where a part is gone."""
        try:
            found = json.loads((self.folder / key / _RECORD).read_text())
            keys = (*found["below"], *((key,) if found["has_files"] else ()))
            for one in {*keys, key}:
                os.utime(self.folder / one)
        except (OSError, ValueError, KeyError):
            return None
        shown = tuple(Show(Path(source), target) for source, target in found["shown"])
        if not all(one.source.exists() for one in shown):
            return None
        return Chain(keys, tuple(found["skipped"]), found["size"], shown)

    def workshop(self, key: str) -> Path:
        """Return a new box in which a layer is made."""
        return prepared_box(self._layers.workshop(key))

    def keep(self, key: str, box: Path, below: Chain, skipped: Iterable[str] = ()) -> Chain:
        """Give the layer its name; `below` is what it lies on, with what its base shows."""
        written = _written(box)
        told = tuple(dict.fromkeys((*below.skipped, *skipped)))
        record = {
            "below": below.keys,
            "has_files": bool(written),
            "skipped": told,
            "size": below.size + sum(_size(folder) for folder in written),
            "shown": [[str(one.source), one.target] for one in below.shown],
        }
        for folder in written:
            folder.rename(box / folder.name)
        for name in ("merged", "empty", "upper", "work", "notes"):
            remove(box / name)
        (box / "failure").unlink(missing_ok=True)
        (box / _RECORD).write_text(json.dumps(record))
        remove(self.folder / key)
        box.rename(self.folder / key)
        return Chain((*below.keys, *((key,) if written else ())), told, int(str(record["size"])), below.shown)


def _written(box: Path) -> list[Path]:
    """Return the parts that hold anything: an empty one changes nothing."""
    return [folder for folder in (box / "upper" / "root", box / "upper" / "usr") if any(folder.iterdir())]


def _size(folder: Path) -> int:
    total = 0
    for here, _, names in os.walk(folder):
        for name in names:
            found = os.lstat(os.path.join(here, name))  # noqa: PTH118 - thousands of them
            total += found.st_size if stat.S_ISREG(found.st_mode) else 0
    return total


def remove(folder: Path) -> None:
    """Remove a folder of a box; what the kernel closed is opened first."""
    if not folder.exists():
        return
    for closed in (folder, *folder.glob("*/work"), *folder.glob("work/*/work")):
        if closed.is_dir() and not closed.is_symlink():
            closed.chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)


def names_of(layers: Iterable[Path]) -> tuple[str, ...]:
    """Return the chain that an image's layer folders are."""
    return tuple(folder.name for folder in layers)
