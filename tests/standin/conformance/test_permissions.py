"""Rows `transport`, `plan limits` and `rate limit headers`: who may do what, how often, and why not."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.support.manual_clock import ManualClock
from tests.support.quiet_machine import QuietMachine
from tests.support.standin_api import Api
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Plan, Settings, Standing

ME = "{ me { email } }"
WORKSPACES = "{ apiToken { workspaces { id name } } }"
TOKEN = "{ projectToken { name displayToken projectId environmentId project { name } environment { name } } }"
MAKE_TOKEN = "mutation($i: ProjectTokenCreateInput!) { projectTokenCreate(input: $i) }"
TOKENS = "query($p: String!) { projectTokens(projectId: $p) { edges { node { id name displayToken } } } }"
DROP_TOKEN = "mutation($id: String!) { projectTokenDelete(id: $id) }"
CREATE = 'mutation { projectCreate(input: {name: "x"}) { id } }'
ACCESS = """query($p: String!) { projectResourceAccess(projectId: $p) {
    deployment { disallowed } databaseDeployment { disallowed } environment { disallowed } customDomain { disallowed }
    sandbox { disallowed } } }"""
OWNER = """query($w: String!) { resourceAccess(explicitResourceOwner: {id: $w, type: WORKSPACE}) {
    project { disallowed } deployment { disallowed } } }"""
CUSTOMER = """query($w: String!) { workspace(workspaceId: $w) { plan has2FAEnforcement redactedDueTo2FAPending
    subscriptionPlanLimit customer { isTrialing trialDaysRemaining hasExhaustedFreePlan creditBalance
    remainingUsageCreditBalance state billingPeriod { start end } } } }"""
LIMITS = """query($s: String!, $e: String!) { serviceInstanceLimits(serviceId: $s, environmentId: $e)
    serviceInstanceLimitOverride(serviceId: $s, environmentId: $e) }"""
SET_LIMITS = "mutation($i: ServiceInstanceLimitsUpdateInput!) { serviceInstanceLimitsUpdate(input: $i) }"

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def standing(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Api]:
    settings = Settings(read_lag=0, requests_per_hour=100_000)
    folder = tmp_path_factory.mktemp("standin")
    async with serve(settings, folder, machine=QuietMachine()) as standin, Api(standin) as api:
        yield api


@pytest.fixture
def stand(standing: Api) -> Any:
    """Set how the workspace stands; tests end with a good standing."""

    async def change(**values: Any) -> None:
        response = await standing.http.post(f"{standing.standin.control_url}/standing", json=values)
        assert response.status_code == 200, response.text

    return change


def bearer(standin: Standin, token: str) -> Api:
    return Api(standin, {"Authorization": f"Bearer {token}"})


async def test_transport_project_token_sees_its_environment_and_nothing_else(standing: Api) -> None:
    project, production = await standing.project("shop")
    other, _ = await standing.project("other")
    fork = """mutation($i: EnvironmentCreateInput!) { environmentCreate(input: $i) { id } }"""
    made = await standing.ask(fork, i={"projectId": project, "name": "staging"})
    staging = made["environmentCreate"]["id"]
    service = await standing.service(project)
    given = {"projectId": project, "environmentId": production, "name": "ci"}
    secret = (await standing.ask(MAKE_TOKEN, i=given))["projectTokenCreate"]

    async with Api(standing.standin, {"Project-Access-Token": secret}) as token:
        told = (await token.ask(TOKEN))["projectToken"]
        assert (told["name"], told["project"]["name"], told["environment"]["name"]) == ("ci", "shop", "production")
        assert secret not in told["displayToken"]
        await token.set((project, production, service), A="1")
        assert (await token.variables((project, production, service)))["A"] == "1"
        environments = "query($p: String!) { project(id: $p) { environments { edges { node { id } } } } }"
        seen = (await token.ask(environments, p=project))["project"]["environments"]["edges"]
        assert [one["node"]["id"] for one in seen] == [production]
        settings = """mutation($s: String!) { serviceInstanceUpdate(serviceId: $s, input: {startCommand: "x"}) }"""
        variables = """query($p: String!, $e: String!) { variables(projectId: $p, environmentId: $e) }"""
        for text, values in (
            (ME, {}),
            (CREATE, {}),
            (WORKSPACES, {}),
            (settings, {"s": service}),
            (variables, {"p": project, "e": staging}),
            (environments, {"p": other}),
            (TOKENS, {"p": project}),
        ):
            assert await token.refusal(text, **values) == "Not Authorized", text
    async with bearer(standing.standin, secret) as wrong_header:
        assert await wrong_header.refusal(WORKSPACES) == "Not Authorized"

    row = (await standing.ask(TOKENS, p=project))["projectTokens"]["edges"][0]["node"]
    assert row["name"] == "ci"
    await standing.ask(DROP_TOKEN, id=row["id"])
    assert await standing.refusal(DROP_TOKEN, id=row["id"]) == "Not Authorized"
    async with Api(standing.standin, {"Project-Access-Token": secret}) as token:
        assert await token.refusal(TOKEN) == "Project Token not found"


async def test_transport_workspace_token_sees_its_workspace_and_not_me(standing: Api) -> None:
    workspace = await standing.workspace()
    make = "mutation($i: ApiTokenCreateInput!) { apiTokenCreate(input: $i) }"
    of_workspace = (await standing.ask(make, i={"name": "ci", "workspaceId": workspace}))["apiTokenCreate"]
    of_account = (await standing.ask(make, i={"name": "mine"}))["apiTokenCreate"]
    async with bearer(standing.standin, of_workspace) as token:
        assert (await token.ask(WORKSPACES))["apiToken"]["workspaces"][0]["id"] == workspace
        assert await token.refusal(ME) == "Not Authorized"
    async with bearer(standing.standin, of_account) as token:
        assert "@" in (await token.ask(ME))["me"]["email"]
    listed = "{ apiTokens { edges { node { id name displayToken workspaceId } } } }"
    rows = [edge["node"] for edge in (await standing.ask(listed))["apiTokens"]["edges"]]
    assert {row["name"]: row["workspaceId"] for row in rows} == {"ci": workspace, "mine": None}
    assert of_account not in str(rows)
    for row in rows:
        await standing.ask("mutation($id: String!) { apiTokenDelete(id: $id) }", id=row["id"])
    async with bearer(standing.standin, of_account) as token:
        assert await token.refusal(ME) == "Not Authorized"


async def test_transport_an_expired_login_is_not_authorized_until_somebody_logs_in_again(tmp_path: Path) -> None:
    settings = Settings(read_lag=0, token_lifetime=3600)
    async with (
        ManualClock() as clock,
        serve(settings, tmp_path, clock, machine=QuietMachine()) as standin,
        Api(standin) as api,
    ):
        assert "@" in (await api.ask(ME))["me"]["email"]
        await clock.sleep(3600)
        assert await api.refusal(ME) == "Not Authorized"
        fresh = (await api.http.post(f"{standin.control_url}/login")).json()
        async with bearer(standin, fresh["account"]) as again:
            assert "@" in (await again.ask(ME))["me"]["email"]
        assert await api.refusal(ME) == "Not Authorized"


async def test_transport_second_factor_is_demanded_of_people_and_not_of_tokens(standing: Api, stand: Any) -> None:
    workspace = await standing.workspace()
    await stand(two_factor=True, two_factor_code="654321")
    try:
        error = (await standing.post("{ projects { edges { node { id } } } }")).json()["errors"][0]
        assert error["message"] == "Two Factor Authentication Required"
        assert error["extensions"]["workspaceName"] == "Local"
        seen = (await standing.ask(CUSTOMER, w=workspace))["workspace"]
        assert (seen["has2FAEnforcement"], seen["redactedDueTo2FAPending"]) == (True, True)
        check = "mutation($t: String!) { twoFactorInfoValidate(input: {token: $t}) }"
        assert (await standing.ask(check, t="654321"))["twoFactorInfoValidate"] is True
        assert (await standing.ask(check, t="111111"))["twoFactorInfoValidate"] is False
        async with bearer(standing.standin, standing.standin.tokens.workspace) as token:
            await token.ask("{ projects { edges { node { id } } } }")
    finally:
        await stand(two_factor=False)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"limited": True}, "limited plan"),
        ({"restricted": True}, "Your workspace has been restricted"),
        ({"exhausted": True}, "resource provision limit exceeded"),
    ],
)
async def test_plan_limits_are_told_before_and_refused_when_ignored(
    standing: Api, stand: Any, values: dict[str, bool], reason: str
) -> None:
    project, environment = await standing.project()
    service = await standing.service(project)
    workspace = await standing.workspace()
    await stand(**values)
    try:
        told = (await standing.ask(ACCESS, p=project))["projectResourceAccess"]
        assert all(reason in one["disallowed"] for one in told.values())
        owner = (await standing.ask(OWNER, w=workspace))["resourceAccess"]
        assert all(reason in one["disallowed"] for one in owner.values())
        assert reason in await standing.refusal(CREATE)
        uploaded = await standing.upload((project, environment, service), {"app.py": ""})
        assert (uploaded.status_code, reason in uploaded.json()["message"]) == (400, True)
    finally:
        await stand(**dict.fromkeys(values, False))
    told = (await standing.ask(ACCESS, p=project))["projectResourceAccess"]
    assert all(one["disallowed"] is None for one in told.values())


async def test_plan_limits_of_a_trial_are_five_services_and_its_credit(tmp_path: Path) -> None:
    settings = Settings(read_lag=0, plan=Plan.TRIAL, standing=Standing(credit=3.5, trial_days=12))
    async with serve(settings, tmp_path, machine=QuietMachine()) as standin, Api(standin) as api:
        project, _ = await api.project()
        for number in range(5):
            await api.service(project, f"service-{number}")
        said = "Free plan resource provision limit exceeded. Please upgrade to provision more resources!"
        make = "mutation($i: ServiceCreateInput!) { serviceCreate(input: $i) { id } }"
        assert await api.refusal(make, i={"projectId": project, "name": "sixth"}) == said
        told = (await api.ask(ACCESS, p=project))["projectResourceAccess"]
        assert told["deployment"]["disallowed"] == said
        assert told["environment"]["disallowed"] is None
        seen = (await api.ask(CUSTOMER, w=await api.workspace()))["workspace"]
        assert seen["plan"] == "FREE"
        customer = seen["customer"]
        assert (customer["isTrialing"], customer["trialDaysRemaining"], customer["creditBalance"]) == (True, 12, 3.5)
        assert customer["remainingUsageCreditBalance"] <= 3.5
        assert seen["subscriptionPlanLimit"]["projects"]["maxServices"] == 5


async def test_rate_limit_headers_are_on_every_answer_and_the_budget_is_shared_by_token(tmp_path: Path) -> None:
    settings = Settings(read_lag=0, requests_per_hour=4)
    async with (
        ManualClock() as clock,
        serve(settings, tmp_path, clock, machine=QuietMachine()) as standin,
        Api(standin) as one,
        Api(standin) as two,
    ):
        with clock.busy():
            answers = [
                await one.post(WORKSPACES),
                await two.post("{ nonsense }"),
                await one.post("{"),
                await two.post(ME),
            ]
            assert [answer.status_code for answer in answers] == [200, 400, 400, 200]
            assert [answer.headers["X-RateLimit-Remaining"] for answer in answers] == ["3", "2", "1", "0"]
            assert {answer.headers["RateLimit-Policy"] for answer in answers} == {"4;w=3600"}
            assert all("X-RateLimit-Reset" in answer.headers for answer in answers)
            refused = await one.post(WORKSPACES)
            assert refused.status_code == 429
            assert refused.headers["Retry-After"] == "3600"
            assert refused.json()["errors"][0]["message"] == "Rate limit exceeded"
            async with bearer(standin, standin.tokens.workspace) as other:
                assert (await other.post(WORKSPACES)).status_code == 200
        await clock.sleep(3600)
        assert (await one.post(WORKSPACES)).status_code == 200


async def test_service_limits_are_the_plans_until_lower_ones_are_set(standing: Api) -> None:
    project, environment = await standing.project()
    service = await standing.service(project)
    here = {"s": service, "e": environment}
    before = await standing.ask(LIMITS, **here)
    assert before["serviceInstanceLimitOverride"] is None
    assert before["serviceInstanceLimits"]["containers"] == {"cpu": 48, "memoryBytes": 48_000_000_000}
    given = {"serviceId": service, "environmentId": environment}
    assert "your plan allows" in await standing.refusal(SET_LIMITS, i={**given, "memoryGB": 64})
    await standing.ask(SET_LIMITS, i={**given, "memoryGB": 0.5, "vCPUs": 1})
    after = await standing.ask(LIMITS, **here)
    assert after["serviceInstanceLimits"]["containers"] == {"cpu": 1, "memoryBytes": 500_000_000}
    await standing.ask(SET_LIMITS, i={**given, "memoryGB": None, "vCPUs": None})
    assert (await standing.ask(LIMITS, **here))["serviceInstanceLimitOverride"] is None


async def test_platform_status_tells_of_an_incident_somebody_set(standing: Api, stand: Any) -> None:
    text = "{ platformStatus { isStable incident { message status url } maintenance { message } } }"
    await stand(incident="Builds are slow", maintenance="Database upgrade")
    try:
        told = (await standing.ask(text))["platformStatus"]
        assert told["isStable"] is False
        assert (told["incident"]["message"], told["incident"]["status"]) == ("Builds are slow", "INVESTIGATING")
        assert told["maintenance"]["message"] == "Database upgrade"
    finally:
        await stand(incident=None, maintenance=None)
    assert (await standing.ask(text))["platformStatus"] == {"isStable": True, "incident": None, "maintenance": None}
