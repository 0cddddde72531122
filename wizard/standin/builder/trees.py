"""Copies of folder trees: quick where files are never changed in place, and with virtual environments that work.

Files under `node_modules` and `site-packages` are hard links: package managers replace files, they do not change them.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

_LINKED = {"node_modules", "site-packages"}
_PYTHON_LINE = re.compile(rb"^#!.*?/bin/(python[\d.]*w?)(?=\s)")
_LONG_LINE = re.compile(rb"^(#!/bin/sh\n'''exec' \"?)[^\"\n]*?/bin/(python[\d.]*)(?=[\"\s])")
_ACTIVATE = re.compile(rb"(VIRTUAL_ENV[ =]['\"]?)(/[^'\"\n]+)")
_SCRIPT_LIMIT = 512 * 1024


def copy_tree(source: Path, target: Path, *, link: bool = False) -> None:
    """Copy a folder into another, which may exist: files replace files, folders are merged, links stay links."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copystat(source, target)
    environment = (source / "pyvenv.cfg").is_file()
    with os.scandir(source) as entries:
        for entry in entries:
            there = target / entry.name
            if entry.is_dir(follow_symlinks=False):
                if there.is_symlink() or there.is_file():
                    there.unlink()
                copy_tree(Path(entry.path), there, link=link or entry.name in _LINKED)
            else:
                copy_file(Path(entry.path), there, link=link)
    if environment:
        settle_environment(target)


def copy_file(source: Path, target: Path, *, link: bool = False) -> None:
    """Copy one file or link over whatever file is there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_symlink() or target.exists():
        target.unlink()
    if link and not source.is_symlink():
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)
        return
    shutil.copy2(source, target, follow_symlinks=False)


def settle_environment(environment: Path, home: Path | None = None) -> None:
    """Let the scripts of a copied virtual environment use the interpreter beside them, or that of its later `home`."""
    here = str(home or environment).encode()
    for script in (environment / "bin").iterdir():
        if script.is_symlink() or not script.is_file() or script.stat().st_size > _SCRIPT_LIMIT:
            continue
        before = script.read_bytes()
        after = _PYTHON_LINE.sub(lambda match: b"#!" + here + b"/bin/" + match[1], before)
        after = _LONG_LINE.sub(lambda match: match[1] + here + b"/bin/" + match[2], after)
        if script.name.startswith("activate"):
            after = _ACTIVATE.sub(lambda match: match[1] + here, after)
        if after != before:
            _replace(script, after)


def _replace(path: Path, content: bytes) -> None:
    """Write beside and rename: the old file may be linked from another tree."""
    fresh = path.with_name(f".{path.name}.settling")
    fresh.write_bytes(content)
    shutil.copymode(path, fresh)
    fresh.rename(path)
