"""Node services: found by their package.json, read by syntax."""

from __future__ import annotations

from collections.abc import Sequence

from wizard.messages import message
from wizard.source.detect_backend import dockerfile_of, root_of
from wizard.source.detection import DetectedService, ServiceKind, SuggestedVariable, TextValue
from wizard.source.drafts import Draft, is_test
from wizard.source.frontend_urls import url_uses
from wizard.source.frontend_variables import suggest_frontend_variables
from wizard.source.image import Image, command_port
from wizard.source.javascript import Script, environment_reads, read_script, script_paths
from wizard.source.location import Sourced, SourceLocation, Unreadable
from wizard.source.node_package import NodePackage, line_of_key, read_node_package
from wizard.source.service_files import contains, find_image, folders_with, read_examples, service_name
from wizard.source.tree import Tree

_PORTS = {"next": 3000, "nuxt": 3000, "@remix-run/react": 3000, "@sveltejs/kit": 3000, "astro": 4321}
_OTHER_PORT = 3000


def find_node_services(tree: Tree, others: Sequence[Draft], unreadable: list[Unreadable]) -> list[Draft]:
    """Return a draft for every package that is a web frontend or that has a start script of its own."""
    packages: list[NodePackage] = []
    for root in folders_with(tree, ("package.json",)):
        package = read_node_package(tree, root)
        if isinstance(package, Unreadable):
            unreadable.append(package)
        elif package and _is_service(package, packages):
            packages.append(package)
    drafts: list[Draft] = []
    for package in sorted(packages, key=lambda one: one.root):
        names = [draft.name for draft in (*others, *drafts)]
        kind = ServiceKind.FRONTEND if package.framework else ServiceKind.OTHER
        fallback = "frontend" if package.framework else "node"
        name = service_name(package.root, fallback, names)
        drafts.append(_draft(tree, name, kind, package, unreadable))
    return drafts


def _is_service(package: NodePackage, deeper: Sequence[NodePackage]) -> bool:
    """A package that only starts the ones below it is none."""
    holds_others = any(contains(package.root, one.root) for one in deeper)
    if package.has_workspaces or (holds_others and not package.framework):
        return False
    return bool(package.framework) or "start" in package.scripts


def _draft(tree: Tree, name: str, kind: ServiceKind, package: NodePackage, unreadable: list[Unreadable]) -> Draft:
    image = find_image(tree, package.root, alone=False)
    if isinstance(image, Unreadable):
        unreadable.append(image)
        image = None
    scripts = _scripts(tree, package.root, unreadable)
    reads = (read for script in scripts for read in environment_reads(script))
    reason = message("source.reason-framework", framework=package.framework, version=package.framework_version)
    return Draft(
        name=name,
        kind=kind,
        framework=package.framework or "node",
        root=package.root,
        location=package.location,
        reason=reason if package.framework else message("source.reason-start-script"),
        image=image,
        port=_port(tree, package, image),
        reads=tuple(sorted(reads, key=lambda read: (read.name, read.location))),
        examples=read_examples(tree, package.root),
        package=package,
        uses=url_uses(scripts),
    )


def _scripts(tree: Tree, root: str, unreadable: list[Unreadable]) -> list[Script]:
    paths = [path for path in script_paths(tree, root) if not is_test(path, root)]
    tree.preload(paths)
    read = [read_script(tree, path) for path in paths]
    unreadable += [one for one in read if isinstance(one, Unreadable)]
    return [one for one in read if isinstance(one, Script)]


def _port(tree: Tree, package: NodePackage, image: Image | None) -> Sourced[int]:
    if image and image.port:
        return Sourced(image.port, image.at(image.port_line), message("source.reason-port", port=image.port))
    named = command_port(package.scripts.get("start", ""), {})
    path = package.location.path
    if named:
        where = SourceLocation(path, line_of_key(tree, path, "start"))
        return Sourced(named, where, message("source.reason-port", port=named))
    port = _PORTS.get(package.framework, _OTHER_PORT)
    reason = message("source.reason-port-usual", port=port, framework=package.framework or "Node.js")
    return Sourced(port, package.location, reason)


def finish_frontend(draft: Draft, drafts: Sequence[Draft]) -> DetectedService:
    """Return the service with the variables that depend on the others."""
    variables = suggest_frontend_variables(draft, drafts)
    backends = [one.name for one in drafts if one.kind is ServiceKind.BACKEND]
    return DetectedService(
        name=draft.name,
        kind=draft.kind,
        framework=draft.framework,
        source=Sourced(draft.root, draft.location, draft.reason),
        root=root_of(draft),
        dockerfile=dockerfile_of(draft),
        port=draft.port,
        health=None,
        start_command=None,
        pre_deploy=None,
        after=tuple(name for name in backends if any(_refers_to(one, name) for one in variables)),
        volumes=(),
        variables=variables,
        reads=draft.reads,
        examples=draft.examples,
        image=draft.image,
        package=draft.package,
    )


def _refers_to(variable: SuggestedVariable, service: str) -> bool:
    value = variable.value.value
    return isinstance(value, TextValue) and f"{{{service}." in value.text
