"""Uploads become builds, processes and public addresses; what is frozen stays frozen."""

from tests.support.standin_api import HELLO_FILES, Api, eventually


async def scope_of(api: Api) -> tuple[str, str, str]:
    project, environment = await api.project()
    return project, environment, await api.service(project)


async def test_an_upload_is_built_started_and_served_under_its_domain(api: Api) -> None:
    scope = await scope_of(api)
    domain = await api.domain(scope[2], scope[1])
    await api.set(scope, GREETING="good morning")
    await api.configure(scope[2], scope[1], healthcheckPath="/health", healthcheckTimeout=20)

    deployment = await api.deployed(scope, HELLO_FILES)

    assert (await api.get(domain["domain"])).text == "good morning"
    assert "Using detected Dockerfile!" in await api.logs("buildLogs", deployment)

    async def logged() -> bool:
        return "listening" in await api.logs("deploymentLogs", deployment)

    assert await eventually(logged)
