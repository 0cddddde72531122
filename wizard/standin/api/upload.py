"""`POST /project/{project}/environment/{environment}/up`: a gzipped tar becomes a deployment.

200 with ids and addresses, 400 with a message for what is no such archive, 404 where the service has no instance in
the environment, 413 in plain text above the limit.
"""

from __future__ import annotations

import asyncio
import tarfile
import uuid
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from wizard.standin.api.context import Context
from wizard.standin.api.credentials import Kind
from wizard.standin.api.gateway import Gateway, too_many_requests
from wizard.standin.api.permissions import check_provision
from wizard.standin.faults.answers import EdgeAnswer
from wizard.standin.state import names
from wizard.standin.state.refusals import Refused
from wizard.standin.state.resources import create_instances, create_service
from wizard.standin.state.rows import Environment, Project, Service, ServiceDomain, ServiceInstance

_MEGABYTE = 1_000_000


class _Answer(Exception):  # noqa: N818 - an answer, not a defect
    """Ends the upload with this response."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


async def upload(gateway: Gateway, request: Request) -> Response:
    """Take an archive and start its deployment."""
    clock = gateway.railway.cloud.clock
    began, viewer = clock.monotonic(), gateway.viewer(request.headers)
    allowance = gateway.budget.spend(viewer.key)
    if allowance.retry_after is not None:
        return too_many_requests(allowance)
    context = gateway.context(viewer)
    try:
        response = await _deploy(gateway, context, request)
    except _Answer as answer:
        response = answer.response
    if not isinstance(response, EdgeAnswer):
        response.headers.update(allowance.headers())
    status = response.status_code
    gateway.record(began, viewer, status, kind="upload", name="up", roots=["up"], variables=_told(request))
    return response


def _told(request: Request) -> dict[str, str | None]:
    return {name: request.query_params.get(name) for name in ("serviceId", "message")}


async def _deploy(gateway: Gateway, context: Context, request: Request) -> Response:
    if context.viewer.kind in {Kind.NONE, Kind.BAD_PROJECT}:
        raise _Answer(JSONResponse({"message": "Unauthorized"}, 401))
    environment = _environment(context, request)
    try:
        check_provision(context)
    except Refused as refusal:
        raise _Answer(JSONResponse({"message": str(refusal)}, 400)) from None
    instance = _instance(context, environment, request.query_params.get("serviceId"))
    with gateway.railway.cloud.clock.busy():
        archive = await _received(gateway, request)

    async def taken() -> Response:
        return await _taken(context, request, instance, archive)

    return await gateway.take_upload(_told(request), taken)


async def _taken(context: Context, request: Request, instance: ServiceInstance, archive: Path) -> Response:
    """Start the deployment of an archive that is here whole and answer where to follow it."""
    message = request.query_params.get("message")
    deployment = await context.railway.deployments.deploy_archive(instance, str(archive), message)
    environment = context.require(Environment, instance.environment_id)
    domain = context.railway.tables.first(ServiceDomain, service_id=instance.service_id, environment_id=environment.id)
    base = f"{request.url.scheme}://{request.url.netloc}/project/{environment.project_id}"
    logs = f"{base}/service/{instance.service_id}?id={deployment.id}&environmentId={environment.id}"
    answer = {
        "deploymentId": deployment.id,
        "url": base,
        "logsUrl": logs,
        "deploymentDomain": domain.domain if domain else "",
    }
    return JSONResponse(answer)


def _environment(context: Context, request: Request) -> Environment:
    try:
        project = context.require(Project, request.path_params["project"])
        environment = context.require(Environment, request.path_params["environment"])
    except Refused:
        raise _not_found() from None
    if environment.project_id != project.id:
        raise _not_found()
    return environment


def _instance(context: Context, environment: Environment, service_id: str | None) -> ServiceInstance:
    if service_id is None:
        raise _Answer(JSONResponse({"message": "serviceId is required"}, 400))
    if not service_id:
        return _only_instance(context, environment)
    found = context.railway.tables.first(ServiceInstance, service_id=service_id, environment_id=environment.id)
    if found is None:
        raise _not_found()
    return found


def _only_instance(context: Context, environment: Environment) -> ServiceInstance:
    """Choose the service for an upload that names none: the only one there is, or a new one."""
    here = context.railway.tables.where(ServiceInstance, environment_id=environment.id)
    if len(here) == 1:
        return here[0]
    project = context.require(Project, environment.project_id)
    taken = {row.name for row in context.railway.tables.where(Service, project_id=project.id)}
    name = next(name for name in iter(names.words, "") if name not in taken)
    return create_instances(context.railway, create_service(context.railway, project, name), [environment])[0]


async def _received(gateway: Gateway, request: Request) -> Path:
    """Write the body to the uploads folder as it arrives and check that it is a gzipped tar."""
    archive = gateway.railway.cloud.folder / "uploads" / f"{uuid.uuid4()}.tar.gz"
    try:
        await _write(request, archive, gateway.railway.cloud.settings.upload_limit_mb)
        await asyncio.to_thread(_check, archive)
    except (tarfile.TarError, OSError, EOFError) as error:
        archive.unlink(missing_ok=True)
        raise _Answer(JSONResponse({"message": f"Failed to read the archive: {error}"}, 400)) from error
    except BaseException:
        archive.unlink(missing_ok=True)
        raise
    return archive


async def _write(request: Request, archive: Path, limit_mb: float | None) -> None:
    size = 0
    with archive.open("wb") as file:
        async for chunk in request.stream():
            size += len(chunk)
            if limit_mb is not None and size > limit_mb * _MEGABYTE:
                raise _Answer(PlainTextResponse("Payload Too Large", 413))
            file.write(chunk)


def _check(archive: Path) -> None:
    """Read every entry: a truncated or foreign file fails here, and not in the build."""
    with tarfile.open(archive, "r:gz") as tar:
        tar.getmembers()


def _not_found() -> _Answer:
    return _Answer(JSONResponse({"message": "Not Found", "requestId": str(uuid.uuid4())}, 404))
