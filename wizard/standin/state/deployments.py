"""Makes deployments as the rules say, and carries out what clients ask of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from wizard.standin.state import rules
from wizard.standin.state.cloud import Cloud
from wizard.standin.state.fleet import Fleet, engine_of
from wizard.standin.state.pipeline import Pipeline
from wizard.standin.state.refusals import (
    COMMIT_NOT_FOUND,
    NO_ROLLBACK,
    NO_SNAPSHOT,
    PROBLEM,
    STILL_BUILDING,
    Refused,
)
from wizard.standin.state.repositories import UnknownCommitError
from wizard.standin.state.restarts import allowed
from wizard.standin.state.rows import Deployment, Document, Environment, ServiceInstance
from wizard.standin.state.supervision import Supervision
from wizard.standin.state.variables import frozen_variables

_BUILD_SETTINGS = {
    "builder": "builder",
    "build_command": "buildCommand",
    "dockerfile_path": "dockerfilePath",
    "watch_patterns": "watchPatterns",
}
_DEPLOY_SETTINGS = {
    "start_command": "startCommand",
    "pre_deploy_command": "preDeployCommand",
    "healthcheck_path": "healthcheckPath",
    "healthcheck_timeout": "healthcheckTimeout",
    "restart_policy_type": "restartPolicyType",
    "restart_policy_max_retries": "restartPolicyMaxRetries",
    "num_replicas": "numReplicas",
    "multi_region_config": "multiRegionConfig",
    "region": "region",
    "cron_schedule": "cronSchedule",
    "sleep_application": "sleepApplication",
    "overlap_seconds": "overlapSeconds",
    "draining_seconds": "drainingSeconds",
    "limit_override": "limitOverride",
    "required_mount_path": "requiredMountPath",
}


class Deployments:
    """The operations on deployments; every one that starts one answers at once."""

    def __init__(self, cloud: Cloud, fleet: Fleet, pipeline: Pipeline, supervision: Supervision) -> None:
        self._cloud = cloud
        self._fleet = fleet
        self._pipeline = pipeline
        self._supervision = supervision

    async def deploy_commit(self, instance: ServiceInstance, commit: str | None) -> Deployment:
        """Deploy a commit of the connected repository; without one what the latest deployment had."""
        self.check_idle(instance)
        latest = rules.newest(self._cloud.tables, instance.service_id, instance.environment_id)
        if commit and instance.repo:
            return await self._deploy(instance, {**(rules.source_of(instance) or {}), "commit": commit}, "deploy")
        return await self._deploy(instance, rules.origin_to_deploy(instance, latest), "deploy")

    async def deploy_source(self, instance: ServiceInstance) -> Deployment | None:
        """Deploy a source that was just connected; None where there is none."""
        source = rules.source_of(instance)
        return await self._deploy(instance, source, "deploy") if source else None

    async def deploy_archive(self, instance: ServiceInstance, archive: str, message: str | None) -> Deployment:
        """Deploy an upload that lies in the uploads folder."""
        origin = {"kind": "upload", "archive": archive, "message": message}
        return await self._deploy(instance, origin, "deploy")

    def check_idle(self, instance: ServiceInstance) -> None:
        """Raise Refused where the settings make a build refuse whatever would deploy the instance again."""
        latest = rules.newest(self._cloud.tables, instance.service_id, instance.environment_id)
        if self._cloud.settings.refuse_while_building and latest and latest.status in rules.BUILDING:
            raise Refused(STILL_BUILDING)

    async def deploy_head(self, instance: ServiceInstance) -> Deployment:
        """Deploy the head of the connected branch, as a push would; raises Refused without a repository."""
        source = rules.source_of(instance)
        if source is None or source["kind"] != "repo":
            raise Refused(PROBLEM)
        self.check_idle(instance)
        return await self._deploy(instance, source, "deploy")

    async def apply_change(self, instance: ServiceInstance) -> Deployment | None:
        """Deploy again because variables or settings changed; None where there is no code to deploy."""
        latest = rules.newest(self._cloud.tables, instance.service_id, instance.environment_id)
        origin = rules.origin_to_deploy(instance, latest)
        return await self._deploy(instance, origin, "deploy") if origin else None

    async def apply_batch(self, instances: list[ServiceInstance], commits: Mapping[str, str] | None = None) -> None:
        """Deploy what one change concerns together, what is referred to first; `commits` are by service."""
        started: dict[str, Deployment] = {}
        for instance, needed in rules.batch_order(self._cloud.tables, instances):
            latest = rules.newest(self._cloud.tables, instance.service_id, instance.environment_id)
            origin = rules.origin_to_deploy(instance, latest)
            asked = (commits or {}).get(instance.service_id)
            if origin and asked and origin["kind"] == "repo":
                origin = {**origin, "commit": asked}
            if origin:
                row = self._cloud.store.put(await self._row(instance, origin, "deploy"))
                self._pipeline.begin(row, [started[one] for one in sorted(needed) if one in started])
                started[instance.service_id] = row

    async def receive_push(self, repo: str, branch: str) -> list[Deployment]:
        """Deploy what a push concerns: every instance connected to the branch with auto-deploy on."""
        try:
            head = (await self._cloud.repositories.commit(repo, branch)).sha
        except UnknownCommitError:
            raise Refused(COMMIT_NOT_FOUND) from None
        rows = self._cloud.tables.where(ServiceInstance, repo=repo, branch=branch, auto_deploy=True)
        return [await self._deploy_push(row, head) for row in rows]

    async def _deploy_push(self, instance: ServiceInstance, head: str) -> Deployment:
        latest = rules.newest(self._cloud.tables, instance.service_id, instance.environment_id)
        before = latest.origin.get("commit") if latest else None
        origin = {**(rules.source_of(instance) or {}), "commit": head}
        if before:
            changed = await self._cloud.repositories.changed_paths(origin["repo"], before, head)
            if not rules.watches(instance.watch_patterns, changed):
                return await self._skip(instance, origin)
        if self._cloud.settings.pushes_need_approval:
            row = await self._row(instance, origin, "deploy")
            return self._cloud.store.put(replace(row, status="NEEDS_APPROVAL"))
        return await self._deploy(instance, origin, "deploy")

    def approve(self, deployment: Deployment) -> None:
        """Begin a deployment that waits for somebody's approval; raises Refused for any other."""
        if deployment.status != "NEEDS_APPROVAL":
            raise Refused(PROBLEM)
        self._pipeline.begin(self._pipeline.set_status(deployment, "INITIALIZING"))

    async def _skip(self, instance: ServiceInstance, origin: Document) -> Deployment:
        row = await self._row(instance, origin, "skipped")
        return self._cloud.store.put(replace(row, status="SKIPPED", snapshot_id=None))

    async def redeploy_active(self, instance: ServiceInstance) -> Deployment:
        """Run the live deployment's image again with today's variables."""
        serving = rules.active(self._cloud.tables, instance.service_id, instance.environment_id)
        latest = rules.newest(self._cloud.tables, instance.service_id, instance.environment_id)
        if latest and latest.status in rules.BUILDING:
            raise Refused(STILL_BUILDING)
        if not serving:
            raise Refused(NO_SNAPSHOT)
        return await self._deploy(instance, serving[0].origin, "redeploy", image_of=serving[0])

    async def redeploy(self, deployment: Deployment, *, same_image: bool) -> Deployment:
        """Deploy a deployment's code again, with or without a build."""
        if deployment.status in rules.BUILDING:
            raise Refused(STILL_BUILDING)
        if not rules.may_redeploy(deployment):
            raise Refused(NO_SNAPSHOT)
        kept = deployment if same_image and deployment.image else None
        return await self._deploy(self._instance(deployment), deployment.origin, "redeploy", image_of=kept)

    async def roll_back(self, deployment: Deployment) -> Deployment:
        """Bring back the image, the settings and the variables of a deployment."""
        if not self.may_roll_back(deployment):
            raise Refused(NO_ROLLBACK)
        frozen = (deployment.settings, deployment.variables)
        instance = self._instance(deployment)
        return await self._deploy(instance, deployment.origin, "rollback", image_of=deployment, frozen=frozen)

    def may_roll_back(self, deployment: Deployment) -> bool:
        """Tell whether the deployment's image is kept: it served once, serves no more, and the plan still keeps it."""
        kept = timedelta(hours=self._cloud.settings.limits.rollback_hours)
        return rules.may_roll_back(deployment, self._cloud.clock.now() - kept)

    async def restart(self, deployment: Deployment) -> None:
        """Start the same processes again, those of a stopped deployment too: no build, no fresh variables."""
        if deployment.status not in rules.SERVING | {"CRASHED"}:
            raise Refused(NO_SNAPSHOT)
        self._cloud.logs.say(deployment, "deploy", "Restarting Container")
        await self._supervision.restart(deployment)

    def execute(self, instance: ServiceInstance) -> bool:
        """Run the active deployment of a cron service now; false where it is running, Refused where there is none."""
        serving = rules.active(self._cloud.tables, instance.service_id, instance.environment_id)
        schedule = self._fleet.scheduled(serving[0].id) if serving else None
        if schedule is None:
            raise Refused(PROBLEM)
        return schedule.run_now()

    async def cancel(self, deployment: Deployment) -> None:
        """Abort a deployment that is not decided yet."""
        if deployment.status in rules.IN_PROGRESS:
            await self._pipeline.cancel(deployment)

    async def stop(self, deployment: Deployment) -> None:
        """Stop the processes and keep the record: the status stays, `deploymentStopped` says it."""
        if deployment.status not in rules.SERVING | {"CRASHED"}:
            raise Refused(PROBLEM)
        await self._fleet.stop(deployment)
        self._fleet.point(deployment)
        self._cloud.store.change(deployment, deployment_stopped=True)

    async def remove(self, deployment: Deployment) -> None:
        """Stop the process and end the deployment REMOVED."""
        if deployment.status in rules.IN_PROGRESS:
            await self._pipeline.cancel(deployment)
        elif deployment.status not in rules.ENDED - {"CRASHED"}:
            await self._fleet.stop(deployment)
            self._fleet.point(deployment)
        self._pipeline.set_status(deployment, "REMOVED")

    async def remove_all(self, service_id: str, environment_id: str) -> None:
        """End every deployment of an instance that is about to go."""
        for row in self._cloud.tables.where(Deployment, service_id=service_id, environment_id=environment_id):
            if row.status not in rules.ENDED:
                await self.remove(row)

    async def recover(self) -> None:
        """After a restart of the stand-in: serve again what served, datastores first; the interrupted failed."""
        rows = self._cloud.tables.all(Deployment)
        for row in rows:
            if row.status in rules.IN_PROGRESS - {"NEEDS_APPROVAL"}:
                self._pipeline.set_status(row, "FAILED")
            elif row.status == "REMOVING":
                self._pipeline.set_status(row, "REMOVED")
        serving = [row for row in rows if row.status in rules.SERVING and not row.deployment_stopped]
        for row in sorted(serving, key=lambda row: engine_of(row) is None):
            await self._supervision.resume(row)

    async def _deploy(
        self,
        instance: ServiceInstance,
        origin: Document | None,
        reason: str,
        *,
        image_of: Deployment | None = None,
        frozen: tuple[Document, dict[str, str]] | None = None,
    ) -> Deployment:
        if origin is None:
            raise Refused(NO_SNAPSHOT)
        row = await self._row(instance, origin, reason)
        if image_of:
            kept_snapshot = image_of.snapshot_id or row.snapshot_id
            row = replace(row, image=image_of.image, reuse=image_of.id, snapshot_id=kept_snapshot)
        if frozen:
            settings, variables = frozen
            row = replace(row, settings=settings, variables={**variables, "RAILWAY_DEPLOYMENT_ID": row.id})
            row = replace(row, meta={**row.meta, **_manifest(settings)})
        self._cloud.store.put(row)
        self._pipeline.begin(row)
        return row

    async def _row(self, instance: ServiceInstance, origin: Document, reason: str) -> Deployment:
        """Return a new deployment's row with today's settings and variables; not stored yet."""
        origin, described = await self._resolve(origin)
        tables, stamp = self._cloud.tables, self._cloud.stamp()
        settings = allowed(rules.frozen_settings(instance), self._cloud.settings.plan)
        meta = {"reason": reason, **described, **_manifest(settings)}
        environment = tables.get(Environment, instance.environment_id)
        return Deployment(
            **stamp,
            project_id=environment.project_id if environment else "",
            environment_id=instance.environment_id,
            service_id=instance.service_id,
            status="INITIALIZING",
            status_updated_at=stamp["created_at"],
            origin=origin,
            settings=settings,
            variables=frozen_variables(self._cloud, instance, stamp["id"], meta),
            meta=meta,
            snapshot_id=stamp["id"] if origin["kind"] == "image" else None,
        )

    async def _resolve(self, origin: Document) -> tuple[Document, Document]:
        """Return the origin with its commit and what `meta` says about it; raises Refused for an unknown commit."""
        if origin["kind"] == "image":
            return origin, {"image": origin["image"]}
        if origin["kind"] == "upload":
            return origin, {"commitMessage": origin.get("message"), "repo": None, "commitHash": None}
        try:
            revision = origin.get("commit") or origin.get("branch") or "HEAD"
            commit = await self._cloud.repositories.commit(origin["repo"], revision)
        except UnknownCommitError:
            raise Refused(COMMIT_NOT_FOUND) from None
        told = {
            "repo": origin["repo"],
            "branch": origin["branch"],
            "commitHash": commit.sha,
            "commitMessage": commit.message,
            "commitAuthor": commit.author,
        }
        return {**origin, "commit": commit.sha}, told

    def _instance(self, deployment: Deployment) -> ServiceInstance:
        here = {"service_id": deployment.service_id, "environment_id": deployment.environment_id}
        found = self._cloud.tables.first(ServiceInstance, **here)
        if found is None:
            raise Refused(NO_SNAPSHOT)
        return found


def _manifest(settings: Document) -> Document:
    """Return the effective settings in the words of `meta`, unset ones left out."""
    build = {name: settings[key] for key, name in _BUILD_SETTINGS.items() if settings.get(key) is not None}
    deploy = {name: settings[key] for key, name in _DEPLOY_SETTINGS.items() if settings.get(key) is not None}
    return {
        "rootDirectory": settings.get("root_directory"),
        "builder": settings.get("builder"),
        "serviceManifest": {"build": build, "deploy": deploy},
    }
