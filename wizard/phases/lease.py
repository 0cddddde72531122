"""One run at a time on a project, whichever machine it is on: a lease in the project's description.

It is advice among runs of this wizard, taken before the first write and given back at the end. A run that is killed
leaves it to expire; the next run of the same machine knows that it is dead and takes it over at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from wizard.errors import FailedError, NeedsInputError, RefusedError, WizardError
from wizard.events import Note
from wizard.messages import message
from wizard.phases.lease_line import Holder, holder_of, with_line, without_line
from wizard.phases.world import SETTLE_SECONDS
from wizard.platform.errors import LostAnswerError
from wizard.platform.handles import Handle
from wizard.questions import Confirm
from wizard.shield import to_the_end

if TYPE_CHECKING:
    from wizard.phases.run import Run

EXPIRY_SECONDS, HEARTBEAT_SECONDS, RETRY_SECONDS = 300.0, 150.0, 20.0
"""A beat costs two requests, so they are rare; one that fails is made up for soon, long before the lease ends."""
_FIRST_INTERVAL, _LONGEST_INTERVAL = 1.0, 8.0
_RELEASE_SECONDS, _TIMES = 30.0, 2
TAKE_OVER = "lock.take-over"


@dataclass(frozen=True, slots=True)
class Operator:
    """Where a run comes from.

    Attributes:
        host: this machine's name, for people.
        place: a random word that this machine's state folder keeps: the same word is the same machine.
    """

    host: str
    place: str


@dataclass(slots=True)
class Lease:
    """The lease of one run.

    Attributes:
        inherited: it was taken over from a run that died or was pushed aside: what that one wrote may still appear.
    """

    run: Run
    inherited: bool = False
    _own: Holder | None = None
    _refusal: RefusedError | None = None
    _wrote_at: float = float("-inf")
    _beating: asyncio.Task[None] | None = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def _key(self) -> str:
        return self.run.plan.project.key

    def begin(self, description: str) -> str:
        """Return the description of a project that is about to be made, with this run's lease already in it."""
        self._own = self._own or self._new()
        return with_line(description, self._key, self._own.line(self._key))

    def began(self) -> None:
        """The project is there: keep its lease alive, if it was made with one."""
        if self._own:
            self._keep_alive()

    async def hold(self, change: Callable[[str], str] = str) -> None:
        """Make sure of the lease before something is written; raises RefusedError where another run has it.

        Args:
            change: what else becomes of the project's own text with the same write.
        """
        async with self._lock:
            if self._refusal:
                raise self._refusal
            if self._own is None and self.run.world.group:
                try:
                    await self._take(change)
                except RefusedError as refusal:
                    self._refusal = refusal
                    raise

    async def check(self) -> None:
        """Raise RefusedError where another run is at work, without taking the lease."""
        other = holder_of(await self._description(), self._key)
        if other and not self._is_over(other):
            raise self._held(other)

    async def sweep(self) -> None:
        """Take over what a dead run left, so that it is given back with ours."""
        other = self._last_seen()
        if other and self._is_over(other) and not self.run.journal.ended(other.run):
            await self.hold()

    def is_anothers(self) -> bool:
        """Tell whether another run was at work when the environment was last seen."""
        other = self._last_seen()
        return other is not None and self._own is None and not self._is_over(other)

    def _last_seen(self) -> Holder | None:
        state = self.run.world.last
        return holder_of(state.description, self._key) if state else None

    async def release(self) -> None:
        """Give it back, even while this task is being cancelled; where that fails it expires."""
        if self._beating:
            self._beating.cancel()
        if self._own:
            await to_the_end(self._last_words())

    async def _last_words(self) -> None:
        """Let a renewal that is on its way end first: behind the give-back it would be a lease nobody holds."""
        if self._beating:
            await asyncio.gather(self._beating, return_exceptions=True)
        await self._give_back()

    async def _take(self, change: Callable[[str], str]) -> None:
        description = change(await self._description())
        other = holder_of(description, self._key)
        if other and not self.run.journal.ended(other.run):
            await self._displace(other)
        own = self._own = self._new()
        try:
            await self._establish(description, own)
        except WizardError:
            self._own = None
            raise
        self._keep_alive()

    async def _establish(self, description: str, own: Holder) -> None:
        """Write the lease and read it back; raises RefusedError where another run was faster."""
        for _ in range(_TIMES):
            await self._write(description, own)
            if await self._is_seen(own):
                self.run.world.wrote()
                return
        raise FailedError("lease.unseen", project=self.run.plan.project.name)

    async def _displace(self, other: Holder) -> None:
        """Take over from a run that is over, or from one that somebody gave up by name; raises RefusedError."""
        if not self._is_over(other) and not await self._is_given_up(other):
            raise self._held(other)
        self.inherited = True
        self.run.emit(Note(message("lease.taken-over", **_told(other))))

    def _held(self, other: Holder) -> RefusedError:
        return RefusedError("lease.held", **_told(other), until=f"{other.until:%H:%M:%S}", answer=TAKE_OVER)

    def _is_over(self, other: Holder) -> bool:
        """It expired, or it is a run of this very machine and environment: the local lock says that it ended."""
        ours = other.place == self.run.operator.place and other.environment == self.run.plan.project.environment
        return ours or self.run.journal.knows(other.run) or other.until <= self.run.clock.now()

    async def _is_given_up(self, other: Holder) -> bool:
        question = Confirm(id=TAKE_OVER, prompt=message("lease.ask-take-over", **_told(other)), default=False)
        try:
            return await self.run.asker.ask(question) is True
        except NeedsInputError:
            return False

    async def _is_seen(self, own: Holder) -> bool:
        """Read until it is seen: of two runs that wrote at once the later one has it."""
        description = await self._settled(SETTLE_SECONDS)
        if self._is_anothers(description, own):
            raise RefusedError("lease.lost", **_told(holder_of(description, self._key) or own))
        return self._shown(description)

    async def _settled(self, patience: float) -> str:
        """Read until our own line shows or another's stands there, more and more slowly."""
        clock, interval = self.run.clock, _FIRST_INTERVAL
        deadline = clock.monotonic() + patience
        description = await self._read()
        while not (self._shown(description) or (self._own and self._is_anothers(description, self._own))):
            if clock.monotonic() >= deadline:
                break
            await clock.sleep(interval)
            interval = min(interval * 2, _LONGEST_INTERVAL)
            description = await self._read()
        return description

    async def _read(self) -> str:
        return await self.run.platform.groups.description(self.run.world.located.project)

    def _is_anothers(self, description: str, own: Holder) -> bool:
        other = holder_of(description, self._key)
        return other is not None and other.run != own.run and other.since >= own.since

    def _keep_alive(self) -> None:
        if self._beating is None:
            self._beating = asyncio.create_task(self._beat(), name="lease")

    async def _beat(self) -> None:
        """Renew it until the run ends."""
        pause = HEARTBEAT_SECONDS
        while self._refusal is None:
            await self.run.clock.sleep(pause)
            pause = RETRY_SECONDS
            with suppress(WizardError):
                await self._renew()
                pause = HEARTBEAT_SECONDS

    async def _renew(self) -> None:
        if self._own is None or self.run.world.group is None:
            return
        description = await self._description()
        other = holder_of(description, self._key)
        if other and other.run != self._own.run:
            self._refusal = RefusedError("lease.lost", **_told(other))
            return
        self._own = replace(self._own, until=self._expiry())
        await self._write(description, self._own)

    async def _give_back(self) -> None:
        try:
            async with self.run.clock.timeout(_RELEASE_SECONDS):
                await self._remove()
        except (WizardError, TimeoutError):
            self.run.emit(Note(message("lease.left", seconds=int(EXPIRY_SECONDS))))
        self._own = None

    async def _remove(self) -> None:
        if self.run.world.group is None:
            return
        description = await self._description()
        other, own = holder_of(description, self._key), self._own
        if other and own and other.run == own.run:
            await self._send(self.run.world.located.project, without_line(description, self._key))

    async def _write(self, description: str, own: Holder) -> None:
        await self._send(self.run.world.located.project, with_line(description, self._key, own.line(self._key)))

    async def _send(self, project: Handle, text: str) -> None:
        """Write the description; what a lost answer did is seen when it is read again."""
        self._wrote_at = self.run.clock.monotonic()
        with suppress(LostAnswerError):
            await self.run.platform.groups.describe(project, text)

    async def _description(self) -> str:
        """Read the description; what we wrote ourselves must show, or a text written next would lose it."""
        return await self._settled(max(self._wrote_at + SETTLE_SECONDS - self.run.clock.monotonic(), 0.0))

    def _shown(self, description: str) -> bool:
        return self._own is None or self._own.line(self._key) in description.split("\n")

    def _new(self) -> Holder:
        run, account = self.run, self.run.world.account
        return Holder(
            run=run.emitter.run,
            environment=run.plan.project.environment,
            place=run.operator.place,
            host=run.operator.host,
            name=account.name if account else "",
            since=run.clock.now(),
            until=self._expiry(),
        )

    def _expiry(self) -> datetime:
        return self.run.clock.now() + timedelta(seconds=EXPIRY_SECONDS)


def _told(other: Holder) -> dict[str, str]:
    """Return what a sentence says of a holder."""
    return {
        "who": other.name or "?",
        "host": other.host or "?",
        "environment": other.environment or "?",
        "since": f"{other.since:%Y-%m-%d %H:%M:%S}",
    }
