"""Python services: found by the ASGI applications their code makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.messages import message
from wizard.source.alembic import AlembicProject, find_alembic
from wizard.source.auth import read_auth
from wizard.source.backend_variables import BackendContext, suggest_backend_variables
from wizard.source.detection import (
    AdminCapability,
    BackendFacts,
    DetectedAdmin,
    DetectedMigration,
    DetectedService,
    ServiceKind,
    SuggestedVolume,
)
from wizard.source.drafts import Draft, is_test
from wizard.source.env_reads import Environment
from wizard.source.fastapi_app import AsgiApp, read_apps
from wizard.source.image import Image, command_port, container_path
from wizard.source.location import Sourced, SourceLocation, Unreadable
from wizard.source.models import create_all_calls, read_tables, users_table
from wizard.source.python_sources import PythonSources
from wizard.source.requirements import MANIFESTS, read_requirements
from wizard.source.service_files import contains, find_image, folders_with, procfile_web, read_examples, service_name
from wizard.source.tree import Tree
from wizard.source.volumes import written_folders

_PORT = 8000
_SCHEMES = frozenset({"bcrypt", "argon2"})


@dataclass(frozen=True, slots=True)
class _Found:
    root: str
    sources: PythonSources
    apps: tuple[AsgiApp, ...]


def find_backends(tree: Tree, unreadable: list[Unreadable]) -> list[Draft]:
    """Return a draft for every folder whose code makes an ASGI application; what cannot be read is added."""
    found: list[_Found] = []
    for root in _candidates(tree):
        sources = PythonSources.of_service(tree, root)
        apps = tuple(app for app in read_apps(sources) if _belongs(app, root, found))
        if apps:
            found.append(_Found(root, sources, apps))
    drafts: list[Draft] = []
    for one in sorted(found, key=lambda one: one.root):
        name = service_name(one.root, "backend", [draft.name for draft in drafts])
        drafts.append(_draft(tree, name, one, unreadable, alone=len(found) == 1))
    return drafts


def _candidates(tree: Tree) -> list[str]:
    """Folders with a manifest or a Dockerfile; the project root where there is no manifest at all."""
    folders = [folder for folder in folders_with(tree, (*MANIFESTS, "Dockerfile")) if tree.below(folder, ".py")]
    return folders or (["."] if tree.below(".", ".py") else [])


def _belongs(app: AsgiApp, root: str, found: list[_Found]) -> bool:
    """An application of a folder further down is not this folder's."""
    return not is_test(app.location.path, root) and not any(contains(one.root, app.location.path) for one in found)


def _draft(tree: Tree, name: str, found: _Found, unreadable: list[Unreadable], *, alone: bool) -> Draft:
    root, sources = found.root, found.sources
    image = find_image(tree, root, alone=alone)
    if isinstance(image, Unreadable):
        unreadable.append(image)
        image = None
    apps = _served_first(found.apps, image)
    environment = Environment(sources)
    tables, requirements = read_tables(sources), read_requirements(tree, root)
    auth = read_auth(sources, apps[0].routes, environment)
    projects = find_alembic(tree, root)
    unreadable += [*sources.unreadable, *requirements.unreadable, *(bad for one in projects for bad in one.unreadable)]
    facts = BackendFacts(sources, environment, apps, auth, tables, users_table(tables), projects, requirements)
    return Draft(
        name=name,
        kind=ServiceKind.BACKEND,
        framework=apps[0].framework,
        root=root,
        location=apps[0].location,
        reason=message("source.reason-asgi", target=apps[0].target),
        image=image,
        port=_port(image, apps[0]),
        reads=tuple(read for read in environment.reads if not is_test(read.location.path, root)),
        examples=read_examples(tree, root),
        backend=facts,
    )


def _served_first(apps: tuple[AsgiApp, ...], image: Image | None) -> tuple[AsgiApp, ...]:
    """The application the command names is the one that is served."""
    words = image.command.split() if image else []
    return tuple(sorted(apps, key=lambda app: app.target not in words))


def _port(image: Image | None, app: AsgiApp) -> Sourced[int]:
    if image and image.port:
        return Sourced(image.port, image.at(image.port_line), message("source.reason-port", port=image.port))
    reason = message("source.reason-port-usual", port=_PORT, framework=app.framework)
    return Sourced(_PORT, app.location, reason)


def finish_backend(tree: Tree, draft: Draft, context: BackendContext) -> DetectedService:
    """Return the service with everything that depends on the others."""
    facts, image = context.facts, draft.image
    app = facts.apps[0]
    health = next(iter(app.health_candidates()), None)
    start = _start(tree, draft, app)
    named_port = command_port(start.value, {}) if start else None
    return DetectedService(
        name=draft.name,
        kind=draft.kind,
        framework=draft.framework,
        source=Sourced(draft.root, draft.location, draft.reason),
        root=root_of(draft),
        dockerfile=dockerfile_of(draft),
        port=Sourced(named_port, start.location, draft.port.reason)
        if start and named_port and draft.port
        else draft.port,
        health=Sourced(health.path, health.location, message("source.reason-health")) if health else None,
        start_command=start,
        pre_deploy=_pre_deploy(draft, facts),
        after=(),
        volumes=tuple(_volumes(facts, image, draft.root)),
        variables=suggest_backend_variables(context),
        reads=draft.reads,
        examples=draft.examples,
        image=image,
        backend=facts,
    )


def root_of(draft: Draft) -> Sourced[str]:
    """Return the build context: where the Dockerfile finds what it copies, else the service's folder."""
    image = draft.image
    if image is None:
        return Sourced(draft.root, draft.location, message("source.reason-no-dockerfile"))
    if image.missing:
        first = image.missing[0]
        reason = message("source.reason-context-missing", missing=first.source, context=image.context)
        return Sourced(image.context, image.at(first.line), reason)
    line = image.copies[0].line if image.copies else 1
    return Sourced(image.context, image.at(line), message("source.reason-context", context=image.context))


def dockerfile_of(draft: Draft) -> Sourced[str] | None:
    """Return the Dockerfile's path inside the build context."""
    image = draft.image
    if image is None:
        return None
    inner = image.path if image.context == "." else image.path.removeprefix(f"{image.context}/")
    return Sourced(inner, image.at(1), message("source.reason-dockerfile"))


def _start(tree: Tree, draft: Draft, app: AsgiApp) -> Sourced[str] | None:
    if draft.image and draft.image.command:
        return None
    web = procfile_web(tree, draft.root)
    if web and draft.image is None:
        return Sourced(web[0], web[1], message("source.reason-procfile"))
    options = [" --factory"] if app.is_factory else []
    inside = app.location.path.removeprefix(draft.root).lstrip("/") if draft.root != "." else app.location.path
    if inside.startswith("src/") and not app.target.startswith("src."):
        options.append(" --app-dir src")
    command = f"uvicorn {app.target}{''.join(options)} --host 0.0.0.0 --port $PORT"
    command = f"sh -c 'exec {command}'" if draft.image else command
    return Sourced(command, app.location, message("source.reason-start"))


def _pre_deploy(draft: Draft, facts: BackendFacts) -> Sourced[str] | None:
    project = _migrations(facts)
    if project is None:
        return None
    target = "heads" if len(project.heads) > 1 else "head"
    option = _config_option(draft, project)
    command = f"alembic{option} upgrade {target} && alembic{option} current"
    return Sourced(command, project.config, message("source.reason-alembic"))


def _config_option(draft: Draft, project: AlembicProject) -> str:
    """Alembic finds its configuration in the working directory only; elsewhere it must be named."""
    path = container_path(draft.image, draft.root, project.config.path)
    workdir = draft.image.workdir if draft.image else "/app"
    relative = path.removeprefix(f"{workdir.rstrip('/')}/")
    return "" if "/" not in relative else f" -c {relative}"


def _migrations(facts: BackendFacts) -> AlembicProject | None:
    return next((one for one in facts.alembic if one.revisions), None)


def _volumes(facts: BackendFacts, image: Image | None, root: str) -> Iterator[Sourced[SuggestedVolume]]:
    for path in image.volumes if image else ():
        yield Sourced(SuggestedVolume(path), image.at(1) if image else None, message("source.reason-declared-volume"))
    declared = image.volumes if image else ()
    for volume in written_folders(facts.sources, facts.environment, image, root):
        is_test_only = volume.location is not None and is_test(volume.location.path, root)
        if not is_test_only and not any(contains(one, volume.value.path) for one in declared):
            yield volume


def detect_migration(draft: Draft, facts: BackendFacts) -> DetectedMigration | None:
    """Return how the tables of a backend come to be; None for a service without tables."""
    project = _migrations(facts)
    if project:
        return DetectedMigration(draft.name, Sourced("alembic", project.config, message("source.reason-alembic")))
    if not facts.tables:
        return None
    made = next((one for one in create_all_calls(facts.sources) if not is_test(one.path, draft.root)), None)
    if made:
        return DetectedMigration(draft.name, Sourced("startup", made, message("source.reason-create-all")))
    where: SourceLocation = facts.tables[0].location
    return DetectedMigration(draft.name, Sourced("none", where, message("source.reason-no-migration")))


def detect_admin(draft: Draft, facts: BackendFacts) -> DetectedAdmin:
    """Return whether a first administrator can be made."""
    scheme = facts.auth.passwords
    if facts.users is None:
        capability = AdminCapability.NO_USERS_TABLE
    elif scheme is None or scheme.name not in _SCHEMES or not scheme.is_plain:
        capability = AdminCapability.UNKNOWN_SCHEME
    elif facts.auth.guard is None:
        capability = AdminCapability.NO_GUARD
    else:
        capability = AdminCapability.READY
    return DetectedAdmin(draft.name, capability)
