"""Change sets of Railway's configuration as code: the documents its own client sends, previewed, applied, refused."""

from typing import Any

from tests.support.standin_api import Api, eventually

CONFIG = "query($e: String!) { environment(id: $e) { config(decryptVariables: true) configEtag } }"
PREVIEW = """mutation($environmentId: String!, $input: JSON!) {
    environmentPreviewChangeSet(environmentId: $environmentId, input: $input) { changeSet diagnostics effects } }"""
RESULT = "id status deploymentId stagedPatchId diagnostics changes { kind path summary status outputs }"
APPLY = f"""mutation($environmentId: String!, $input: JSON!, $commitMessage: String, $baseConfigEtag: String,
        $waitForCompletion: Boolean) {{
    environmentApplyChangeSet(environmentId: $environmentId, input: $input, commitMessage: $commitMessage,
        baseConfigEtag: $baseConfigEtag, waitForCompletion: $waitForCompletion) {{ {RESULT} }} }}"""
POLL = f"""query($environmentId: String!, $id: String!) {{
    environmentChangeSetApply(environmentId: $environmentId, id: $id) {{ {RESULT} }} }}"""
NAMES = "query($p: String!) { project(id: $p) { services { edges { node { id name } } } } }"


def create(resource: dict[str, Any]) -> dict[str, Any]:
    address = f"{resource['type']}.{resource['name']}"
    told = {"path": f"resources.{address}", "summary": f"Create {address}", "severity": "safe"}
    return {"kind": "resource.create", "address": address, "resource": {"address": address, **resource}, **told}


def update(address: str, field: str, before: Any, after: Any) -> dict[str, Any]:
    told = {"path": f"resources.{address}.{field}", "summary": f"Update {field}", "severity": "safe"}
    return {
        "kind": "resource.update",
        "address": address,
        "field": field,
        "before": before,
        "after": after,
        **told,
    }


def change_set(*changes: dict[str, Any]) -> dict[str, Any]:
    return {"version": 1, "changes": list(changes), "diagnostics": []}


async def environment_of(api: Api, environment: str) -> dict[str, Any]:
    return dict((await api.ask(CONFIG, e=environment))["environment"])


async def apply(api: Api, environment: str, *changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Apply as Railway's client does: not waiting, polling while it is applying."""
    given = {"environmentId": environment, "input": change_set(*changes), "waitForCompletion": False, **more}
    begun = (await api.ask(APPLY, **given))["environmentApplyChangeSet"]

    async def done() -> dict[str, Any] | None:
        found = (await api.ask(POLL, environmentId=environment, id=begun["id"]))["environmentChangeSetApply"]
        return dict(found) if found["status"] != "applying" else None

    return dict(await eventually(done))


async def services(api: Api, project: str) -> dict[str, str]:
    edges = (await api.ask(NAMES, p=project))["project"]["services"]["edges"]
    return {edge["node"]["name"]: edge["node"]["id"] for edge in edges}


async def test_services_volumes_and_references_are_created_by_name(api: Api) -> None:
    project, environment = await api.project()
    database = {
        "type": "database",
        "name": "db",
        "engine": "postgres",
        "image": "docker.io/acme/none:1",
        "defaultMountPath": "/var/lib/postgresql/data",
    }
    web = {
        "type": "service",
        "kind": "docker-image",
        "name": "web",
        "source": {"type": "image", "image": "docker.io/acme/web:1"},
        "deploy": {"startCommand": "serve", "healthcheckPath": "/health"},
        "variables": {
            "URL": {"type": "reference", "resource": "database.db", "output": "DATABASE_URL"},
            "LEVEL": {"type": "sharedReference", "name": "LEVEL"},
            "PLAIN": {"type": "literal", "value": "1"},
            "KEPT": {"type": "preserve"},
        },
        "networking": {"tcpProxies": {"8080": {}}},
        "volumeAttachments": {"files": {"volume": "volume.files", "mountPath": "/files"}},
    }
    files = {"type": "volume", "name": "files", "config": {"sizeMB": 100}}
    done = await apply(api, environment, create(database), create(web), create(files))

    assert (done["status"], done["diagnostics"]) == ("applied", [])
    assert [change["status"] for change in done["changes"]] == ["applied"] * 3
    found = await services(api, project)
    config = (await environment_of(api, environment))["config"]["services"]
    made = config[found["web"]]
    assert made["source"] == {"image": "docker.io/acme/web:1"}
    assert made["deploy"]["startCommand"] == "serve"
    assert made["networking"]["tcpProxies"] == {"8080": {}}
    assert {name: one["value"] for name, one in made["variables"].items()} == {
        "URL": "${{db.DATABASE_URL}}",
        "LEVEL": "${{shared.LEVEL}}",
        "PLAIN": "1",
    }
    assert [mount["mountPath"] for mount in made["volumeMounts"].values()] == ["/files"]
    assert [mount["mountPath"] for mount in config[found["db"]]["volumeMounts"].values()] == [
        "/var/lib/postgresql/data"
    ]


async def test_an_update_writes_what_is_after_and_clears_what_was_before(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    await api.configure(service, environment, startCommand="old", healthcheckPath="/old")
    await api.set((project, environment, service), A="1", B="2")
    before, after = {"startCommand": "old", "healthcheckPath": "/old"}, {"startCommand": "new"}
    done = await apply(
        api,
        environment,
        update("service.web", "deploy", before, after),
        update("service.web", "name", "web", "site"),
        {"kind": "variable.set", "address": "service.web", "variable": "A", "after": {"type": "literal", "value": "3"}},
        {"kind": "variable.delete", "address": "service.web", "variable": "B", "previous": {"type": "preserve"}},
    )
    assert done["status"] == "applied"
    made = (await environment_of(api, environment))["config"]["services"][service]
    assert made["deploy"]["startCommand"] == "new"
    assert "healthcheckPath" not in made["deploy"]
    assert made["variables"] == {"A": {"value": "3"}}
    assert await services(api, project) == {"site": service}


async def test_a_deleted_resource_is_gone(api: Api) -> None:
    project, environment = await api.project()
    await api.service(project)
    done = await apply(api, environment, {"kind": "resource.delete", "address": "service.web", "path": "x"})
    assert done["status"] == "applied"
    assert await services(api, project) == {}


async def test_an_environment_that_changed_since_refuses_the_plan_and_the_same_etag_serves_once(api: Api) -> None:
    project, environment = await api.project()
    await api.service(project)
    etag = (await environment_of(api, environment))["configEtag"]
    change = update("service.web", "deploy", None, {"startCommand": "x"})
    assert (await apply(api, environment, change, baseConfigEtag=etag))["status"] == "applied"
    given = {"environmentId": environment, "input": change_set(change), "baseConfigEtag": etag}
    assert "has changed since" in await api.refusal(APPLY, **given)
    assert (await environment_of(api, environment))["configEtag"] != etag


async def test_waiting_answers_with_the_end(api: Api) -> None:
    project, environment = await api.project()
    await api.service(project)
    change = update("service.web", "deploy", None, {"startCommand": "x"})
    given = {"environmentId": environment, "input": change_set(change), "commitMessage": "why"}
    done = (await api.ask(APPLY, **given))["environmentApplyChangeSet"]
    assert done["status"] == "applied"
    patch = "query($id: String!) { environmentPatch(id: $id) { message status } }"
    found = (await api.ask(patch, id=done["stagedPatchId"]))["environmentPatch"]
    assert found == {"message": "why", "status": "COMMITTED"}


async def test_a_preview_changes_nothing_and_says_what_cannot_be_done(api: Api) -> None:
    project, environment = await api.project()
    bucket = create({"type": "bucket", "name": "uploads", "config": {"region": "iad"}})
    stray = update("service.nobody", "deploy", None, {"startCommand": "x"})
    web = create({"type": "service", "kind": "empty", "name": "web"})
    sent = change_set(bucket, stray, web)
    told = (await api.ask(PREVIEW, environmentId=environment, input=sent))["environmentPreviewChangeSet"]
    assert told["changeSet"] == sent
    assert [one["severity"] for one in told["diagnostics"]] == ["error", "error"]
    assert "is not part of the local Railway" in told["diagnostics"][0]["message"]
    assert await services(api, project) == {}

    failed = await apply(api, environment, bucket, web)
    assert failed["status"] == "failed"
    assert [change["status"] for change in failed["changes"]] == ["failed", "pending"]
    assert await services(api, project) == {}


async def test_what_the_patch_refuses_is_a_diagnostic_of_the_apply(api: Api) -> None:
    project, environment = await api.project()
    await api.service(project)
    done = await apply(api, environment, update("service.web", "deploy", None, {"preDeployCommand": ["a", "b"]}))
    assert (done["status"], done["changes"][0]["status"]) == ("failed", "failed")
    assert done["diagnostics"][0]["message"] == "Error in preDeployCommand - Invalid input"
    unknown = {"environmentId": environment, "input": {"version": 2, "changes": []}}
    other = (await api.ask(APPLY, **unknown))["environmentApplyChangeSet"]
    assert (other["status"], other["stagedPatchId"]) == ("failed", None)
