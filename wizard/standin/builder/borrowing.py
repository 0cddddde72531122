"""Programs that a Dockerfile takes from other images, or from corepack: had from package registries instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from wizard.messages import Message, message
from wizard.source.dockerfile import Dockerfile
from wizard.standin.builder.bases import Base, node_base
from wizard.standin.builder.node_managers import Manager, default_version, fuzzy, manager_of, read_package
from wizard.standin.builder.tools import Tool, Toolbox

_UV = re.compile(r"(?:^|/)astral-sh/uv(?::(?P<tag>[\w.-]+))?")
_NODE = re.compile(r"(?:^|/)node(?::(?P<tag>[\w.-]+))?(?:@.*)?$")
_BUN = re.compile(r"(?:^|/)oven/bun(?::(?P<tag>[\w.-]+))?")
_RELEASE = re.compile(r"\d+(?:\.\d+)*")
_PREPARED = re.compile(r"corepack\s+(?:prepare|use|install)\s+[^&|;]*?\b(pnpm|yarn)@([\w.^~-]+)")
_GLOBAL = re.compile(r"npm\s+(?:i|install|add)\s[^&|;]*?(?:-g|--global)[^&|;]*?\b(pnpm|yarn|bun)\b")
_COREPACK = '#!/bin/sh\necho "corepack: its package managers are there already"\n'


def from_image(origin: str, base: Base, toolbox: Toolbox) -> Base | None:
    """Return the base with the programs of that image, None where they cannot be had."""
    for pattern, borrow in _BORROWED:
        if match := pattern.search(origin):
            return borrow(origin, match["tag"] or "latest", base, toolbox)
    return None


def _uv(origin: str, tag: str, base: Base, toolbox: Toolbox) -> Base | None:
    release = _RELEASE.match(tag)
    wanted = f"uv=={release[0]}" if release and release[0].count(".") == 2 else "uv"  # noqa: PLR2004 - a whole release
    tool = toolbox.python(wanted, "uv", "uvx")
    return _with(base, toolbox, tool, message("builder.fetched", tool="uv", image=origin))


def _bun(origin: str, tag: str, base: Base, toolbox: Toolbox) -> Base | None:
    release = _RELEASE.match(tag)
    tool = toolbox.npm(f"bun@{release[0] if release else 'latest'}", "bun", "bunx")
    return _with(base, toolbox, tool, message("builder.fetched", tool="Bun", image=origin))


def _node(origin: str, tag: str, base: Base, toolbox: Toolbox) -> Base:
    node = node_base(origin, tag, toolbox)
    told = tuple(item for item in node.differences if item.id != "builder.host-tools")
    return replace(
        base,
        identity=f"{base.identity} {node.identity}",
        fetched=(*base.fetched, *node.fetched),
        tools=(*base.tools, *node.tools),
        placed=(*base.placed, *node.placed),
        programs=(*base.programs, *node.programs),
        hidden=base.hidden - frozenset(node.programs),
        differences=(*base.differences, *told),
    )


_BORROWED: tuple[tuple[re.Pattern[str], Callable[[str, str, Base, Toolbox], Base | None]], ...] = (
    (_UV, _uv),
    (_BUN, _bun),
    (_NODE, _node),
)


def _with(base: Base, toolbox: Toolbox, tool: Tool | None, difference: Message) -> Base | None:
    if tool is None:
        return None
    return replace(base.with_tool(toolbox, tool), differences=(*base.differences, difference))


def with_managers(base: Base, dockerfile: Dockerfile, context: Path, toolbox: Toolbox) -> Base:
    """Return a Node base with the package managers that its RUN lines call and do not install themselves.

    The official images hold Yarn 1 and corepack, which brings the release that `packageManager` names.
    """
    text = "\n".join(item.text for stage in dockerfile.stages for item in stage.instructions if item.keyword != "COPY")
    installed = set(_GLOBAL.findall(text))
    for name in ("pnpm", "yarn"):
        if name not in installed and re.search(rf"\b{name}\b", text):
            manager = _manager(name, text, context)
            tool = toolbox.npm(manager.requirement, *manager.programs)
            base = _with(base, toolbox, tool, _told(manager, base)) or base
    if "corepack" in text:
        base = replace(base, placed=(*base.placed, ("/usr/local/bin/corepack", _COREPACK)))
    return base


def _told(manager: Manager, base: Base) -> Message:
    return message("builder.fetched", tool=manager.requirement, image=base.image)


def _manager(name: str, text: str, context: Path) -> Manager:
    prepared = dict(_PREPARED.findall(text)).get(name)
    if prepared:
        kind = "yarnberry" if name == "yarn" and not prepared.startswith("1") else {"yarn": "yarn1"}.get(name, name)
        return Manager(kind, fuzzy(prepared))
    found = manager_of(context, read_package(context))
    if found and found.command == name:
        return found
    return Manager({"yarn": "yarn1"}.get(name, name), default_version(name))
