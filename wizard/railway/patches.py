"""Changes that only a configuration patch can make quietly: staged beside nobody else's, committed without deploying.

Committing commits everything that is staged, so a change somebody else staged is a reason to refuse.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from wizard.errors import RefusedError
from wizard.railway.session import Session
from wizard.railway.settings import part

Patches = list[dict[str, Any]]

COMMIT_MESSAGE = "railwizard"
_STILL_TRUE_SECONDS = 5.0
"""How long a count of staged changes that was just read is believed."""


async def commit_quietly(session: Session, environment_id: str, patch: dict[str, Any]) -> None:
    """Apply a patch without starting deployments; raises RefusedError where others have staged changes."""
    async with _turn(session, environment_id, patch) as ours:
        await refuse_if_staged(session, environment_id, ours)
        staged = (await session.client.stage_changes(environment_id, patch)).environment_stage_changes.patch
        if foreign := _foreign(staged, ours):
            raise RefusedError("railway.staged-meanwhile", count=len(foreign))
        await session.client.commit_staged(environment_id, COMMIT_MESSAGE)


async def commit_now(session: Session, environment_id: str, patch: dict[str, Any], message: str) -> None:
    """Apply a patch at once; raises RefusedError where others have staged changes."""
    async with _turn(session, environment_id, patch) as ours:
        await refuse_if_staged(session, environment_id, ours)
        await session.client.commit_patch(environment_id, patch, message)


@asynccontextmanager
async def _turn(session: Session, environment_id: str, patch: dict[str, Any]) -> AsyncIterator[Patches]:
    """Patch an environment alone: a step's change must not pass for somebody else's in the step beside it.

    Gives all patches of this connection, those that still wait for their turn too.
    """
    ours = session.patches.setdefault(environment_id, [])
    ours.append(patch)
    async with session.patching.setdefault(environment_id, asyncio.Lock()):
        yield ours


async def refuse_if_staged(session: Session, environment_id: str, ours: Patches) -> None:
    """Raise RefusedError when somebody staged changes and did not commit them.

    What is staged and says just what this connection writes is ours: a run was ended between staging and committing,
    or a commit's answer was lost.
    """
    count, at = session.staged.pop(environment_id, (0, float("-inf")))
    if session.clock.monotonic() - at > _STILL_TRUE_SECONDS:
        count = (await session.client.read_staged_count(environment_id)).environment.unmerged_changes_count or 0
    if count and not await _left_by_us(session, environment_id, ours):
        raise RefusedError("railway.staged-by-others", count=count)


async def _left_by_us(session: Session, environment_id: str, ours: Patches) -> bool:
    staged = (await session.client.read_staged_changes(environment_id)).environment_staged_changes.patch
    return bool(staged) and _within(staged, ours)


def _within(staged: Any, ours: Sequence[Any]) -> bool:
    """Tell whether a document says nothing that one of ours does not say too."""
    if not isinstance(staged, dict):
        return any(staged == one for one in ours)
    told = [one for one in ours if isinstance(one, dict)]
    return bool(told) and all(
        _within(value, [one[name] for one in told if name in one]) for name, value in staged.items()
    )


def _foreign(staged: Any, ours: Patches) -> set[str]:
    """Return what is staged beside ours, by section and name."""
    return {
        f"{section}.{name}"
        for section in part(staged)
        for name in part(staged, section)
        if not any(name in part(one, section) for one in ours)
    }
