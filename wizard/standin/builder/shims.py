"""Commands that stand before the machine's own while a build or a deployment runs.

An image is its own machine, a folder is not: `apt-get install` and `useradd` are left out and said, and `rm -rf
/var/lib/apt/lists/*` must not touch the operator's files. Each shim notes what it left out in the file that
`RAILWIZARD_SKIPPED` names.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from wizard.standin.builder.paths import ImagePaths

SKIPPED = "RAILWIZARD_SKIPPED"
"""Variable that names the file of commands left out."""
ALLOWED = "RAILWIZARD_FOLDERS"
"""Variable that lists, colon-separated, where shimmed commands may write."""
REAL_PATH = "RAILWIZARD_REAL_PATH"
"""Variable that holds PATH without the shims."""

_SHOWN = 100
_PACKAGES = ("apt", "apt-get", "apt-key", "apk", "dpkg", "dnf", "yum", "microdnf", "add-apt-repository", "locale-gen")
_SERVICES = ("service", "systemctl", "setcap")
_USERS = ("useradd", "adduser", "usermod", "groupadd", "addgroup", "groupmod", "chown", "chgrp", "chpasswd", "passwd")
_LEFT_OUT = (*_PACKAGES, *_SERVICES, *_USERS, "ldconfig", "update-ca-certificates", "corepack")
_STEPPING_DOWN = ("gosu", "su-exec")
_WRITING = (
    "rm",
    "mv",
    "cp",
    "ln",
    "mkdir",
    "chmod",
    "touch",
    "tee",
    "install",
    "rmdir",
    "unlink",
    "tar",
    "unzip",
    "sed",
)

_LEAVE_OUT = """#!/bin/sh
# Left out: the machine is not the image's to change.
printf '%s\\n' "${0##*/} $*" >>"${RAILWIZARD_SKIPPED:-/dev/null}"
echo "${0##*/}: skipped, this machine is not the image's to change"
exit 0
"""
_STEP_DOWN = """#!/bin/sh
# The process tier runs everything as the caller.
printf '%s\\n' "${0##*/} $1" >>"${RAILWIZARD_SKIPPED:-/dev/null}"
shift
exec "$@"
"""
_GUARD = """#!/bin/sh
# Runs the machine's own command unless it would write outside the image's folders.
self=${0##*/}
inside() {
  case $1/ in /dev/null/|/dev/stdout/|/dev/stderr/) return 0 ;; */../*) return 1 ;; esac
  IFS=:
  for folder in $RAILWIZARD_FOLDERS; do
    case $1/ in "$folder"/*) return 0 ;; esac
  done
  return 1
}
refused() {
  last=
  for last in "$@"; do :; done
  for word in "$@"; do
    case $self in cp|ln|sed|install) [ "$word" = "$last" ] || continue ;; esac
    case $word in /*) ;; *=/*) word=${word#*=} ;; *) continue ;; esac
    (inside "$word") || return 0
  done
  return 1
}
case "$self $* " in
  sed*" -i"*|sed*" --in-place"*) ;;
  sed*) PATH=$RAILWIZARD_REAL_PATH exec sed "$@" ;;
esac
if refused "$@"; then
  printf '%s\\n' "$self $*" >>"${RAILWIZARD_SKIPPED:-/dev/null}"
  echo "$self: skipped, it would write outside the image"
  exit 0
fi
PATH=$RAILWIZARD_REAL_PATH exec "$self" "$@"
"""


def write(folder: Path) -> Path:
    """Write the shims into a folder, once, and return it."""
    scripts = dict.fromkeys(_LEFT_OUT, _LEAVE_OUT) | dict.fromkeys(_STEPPING_DOWN, _STEP_DOWN)
    return _write(folder, scripts | dict.fromkeys(_WRITING, _GUARD))


def write_isolated(folder: Path, *, owners: bool) -> Path:
    """Write those for an image with a root of its own; `owners` says whether users other than root exist there."""
    if owners:
        return _write(folder, dict.fromkeys((*_PACKAGES, *_SERVICES), _LEAVE_OUT))
    scripts = dict.fromkeys((*_PACKAGES, *_SERVICES, *_USERS), _LEAVE_OUT)
    return _write(folder, scripts | dict.fromkeys(_STEPPING_DOWN, _STEP_DOWN))


def _write(folder: Path, scripts: Mapping[str, str]) -> Path:
    if not folder.exists():
        fresh = folder.with_name(f"{folder.name}.{os.getpid()}.new")
        fresh.mkdir(parents=True, exist_ok=True)
        for name, script in scripts.items():
            path = fresh / name
            path.write_text(script)
            path.chmod(0o755)
        try:
            fresh.rename(folder)
        except OSError:
            shutil.rmtree(fresh, ignore_errors=True)  # another build was quicker
    return folder


def environment(shims: Path, path: str, folders: tuple[Path, ...], skipped: Path) -> dict[str, str]:
    """Return what a child needs so that the shims stand before the programs of `path`."""
    return {
        "PATH": f"{shims}:{path}",
        REAL_PATH: path,
        ALLOWED: ":".join(str(folder) for folder in folders),
        SKIPPED: str(skipped),
    }


def what_was_skipped(file: Path, paths: ImagePaths | None = None) -> tuple[str, ...]:
    """Return the commands left out, each once, in order, files named as in the image."""
    try:
        lines = file.read_text(errors="replace").splitlines()
    except OSError:
        return ()
    shown = (paths.as_in_image(line) if paths else line for line in map(str.strip, lines) if line)
    return tuple(dict.fromkeys(_short(line) for line in shown))


def _short(command: str) -> str:
    return command if len(command) <= _SHOWN else f"{command[:_SHOWN]}..."
