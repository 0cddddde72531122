"""Image paths on this machine's disk: `/app/main.py` is a file in the deployment's own folder.

A process without a private root sees the machine's `/app`, so the paths that the image owns are rewritten in commands
and values. `/usr/local` and `/root/.local` of a Python image are its virtual environment.
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_SYSTEM = {"bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "media", "mnt", "proc", "run", "sbin", "sys", "usr"}
_SYSTEM |= {"var", "home", "opt"}
"""Top folders that the machine owns; below them an image owns only what it names in full."""
_SHARED = {"/usr/bin", "/usr/sbin", "/usr/lib", "/usr/share", "/usr/local", "/var/lib", "/var/log", "/var/tmp"}  # noqa: S108
"""Folders of the machine that an image adds to, but whose other files a command means as the machine has them."""
_ALWAYS = ("/app", "/root", "/tmp")  # noqa: S108 - names of image folders
_MACHINE = tuple(prefix for prefix in {sys.prefix, sys.base_prefix} if prefix not in ("/usr", "/usr/local"))
"""Where this program's own interpreter lies: below `/tmp` or `/root` it would pass for a part of an image."""
_PYTHON_PREFIXES = ("/usr/local", "/root/.local")
_PYTHON_LIBRARY = re.compile(r"lib/python3\.\d+(?=/|$)")
_BEFORE = r"(?<![\w.\-/}*])"
_AFTER = r"(?=[/\s:;,\"'`)&|<>]|$)"


def owned_folders(named: Iterable[str]) -> tuple[str, ...]:
    """Return the folders an image owns, given every absolute path its instructions name."""
    owned = set(_ALWAYS)
    for path in named:
        parts = posixpath.normpath(path).strip("/").split("/")
        if not parts[0]:
            continue
        depth = len(parts) if parts[0] in _SYSTEM else 1
        folder = "/" + "/".join(parts[:depth])
        if (parts[0] not in _SYSTEM or depth > 1) and folder not in _SHARED:
            owned.add(folder)
    return tuple(sorted(owned))


@dataclass(frozen=True, slots=True)
class ImagePaths:
    """Where an image's paths lie.

    Attributes:
        root: the tree that stands for `/`.
        python: the virtual environment that stands for `/usr/local`, or None.
        owned: folders of the image; anything else in a command is the machine's.
    """

    root: Path
    python: Path | None
    owned: tuple[str, ...]

    def on_disk(self, path: str) -> Path:
        """Return where an absolute image path lies, owned or not; it never leaves the image."""
        clean = posixpath.normpath("/" + path.lstrip("/"))
        if self.python:
            for prefix in _PYTHON_PREFIXES:
                if clean == prefix or clean.startswith(f"{prefix}/"):
                    return self._in_python(clean[len(prefix) :].lstrip("/"))
        return self.root / clean.lstrip("/")

    def is_python(self, path: str) -> bool:
        """Say whether that image path lies in the virtual environment."""
        return self.python is not None and self.on_disk(path).is_relative_to(self.python)

    def in_text(self, text: str) -> str:
        """Rewrite every path of the image in a command or a value; what is on the machine already stays."""
        return self._pattern().sub(lambda match: match["kept"] or str(self.on_disk(match[0])), text)

    def as_in_image(self, text: str) -> str:
        """Rewrite paths on disk as the image names them: what a log on the platform would show."""
        if self.python:
            text = text.replace(str(self.python), "/usr/local")
        return text.replace(f"{self.root}/", "/")

    def _pattern(self) -> re.Pattern[str]:
        prefixes = {*self.owned, *(_PYTHON_PREFIXES if self.python else ())}
        longest_first = sorted(prefixes, key=len, reverse=True)
        alternatives = "|".join(re.escape(prefix) for prefix in longest_first)
        library = r"(?:/lib/python3\.\d+)?" if self.python else ""
        kept = "|".join(re.escape(str(folder)) for folder in (self.root, self.python, *_MACHINE) if folder)
        return re.compile(f"{_BEFORE}(?:(?P<kept>{kept})|(?:{alternatives}){library}){_AFTER}")

    def _in_python(self, inner: str) -> Path:
        if self.python is None:
            return self.root
        libraries = sorted((self.python / "lib").glob("python3.*"))
        if libraries:
            inner = _PYTHON_LIBRARY.sub(f"lib/{libraries[0].name}", inner)
        return self.python / inner
