"""Templates beyond one database: several services at once, addresses, staging, searching, refusals."""

from typing import Any

import pytest

from tests.support.standin_api import Api, eventually

DEPLOY = "mutation($i: TemplateDeployV2Input!) { templateDeployV2(input: $i) { projectId workflowId } }"
STATUS = "query($id: String!) { workflowStatus(workflowId: $id) { status error } }"
SERVICES = """query($p: String!) { project(id: $p) { services { edges { node { id name } } }
    volumes { edges { node { name } } } } }"""
CONFIG = "query($e: String!) { environment(id: $e) { config(decryptVariables: true) unmergedChangesCount } }"
NONE = {"image": "docker.io/acme/none:1"}


def config(**services: dict[str, Any]) -> dict[str, Any]:
    return {"services": {f"key-{name}": {"name": name, "source": NONE, **one} for name, one in services.items()}}


async def deploy(api: Api, where: tuple[str, str], serialized: dict[str, Any], **more: Any) -> str | None:
    """Deploy a configuration as a template's; returns the workflow's error."""
    template = (await api.ask('{ template(code: "postgres") { id } }'))["template"]["id"]
    given = {"projectId": where[0], "environmentId": where[1], "templateId": template, **more}
    workflow = (await api.ask(DEPLOY, i={**given, "serializedConfig": serialized}))["templateDeployV2"]["workflowId"]

    async def over() -> Any:
        found = (await api.ask(STATUS, id=workflow))["workflowStatus"]
        return found if found["status"] in {"Complete", "Error"} else None

    error = (await eventually(over))["error"]
    return None if error is None else str(error)


async def services(api: Api, project: str) -> dict[str, str]:
    edges = (await api.ask(SERVICES, p=project))["project"]["services"]["edges"]
    return {edge["node"]["name"]: edge["node"]["id"] for edge in edges}


async def test_several_services_come_together_with_settings_addresses_and_generated_values(api: Api) -> None:
    project, environment = await api.project()
    web = {
        "deploy": {"startCommand": "serve", "healthcheckPath": "/health"},
        "build": {"buildCommand": "make"},
        "networking": {"serviceDomains": {"<hasDomain>": {"port": 3000}}, "tcpProxies": {"22": {}}},
        "variables": {"URL": {"value": "${{worker.TOKEN}}"}, "EMPTY": {"isOptional": True}},
    }
    worker = {"variables": {"TOKEN": {"defaultValue": '${{secret(6, "x")}}'}}}
    assert await deploy(api, (project, environment), config(web=web, worker=worker)) is None
    made = await services(api, project)
    found = (await api.ask(CONFIG, e=environment))["environment"]["config"]["services"][made["web"]]
    assert (found["deploy"]["startCommand"], found["build"]["buildCommand"]) == ("serve", "make")
    assert list(found["networking"]["serviceDomains"].values()) == [{"port": 3000}]
    assert found["networking"]["tcpProxies"] == {"22": {}}
    values = await api.variables((project, environment, made["web"]))
    assert values["URL"] == "xxxxxx"
    assert "EMPTY" not in values


async def test_stage_only_stages_what_would_be_created_and_deploys_nothing(api: Api) -> None:
    project, environment = await api.project()
    await api.service(project, "web")
    web = {"volumeMounts": {"any": {"mountPath": "/data"}}, "variables": {"A": {"defaultValue": "1"}}}
    assert await deploy(api, (project, environment), config(web=web), stageOnly=True) is None
    assert list(await services(api, project)) == ["web"]
    assert (await api.ask(CONFIG, e=environment))["environment"]["unmergedChangesCount"] == 2
    commit = "mutation($e: String!) { environmentPatchCommitStaged(environmentId: $e, skipDeploys: true) }"
    await api.ask(commit, e=environment)

    async def there() -> Any:
        return (await api.ask(SERVICES, p=project))["project"]["volumes"]["edges"]

    await eventually(there)
    made = await services(api, project)
    name = next(name for name in made if name != "web")
    assert name.startswith("web-")
    found = (await api.ask(CONFIG, e=environment))["environment"]["config"]["services"][made[name]]
    assert [mount["mountPath"] for mount in found["volumeMounts"].values()] == ["/data"]
    assert found["variables"] == {"A": {"value": "1"}}


@pytest.mark.parametrize(
    ("one", "said"),
    [
        ({"source": {"repo": "nobody/nothing"}}, "Repository not found or not accessible"),
        ({"deploy": {"numReplicas": 999}}, "resource provision limit exceeded"),
    ],
)
async def test_what_a_template_may_not_do_ends_its_workflow(api: Api, one: dict[str, Any], said: str) -> None:
    project, environment = await api.project()
    assert said in str(await deploy(api, (project, environment), config(web=one)))


async def test_without_a_project_it_makes_one_and_an_unknown_template_is_refused(api: Api) -> None:
    template = (await api.ask('{ template(code: "redis") { id } }'))["template"]["id"]
    given = {"templateId": template, "serializedConfig": {"services": {}}}
    project = (await api.ask(DEPLOY, i=given))["templateDeployV2"]["projectId"]
    assert await services(api, project) == {}
    assert await api.refusal(DEPLOY, i={**given, "templateId": "nobody"}) == "Template not found"


async def test_templates_are_found_by_code_id_list_and_search(api: Api) -> None:
    text = """query($q: String!) { templates { edges { node { id code name } } }
        templateSearch(query: $q) { edges { node { code name } } } }"""
    found = await api.ask(text, q="post")
    listed = [edge["node"] for edge in found["templates"]["edges"]]
    assert [one["code"] for one in listed] == ["postgres", "redis"]
    assert found["templateSearch"]["edges"] == [{"node": {"code": "postgres", "name": "Postgres"}}]
    by_id = "query($id: String!) { template(id: $id) { code } }"
    assert (await api.ask(by_id, id=listed[1]["id"]))["template"] == {"code": "redis"}
    assert await api.refusal('{ template(code: "mysql") { id } }') == "Template not found"
