"""The ports on a platform that answers at once: what many tests make and read."""

from wizard.platform.handles import Group, Handle
from wizard.platform.ports import Progress
from wizard.platform.states import GroupState
from wizard.railway.platform import RailwayPlatform


async def observed(platform: RailwayPlatform, group: Group) -> GroupState:
    return (await platform.groups.observe(group)).value


async def created(platform: RailwayPlatform, group: Group, name: str = "backend") -> Handle:
    handle = (await platform.services.create(group, name)).handle
    assert handle
    return handle


async def new_group(platform: RailwayPlatform) -> Group:
    account = await platform.credentials.verify()
    made = await platform.groups.create(account.workspaces[0][0], "demo", "production", "railwizard:key")
    assert made.handle
    group = await platform.groups.locate(made.handle.id, "production")
    assert group
    return group


async def latest(platform: RailwayPlatform, group: Group, name: str) -> Handle:
    for _ in range(200):
        found = (await observed(platform, group)).services[name].latest
        if found:
            return found.handle
    raise AssertionError(name)


async def followed(platform: RailwayPlatform, deployment: Handle) -> list[Progress]:
    return [told async for told in platform.deployments.follow(deployment)]
