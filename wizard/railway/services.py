"""Services: created empty, configured by their instance, given domains and volumes; nothing here deploys."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass

from wizard.errors import FailedError, WizardError
from wizard.platform.errors import LostAnswerError
from wizard.platform.handles import Group, Handle, Kind, Receipt
from wizard.platform.states import GroupState
from wizard.platform.values import Value
from wizard.railway.client.fragments import ServicePage, VolumeInstancePage
from wizard.railway.client.input_types import (
    CustomDomainCreateInput,
    ServiceCreateInput,
    ServiceDomainCreateInput,
    ServiceInstanceAutoDeployUpdateInput,
    ServiceInstanceUpdateInput,
    VariableCollectionUpsertInput,
    VolumeCreateInput,
)
from wizard.railway.errors import ABSENT
from wizard.railway.lowering import lower
from wizard.railway.mapping import handle
from wizard.railway.patches import commit_quietly
from wizard.railway.session import PAGE, Session, pages, receipt
from wizard.railway.settings import memory_patch, placement, to_input
from wizard.railway.variables import as_container_sees, revealed
from wizard.secrets import Secret

DOMAIN_TRIES = 5
DOMAIN_RETRY_SECONDS = 5.0
"""A service made a moment ago answers that its domain cannot be created yet."""

GONE_SECONDS, LOOK_EVERY = 10.0, 2.0
"""How long what was deleted may still be listed, and how often it is looked for."""


@dataclass(slots=True)
class RailwayServices:
    """The `Services` port."""

    session: Session
    scheme: str

    async def create(self, group: Group, name: str) -> Receipt:
        """Create a service without a source, so that nothing deploys before it is configured."""
        wanted = ServiceCreateInput(project_id=group.project.id, environment_id=group.environment.id, name=name)

        async def create() -> Handle:
            made = (await self.session.client.create_service(wanted)).service_create
            return handle(Kind.SERVICE, made.id, made.name)

        return await receipt(create)

    async def configure(self, group: Group, service: Handle, settings: Mapping[str, object]) -> None:
        """Write only these settings; a memory limit needs a patch of its own."""
        environment_id, place = group.environment.id, (group.environment.id, service.id)
        region, replicas = self.session.placement.get(place, (None, None))
        if written := to_input(settings, (region, replicas)):
            wanted = ServiceInstanceUpdateInput.model_validate(written)
            await self.session.client.update_service_instance(service.id, environment_id, wanted)
            self.session.placement[place] = placement(settings, (region, replicas))
        if "memory_gb" in settings:
            memory = settings["memory_gb"]
            limit = float(memory) if isinstance(memory, int | float) else None
            await commit_quietly(self.session, environment_id, {"services": {service.id: memory_patch(limit)}})

    async def set_variables(self, group: Group, service: Handle | None, values: Mapping[str, str | Secret]) -> None:
        """Set many variables in one request, without deploying and without deleting others."""
        wanted = VariableCollectionUpsertInput(
            project_id=group.project.id,
            environment_id=group.environment.id,
            service_id=service.id if service else None,
            variables=revealed(values),
            replace=False,
            skip_deploys=True,
        )
        await self.session.client.upsert_variables(wanted)

    async def delete_variables(self, group: Group, service: Handle, names: tuple[str, ...]) -> None:
        """Delete variables by a patch: the mutation made for it always deploys."""
        patch = {"services": {service.id: {"variables": dict.fromkeys(names)}}}
        await commit_quietly(self.session, group.environment.id, patch)

    async def rendered(self, group: Group, service: Handle) -> Mapping[str, Secret]:
        """Read a service's variables as a container would see them, without the platform's own."""
        told = await self.session.client.read_rendered_variables(group.project.id, group.environment.id, service.id)
        return as_container_sees(told.variables_for_service_deployment)

    def lower(self, value: Value, state: GroupState, *, service: str) -> str | Secret:
        """Turn a value into a reference where there is one."""
        return lower(value, state, service=service, scheme=self.scheme)

    async def create_domain(self, group: Group, service: Handle, port: int | None) -> Receipt:
        """Give the service a generated host; a second request may add a second one, so look before asking."""
        wanted = ServiceDomainCreateInput(environment_id=group.environment.id, service_id=service.id, target_port=port)
        return await receipt(lambda: self._create_domain(wanted))

    async def create_custom_domain(self, group: Group, service: Handle, host: str, port: int | None) -> Receipt:
        """Give the service a host of the operator's own; it serves once its DNS records are found."""
        wanted = CustomDomainCreateInput(
            project_id=group.project.id,
            environment_id=group.environment.id,
            service_id=service.id,
            domain=host,
            target_port=port,
        )

        async def create() -> Handle:
            made = (await self.session.client.create_custom_domain(wanted)).custom_domain_create
            return handle(Kind.DOMAIN, made.id, made.domain)

        return await receipt(create)

    async def _create_domain(self, wanted: ServiceDomainCreateInput) -> Handle:
        for remaining in reversed(range(DOMAIN_TRIES)):
            try:
                made = (await self.session.client.create_service_domain(wanted)).service_domain_create
            except FailedError as error:
                if error.code != "railway.domain-not-ready" or not remaining:
                    raise
                await self.session.clock.sleep(DOMAIN_RETRY_SECONDS)
            else:
                return handle(Kind.DOMAIN, made.id, made.domain)
        raise AssertionError

    async def create_volume(self, group: Group, service: Handle, path: str) -> Receipt:
        """Attach a new volume at a path, in the service's region."""
        region, _ = self.session.placement.get((group.environment.id, service.id), (None, None))
        wanted = VolumeCreateInput.model_validate(
            {
                "project_id": group.project.id,
                "environment_id": group.environment.id,
                "service_id": service.id,
                "mount_path": path,
                **({"region": region} if region else {}),
            }
        )

        async def create() -> Handle:
            made = (await self.session.client.create_volume(wanted)).volume_create
            return handle(Kind.VOLUME, made.id, made.name)

        return await receipt(create)

    async def resize_volume(self, group: Group, volume: Handle, size_mb: int) -> None:
        """Give a volume its size by a patch."""
        patch = {"volumes": {volume.id: {"sizeMB": size_mb}}}
        await commit_quietly(self.session, group.environment.id, patch)

    async def set_auto_deploy(self, group: Group, service: Handle, *, enabled: bool) -> None:
        """Switch deployment on push."""
        wanted = ServiceInstanceAutoDeployUpdateInput(
            project_id=group.project.id,
            environment_id=group.environment.id,
            service_id=service.id,
            enabled=enabled,
        )
        await self.session.client.update_auto_deploy(wanted)

    async def delete(self, group: Group, service: Handle) -> None:
        """Delete the volumes, then the service: were it the other way round, a lost answer would leave them nameless.

        What is gone already counts as deleted once it was looked for.
        """
        volumes = await self._volumes_of(group.environment.id)
        mine = [volume for volume, owner in volumes.items() if owner == service.id]
        await asyncio.gather(*(self.delete_volume(group, handle(Kind.VOLUME, id_, "")) for id_ in mine))
        try:
            await self.session.client.delete_service(service.id, group.environment.id)
        except WizardError as error:
            if not _may_mean_gone(error) or not await self._gone(service, lambda: self._service_ids(group)):
                raise

    async def delete_volume(self, group: Group, volume: Handle) -> None:
        """Delete a volume; one that is gone already counts as deleted once it was looked for."""
        environment_id = group.environment.id
        try:
            await self.session.client.delete_volume(volume.id)
        except WizardError as error:
            if not _may_mean_gone(error) or not await self._gone(volume, lambda: self._volumes_of(environment_id)):
                raise

    async def _gone(self, what: Handle, look: Callable[[], Awaitable[Collection[str]]]) -> bool:
        """Look until it is gone, as long as reads may lag behind writes."""
        deadline = self.session.clock.monotonic() + GONE_SECONDS
        while what.id in await look():
            if self.session.clock.monotonic() >= deadline:
                return False
            await self.session.clock.sleep(LOOK_EVERY)
        return True

    async def _service_ids(self, group: Group) -> set[str]:
        client, project_id = self.session.client, group.project.id

        async def more(after: str) -> ServicePage:
            return (await client.read_services(project_id, PAGE, after)).project.services

        first = (await client.read_services(project_id, PAGE)).project.services
        nodes = [edge.node for page in await pages(first, more) for edge in page.edges]
        return {node.id for node in nodes if node.deleted_at is None}

    async def _volumes_of(self, environment_id: str) -> dict[str, str | None]:
        """Return the volumes of the environment with the service each is mounted into."""
        client = self.session.client

        async def more(after: str) -> VolumeInstancePage:
            return (await client.read_volume_instances(environment_id, PAGE, after)).environment.volume_instances

        first = (await client.read_volume_instances(environment_id, PAGE)).environment.volume_instances
        nodes = [edge.node for page in await pages(first, more) for edge in page.edges]
        here = [node for node in nodes if node.deleted_at is None and not node.is_pending_deletion]
        return {node.volume_id: node.service_id for node in here}


def _may_mean_gone(error: WizardError) -> bool:
    """Railway answers about what is gone in words that can mean something else, and may lose the answer too."""
    return error.code in ABSENT or isinstance(error, LostAnswerError)
