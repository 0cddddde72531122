"""Which Node.js projects Railpack serves as static sites, and from which folder.

Source: Railpack's page on Node.js, section on static sites, and each framework's rule in its provider.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from wizard.standin.builder.railpack.config import Config, Variables
from wizard.standin.builder.railpack.node_project import Project

_NEXT_CONFIGS = ("next.config.js", "next.config.mjs", "next.config.ts")
_ROUTER_CONFIGS = ("react-router.config.js", "react-router.config.ts")
_ASTRO_CONFIGS = ("astro.config.mjs", "astro.config.ts")
_VITE_CONFIGS = ("vite.config.js", "vite.config.ts")
_DEFAULT_STARTS = {
    *("ng serve", "react-scripts start", "expo start", "next start"),
    "react-router-serve ./build/server/index.js",
}
_NO_SERVER = re.compile(r"(?m)(?:^|[{,])\s*['\"]?ssr['\"]?\s*:\s*false\b")
_VITE_OUT = re.compile(r"vite\s+build(?:\s+-[^\s]*)*\s+(?:--outDir)\s+([^-\s;]+)")
_ASTRO_ADAPTERS = ("node", "vercel", "cloudflare", "netlify")


@dataclass(frozen=True, slots=True)
class Site:
    """A static site: the framework's name, empty where a variable alone asks for it, and the folder to serve."""

    framework: str
    folder: str


def static_site(project: Project, variables: Variables, config: Config) -> Site | None:
    """Return the static site that the project builds, None where a server is started."""
    if variables.is_true("NO_SPA"):
        return None
    forced = variables.get("SPA_OUTPUT_DIR")
    found = _detected(project, variables)
    if forced:
        return Site(found.framework if found else "", forced)
    if has_own_start(project, config) or found is None or not found.folder:
        return None
    return found


def has_own_start(project: Project, config: Config) -> bool:
    """Say whether something other than a framework's development server is to be started."""
    start = config.start or project.script("start")
    return bool(start) and start not in _DEFAULT_STARTS


def _detected(project: Project, variables: Variables) -> Site | None:
    if _is_react_router(project):
        return _react_router(project)
    for detect in (_vite, _astro, _next, _create_react_app):
        if site := detect(project):
            return site
    return _angular(project, variables) or _expo(project)


def _is_react_router(project: Project) -> bool:
    build = project.script("build")
    has_config = any(project.app.has(name) for name in _ROUTER_CONFIGS)
    named = "react-router build" in build.lower() or project.depends_on("@react-router/dev")
    return bool(build) and (has_config or named)


def _react_router(project: Project) -> Site | None:
    config = project.app.read_first(*_ROUTER_CONFIGS)
    if not _NO_SERVER.search(config):
        return None
    return Site("react-router", _quoted("buildDirectory", config) or "build/client/")


def is_vite(project: Project) -> bool:
    """Say whether Vite builds it, and not SvelteKit or TanStack Start on top of it."""
    build = project.script("build")
    if is_svelte_kit(project) or project.depends_on("@tanstack/react-start"):
        return False
    has_config = any(project.app.has(name) for name in _VITE_CONFIGS)
    return bool(build) and project.depends_on("vite") and (has_config or "vite build" in build.lower())


def is_svelte_kit(project: Project) -> bool:
    """Say whether it is a SvelteKit project."""
    return project.depends_on("svelte") and project.depends_on("@sveltejs/kit")


def _vite(project: Project) -> Site | None:
    if not is_vite(project):
        return None
    outside = _VITE_OUT.search(project.script("build"))
    folder = _quoted("outDir", project.app.read_first(*_VITE_CONFIGS)) or (outside[1] if outside else "dist")
    return Site("vite", folder)


def is_astro(project: Project) -> bool:
    """Say whether Astro builds it."""
    has_config = any(project.app.has(name) for name in _ASTRO_CONFIGS)
    return has_config and "astro build" in project.script("build").lower()


def _astro(project: Project) -> Site | None:
    config = project.app.read_first(*_ASTRO_CONFIGS)
    adapted = any(project.depends_on(f"@astrojs/{name}") for name in _ASTRO_ADAPTERS)
    if not is_astro(project) or "output: 'server'" in config or adapted:
        return None
    return Site("astro", _quoted("outDir", config) or "dist")


def _next(project: Project) -> Site | None:
    config = project.app.read_first(*_NEXT_CONFIGS)
    exports = "output: 'export'" in config or 'output: "export"' in config
    return Site("next", _quoted("distDir", config) or "out") if project.depends_on("next") and exports else None


def _create_react_app(project: Project) -> Site | None:
    builds = "react-scripts build" in project.script("build").lower()
    return Site("cra", "build") if project.depends_on("react-scripts") and builds else None


def _angular(project: Project, variables: Variables) -> Site | None:
    if not (project.depends_on("@angular/core") and "ng build" in project.script("build").lower()):
        return None
    wanted = variables.get("ANGULAR_PROJECT")
    projects = project.app.json("angular.json").get("projects")
    for name, item in (projects if isinstance(projects, dict) else {}).items():
        build = item.get("architect", {}).get("build", {})
        folder = build.get("options", {}).get("outputPath")
        if wanted in {"", name} and isinstance(folder, str):
            new = str(build.get("builder", "")).endswith("build-angular:application") or build["options"].get("browser")
            return Site("angular", f"{folder}/browser" if new else folder)
    return None


def _expo(project: Project) -> Site | None:
    if not (project.depends_on("expo") and project.depends_on("react-native-web")):
        return None
    try:
        output = json.loads(project.app.read("app.json"))["expo"]["web"]["output"]
    except (ValueError, KeyError, TypeError):
        return None
    return Site("expo", "dist") if str(output).lower() in {"static", "single"} else None


def _quoted(name: str, text: str) -> str:
    match = re.search(rf"{name}:\s*['\"](.+?)['\"]", text)
    return match[1] if match else ""
