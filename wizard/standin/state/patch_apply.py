"""Applies a patch to an environment: checks all of it first, then writes, then deploys what it concerns together.

A patch holds `services{<id>: {source, build, deploy, variables, networking, volumeMounts, isCreated, isDeleted}}`,
`sharedVariables` and `volumes`; a null deletes. What names an unknown service is dropped without a word.
"""

from __future__ import annotations

from collections.abc import Mapping

from wizard.standin.state import names, rules
from wizard.standin.state.configuration import SECTIONS
from wizard.standin.state.generators import generated
from wizard.standin.state.instance_settings import checked, connected
from wizard.standin.state.patch_networking import apply_networking
from wizard.standin.state.patch_volumes import apply_mounts, apply_volumes, check_volumes
from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.refusals import (
    CONFIG_AS_CODE,
    CUSTOM_DOMAIN_UNKNOWN,
    REPOSITORY_UNKNOWN,
    UNKNOWN_ERROR,
    LeftOut,
    Refused,
    name_taken,
)
from wizard.standin.state.resources import (
    Scope,
    check_service_room,
    create_instances,
    create_service,
    delete_instance,
    delete_service,
    delete_variable,
    own_port,
    set_variable,
)
from wizard.standin.state.rows import (
    CustomDomain,
    Document,
    Environment,
    Project,
    Service,
    ServiceInstance,
    Variable,
)
from wizard.standin.state.store import Tables

_NOT_EMULATED = ("buckets", "privateNetworkDisabled")


async def apply_patch(railway: LocalRailway, environment: Environment, patch: Document, *, skip_deploys: bool) -> None:
    """Apply a patch and begin the deployments it calls for; raises Refused before anything is written."""
    _check(railway, environment, patch)
    await apply_volumes(railway, environment, patch)
    _apply_variables(railway, (environment.id, None), patch.get("sharedVariables") or {}, None)
    deploying: dict[str, ServiceInstance] = {}
    commits: dict[str, str] = {}
    for service_id, section in (patch.get("services") or {}).items():
        instance = await _patched_instance(railway, environment, service_id, section or {})
        if instance and await _apply_service(railway, instance, section or {}):
            deploying[service_id] = instance
            commits[service_id] = ((section or {}).get("source") or {}).get("commitSha") or ""
    if patch.get("sharedVariables"):
        deploying |= {one.service_id: one for one in rules.users_of_shared(railway.tables, environment.id)}
    if not skip_deploys:
        newest = [railway.tables.get(ServiceInstance, instance.id) or instance for instance in deploying.values()]
        await railway.deployments.apply_batch(newest, commits)


def _check(railway: LocalRailway, environment: Environment, patch: Document) -> None:
    for part in _NOT_EMULATED:
        if patch.get(part):
            raise LeftOut(part)
    check_volumes(railway, environment, patch)
    sections = {key: section for key, section in (patch.get("services") or {}).items() if section}
    _check_created(railway, environment, sections)
    _check_sealing(railway.tables, (environment.id, None), patch.get("sharedVariables") or {})
    for service_id, section in sections.items():
        _check_sealing(railway.tables, (environment.id, service_id), section.get("variables") or {})
        _check_section(railway, service_id, section)


def _check_created(railway: LocalRailway, environment: Environment, sections: Mapping[str, Document]) -> None:
    project = railway.tables.get(Project, environment.project_id)
    created = [
        one for key, one in sections.items() if one.get("isCreated") and railway.tables.get(Service, key) is None
    ]
    if created and project:
        check_service_room(railway, project, len(created))
    for section in created:
        if railway.tables.first(Service, project_id=environment.project_id, name=section.get("name")):
            raise name_taken(section["name"])


def _check_sealing(tables: Tables, scope: Scope, variables: Mapping[str, Document | None]) -> None:
    """Refuse to seal a variable that is there unsealed: it has to be deleted and sent again."""
    for name, spec in variables.items():
        known = tables.first(Variable, environment_id=scope[0], service_id=scope[1], name=name)
        if known and not known.is_sealed and spec and spec.get("isSealed"):
            raise Refused(UNKNOWN_ERROR)


def _check_section(railway: LocalRailway, service_id: str, section: Document) -> None:
    if section.get("configFile"):
        raise Refused(CONFIG_AS_CODE)
    checked(_columns(section), railway.cloud.settings.limits)
    repo = (section.get("source") or {}).get("repo")
    if repo and railway.cloud.repositories.get(repo) is None:
        raise Refused(REPOSITORY_UNKNOWN)
    if any((mount or {}).get("backupSchedules") for mount in (section.get("volumeMounts") or {}).values()):
        raise LeftOut("backupSchedules", "its shape is not published; use volumeInstanceBackupScheduleUpdate")
    networking = section.get("networking") or {}
    if networking.get("privateNetworkEndpoint"):
        raise LeftOut("privateNetworkEndpoint")
    for domain, given in (networking.get("customDomains") or {}).items():
        if given is not None and railway.tables.first(CustomDomain, service_id=service_id, domain=domain) is None:
            raise Refused(CUSTOM_DOMAIN_UNKNOWN)


async def _patched_instance(
    railway: LocalRailway, environment: Environment, service_id: str, section: Document
) -> ServiceInstance | None:
    """Return the instance a section is about, made if the patch makes it; None when it is unknown or deleted."""
    service = railway.tables.get(Service, service_id)
    project = railway.tables.get(Project, environment.project_id)
    if service is None and section.get("isCreated") and project:
        service = create_service(railway, project, section.get("name") or names.words(), service_id)
    if service is None or service.project_id != environment.project_id:
        return None
    instance = railway.tables.first(ServiceInstance, service_id=service.id, environment_id=environment.id)
    if section.get("isDeleted"):
        if instance:
            await delete_instance(railway, instance)
        await delete_service(railway, service, [])
        return None
    return instance or create_instances(railway, service, [environment])[0]


async def _apply_service(railway: LocalRailway, instance: ServiceInstance, section: Document) -> bool:
    """Apply one service's part; True when it calls for a deployment."""
    changes = checked(_columns(section), railway.cloud.settings.limits)
    if "source" in section:
        changes |= await _source(railway, instance, section["source"] or {})
    if changes:
        instance = railway.store.change(instance, **changes)
    scope = (instance.environment_id, instance.service_id)
    _apply_variables(railway, scope, section.get("variables") or {}, instance.image)
    apply_mounts(railway, instance, section.get("volumeMounts") or {})
    await apply_networking(railway, instance, section.get("networking") or {})
    return rules.patch_deploys(section)


async def _source(railway: LocalRailway, instance: ServiceInstance, given: Document) -> Document:
    """Return what a source section changes: another source, another branch, or none at all."""
    if given.get("repo") or given.get("image") or not given:
        return await connected(railway.cloud.repositories, given)
    return {"branch": given["branch"]} if given.get("branch") and instance.repo else {}


def _columns(section: Document) -> Document:
    columns: Document = {}
    for part, known in SECTIONS.items():
        values = section.get(part) or {}
        columns |= {known[key]: value for key, value in values.items() if key in known}
    return columns


def _apply_variables(
    railway: LocalRailway, scope: Scope, variables: Mapping[str, Document | None], image: str | None
) -> None:
    for name, spec in variables.items():
        if spec is None:
            delete_variable(railway, scope, name)
            continue
        value = generated(spec)
        if value is not None:
            sealed = bool(spec.get("isSealed"))
            set_variable(railway, scope, name, own_port(railway, image, name, value), sealed=sealed)
