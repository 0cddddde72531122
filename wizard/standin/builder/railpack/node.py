"""Railpack's Node provider: npm, pnpm, Yarn and Bun, what they install, build and start.

Source: Railpack's page on Node.js, and the provider's own order where the page is silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wizard.messages import Message, message
from wizard.standin.builder.bases import Base, is_newest, node_base, node_major
from wizard.standin.builder.contents.families import BUILDER
from wizard.standin.builder.image import BuildFailed
from wizard.standin.builder.node_managers import Manager, fuzzy
from wizard.standin.builder.railpack import caddy
from wizard.standin.builder.railpack.app import App
from wizard.standin.builder.railpack.blueprint import Blueprint, Package, same
from wizard.standin.builder.railpack.config import Config, Variables
from wizard.standin.builder.railpack.node_project import MANIFESTS, Project, read_project
from wizard.standin.builder.railpack.spa import Site, has_own_start, is_astro, is_svelte_kit, static_site
from wizard.standin.builder.railpack.static import index_fallback
from wizard.standin.builder.railpack.versions import mise_version
from wizard.standin.builder.tools import Toolbox

_DEFAULT_VERSION = "lts"
_INSTALL_PREFIXES = ("NODE", "NPM", "BUN", "PNPM", "YARN", "CI")
_SUPPORTING = (
    *("package.json", "package.json5", "package-lock.json", "pnpm-workspace.yaml", "yarn.lock", "pnpm-lock.yaml"),
    *("bun.lockb", "bun.lock", "bunfig.toml", ".yarnrc.yml", ".npmrc", ".node-version", ".nvmrc"),
)
_SUPPORTING_FOLDERS = (".yarn", "patches", ".pnpm-patches", "prisma")
_ENVIRONMENT = {
    "NODE_ENV": "production",
    "NPM_CONFIG_PRODUCTION": "false",
    "NPM_CONFIG_UPDATE_NOTIFIER": "false",
    "NPM_CONFIG_FUND": "false",
    "NPM_CONFIG_FETCH_RETRIES": "5",
    "CI": "true",
}
_HELP = (
    "To configure your start command, Railpack will check:",
    '1. A "start" script in your package.json',
    '2. A "main" field in your package.json pointing to your entry file',
    "3. An index.js or index.ts file in your project root",
    "If you have a static site, you can set the RAILPACK_SPA_OUTPUT_DIR environment variable",
)


def detect(app: App, _variables: Variables) -> bool:
    """Say whether it is a Node.js project."""
    return any(app.has(name) for name in MANIFESTS)


def plan(app: App, variables: Variables, config: Config, toolbox: Toolbox) -> Blueprint:
    """Plan the installation, the build and the start; raises BuildFailed for what cannot be had here."""
    project = read_project(app)
    if app.has("nx.json") and not project.script("start"):
        raise BuildFailed("Railpack", ("Detected an Nx workspace: it cannot be rehearsed here.",))
    base, packages = _base(project, variables, config, toolbox)
    drawn = Blueprint(
        provider="Node",
        base=base,
        install_files=_install_files(project, variables),
        install=_install(project, variables),
        build=_build(project),
        install_variables=_install_variables(project, variables),
        environment=_environment(project),
        start=_start(project),
        help=_HELP,
        packages=packages,
        deploy_packages=("libatomic1",),
        notes=_notes(project),
        differences=(*base.differences, *_prune(variables)),
    )
    site = static_site(project, variables, config)
    return _served(drawn, project, site) if site else _with_start_note(drawn, project, variables, config)


def _base(project: Project, variables: Variables, config: Config, toolbox: Toolbox) -> tuple[Base, tuple[Package, ...]]:
    asked, source = _version(project, variables, config)
    base = replace(node_base("railpack node", fuzzy(asked), toolbox), family=BUILDER)
    base = replace(base, differences=tuple(item for item in base.differences if item.id != "builder.host-tools"))
    version = dict(base.environment)["NODE_VERSION"]
    packages = [Package("node", version, f"{source} ({asked})")]
    managers = [project.manager]
    if project.calls_bun and project.manager.kind != "bun":
        managers.append(Manager("bun", "latest"))
    for manager in managers:
        if manager.kind != "npm":
            base = _with_manager(base, manager, toolbox)
            packages.append(Package(manager.command, manager.version, "package.json" if manager.named else "lock file"))
    return base, tuple(packages)


def _version(project: Project, variables: Variables, config: Config) -> tuple[str, str]:
    candidates = (
        (config.packages.get("node", ""), "custom config"),
        (variables.get("NODE_VERSION"), "RAILPACK_NODE_VERSION"),
        (project.engine("node"), "package.json > engines > node"),
        mise_version(project.app, "node", ".nvmrc", ".node-version"),
    )
    found = ((text, name) for text, name in candidates if text and (node_major(fuzzy(text)) or is_newest(fuzzy(text))))
    return next(found, (_DEFAULT_VERSION, "railpack default"))


def _with_manager(base: Base, manager: Manager, toolbox: Toolbox) -> Base:
    tool = toolbox.npm(manager.requirement, *manager.programs)
    if tool is None:
        why = toolbox.why_not(manager.requirement) or "the npm registry is not asked"
        raise BuildFailed("Railpack", (f"Railpack builds this with {manager.command}, which is not here: {why}",))
    return base.with_tool(toolbox, tool)


def _install_files(project: Project, variables: Variables) -> tuple[str, ...]:
    if project.installs_with_everything:
        return ("",)
    folder = project.app.folder
    names = (*_SUPPORTING, *variables.items("NODE_INSTALL_PATTERNS"))
    files = [path for path in project.app.walk("") if path.name in names or path.name.startswith(".pnp.")]
    found = [path.relative_to(folder).as_posix() for path in files]
    return (*found, *(name for name in _SUPPORTING_FOLDERS if project.app.has_folder(name)))


def _install_variables(project: Project, variables: Variables) -> Mapping[str, str]:
    return variables.all if project.installs_with_everything else variables.beginning(*_INSTALL_PREFIXES)


def _install(project: Project, variables: Variables) -> tuple[tuple[str, str], ...]:
    frozen = "pnpm install --frozen-lockfile --prefer-offline"
    commands = {
        "npm": variables.get("NODE_NPM_INSTALL") or "npm install",
        "pnpm": frozen if project.app.has("pnpm-lock.yaml") else "pnpm install",
        "bun": "bun install --frozen-lockfile",
        "yarn1": "yarn install --frozen-lockfile",
        "yarnberry": "yarn install --check-cache",
    }
    return same(commands[project.manager.kind])


def _build(project: Project) -> tuple[tuple[str, str], ...]:
    return same(f"{project.manager.command} run build") if project.script("build") else ()


def _environment(project: Project) -> dict[str, str]:
    found = {**_ENVIRONMENT, "NEXT_TELEMETRY_DISABLED": "1"}
    if project.manager.kind == "yarn1":
        found["YARN_PRODUCTION"] = "false"
    if is_astro(project):
        found["HOST"] = "0.0.0.0"  # noqa: S104 - Railpack sets it for Astro's server
    if is_svelte_kit(project) and project.depends_on("@sveltejs/adapter-auto"):
        found["GCP_BUILDPACKS"] = "true"
    return found


def _start(project: Project) -> str:
    run = "bun" if project.manager.kind == "bun" else "node"
    if project.script("start"):
        return f"{project.manager.command} run start"
    index = next((name for name in ("index.js", "index.ts") if project.app.has(name)), "")
    if entry := project.main() or index:
        return f"{run} {entry}"
    if project.depends_on("nuxt"):
        return "node .output/server/index.mjs"
    if project.depends_on("@tanstack/react-start"):
        runner = {"pnpm": "pnpm exec", "bun": "bunx"}.get(project.manager.kind, "npx")
        return f"{runner} srvx --prod -s ../client dist/server/server.js"
    if is_svelte_kit(project) and project.depends_on("@sveltejs/adapter-auto"):
        return "node build"
    return ""


def _notes(project: Project) -> tuple[str, ...]:
    notes = [f"Using {project.manager.kind} package manager"]
    if project.members:
        notes.append(f"Found workspace with {len(project.members)} packages")
    if project.manager.named and project.manager.kind not in {"npm", "bun"}:
        notes.append(f"Installing {project.manager.command}@{project.manager.version} with Corepack")
    if project.says_nothing:
        lock = project.app.has("package-lock.json")
        notes.append(
            "package-lock.json detected, assuming npm" if lock else "No node package manager detected, using npm"
        )
    if project.manager.kind == "bun" or project.calls_bun:
        notes.append("Bun runtime detected")
    return tuple(notes)


def _prune(variables: Variables) -> tuple[Message, ...]:
    return (message("builder.not-pruned"),) if variables.is_true("PRUNE_DEPS") else ()


def _served(drawn: Blueprint, project: Project, site: Site) -> Blueprint:
    fallback = index_fallback(project.app)
    files = caddy.files(project.app, site.folder, fallback=True if fallback is None else fallback, of_node=True)
    notes = (f"Deploying as {site.framework} static site", f"Output directory: {site.folder}")
    return replace(
        drawn,
        base=caddy.served_by(drawn.base),
        start=caddy.START.format(config="/Caddyfile"),
        files=files,
        notes=(*drawn.notes, *notes),
        differences=(*drawn.differences, message("builder.caddy")),
    )


def _with_start_note(drawn: Blueprint, project: Project, variables: Variables, config: Config) -> Blueprint:
    if variables.is_true("NO_SPA") or not has_own_start(project, config):
        return drawn
    return replace(drawn, notes=(*drawn.notes, "Custom start command detected, skipping Caddy start"))
