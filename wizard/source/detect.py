"""Detection: from the files of a repository to a proposal for its plan, knowing no project by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wizard.messages import message
from wizard.source.backend_variables import BackendContext, backend_context
from wizard.source.compose_file import compose_images
from wizard.source.datastores import POSTGRES, REDIS
from wizard.source.detect_backend import detect_admin, detect_migration, find_backends, finish_backend
from wizard.source.detect_frontend import find_node_services, finish_frontend
from wizard.source.detection import (
    AdminCapability,
    DetectedAdmin,
    DetectedDatabase,
    DetectedMigration,
    DetectedService,
    Detection,
    TextValue,
)
from wizard.source.drafts import Draft
from wizard.source.location import Sourced, Unreadable
from wizard.source.tree import Tree

_IMAGES = {
    POSTGRES: frozenset({"postgres", "postgis", "pgvector", "timescaledb", "postgresql"}),
    REDIS: frozenset({"redis", "valkey", "redis-stack", "keydb"}),
}


@dataclass(frozen=True, slots=True)
class _Backend:
    draft: Draft
    context: BackendContext


def detect(tree: Tree) -> Detection:
    """Detect services, databases, variables, volumes and migrations; a file that cannot be read is listed."""
    unreadable: list[Unreadable] = []
    backends = find_backends(tree, unreadable)
    nodes = find_node_services(tree, backends, unreadable)
    drafts = [*backends, *nodes]
    known = [_Backend(one, backend_context(one, one.backend, drafts)) for one in backends if one.backend]
    services = [finish_backend(tree, one.draft, one.context) for one in known]
    services += [finish_frontend(one, drafts) for one in nodes]
    return Detection(
        services=tuple(services),
        databases=_databases(tree, services),
        migration=_migration(known),
        admin=_admin(known),
        unreadable=tuple({one.path: one for one in unreadable}.values()),
    )


def _databases(tree: Tree, services: Sequence[DetectedService]) -> tuple[DetectedDatabase, ...]:
    """A database is needed where a suggested variable refers to it."""
    found = []
    for engine in (POSTGRES, REDIS):
        needed = tuple(_needing(services, engine))
        if needed:
            found.append(DetectedDatabase(engine, _version(tree, engine), needed))
    return tuple(found)


def _needing(services: Iterable[DetectedService], engine: str) -> Iterable[Sourced[str]]:
    for service in services:
        for variable in service.variables:
            value = variable.value
            if isinstance(value.value, TextValue) and f"{{{engine}." in value.value.text:
                yield Sourced(service.name, value.location, message("source.reason-needed", service=service.name))
                break


def _version(tree: Tree, engine: str) -> Sourced[int] | None:
    for image in compose_images(tree):
        if image.name in _IMAGES[engine] and image.major:
            reason = message("source.reason-image-version", version=image.tag)
            return Sourced(image.major, image.location, reason)
    return None


def _migration(backends: Sequence[_Backend]) -> DetectedMigration | None:
    found = [one for backend in backends if (one := detect_migration(backend.draft, backend.context.facts))]
    order = ("alembic", "startup", "none")
    return min(found, key=lambda one: order.index(one.mode.value), default=None)


def _admin(backends: Sequence[_Backend]) -> DetectedAdmin | None:
    found = [detect_admin(backend.draft, backend.context.facts) for backend in backends]
    order = (
        AdminCapability.READY,
        AdminCapability.NO_GUARD,
        AdminCapability.UNKNOWN_SCHEME,
        AdminCapability.NO_USERS_TABLE,
    )
    return min(found, key=lambda one: order.index(one.capability), default=None)
