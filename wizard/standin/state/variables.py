"""The variables a deployment freezes: the service's own, rendered, and what the platform provides."""

from __future__ import annotations

from wizard.standin.state.cloud import Cloud
from wizard.standin.state.rendering import Renderer
from wizard.standin.state.rows import Document, ServiceInstance


def frozen_variables(cloud: Cloud, instance: ServiceInstance, deployment_id: str, meta: Document) -> dict[str, str]:
    """Return what the build and the process of a deployment that begins now will see."""
    renderer = Renderer(cloud.tables, instance.environment_id, cloud.machine.private_host)
    return {
        **renderer.rendered(instance.service_id, sealed=True),
        "RAILWAY_DEPLOYMENT_ID": deployment_id,
        "RAILWAY_REPLICA_ID": instance.id,
        "RAILWAY_REPLICA_REGION": instance.region or "",
        "RAILWAY_SNAPSHOT_ID": deployment_id,
        **_git(meta),
    }


def _git(meta: Document) -> dict[str, str]:
    if not meta.get("commitHash"):
        return {}
    owner, _, name = str(meta["repo"]).partition("/")
    return {
        "RAILWAY_GIT_AUTHOR": meta["commitAuthor"],
        "RAILWAY_GIT_BRANCH": meta["branch"] or "",
        "RAILWAY_GIT_COMMIT_MESSAGE": meta["commitMessage"],
        "RAILWAY_GIT_COMMIT_SHA": meta["commitHash"],
        "RAILWAY_GIT_REPO_NAME": name,
        "RAILWAY_GIT_REPO_OWNER": owner,
    }
