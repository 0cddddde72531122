"""Who opened a proxy: Railway keeps an environment's patches, and ours say in their message what they are for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wizard.railway.client.read_patches import ReadPatchesEnvironmentPatches
from wizard.railway.mapping import moment
from wizard.railway.session import PAGE, Session, pages
from wizard.railway.settings import JsonObject, part

_MESSAGE = re.compile(r"railwizard (?P<mark>[0-9a-f]+)")
_APART = timedelta(seconds=180)
"""How far the moment a proxy appeared may be from the moment of its patch."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A patch that was committed to an environment."""

    at: datetime
    message: str
    document: JsonObject


def marked(mark: str) -> str:
    """Return the message of a patch that carries a mark."""
    return f"railwizard {mark}"


async def read_patches(session: Session, environment_id: str) -> list[Patch]:
    """Read the environment's patches, newest first."""

    async def more(after: str) -> ReadPatchesEnvironmentPatches:
        return (await session.client.read_patches(environment_id, PAGE, after)).environment_patches

    first = (await session.client.read_patches(environment_id, PAGE)).environment_patches
    nodes = [edge.node for page in await pages(first, more) for edge in page.edges]
    found = [Patch(moment(node.applied_at or node.created_at), node.message or "", part(node.patch)) for node in nodes]
    return sorted(found, key=lambda patch: patch.at, reverse=True)


def opener(patches: Sequence[Patch], service_id: str, created_at: datetime | None) -> str | None:
    """Return the mark of the patch that opened a service's proxy.

    It is empty where something else opened it, and None where no patch that is kept tells.
    """
    about = (one for one in patches if part(one.document, "services", service_id, "networking", "tcpProxies"))
    newest = next(about, None)
    if newest is None:
        return None
    match = _MESSAGE.fullmatch(newest.message)
    if match is None or (created_at and abs(created_at - newest.at) > _APART):
        return ""
    return match["mark"]
