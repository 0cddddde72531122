"""Version files that mise reads: `.tool-versions`, `mise.toml`, and each language's own."""

from __future__ import annotations

import re

from wizard.standin.builder.railpack.app import App

_MISE = ("mise.toml", ".mise.toml")


def mise_version(app: App, tool: str, *files: str) -> tuple[str, str]:
    """Return the version a tool is pinned to and the file that says so; empty texts where none does."""
    for name in _MISE:
        if version := _from_toml(app, name, tool):
            return version, name
    for line in app.read(".tool-versions").splitlines():
        words = line.partition("#")[0].split()
        if len(words) > 1 and words[0] in {tool, f"{tool}js"}:
            return words[1], ".tool-versions"
    for name in files:
        words = [line.strip() for line in app.read(name).splitlines() if line.strip() and not line.startswith("#")]
        if words:
            return words[0], name
    return "", ""


def tool_version(app: App, tool: str) -> str:
    """Return the exact version a package manager is pinned to, empty for the newest."""
    version = mise_version(app, tool)[0]
    return version if re.fullmatch(r"[\d.]+", version) else ""


def _from_toml(app: App, name: str, tool: str) -> str:
    value = app.toml(name).get("tools", {}).get(tool, "")
    if isinstance(value, dict):
        value = value.get("version", "")
    return str(value[0] if isinstance(value, list) and value else value or "")
