"""Variables shared between services, and what is known of them without their values."""

from typing import Any

from tests.support.standin_api import Api

CONFIGURE = """mutation($i: SharedVariableConfigureInput!) {
    sharedVariableConfigure(input: $i) { name serviceId references } }"""
LISTED = """query($e: String!) { environment(id: $e) { variables { edges { node {
    name serviceId isSealed references } } } } }"""


async def test_a_shared_variable_is_given_to_services_and_taken_back(api: Api) -> None:
    project, environment = await api.project()
    source = {"source": {"image": "docker.io/acme/none:1"}}
    one, other = await api.service(project, "one", **source), await api.service(project, "other", **source)
    await api.set((project, environment, None), LEVEL="info")
    here = {"projectId": project, "environmentId": environment, "name": "LEVEL"}

    async def configure(enabled: list[str], disabled: list[str]) -> dict[str, Any]:
        given = {**here, "enabledServiceIds": enabled, "disabledServiceIds": disabled}
        return dict((await api.ask(CONFIGURE, i=given))["sharedVariableConfigure"])

    assert await configure([one, other], []) == {"name": "LEVEL", "serviceId": None, "references": []}
    assert (await api.variables((project, environment, one)))["LEVEL"] == "info"
    assert (await api.variables((project, environment, one), unrendered=True)) == {"LEVEL": "${{shared.LEVEL}}"}
    await configure([], [other])
    assert "LEVEL" not in await api.variables((project, environment, other))
    count = "query($s: String!) { deployments(input: {serviceId: $s}) { edges { node { id } } } }"
    assert len((await api.ask(count, s=one))["deployments"]["edges"]) == 2
    assert len((await api.ask(count, s=other))["deployments"]["edges"]) == 3
    unknown = {**here, "name": "NOTHING", "enabledServiceIds": [one], "disabledServiceIds": []}
    assert await api.refusal(CONFIGURE, i=unknown) == "Problem processing request"


async def test_an_environment_lists_its_variables_without_their_values(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    await api.set((project, environment, None), LEVEL="info")
    await api.set((project, environment, service), URL="http://${{shared.LEVEL}}/${{web.OTHER}}")
    edges = (await api.ask(LISTED, e=environment))["environment"]["variables"]["edges"]
    assert [edge["node"] for edge in edges] == [
        {"name": "LEVEL", "serviceId": None, "isSealed": False, "references": []},
        {"name": "URL", "serviceId": service, "isSealed": False, "references": ["shared.LEVEL", "web.OTHER"]},
    ]
    assert (await api.post(LISTED.replace("isSealed", "value"), e=environment)).status_code == 400


async def test_a_patch_of_shared_variables_reaches_those_who_refer_to_them(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    await api.set((project, environment, service), LEVEL="<${{shared.LEVEL}}>")
    assert (await api.variables((project, environment, service)))["LEVEL"] == "<>"
    await api.set((project, environment, None), skip=False, LEVEL="debug")
    assert (await api.variables((project, environment, service)))["LEVEL"] == "<debug>"
