"""Ways into the plan's databases that stand open: those a run of this plan left, and those somebody else made.

Ours are known by their mark, which the platform keeps, so a lost journal loses none of them. Somebody else's are told,
and closed only where that is answered by name.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from wizard.events import Finding, Note, Severity
from wizard.messages import message
from wizard.phases.run import Run
from wizard.platform.handles import Handle
from wizard.platform.states import ProxyState
from wizard.questions import Choice, Option

KEEP, CLOSE = "keep", "close"


@dataclass(frozen=True, slots=True)
class Way:
    """A proxy that stands open to a database of the plan."""

    database: str
    proxy: ProxyState
    ours: bool


async def sweep(run: Run) -> None:
    """Close what dead runs left open and what was given up by name; another run's that is at work stays."""
    standing = [] if run.lease.is_anothers() else [way async for way in _standing(run)]
    seen = [(way.database, way.proxy.handle) for way in standing if way.ours or await _is_given_up(run, way)]
    unseen = [one for one in run.journal.open_proxies() if _is_unseen(one, seen)]
    if not seen and not unseen:
        return
    await run.lease.hold()
    for name in dict.fromkeys(await run.database.sweep([*seen, *unseen])):
        run.emit(Note(message("phases.way-swept", database=name)))
    run.world.wrote()


def _is_unseen(announced: tuple[str, Handle | None], seen: list[tuple[str, Handle]]) -> bool:
    """Tell whether a way of the journal is none of those that were seen; a database has one at most."""
    name, handle = announced
    if handle:
        return all(one.id != handle.id for _, one in seen)
    return all(database != name for database, _ in seen)


async def findings(run: Run) -> list[Finding]:
    """Name the ways that nobody of this plan opened."""
    return [_finding(way) async for way in _standing(run) if not way.ours]


async def _standing(run: Run) -> AsyncIterator[Way]:
    state, closed = run.world.last, run.journal.closed_proxies()
    for name in run.plan.databases:
        service = state.services.get(name) if state else None
        for proxy in service.proxies if service else ():
            if proxy.handle.id in closed:
                continue
            mark = await run.platform.datastores.proxy_mark(run.world.located, service.handle, proxy) if service else ""
            yield Way(name, proxy, ours=mark == run.way_mark(name))


async def _is_given_up(run: Run, way: Way) -> bool:
    options: Iterable[Option] = (Option(KEEP, message("phases.way-keep")), Option(CLOSE, message("phases.way-close")))
    prompt = message("phases.ask-way", database=way.database, address=way.proxy.handle.name)
    question = Choice(id=f"proxy.{way.database}", prompt=prompt, options=tuple(options))
    return run.asker.knows(question) and await run.asker.ask(question) == CLOSE


def _finding(way: Way) -> Finding:
    told = {"database": way.database, "address": way.proxy.handle.name}
    text, fix = message("phases.found-open-way", **told), message("phases.found-open-way.fix", **told)
    return Finding("open-proxy", Severity.WARNING, text, fix)
