"""The deployment rules of the platform, in one place: what starts a deployment, and what it takes from when.

| what happened | a deployment starts | code | settings | variables |
|---|---|---|---|---|
| service created empty, settings changed, domain, volume | no | | | |
| service created with a source, source connected | yes | head of the branch, or the image | now | now |
| variable changed without `skipDeploys`, patch committed | if there is code to deploy | of the latest | now | now |
| `serviceInstanceDeployV2` | yes | the commit asked for, else of the latest | now | now |
| patch that touches public addresses or volume sizes only | no | | | |
| upload | yes | the archive | now | now |
| `serviceInstanceRedeploy`, `usePreviousImageTag` | yes, without a build | the image of the deployment | now | now |
| `deploymentRedeploy` | yes | that of the deployment | now | now |
| `deploymentRollback` | yes, without a build | the image of the deployment | of then | of then |
| `deploymentRestart` | no: the same process starts again | | of then | of then |
| push to a connected branch | if a watch pattern matches, else SKIPPED | the new head | now | now |

Whatever a deployment takes is frozen in its row: later changes do not reach it. What a build baked in (any
`NEXT_PUBLIC_*`) changes with a build only. What one patch or one duplicated environment deploys starts in the order of
its references, and waits for what it refers to; deployments asked for one by one do not. A new deployment takes over
after it is healthy; until then, and if it fails, the old one serves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime

import pathspec

from wizard.standin.state.rendering import references
from wizard.standin.state.rows import Deployment, Document, Service, ServiceInstance, Variable
from wizard.standin.state.store import Tables

IN_PROGRESS = frozenset({"INITIALIZING", "QUEUED", "WAITING", "NEEDS_APPROVAL", "BUILDING", "DEPLOYING"})
"""Not yet decided; a client calls all of them pending."""
SERVING = frozenset({"SUCCESS", "SLEEPING"})
"""Decided well: traffic goes there."""
ENDED = frozenset({"FAILED", "CRASHED", "REMOVED", "SKIPPED"})
"""Nothing more happens to it by itself."""
BUILDING = frozenset({"INITIALIZING", "QUEUED", "BUILDING"})
"""While one of these, `Cannot redeploy yet` is the answer to another redeploy."""

HEALTHCHECK_SECONDS = 300
"""How long a deployment has to answer 200 where the service does not say."""

_DATASTORES = (("postgres", re.compile(r"postgres")), ("redis", re.compile(r"redis|valkey")))
_NOT_SETTINGS = {"id", "created_at", "updated_at", "service_id", "environment_id", "repo", "branch", "image"}


def frozen_settings(instance: ServiceInstance) -> Document:
    """Return the settings as a deployment freezes them."""
    return {name: value for name, value in asdict(instance).items() if name not in _NOT_SETTINGS}


SETTINGS = frozenset(field.name for field in fields(ServiceInstance)) - _NOT_SETTINGS - {"auto_deploy", "check_suites"}
"""The instance's settings that `serviceInstanceUpdate` and a patch may write."""


def newest(tables: Tables, service_id: str, environment_id: str) -> Deployment | None:
    """Return the latest deployment of an instance."""
    rows = tables.where(Deployment, service_id=service_id, environment_id=environment_id)
    return rows[-1] if rows else None


def active(tables: Tables, service_id: str, environment_id: str) -> list[Deployment]:
    """Return the deployments that really serve, newest first."""
    rows = tables.where(Deployment, service_id=service_id, environment_id=environment_id)
    return [row for row in reversed(rows) if row.status in SERVING and not row.deployment_stopped]


def origin_to_deploy(instance: ServiceInstance, latest: Deployment | None) -> Document | None:
    """Return the code a change deploys again: the latest's if its source is still the instance's, else the source.

    None where there is neither: then nothing starts.
    """
    source = source_of(instance)
    if latest is None or latest.status == "SKIPPED":
        return source
    if source is None or latest.origin["kind"] == "upload":
        return latest.origin
    same = all(latest.origin.get(key) == source[key] for key in ("kind", "repo", "image") if key in source)
    return latest.origin if same and source["kind"] == "repo" else source


def source_of(instance: ServiceInstance) -> Document | None:
    """Return the connected source, a repository without a commit; None for an empty service."""
    if instance.repo:
        return {"kind": "repo", "repo": instance.repo, "branch": instance.branch, "commit": None}
    return {"kind": "image", "image": instance.image} if instance.image else None


def may_redeploy(deployment: Deployment) -> bool:
    """Tell whether the deployment has a snapshot to deploy again and is decided."""
    return deployment.snapshot_id is not None and deployment.status not in IN_PROGRESS


def may_roll_back(deployment: Deployment, kept_since: datetime) -> bool:
    """Tell whether the deployment's image is kept: it served once, serves no more, and was replaced since then."""
    replaced = deployment.status == "REMOVED" and deployment.status_updated_at >= kept_since
    return deployment.image is not None and deployment.served_at is not None and replaced


def watches(patterns: list[str], changed: Iterable[str]) -> bool:
    """Tell whether a push that changed these paths deploys; patterns are git's, from the repository's root."""
    if not patterns:
        return True
    spec = pathspec.GitIgnoreSpec.from_lines(patterns)
    return any(spec.match_file(path) for path in changed)


def users_of_shared(tables: Tables, environment_id: str) -> list[ServiceInstance]:
    """Return the instances whose variables refer to a shared one: what a change of those concerns."""
    refer = {
        row.service_id
        for row in tables.where(Variable, environment_id=environment_id)
        if any(name.startswith("shared.") for name in references(row.value))
    }
    return [one for one in tables.where(ServiceInstance, environment_id=environment_id) if one.service_id in refer]


def batch_order(tables: Tables, instances: list[ServiceInstance]) -> list[tuple[ServiceInstance, set[str]]]:
    """Order a batch by its references: each instance with the services of the batch that it waits for.

    A circle is cut where it is met: the one met again starts without waiting.
    """
    batch = {instance.service_id: instance for instance in instances}
    met: set[str] = set()
    ordered: list[tuple[ServiceInstance, set[str]]] = []

    def visit(instance: ServiceInstance) -> None:
        met.add(instance.service_id)
        needed = _referred_services(tables, instance) & batch.keys()
        for service_id in sorted(needed - met):
            visit(batch[service_id])
        before = {one.service_id for one, _ in ordered}
        ordered.append((instance, needed & before))

    for instance in instances:
        if instance.service_id not in met:
            visit(instance)
    return ordered


def with_referred(tables: Tables, instance: ServiceInstance) -> list[ServiceInstance]:
    """Return an instance with all it refers to in its environment, and what those refer to."""
    here = {one.service_id: one for one in tables.where(ServiceInstance, environment_id=instance.environment_id)}
    found = [instance]
    for one in found:
        known = {row.service_id for row in found}
        found += [here[id_] for id_ in sorted(_referred_services(tables, one) - known) if id_ in here]
    return found


def _referred_services(tables: Tables, instance: ServiceInstance) -> set[str]:
    own = tables.where(Variable, service_id=instance.service_id, environment_id=instance.environment_id)
    owners = {name.rpartition(".")[0] for row in own for name in references(row.value)}
    service = tables.get(Service, instance.service_id)
    siblings = tables.where(Service, project_id=service.project_id) if service else []
    return {row.id for row in siblings if row.name in owners and row.id != instance.service_id}


_PATCHED_PARTS_THAT_DEPLOY = frozenset({"source", "build", "deploy", "variables", "volumeMounts", "isCreated"})


def patch_deploys(section: Document) -> bool:
    """Tell whether a service's part of a committed patch starts a deployment."""
    return bool(_PATCHED_PARTS_THAT_DEPLOY & section.keys())


def datastore_engine(image: str) -> str | None:
    """Return `postgres` or `redis` for an image that is one, else None."""
    name = image.rpartition("/")[2]
    return next((engine for engine, pattern in _DATASTORES if pattern.search(name)), None)


def image_major(image: str) -> int | None:
    """Return the major version in an image's tag, None without one."""
    tag = re.search(r":v?(\d+)", image.rpartition("/")[2])
    return int(tag[1]) if tag else None
