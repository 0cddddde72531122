"""What was made through the API is there after a restart of the local Railway, and walks on."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.databases_on_standin import complete
from tests.support.manual_clock import ManualClock
from tests.support.quiet_machine import QuietMachine
from tests.support.standin_api import Api, eventually
from wizard.standin.api.credentials import Tokens
from wizard.standin.server import serve
from wizard.standin.settings import Settings

CUSTOM = """mutation($i: CustomDomainCreateInput!) { customDomainCreate(input: $i) { id status {
    dnsRecords { fqdn recordType requiredValue } } } }"""
STATUS = "query($id: String!, $p: String!) { customDomain(id: $id, projectId: $p) { status { certificateStatus } } }"
VOLUME = "mutation($i: VolumeCreateInput!) { volumeCreate(input: $i) { id volumeInstances { edges { node { id } } } } }"
BACK_UP = "mutation($v: String!) { volumeInstanceBackupCreate(volumeInstanceId: $v) { workflowId } }"
SCHEDULE = "mutation($v: String!) { volumeInstanceBackupScheduleUpdate(volumeInstanceId: $v, kinds: [DAILY]) }"
BACKUPS = "query($v: String!) { volumeInstanceBackupList(volumeInstanceId: $v) { id } }"
RULE = """mutation($w: String!) { notificationRuleCreate(input: {workspaceId: $w, eventTypes: ["Deployment.failed"],
    channelConfigs: [{type: "email"}]}) { id } }"""
RULES = "query($w: String!) { notificationRules(workspaceId: $w) { id channels { config } } }"
TOKEN = 'mutation { apiTokenCreate(input: {name: "kept"}) }'
EVENTS = "query($p: String!) { events(projectId: $p) { edges { node { id } } } }"
LIMIT = "mutation($w: String!) { usageLimitSet(input: {customerId: $w, softLimitDollars: 5, hardLimitDollars: 10}) }"
USAGE_LIMIT = "query($w: String!) { workspace(workspaceId: $w) { customer { usageLimit { hardLimit } } } }"


@dataclass
class Made:
    """What one life of the stand-in leaves to the next."""

    ids: dict[str, str] = field(default_factory=dict)
    events: list[Any] = field(default_factory=list)


async def test_restart_keeps_domains_volumes_backups_rules_tokens_and_events(tmp_path: Path) -> None:
    settings, tokens = Settings(read_lag=0, requests_per_hour=100_000), Tokens()
    (tmp_path / "backups" / "half-made").mkdir(parents=True)
    async with ManualClock() as clock:
        async with (
            serve(settings, tmp_path, clock, tokens=tokens, machine=QuietMachine()) as standin,
            Api(standin) as api,
        ):
            made = await _first_life(api)
        async with (
            serve(settings, tmp_path, clock, tokens=tokens, machine=QuietMachine()) as standin,
            Api(standin) as api,
        ):
            await _second_life(api, clock, made)
            assert not (tmp_path / "backups" / "half-made").exists()


async def _first_life(api: Api) -> Made:
    made = Made()
    ids = made.ids
    ids["project"], environment = await api.project()
    ids["workspace"] = await api.workspace()
    service = await api.service(ids["project"])
    here = {"projectId": ids["project"], "environmentId": environment, "serviceId": service}
    custom = (await api.ask(CUSTOM, i={**here, "domain": "app.example.com"}))["customDomainCreate"]
    ids["domain"] = custom["id"]
    records = [
        {"fqdn": one["fqdn"], "type": one["recordType"].rpartition("_")[2], "value": one["requiredValue"]}
        for one in custom["status"]["dnsRecords"]
    ]
    await api.http.post(f"{api.standin.control_url}/dns", json=records)
    for name in ("kept", "deleted"):
        given = here if name == "kept" else {key: here[key] for key in ("projectId", "environmentId")}
        volume = (await api.ask(VOLUME, i={**given, "mountPath": "/data"}))["volumeCreate"]
        ids[name], ids[f"{name}-mount"] = volume["id"], volume["volumeInstances"]["edges"][0]["node"]["id"]
    await complete(api, (await api.ask(BACK_UP, v=ids["kept-mount"]))["volumeInstanceBackupCreate"]["workflowId"])
    await api.ask(SCHEDULE, v=ids["kept-mount"])
    await api.ask("mutation($v: String!) { volumeDelete(volumeId: $v) }", v=ids["deleted"])
    ids["rule"] = (await api.ask(RULE, w=ids["workspace"]))["notificationRuleCreate"]["id"]
    ids["token"] = (await api.ask(TOKEN))["apiTokenCreate"]
    await api.ask(LIMIT, w=ids["workspace"])
    made.events = (await api.ask(EVENTS, p=ids["project"]))["events"]["edges"]
    return made


async def _second_life(api: Api, clock: ManualClock, made: Made) -> None:
    ids = made.ids
    assert (await api.ask(EVENTS, p=ids["project"]))["events"]["edges"] == made.events
    assert (await api.ask(RULES, w=ids["workspace"]))["notificationRules"] == [
        {"id": ids["rule"], "channels": [{"config": {"type": "email"}}]}
    ]
    limit = (await api.ask(USAGE_LIMIT, w=ids["workspace"]))["workspace"]["customer"]["usageLimit"]
    assert limit == {"hardLimit": 10}
    async with Api(api.standin, {"Authorization": f"Bearer {ids['token']}"}) as made_by_api:
        await made_by_api.ask("{ me { email } }")
    restored = await api.http.post(f"{api.standin.control_url}/restore", json={"volumeId": ids["deleted"]})
    assert restored.status_code == 200

    await clock.sleep(86_400)

    async def backed_up() -> bool:
        return len((await api.ask(BACKUPS, v=ids["kept-mount"]))["volumeInstanceBackupList"]) == 2

    await eventually(backed_up)
    found = await api.ask(STATUS, id=ids["domain"], p=ids["project"])
    assert found["customDomain"]["status"]["certificateStatus"] == "CERTIFICATE_STATUS_TYPE_VALID"
