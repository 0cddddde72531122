"""The environment of a command that runs in an image's folders."""

from __future__ import annotations

import os
from collections.abc import Mapping

from wizard.standin.builder.paths import ImagePaths
from wizard.standin.processes import RUN_ID
from wizard.standin.processes.machine import build_tools, machine_path

_DROPPED = {"PIP_NO_CACHE_DIR", "UV_NO_CACHE", "PIP_USER", "PIP_TARGET", "UV_SYSTEM_PYTHON"}
"""What would bypass the machine's caches, or install into the machine's own Python."""
_ROUTES = ("PREFIX", "ROUTE", "URL", "URI", "ENDPOINT", "BASE_PATH", "ROOT_PATH", "ORIGIN", "HOST")
"""Parts of the names of variables that hold web paths, which are no files."""


def run_environment(image: Mapping[str, str], paths: ImagePaths, run_id: str) -> dict[str, str]:
    """Return the environment of a RUN: the machine's package tools, then the image's own, its paths mapped."""
    kept = {name: value for name, value in image.items() if name not in _DROPPED}
    return {
        **build_tools(),
        "LANG": "C.UTF-8",
        "TMPDIR": str(paths.root / "tmp"),
        "NEXT_TELEMETRY_DISABLED": "1",
        **_installed_in(paths),
        **mapped(kept, paths),
        RUN_ID: run_id,
    }


def _installed_in(paths: ImagePaths) -> dict[str, str]:
    """Return what keeps installers within the image: never the machine's Python, never the machine's Node.js."""
    python = {"VIRTUAL_ENV": str(paths.python)} if paths.python else {"PIP_REQUIRE_VIRTUALENV": "1"}
    return {**python, "npm_config_prefix": str(paths.root / "usr/local")}


def mapped(environment: Mapping[str, str], paths: ImagePaths) -> dict[str, str]:
    """Map image paths in values, but not in those that hold addresses or routes."""
    return {name: _mapped(name, value, paths) for name, value in environment.items()}


def _mapped(name: str, value: str, paths: ImagePaths) -> str:
    if value.startswith("sqlite"):
        driver, slashes, file = value.partition(":///")
        return f"{driver}{slashes}{paths.in_text(file)}"
    return value if any(part in name.upper() for part in _ROUTES) else paths.in_text(value)


def search_path(image_path: str, paths: ImagePaths) -> str:
    """Return PATH: the image's folders as they lie on disk, then the machine's own."""
    folders = [paths.in_text(folder) for folder in image_path.split(":") if folder]
    folders.append(str(paths.root / "usr/local/bin"))
    return os.pathsep.join(dict.fromkeys([*folders, *machine_path()]))
