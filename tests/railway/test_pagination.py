"""Connections are read to their end, whichever it is."""

from typing import Any

from tests.support.railway_api import data, scripted
from wizard.platform.handles import Group, Handle, Kind

PROJECT = Handle("railway", Kind.PROJECT, "p", "demo")
GROUP = Group(PROJECT, Handle("railway", Kind.ENVIRONMENT, "e", "production"))
SERVICE = Handle("railway", Kind.SERVICE, "s", "backend")


def page(*nodes: dict[str, Any], after: str | None = None) -> dict[str, Any]:
    return {"edges": [{"node": n} for n in nodes], "pageInfo": {"hasNextPage": after is not None, "endCursor": after}}


def project(name: str, environments: dict[str, Any] | None = None) -> dict[str, Any]:
    told = {"id": name, "name": name, "description": None, "deletedAt": None}
    return {**told, "environments": environments or page()}


async def test_environments_are_read_page_by_page() -> None:
    def told(found: dict[str, Any]) -> bytes:
        return data(project={"id": "p", "name": "demo", "environments": found})

    first = page({"id": "1", "name": "pr-1"}, after="c1")
    async with scripted(told(first), told(page({"id": "2", "name": "production"}))) as railway:
        group = await railway.platform.groups.locate("p", "production")
    assert group
    assert group.environment.id == "2"
    assert [railway.sent(n)["variables"].get("after") for n in range(2)] == [None, "c1"]


async def test_projects_are_read_page_by_page() -> None:
    customer = {
        "isTrialing": False,
        "trialDaysRemaining": 0,
        "hasExhaustedFreePlan": False,
        "remainingUsageCreditBalance": 5,
        "usageLimit": None,
    }
    workspace = {"id": "w", "name": "Mine", "plan": "TITANIUM", "customer": customer, "subscriptionPlanLimit": None}
    rules = {"project": {"disallowed": "Upgrade first"}, "deployment": {"disallowed": None}}
    first = data(
        workspace={**workspace, "projects": page(project("a"), after="c")},
        resourceAccess=rules,
        platformStatus={"isStable": False, "incident": {"message": "Builds are slow"}, "maintenance": None},
    )
    many = page({"id": "1", "name": "pr-1"}, after="c2")
    second = data(workspace={"id": "w", "projects": page(project("b", many))})
    third = data(project={"id": "b", "name": "b", "environments": page({"id": "2", "name": "production"})})
    async with scripted(first, second, third) as railway:
        found, health = await railway.platform.credentials.workspace("w")
    assert [one.name for one in found.projects[1].environments] == ["pr-1", "production"]
    assert [one.handle.name for one in found.projects] == ["a", "b"]
    assert (found.plan, found.refusals, health.incident) == ("TITANIUM", ("Upgrade first",), "Builds are slow")


async def test_deployments_are_read_until_there_are_enough() -> None:
    def node(name: str) -> dict[str, Any]:
        return {"id": name, "status": "SUCCESS", "createdAt": "x", "deploymentStopped": False, "meta": None}

    answers = [data(deployments=page(node("1"), node("2"), after="c")), data(deployments=page(node("3"), after="d"))]
    async with scripted(*answers) as railway:
        found = await railway.platform.deployments.recent(GROUP, SERVICE, 3)
    assert [one.handle.id for one in found] == ["1", "2", "3"]
    assert len(railway.requests) == 2
