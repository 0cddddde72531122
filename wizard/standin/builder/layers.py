"""Layers on disk, by key: what a step left behind, so that it need not run again.

A layer is made under another name and renamed when it is whole; a lock a key keeps two builds from making it twice.
A virtual environment is used where it lies, by every build and deployment, and is never written to again.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from wizard.standin.builder.trees import copy_tree, settle_environment

_POLL_SECONDS = 0.1
_KEPT_LAYERS = 100
_KEPT_SECONDS = 14 * 24 * 3600
_STALE_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer.

    Attributes:
        root: the tree after the step.
        python: the virtual environment after the step, in this layer or an earlier one, or None.
        skipped: commands that were left out while it was made.
    """

    root: Path
    python: Path | None
    skipped: tuple[str, ...] = ()


class Layers:
    """The cache folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "layers"
        self._locks = folder / "locks"
        for path in (self._folder, self._locks):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.secret = _secret(folder / "key")

    def find(self, key: str) -> Layer | None:
        """Return the layer of that key, marked as used; None where there is none or its environment is gone."""
        folder = self._folder / key
        try:
            found = json.loads((folder / "layer.json").read_text())
        except (OSError, ValueError):
            return None
        python = Path(found["python"]) if found["python"] else None
        if python:
            if not (python / "bin" / "python").exists():
                return None
            os.utime(python.parent)
        os.utime(folder)
        return Layer(folder / "root", python, tuple(found["skipped"]))

    @asynccontextmanager
    async def locked(self, key: str) -> AsyncIterator[None]:
        """Hold the key's lock, also against other processes; the system frees it when its holder dies."""
        with (self._locks / key).open("w") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    await asyncio.sleep(_POLL_SECONDS)
            yield

    def workshop(self, key: str) -> Path:
        """Return an empty folder in which a layer is made."""
        folder = self._folder / f".{key}.{os.getpid()}.{secrets.token_hex(4)}"
        folder.mkdir(mode=0o700)
        return folder

    def keep(self, key: str, workshop: Path, layer: Layer) -> Layer:
        """Give the layer its name; the environment in the workshop, if any, moves along."""
        target = self._folder / key
        copy_tree(layer.root, workshop / "root")
        python = layer.python
        if python and python.is_relative_to(workshop):
            settle_environment(python, target / python.relative_to(workshop))
            python = target / python.relative_to(workshop)
        text = json.dumps({"python": str(python) if python else None, "skipped": layer.skipped})
        (workshop / "layer.json").write_text(text)
        shutil.rmtree(target, ignore_errors=True)
        workshop.rename(target)
        return Layer(target / "root", python, layer.skipped)

    def prune(self) -> None:
        """Remove what no build used for two weeks, the oldest beyond a hundred, and what dead builders left."""
        ages = sorted((_age(folder), folder) for folder in self._folder.iterdir())
        for rank, (age, folder) in enumerate(ages):
            limit = _KEPT_SECONDS
            if folder.name.startswith(".") or rank >= _KEPT_LAYERS:
                limit = _STALE_SECONDS
            if age > limit:
                shutil.rmtree(folder, ignore_errors=True)


def _age(folder: Path) -> float:
    """Return the seconds since a layer was used; one that another build just moved counts as new."""
    try:
        return time.time() - folder.stat().st_mtime
    except OSError:
        return 0.0


def _secret(path: Path) -> bytes:
    """Return the key of this cache's keys, made once: folder names must not tell what variables hold."""
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(32))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_bytes()
