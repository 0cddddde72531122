"""A patch's volumes: created under the client's own id, resized, deleted; mounted and unmounted."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.standin.state import names
from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.refusals import ONE_VOLUME, Refused
from wizard.standin.state.resources import check_volume_room, create_volume
from wizard.standin.state.rows import Document, Environment, Project, ServiceInstance, Volume, VolumeInstance
from wizard.standin.state.volumes import delete_instance

_MOUNT = "/data"
"""Where a volume is mounted that no service's part of the patch mounts."""


def check_volumes(railway: LocalRailway, environment: Environment, patch: Document) -> None:
    """Raise Refused for a volume beyond the plan's number or size."""
    limit, tables = railway.cloud.settings.limits.volume_mb, railway.tables
    project = tables.get(Project, environment.project_id)
    wanted = {key: section for key, section in (patch.get("volumes") or {}).items() if section}
    fresh = [key for key, one in wanted.items() if one.get("isCreated") and tables.get(Volume, key) is None]
    if project:
        check_volume_room(railway, project, len(fresh))
    if any((section.get("sizeMB") or 0) > limit for section in wanted.values()):
        raise Refused(f"Volume size exceeds the limit of {limit} MB of your plan")


async def apply_volumes(railway: LocalRailway, environment: Environment, patch: Document) -> None:
    """Create, change and delete the volumes a patch names; an unknown one that it does not create is dropped."""
    for volume_id, section in (patch.get("volumes") or {}).items():
        row = railway.tables.first(VolumeInstance, volume_id=volume_id, environment_id=environment.id)
        if section is None or section.get("isDeleted"):
            if row:
                delete_instance(railway, row)
            continue
        row = row or _created(railway, environment, volume_id, section)
        wanted = {"size_mb": section.get("sizeMB"), "region": section.get("region")}
        if row:
            railway.store.change(row, **{key: value for key, value in wanted.items() if value is not None})


def _created(
    railway: LocalRailway, environment: Environment, volume_id: str, section: Document
) -> VolumeInstance | None:
    """Return the instance of a volume the patch brings into the environment; None for somebody else's."""
    known = railway.tables.get(Volume, volume_id)
    if known is None and section.get("isCreated"):
        name = section.get("name") or f"volume-{names.suffix()}"
        known = Volume(**railway.cloud.stamp(volume_id), project_id=environment.project_id, name=name)
    if known is None or known.project_id != environment.project_id:
        return None
    create_volume(railway, known, [(environment, None)], _MOUNT)
    return railway.tables.first(VolumeInstance, volume_id=known.id, environment_id=environment.id)


def apply_mounts(railway: LocalRailway, instance: ServiceInstance, mounts: Mapping[str, Document | None]) -> None:
    """Mount volumes into a service's instance and take out those whose mount is null; raises Refused for a second."""
    for volume_id, mount in mounts.items():
        row = railway.tables.first(VolumeInstance, volume_id=volume_id, environment_id=instance.environment_id)
        if row is None:
            continue
        if mount is None:
            railway.store.change(row, service_id=None)
            continue
        _refuse_second(railway, instance, row)
        path = mount.get("mountPath") or row.mount_path
        railway.store.change(row, service_id=instance.service_id, mount_path=path)


def _refuse_second(railway: LocalRailway, instance: ServiceInstance, row: VolumeInstance) -> None:
    here = {"service_id": instance.service_id, "environment_id": instance.environment_id}
    if any(other.id != row.id for other in railway.tables.where(VolumeInstance, **here)):
        raise Refused(ONE_VOLUME)
