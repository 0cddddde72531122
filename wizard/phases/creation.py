"""Exactly once: a create is announced in the journal, and a lost answer is looked up before anything is asked again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from wizard.errors import CredentialError, FailedError, UsageError
from wizard.events import Note
from wizard.journal import mark
from wizard.messages import message
from wizard.phases.run import Run
from wizard.phases.world import SETTLE_SECONDS
from wizard.platform.errors import LostAnswerError
from wizard.platform.handles import Answer, Handle, Receipt

_LOOK_EVERY, _TIMES = 4.0, 2

Create = Callable[[], Awaitable[Receipt]]
Find = Callable[[], Awaitable[Handle | None]]


async def create_once(run: Run, name: str, mutation: str, create: Create, find: Find) -> Handle:
    """Create a resource of the plan and return its handle, however often the answer gets lost.

    Args:
        run: the run whose journal and clock are used.
        name: what the mark is derived from: `service backend`, `volume backend /data`.
        mutation: the kind of create, for the journal.
        create: asks the platform.
        find: looks for it by its mark or by its name in a project of ours; None where it is not (yet) visible.
    """
    own = _mark(run, name)
    pending = any(open_ == own for open_, _ in run.journal.open_intents())
    handle = await _look_up(run, find) if pending else None
    if handle is None:
        with run.journal.intent(own, mutation):
            handle = await _asked(run, own, create, find)
    run.journal.settle(own, handle.id if handle else None)
    if handle is None:
        raise FailedError("phases.create-lost", resource=name)
    run.journal.created(handle)
    run.world.wrote()
    return handle


def claim(run: Run, found: Mapping[str, Handle]) -> None:
    """Record what a killed run asked for and never saw: it is there, and it is ours to remove.

    Args:
        run: the run whose journal may hold open intents.
        found: what the platform has, by the names `create_once` was given.
    """
    pending = {mark_ for mark_, _ in run.journal.open_intents()}
    for name, handle in found.items() if pending else ():
        if (own := _mark(run, name)) in pending:
            run.journal.settle(own, handle.id)
            run.journal.created(handle)


def _mark(run: Run, name: str) -> str:
    return mark(run.plan.project.key, run.plan.project.environment, name)


async def _asked(run: Run, own: str, create: Create, find: Find) -> Handle | None:
    """Ask at most twice; a refusal is an answer: nothing was made, and the next run need not look for it."""
    try:
        for _ in range(_TIMES):
            receipt = await create()
            if receipt.answer is Answer.ACCEPTED:
                return receipt.handle or await _look_up(run, find)
            if found := await _look_up(run, find):
                return found
    except (FailedError, CredentialError, UsageError):
        run.journal.settle(own, None)
        raise
    return None


async def _look_up(run: Run, find: Find) -> Handle | None:
    """Look until it is found or as long as a read may lag behind a write."""
    deadline = run.clock.monotonic() + SETTLE_SECONDS
    while True:
        run.world.wrote()
        if found := await find():
            return found
        if run.clock.monotonic() >= deadline:
            return None
        await run.clock.sleep(_LOOK_EVERY)


async def send(run: Run, resource: str, write: Awaitable[None]) -> None:
    """Await a write that is safe to repeat; where its answer is lost the read-back decides what became of it."""
    try:
        await write
    except LostAnswerError:
        run.emit(Note(message("phases.answer-lost", resource=resource)))
    finally:
        run.world.wrote()
