"""Managed databases: deployed from Railway's templates, reached from outside by TCP proxies that do not stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wizard.errors import FailedError, PlatformError, WizardError
from wizard.platform.errors import LostAnswerError
from wizard.platform.handles import Answer, Group, Handle, Kind, Receipt
from wizard.platform.states import ProxyState
from wizard.railway.client.fragments import ServicePage
from wizard.railway.client.input_types import TemplateDeployV2Input
from wizard.railway.client.read_proxies import ReadProxies
from wizard.railway.client.watch_workflow import WatchWorkflow
from wizard.railway.errors import ABSENT
from wizard.railway.mapping import handle, proxy
from wizard.railway.patch_history import marked, opener, read_patches
from wizard.railway.patches import commit_now
from wizard.railway.session import PAGE, Session, pages
from wizard.railway.templates import CODES, configured

WORKFLOW_INTERVALS = (2.0, 3.0, 5.0, 8.0)
"""Seconds between looks at a template's workflow; the last one repeats."""
WORKFLOW_SECONDS = 240.0
PROXY_INTERVALS = (1.0, 2.0, 4.0, 8.0)
PROXY_SECONDS = 60.0
DELETE_TRIES, DELETE_RETRY_SECONDS = 6, 5.0


@dataclass(slots=True)
class RailwayDatastores:
    """The `Datastores` port."""

    session: Session

    async def create(self, group: Group, name: str, engine: str, version: int | None) -> Receipt:
        """Deploy the engine's template under this name; returns when its service is known.

        A second deployment makes a second database under a name with a suffix: look before asking.
        """
        client = self.session.client
        if engine not in CODES:
            raise FailedError("railway.no-template", engine=engine)
        template = (await client.read_template(CODES[engine])).template
        wanted = TemplateDeployV2Input(
            project_id=group.project.id,
            environment_id=group.environment.id,
            template_id=template.id,
            serialized_config=configured(template.serialized_config, name, engine, version),
        )
        try:
            workflow_id = (await client.deploy_template(wanted)).template_deploy_v_2.workflow_id
        except LostAnswerError:
            return Receipt(None, Answer.AMBIGUOUS)
        return await self._appeared(group, name, workflow_id or "")

    async def _appeared(self, group: Group, name: str, workflow_id: str) -> Receipt:
        """Watch the workflow until the service of our name is there: nothing in the mutation's answer names it."""
        clock = self.session.clock
        deadline = clock.monotonic() + WORKFLOW_SECONDS
        for interval in _repeating(WORKFLOW_INTERVALS):
            await clock.sleep(interval)
            told = await self.session.client.watch_workflow(workflow_id, group.project.id, PAGE)
            if found := await self._named(group, name, told):
                return Receipt(found)
            if told.workflow_status.status.value == "Error":
                raise FailedError("railway.template-failed", name=name, reason=told.workflow_status.error or "?")
            if clock.monotonic() > deadline:
                break
        return Receipt(None, Answer.AMBIGUOUS)

    async def _named(self, group: Group, name: str, told: WatchWorkflow) -> Handle | None:
        client, project_id = self.session.client, group.project.id

        async def more(after: str) -> ServicePage:
            return (await client.read_services(project_id, PAGE, after)).project.services

        nodes = [edge.node for page in await pages(told.project.services, more) for edge in page.edges]
        found = next((node for node in nodes if node.name == name and node.deleted_at is None), None)
        return handle(Kind.DATABASE, found.id, found.name) if found else None

    async def proxies(self, group: Group, database: Handle) -> tuple[ProxyState, ...]:
        """List a database's proxies."""
        return self._seen(group, database, await self._read(group, database))

    async def open_proxy(self, group: Group, database: Handle, port: int, mark: str) -> ProxyState:
        """Open a proxy by a patch and wait for its address; opening an open one changes nothing.

        The patch's message carries the mark: Railway keeps the patches of an environment.
        """
        patch: dict[str, Any] = {"services": {database.id: {"networking": {"tcpProxies": {str(port): {}}}}}}
        await commit_now(self.session, group.environment.id, patch, marked(mark))
        clock = self.session.clock
        deadline = clock.monotonic() + PROXY_SECONDS
        for interval in _repeating(PROXY_INTERVALS):
            await clock.sleep(interval)
            for one in self._seen(group, database, await self._read(group, database)):
                if one.target_port == port and one.host:
                    return one
            if clock.monotonic() > deadline:
                break
        raise PlatformError("railway.proxy-late", name=database.name, seconds=int(PROXY_SECONDS))

    async def proxy_mark(self, group: Group, database: Handle, proxy: ProxyState) -> str | None:
        """Return the mark of the patch that opened a proxy."""
        return opener(await read_patches(self.session, group.environment.id), database.id, proxy.created_at)

    async def close_proxy(self, proxy: Handle) -> None:
        """Remove a proxy; where the answer leaves room for doubt it is looked for."""
        try:
            await self._delete(proxy)
        except WizardError as error:
            if not (error.code in ABSENT or isinstance(error, LostAnswerError)):
                raise
            if not await self._gone(proxy, error):
                raise

    async def stop(self, deployment: Handle) -> None:
        """Stop the processes of the deployment that serves the database; the platform keeps its record and data."""
        await self.session.client.stop_deployment(deployment.id)

    async def start(self, deployment: Handle) -> None:
        """Start a stopped deployment again, as it was; one that runs is restarted."""
        await self.session.client.restart_deployment(deployment.id)

    async def _delete(self, proxy: Handle) -> None:
        """Ask again while Railway is busy with it: a run that died may have asked a moment ago."""
        for remaining in reversed(range(DELETE_TRIES)):
            try:
                await self.session.client.delete_proxy(proxy.id)
            except FailedError as error:
                if error.code != "railway.in-progress" or not remaining:
                    raise
                await self.session.clock.sleep(DELETE_RETRY_SECONDS)
            else:
                return

    async def _gone(self, proxy: Handle, error: WizardError) -> bool:
        """Look where the proxy was last seen; one never seen in this run is believed gone when Railway denies it."""
        if proxy.id not in self.session.proxies:
            return error.code == "railway.not-authorized"
        environment_id, service_id = self.session.proxies[proxy.id]
        told = await self.session.client.read_proxies(environment_id, service_id)
        return proxy.id not in {one.id for one in told.tcp_proxies}

    async def _read(self, group: Group, database: Handle) -> ReadProxies:
        told = await self.session.client.read_proxies(group.environment.id, database.id)
        count = told.environment.unmerged_changes_count or 0
        self.session.staged[group.environment.id] = (count, self.session.clock.monotonic())
        return told

    def _seen(self, group: Group, database: Handle, told: ReadProxies) -> tuple[ProxyState, ...]:
        """Return the proxies that are there to stay, and remember where they were seen."""
        here = [one for one in told.tcp_proxies if one.sync_status.value not in {"DELETED", "DELETING"}]
        self.session.proxies.update({one.id: (group.environment.id, database.id) for one in here})
        return tuple(map(proxy, here))


def _repeating(intervals: tuple[float, ...]) -> Iterator[float]:
    """Yield the intervals, then the last one for ever."""
    yield from intervals
    while True:
        yield intervals[-1]
