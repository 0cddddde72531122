"""What commands of a sandbox see of the machine beside files: package tools' settings, caches, certificates."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from wizard.standin.builder.shims import SKIPPED
from wizard.standin.processes import RUN_ID
from wizard.standin.processes.machine import build_tools
from wizard.standin.sandbox.entrance import Show
from wizard.standin.sandbox.inside.roots import OWN

_CACHES = ("PIP_CACHE_DIR", "UV_CACHE_DIR", "npm_config_cache")
_DROPPED = {"PIP_NO_CACHE_DIR", "UV_NO_CACHE", "UV_SYSTEM_PYTHON"}
"""What would bypass the machine's caches, or look for a Python that is none of the image's."""
_RESOLVER = Path("/etc/resolv.conf")


def build_environment(image: Mapping[str, str], run_id: str) -> tuple[dict[str, str], tuple[Show, ...]]:
    """Return the environment of a RUN and what of the machine its tools need to see."""
    tools, shown = _tools()
    kept = {name: value for name, value in image.items() if name not in _DROPPED}
    found = {
        **tools,
        "LANG": "C.UTF-8",
        "NEXT_TELEMETRY_DISABLED": "1",
        "VIRTUAL_ENV": "/usr/local",
        "npm_config_prefix": "/usr/local",
        **kept,
        SKIPPED: f"{OWN}/notes/skipped",
        RUN_ID: run_id,
    }
    found["PATH"] = f"{OWN}/bin:{kept.get('PATH', '/usr/local/bin:/usr/bin:/bin')}"
    return found, (*shown, *_names())


def _tools() -> tuple[dict[str, str], tuple[Show, ...]]:
    """Return the package tools' variables, the paths in them as the sandbox has them."""
    variables, shown = build_tools(), []
    for name, value in variables.items():
        path = Path(value)
        if name in _CACHES:
            path.mkdir(parents=True, exist_ok=True)
        elif not path.is_absolute() or not path.exists():
            continue
        shown.append(Show(path, f"{OWN}/{name}", read_only=name not in _CACHES))
        variables[name] = f"{OWN}/{name}"
    return variables, tuple(shown)


def _names() -> tuple[Show, ...]:
    """Let a build resolve names as the machine does; at run time there is nobody to ask."""
    return (Show(_RESOLVER, "/etc/resolv.conf"), Show(Path("/etc/hosts"), "/etc/hosts"))


def available_memory() -> int:
    """Return how many bytes programs may still take on this machine."""
    rows = (row.partition(":") for row in Path("/proc/meminfo").read_text().splitlines())
    found = next((text for name, _, text in rows if name == "MemAvailable"), None)
    return int(found.split()[0]) * 1024 if found else sys.maxsize
