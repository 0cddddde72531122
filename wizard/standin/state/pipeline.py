"""One deployment from INITIALIZING to its end: snapshot, build, pre-deploy command, start, health, takeover.

Every step is a `DeploymentEvent`; a step that fails ends the deployment FAILED and leaves the one before serving.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import tarfile
from collections import defaultdict
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path

from wizard.standin.addresses import Address, Nowhere
from wizard.standin.faults.commands import around_pre_deploy
from wizard.standin.runner import probe
from wizard.standin.settings import TimedBuild
from wizard.standin.state import rules
from wizard.standin.state.cloud import Cloud
from wizard.standin.state.fleet import Fleet, cron_of, engine_of
from wizard.standin.state.machine import BuildError, BuildOrder, RunOrder, StartError
from wizard.standin.state.replica import Replica
from wizard.standin.state.replica_set import ReplicaSet
from wizard.standin.state.repositories import UnknownCommitError
from wizard.standin.state.rows import Deployment, Service
from wizard.standin.state.steps import StepError, set_status, step
from wizard.standin.state.supervision import Supervision

_LOGGER = logging.getLogger(__name__)


class Pipeline:
    """Runs deployments, one at a time per service instance; a second one waits QUEUED."""

    def __init__(self, cloud: Cloud, fleet: Fleet, supervision: Supervision) -> None:
        self._cloud = cloud
        self._fleet = fleet
        self._supervision = supervision
        self._turns: dict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def begin(self, deployment: Deployment, after: Sequence[Deployment] = ()) -> None:
        """Start the deployment's run in the background, once those it waits for are decided."""
        task = asyncio.create_task(self._run(deployment, after))
        self._tasks[deployment.id] = task
        task.add_done_callback(lambda _: self._tasks.pop(deployment.id, None))

    async def cancel(self, deployment: Deployment) -> None:
        """Abort a run; the deployment ends REMOVED."""
        task = self._tasks.get(deployment.id)
        if task:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self.set_status(deployment, "REMOVED")

    async def close(self) -> None:
        """Abort every run."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def set_status(self, deployment: Deployment, status: str) -> Deployment:
        """Store a new status."""
        return set_status(self._cloud, deployment, status)

    async def _run(self, deployment: Deployment, after: Sequence[Deployment]) -> None:
        if after:
            await self._wait_for(deployment, after)
        turn = self._turns[deployment.service_id, deployment.environment_id]
        if turn.locked():
            self.set_status(deployment, "QUEUED")
        async with turn:
            try:
                await self._deploy(deployment)
            except StepError as error:
                self._cloud.logs.say(deployment, "deploy", f"Deployment failed: {error}")
                self.set_status(deployment, "FAILED")
            except Exception:
                _LOGGER.exception("deployment %s ended by a defect of the stand-in", deployment.id)
                self.set_status(deployment, "FAILED")

    async def _wait_for(self, deployment: Deployment, after: Sequence[Deployment]) -> None:
        self.set_status(deployment, "WAITING")
        async with self._step(deployment, "WAIT_FOR_DEPENDENCIES"):
            while True:
                changed = self._cloud.store.pulse.next()
                awaited = [self._cloud.tables.get(Deployment, one.id) for one in after]
                if not any(row and row.status in rules.IN_PROGRESS for row in awaited):
                    return
                await changed.wait()

    async def _deploy(self, deployment: Deployment) -> None:
        if deployment.image is None and engine_of(deployment) is None:
            deployment = await self._build(deployment)
        deployment = self.set_status(deployment, "DEPLOYING")
        await self._pre_deploy(deployment)
        previous = rules.active(self._cloud.tables, deployment.service_id, deployment.environment_id)
        if cron_of(deployment):
            self._fleet.schedule(deployment)
        else:
            await self._start_beside(deployment, previous)
        await self._take_over(deployment, previous)
        self._supervision.watch(deployment)

    async def _build(self, deployment: Deployment) -> Deployment:
        started = self._cloud.clock.monotonic()
        async with self._step(deployment, "SNAPSHOT_CODE"):
            snapshot = await self._snapshot(deployment)
            deployment = self._cloud.store.change(deployment, snapshot_id=deployment.id)
        deployment = self.set_status(deployment, "BUILDING")
        async with self._step(deployment, "BUILD_IMAGE"):
            order = BuildOrder(deployment.id, snapshot, deployment.settings, deployment.variables)
            image = await self._build_image(deployment, order)
            timed = self._cloud.settings.build
            await self._hold(started, timed.seconds if isinstance(timed, TimedBuild) else 0)
        async with self._step(deployment, "PUBLISH_IMAGE"):
            return self._cloud.store.change(deployment, image=image)

    async def _build_image(self, deployment: Deployment, order: BuildOrder) -> dict[str, object]:
        try:
            with self._cloud.clock.busy():
                return await self._cloud.machine.build(order, self._cloud.logs.sink(deployment, "build"))
        except BuildError as error:
            self._cloud.logs.write(deployment.id, "build", str(error), "error")
            raise StepError(str(error)) from error

    async def _snapshot(self, deployment: Deployment) -> Path:
        origin = deployment.origin
        folder = self._cloud.folder / "snapshots" / deployment.id
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            if origin["kind"] == "upload":
                with self._cloud.clock.busy():
                    await asyncio.to_thread(_unpack, Path(origin["archive"]), folder)
            elif origin["kind"] == "repo":
                await self._cloud.repositories.export(origin["repo"], origin["commit"], folder)
            else:
                raise StepError(f"The image {origin['image']} cannot run without a container engine")
        except (OSError, tarfile.TarError, UnknownCommitError) as error:
            raise StepError(f"Failed to create code snapshot: {error}") from error
        return folder

    async def _pre_deploy(self, deployment: Deployment) -> None:
        command = " && ".join(deployment.settings.get("pre_deploy_command") or [])
        if not command or deployment.image is None:
            return
        async with self._step(deployment, "PRE_DEPLOY_COMMAND"):
            self._cloud.logs.say(deployment, "deploy", "Starting pre-deploy command")
            order = RunOrder(f"{deployment.id}-pre", deployment.image, deployment.variables, deployment.environment_id)

            async def run() -> int:
                with self._cloud.clock.busy():
                    return await self._cloud.machine.run(order, command, self._cloud.logs.sink(deployment, "deploy"))

            service = self._cloud.tables.get(Service, deployment.service_id)
            code = await around_pre_deploy(self._cloud.faults, service.name if service else None, command, run)
            if code:
                raise StepError(f"pre-deploy command failed with exit code {code}")

    async def _start_beside(self, deployment: Deployment, previous: list[Deployment]) -> None:
        """Start it while the old one serves; with a volume the old one must let go of it first."""
        started = self._cloud.clock.monotonic()
        alone = engine_of(deployment) is not None or self._fleet.mount(deployment) is not None
        if alone:
            for old in previous:
                await self._fleet.stop(old)
        try:
            replicas = await self._start(deployment)
            await self._wait_healthy(deployment, replicas)
            if engine_of(deployment):
                await self._hold(started, self._cloud.settings.database_seconds)
        except BaseException:
            await self._fleet.stop(deployment)
            if alone and previous:
                await self._supervision.resume(previous[0])
            raise

    async def _start(self, deployment: Deployment) -> ReplicaSet:
        async with self._step(deployment, "CREATE_CONTAINER"):
            try:
                replicas = await self._fleet.start(deployment)
            except StartError as error:
                self._cloud.logs.write(deployment.id, "deploy", str(error), "error")
                raise StepError(str(error)) from error
        self._cloud.logs.say(deployment, "deploy", "Starting Container")
        return replicas

    async def _wait_healthy(self, deployment: Deployment, replicas: ReplicaSet) -> None:
        path = deployment.settings.get("healthcheck_path")
        if not path or engine_of(deployment):
            return
        async with self._step(deployment, "HEALTHCHECK"):
            healthy = await probe(
                [partial(_place, one) for one in replicas.replicas],
                path,
                window=_health_window(deployment),
                clock=self._cloud.clock,
                log=self._cloud.logs.sink(deployment, "build"),
                running=lambda: not replicas.over,
            )
            if not healthy:
                ended = f": the process ended with code {replicas.exit_code}" if replicas.over else ""
                raise StepError(f"Healthcheck failed{ended}")

    async def _take_over(self, deployment: Deployment, previous: list[Deployment]) -> None:
        async with self._step(deployment, "CONFIGURE_NETWORK"):
            self._fleet.point(deployment)
        self._cloud.store.change(deployment, served_at=self._cloud.clock.now())
        self.set_status(deployment, "SUCCESS")
        for old in previous:
            self._supervision.retire(old, deployment)

    async def _hold(self, started: float, seconds: float) -> None:
        await self._cloud.clock.sleep(max(0.0, started + seconds - self._cloud.clock.monotonic()))

    def _step(self, deployment: Deployment, name: str) -> AbstractAsyncContextManager[None]:
        return step(self._cloud, deployment, name)


def _place(replica: Replica) -> Address:
    return replica.address or Nowhere()


def _health_window(deployment: Deployment) -> float:
    asked = deployment.settings.get("healthcheck_timeout") or deployment.variables.get(
        "RAILWAY_HEALTHCHECK_TIMEOUT_SEC"
    )
    return float(asked or rules.HEALTHCHECK_SECONDS)


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
