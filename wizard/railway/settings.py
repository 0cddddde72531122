"""Build and deploy settings in Railway's words, both ways: instances, configurations and deployments' manifests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wizard.platform.states import ServiceSettings
from wizard.railway.client.fragments import ServiceInstanceFields

_BYTES_PER_GB = 1_000_000_000
_WRITTEN_AS_IS = {
    "dockerfile": "dockerfilePath",
    "build_command": "buildCommand",
    "start_command": "startCommand",
    "health_path": "healthcheckPath",
    "health_timeout": "healthcheckTimeout",
    "restart_retries": "restartPolicyMaxRetries",
    "cron": "cronSchedule",
    "sleep": "sleepApplication",
    "draining": "drainingSeconds",
    "overlap": "overlapSeconds",
}

JsonObject = Mapping[str, Any]
Placement = tuple[str | None, int | None]
"""Region and replicas."""


def part(document: Any, *path: str) -> JsonObject:
    """Walk into a JSON document of unknown shape; an empty object where the path ends early."""
    for key in path:
        document = document.get(key) if isinstance(document, Mapping) else None
    return document if isinstance(document, Mapping) else {}


def from_instance(instance: ServiceInstanceFields, config: JsonObject) -> ServiceSettings:
    """Return an instance's settings; what only the environment's configuration knows comes from there."""
    deploy = part(config, "deploy")
    region, replicas = _region(deploy, instance.region, instance.num_replicas)
    return ServiceSettings(
        root=_folder(instance.root_directory),
        dockerfile=instance.dockerfile_path,
        build_command=instance.build_command,
        start_command=instance.start_command,
        pre_deploy=_one_command(instance.pre_deploy_command),
        health_path=instance.healthcheck_path,
        health_timeout=instance.healthcheck_timeout,
        watch=tuple(instance.watch_patterns),
        restart=_policy(instance.restart_policy_type.value),
        restart_retries=instance.restart_policy_max_retries,
        replicas=replicas,
        region=region,
        cron=instance.cron_schedule,
        sleep=instance.sleep_application,
        memory_gb=_memory(deploy),
        draining=instance.draining_seconds,
        overlap=instance.overlap_seconds,
    )


def from_meta(meta: Any) -> ServiceSettings | None:
    """Return what a deployment was built and started with; None where its record does not tell."""
    manifest = part(meta, "serviceManifest")
    if not manifest:
        return None
    build, deploy = part(manifest, "build"), part(manifest, "deploy")
    region, replicas = _region(deploy, deploy.get("region"), deploy.get("numReplicas"))
    return ServiceSettings(
        root=_folder(part(meta).get("rootDirectory")),
        dockerfile=build.get("dockerfilePath"),
        build_command=build.get("buildCommand"),
        start_command=deploy.get("startCommand"),
        pre_deploy=_one_command(deploy.get("preDeployCommand")),
        health_path=deploy.get("healthcheckPath"),
        health_timeout=deploy.get("healthcheckTimeout"),
        watch=tuple(build.get("watchPatterns") or ()),
        restart=_policy(deploy.get("restartPolicyType")),
        restart_retries=deploy.get("restartPolicyMaxRetries"),
        replicas=replicas,
        region=region,
        cron=deploy.get("cronSchedule"),
        sleep=deploy.get("sleepApplication"),
        memory_gb=_memory(deploy),
        draining=deploy.get("drainingSeconds"),
        overlap=deploy.get("overlapSeconds"),
    )


def to_input(settings: Mapping[str, object], current: Placement) -> dict[str, Any]:
    """Return only what changes as Railway writes it; an explicit None clears.

    Args:
        settings: ServiceSettings fields to write; memory is written by a patch and left out here.
        current: region and replicas as last seen: Railway writes them together.
    """
    written: dict[str, Any] = {_WRITTEN_AS_IS[key]: value for key, value in settings.items() if key in _WRITTEN_AS_IS}
    if "root" in settings:
        written["rootDirectory"] = settings["root"] or None
    if "pre_deploy" in settings:
        written["preDeployCommand"] = [settings["pre_deploy"]] if settings["pre_deploy"] else []
    if "watch" in settings:
        written["watchPatterns"] = list(settings["watch"] or ())  # type: ignore[call-overload]
    if settings.get("restart"):
        written["restartPolicyType"] = str(settings["restart"]).upper().replace("-", "_")
    return written | _placement(settings, current)


def memory_patch(memory_gb: float | None) -> dict[str, Any]:
    """Return a memory limit as the environment's configuration has it."""
    containers = {"memoryBytes": int(memory_gb * _BYTES_PER_GB)} if memory_gb else None
    return {"deploy": {"limitOverride": {"containers": containers}}}


def placement(settings: Mapping[str, object], current: Placement) -> Placement:
    """Return region and replicas as they are after these settings were written."""
    region, replicas = settings.get("region", current[0]), settings.get("replicas", current[1])
    return str(region) if region else None, replicas if isinstance(replicas, int) else None


def _placement(settings: Mapping[str, object], current: Placement) -> dict[str, Any]:
    """Write region and replicas as one configuration: `numReplicas` beside `multiRegionConfig` is refused."""
    if not settings.keys() & {"region", "replicas"}:
        return {}
    region, replicas = placement(settings, current)
    return {"multiRegionConfig": {region: {"numReplicas": replicas or 1}}} if region else {"numReplicas": replicas}


def _region(deploy: JsonObject, region: Any, replicas: Any) -> tuple[str | None, int | None]:
    regions = part(deploy, "multiRegionConfig")
    if not regions:
        return region, replicas
    name = region if region in regions else next(iter(regions))
    count = part(regions, name).get("numReplicas")
    return name, count if count is not None else replicas


def _memory(deploy: JsonObject) -> float | None:
    limit = part(deploy, "limitOverride", "containers").get("memoryBytes")
    return float(limit) / _BYTES_PER_GB if isinstance(limit, int | float) and limit else None


def _folder(root: Any) -> str:
    return str(root or "").strip("/").removeprefix("./") if root not in (".", "/") else ""


def _one_command(command: Any) -> str | None:
    """A command is written as a list of one element and read back as JSON, a list or a text."""
    if isinstance(command, list):
        return " && ".join(map(str, command)) or None
    return str(command) if command else None


def _policy(policy: Any) -> str | None:
    return str(policy).lower().replace("_", "-") if policy else None
