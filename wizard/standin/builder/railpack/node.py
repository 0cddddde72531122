"""Railpack's Node provider with npm; Next.js needs nothing of its own but its telemetry off."""

from __future__ import annotations

import json
import re
from typing import Any

from wizard.standin.builder.bases import node_base
from wizard.standin.builder.image import BuildFailed, BuildRequest
from wizard.standin.builder.railpack.recipe import Recipe, first_line, procfile_web
from wizard.standin.builder.steps import BuildPlan

_DEFAULT_MAJOR = "22"
_OTHER_LOCKS = {"yarn.lock": "Yarn", "pnpm-lock.yaml": "pnpm", "bun.lock": "Bun", "bun.lockb": "Bun"}
_RUNTIME = {"NODE_ENV": "production", "NEXT_TELEMETRY_DISABLED": "1"}
_BUILD = {**_RUNTIME, "CI": "true"}


def plan(request: BuildRequest, secret: bytes) -> BuildPlan:
    """`npm ci`, the build script with every variable in sight, the start script."""
    context = request.context
    package = _package(request)
    for lock, manager in _OTHER_LOCKS.items():
        if (context / lock).is_file() and not (context / "package-lock.json").is_file():
            raise BuildFailed("Railpack", (f"The local platform does not emulate {manager} ({lock}); it knows npm.",))
    recipe = Recipe(request, node_base("railpack node", _major(request, package)), secret)
    present = [name for name in ("package.json", "package-lock.json", ".npmrc") if (context / name).is_file()]
    recipe.copy(*present)
    recipe.run("npm ci" if "package-lock.json" in present else "npm install", {})
    recipe.copy("")
    scripts = package.get("scripts") or {}
    command = request.settings.build_command or ("npm run build" if "build" in scripts else None)
    if command:
        recipe.run(command, {**_BUILD, **request.variables})
    start = request.settings.start_command or procfile_web(context) or _start(request, package, scripts)
    return recipe.result("Railpack (Node)", _RUNTIME, start)


def _package(request: BuildRequest) -> dict[str, Any]:
    try:
        package = json.loads((request.context / "package.json").read_text())
    except ValueError as error:
        raise BuildFailed("Railpack", (f"error reading package.json: {error}",)) from None
    if not isinstance(package, dict):
        raise BuildFailed("Railpack", ("error reading package.json: it is no object",))
    return package


def _major(request: BuildRequest, package: dict[str, Any]) -> str:
    engines = package.get("engines")
    asked = (
        request.variables.get("RAILPACK_NODE_VERSION")
        or (str(engines.get("node", "")) if isinstance(engines, dict) else "")
        or first_line(request.context / ".nvmrc")
        or first_line(request.context / ".node-version")
    )
    found = re.search(r"\d+", asked)
    if found and asked.strip().startswith((">", "*")):
        return _DEFAULT_MAJOR if int(found[0]) <= int(_DEFAULT_MAJOR) else found[0]
    return found[0] if found else _DEFAULT_MAJOR


def _start(request: BuildRequest, package: dict[str, Any], scripts: dict[str, Any]) -> str:
    if "start" in scripts:
        return "npm run start"
    main = package.get("main") or next(
        (name for name in ("index.js", "index.ts") if (request.context / name).is_file()), None
    )
    if not main:
        raise BuildFailed("Railpack", ("No start command was found.",))
    return f"node {main}"
