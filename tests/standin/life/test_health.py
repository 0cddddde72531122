"""The health check decides at deploy time, on PORT, by nothing but 200, within its window."""

from typing import Any

from tests.support.life import Life


async def test_without_a_path_a_deployment_counts_as_soon_as_it_runs(life: Life) -> None:
    life.machine.status = 503
    deployment = await life.deploy()
    assert "HEALTHCHECK" not in await life.steps(deployment)


async def test_the_window_is_the_settings_else_the_variables_else_five_minutes(life: Life) -> None:
    life.machine.status = 204
    await life.configure(healthcheckPath="/health")
    asked = await life.deploy("FAILED", RAILWAY_HEALTHCHECK_TIMEOUT_SEC="4")
    assert "Retry window: 4s" in await life.api.logs("buildLogs", asked)
    await life.configure(healthcheckTimeout=2)
    asked = await life.deploy("FAILED")
    lines = await life.api.logs("buildLogs", asked)
    assert "Retry window: 2s" in lines
    assert any(line.startswith("Attempt #1 failed with status 204. Continuing to retry for ") for line in lines)
    assert lines[-2:] == ["1/1 replicas never became healthy!", "Healthcheck failed!"]


async def test_it_asks_the_port_of_PORT_whatever_the_domain_leads_to(life: Life) -> None:  # noqa: N802
    await life.configure(healthcheckPath="/health")
    text = "mutation($input: ServiceDomainUpdateInput!) { serviceDomainUpdate(input: $input) }"
    project, environment, service = life.scope
    found = """query($p: String!, $e: String!, $s: String!) {
        domains(projectId: $p, environmentId: $e, serviceId: $s) { serviceDomains { id } } }"""
    domains: Any = await life.api.ask(found, p=project, e=environment, s=service)
    given = {
        "serviceDomainId": domains["domains"]["serviceDomains"][0]["id"],
        "domain": life.domain,
        "environmentId": environment,
        "serviceId": service,
        "targetPort": 9999,
    }
    await life.deploy()
    assert (await life.get()).status_code == 200
    life.actors[0].declare(8000)
    await life.api.ask(text, input=given)
    assert (await life.get()).status_code == 502
    await life.api.ask(text, input={**given, "targetPort": 8000})
    assert (await life.get()).status_code == 200


async def test_it_is_not_asked_again_after_the_deployment_serves(life: Life) -> None:
    await life.configure(healthcheckPath="/health")
    deployment = await life.deploy()
    life.actors[0].status = 500
    await life.clock.sleep(3600)
    assert (await life.row(deployment))["status"] == "SUCCESS"
    assert life.actors[0].served == 1
