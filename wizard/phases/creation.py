"""Exactly once: what is asked for is announced in the journal, and a lost answer is looked up before asking again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from wizard.errors import CredentialError, FailedError, RefusedError, UsageError
from wizard.events import Note
from wizard.http import WRITE_SECONDS
from wizard.journal import mark
from wizard.messages import message
from wizard.phases.run import Run
from wizard.phases.world import SETTLE_SECONDS
from wizard.platform.errors import LostAnswerError
from wizard.platform.handles import Answer, Handle, Receipt
from wizard.platform.states import GroupState

TIMES = 2
"""How often something is asked for whose answer gets lost."""
LOOK_EVERY = 4.0
REFUSALS = (FailedError, CredentialError, UsageError, RefusedError)
"""A refusal is an answer: nothing was made, and the next run need not look for it."""

Create = Callable[[], Awaitable[Receipt]]
Find = Callable[[], Awaitable[Handle | None]]
Write = Callable[[], Awaitable[None]]
Holds = Callable[[GroupState], bool]


async def create_once(run: Run, name: str, mutation: str, create: Create, find: Find) -> Handle:
    """Create a resource of the plan and return its handle, however often the answer gets lost.

    Args:
        run: the run whose journal and clock are used.
        name: what the mark is derived from: `service backend`, `volume backend /data`.
        mutation: the kind of create, for the journal.
        create: asks the platform.
        find: looks for it by its mark or by its name in a project of ours; None where it is not (yet) visible.
    """
    own = mark_of(run, name)
    await run.lease.hold()
    handle = await _left_by_another_run(run, own, find)
    if handle is None:
        with run.journal.intent(own, mutation):
            handle = await _asked(run, own, create, find)
    if handle:
        run.journal.created(handle)
    run.journal.settle(own, handle.id if handle else None)
    if handle is None:
        raise FailedError("phases.create-lost", resource=name)
    run.world.wrote()
    return handle


async def send(run: Run, resource: str, write: Write, holds: Holds) -> None:
    """Send a write that is safe to repeat; where its answer is lost the read-back decides what became of it.

    Args:
        run: the run whose lease is held.
        resource: what is written, for people.
        write: asks the platform.
        holds: tells whether an observation shows it.
    """
    await run.lease.hold()
    for _ in range(TIMES):
        try:
            await write()
        except LostAnswerError:
            run.emit(Note(message("phases.answer-lost", resource=resource)))
            run.world.wrote()
            if await run.world.until(holds):
                return
        else:
            return
        finally:
            run.world.wrote()
    raise FailedError("phases.write-lost", resource=resource)


def claim(run: Run, found: Mapping[str, Handle]) -> None:
    """Record what a killed run asked for and never saw: it is there, and it is ours to remove.

    Args:
        run: the run whose journal may hold open intents.
        found: what the platform has, by the names `create_once` was given.
    """
    pending = {mark_ for mark_, _ in run.journal.open_intents()}
    for name, handle in found.items() if pending else ():
        if (own := mark_of(run, name)) in pending:
            run.journal.settle(own, handle.id)
            run.journal.created(handle)


def mark_of(run: Run, name: str) -> str:
    """Return the mark of something of this plan and environment."""
    return mark(run.plan.project.key, run.plan.project.environment, name)


def patience(run: Run, asked_at: datetime) -> float:
    """Return for how many seconds something that was asked for then may still appear."""
    latest = asked_at + timedelta(seconds=WRITE_SECONDS + SETTLE_SECONDS)
    return min(max((latest - run.clock.now()).total_seconds(), 0.0), SETTLE_SECONDS)


async def look(run: Run, find: Find, seconds: float = SETTLE_SECONDS) -> Handle | None:
    """Look until it is found or as long as a read may lag behind a write; at least once."""
    deadline = run.clock.monotonic() + seconds
    while True:
        run.world.wrote()
        if found := await find():
            return found
        if run.clock.monotonic() >= deadline:
            return None
        await run.clock.sleep(LOOK_EVERY)


async def _left_by_another_run(run: Run, own: str, find: Find) -> Handle | None:
    """Look for what a dead run asked for: by its intent, or once where the journal may have lost that."""
    if intent := run.journal.pending(own):
        return await look(run, find, patience(run, intent.at))
    if run.lease.inherited:
        return await look(run, find, 0.0)
    if run.world.project is None and run.world.group is None and (died := run.journal.died_at(besides=run.emitter.run)):
        return await look(run, find, patience(run, died))
    return None


async def _asked(run: Run, own: str, create: Create, find: Find) -> Handle | None:
    """Ask at most twice."""
    try:
        for _ in range(TIMES):
            receipt = await create()
            if receipt.answer is Answer.ACCEPTED:
                return receipt.handle or await look(run, find)
            if found := await look(run, find):
                return found
    except REFUSALS:
        run.journal.settle(own, None)
        raise
    return None
