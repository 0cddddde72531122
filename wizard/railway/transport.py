"""GraphQL over HTTP: one credential, one endpoint, counted, patient with reads and careful with writes.

A read is asked again after a lost connection, a 5xx or a body that is not JSON; a write never, because it may have
happened: it raises LostAnswerError and the engine looks first. What was refused before it was looked at (429, a
cooldown, a connection that never stood) is asked again in both cases.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from wizard.clock import Clock
from wizard.errors import PlatformError, WizardError
from wizard.http import READ_SECONDS, WRITE_SECONDS, HttpAnswer, HttpClient, UnreachableError
from wizard.messages import Message, message
from wizard.platform.errors import LostAnswerError
from wizard.platform.ports import Pauses
from wizard.platform.states import RateBudgetState
from wizard.railway.answers import Cooldown, Data, Garbled, Meaning, RateLimit, Refusal, meaning
from wizard.railway.budget import LONGEST_HOLD_SECONDS, budget, spent_until
from wizard.railway.endpoint import Credential, Endpoint
from wizard.railway.errors import UNCERTAIN
from wizard.railway.ledger import Ledger, Sent

FIRST_PATIENCE_SECONDS = 6.0
"""How long to try when no API ever answered, or where a server of this machine has ended: waiting helps neither."""
PATIENCE_SECONDS = 600.0
"""How long to sit out an outage once the run is under way."""
LONGEST_BACKOFF_SECONDS = 15.0
MOST_COOLDOWNS = 5

_TOLD_FROM_SECONDS = 4.0
"""Shorter waits are nobody's business."""
_HEADERS = {"User-Agent": "railwizard", "Accept": "application/json"}


Post = Callable[[], Awaitable[HttpAnswer]]
Judge = Callable[[HttpAnswer, str, datetime], Meaning]


class Guard(Protocol):
    """Watches over the credential."""

    async def replaced(self, refusal: WizardError, used: Credential) -> bool:
        """Tell whether a refused request may be asked again, under another credential than the one it used."""
        ...


@dataclass(slots=True)
class Transport:
    """Sends operations; every method of the generated client ends here.

    Attributes:
        budget: the rate budget as the last answer gave it.
        proven: the credential was accepted once.
        guard: finds out whether a refusal means that it is accepted no more.
    """

    http: HttpClient
    endpoint: Endpoint
    credential: Credential
    clock: Clock
    ledger: Ledger
    pauses: Pauses | None = None
    budget: RateBudgetState | None = None
    proven: bool = False
    guard: Guard | None = None
    _held_until: float = float("-inf")
    _answered: bool = field(default=False)

    async def execute(self, query: str, operation: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """Send one operation and return its data; raises a WizardError."""
        kind = Sent.MUTATION if query.lstrip().startswith("mutation") else Sent.QUERY
        body = {"query": query, "operationName": operation, "variables": dict(variables)}
        patience = WRITE_SECONDS if kind.writes else READ_SECONDS

        async def post() -> HttpAnswer:
            self.ledger.record(kind, operation, variables)
            return await self.http.request(
                "POST", self.endpoint.graphql, headers=self.headers(), json=body, timeout=patience
            )

        return await self.deliver(kind, operation, post, meaning)

    def headers(self) -> dict[str, str]:
        """Return what every request carries; raises CredentialError for a token that cannot be one."""
        return {**_HEADERS, **self.credential.headers()}

    async def deliver(self, kind: Sent, operation: str, post: Post, judge: Judge) -> dict[str, Any]:
        """Send until there is an answer, as far as sending again is safe; raises a WizardError."""
        patience = Patience(self, operation)
        while True:
            used = self.credential
            told = await self._ask(operation, post, judge, patience)
            if isinstance(told, Data):
                return told.data
            if isinstance(told, Refusal) and self.guard and await self.guard.replaced(told.error, used):
                continue
            await self._deal_with(told, kind, operation, patience)

    async def _ask(self, operation: str, post: Post, judge: Judge, patience: Patience) -> Meaning:
        """Send once; a connection that broke is a garbled answer, one that never stood is asked again."""
        await self.hold()
        sent_at = self.clock.monotonic()
        try:
            answer = await post()
        except UnreachableError as error:
            patience.failed(error, sent_at)
            return Garbled(error.code) if error.sent else Cooldown(0, error)
        told = judge(self.noted(answer), operation, self.clock.now())
        self._answered = self._answered or not isinstance(told, Garbled)
        return told

    def noted(self, answer: HttpAnswer) -> HttpAnswer:
        """Keep what an answer's headers say of the budget."""
        self.budget = budget(answer.headers, self.clock.now()) or self.budget
        return answer

    async def _deal_with(self, told: Meaning, kind: Sent, operation: str, patience: Patience) -> None:
        """Wait until it may be asked again, or raise."""
        match told:
            case Refusal(error):
                raise self._uncertain(error, kind, operation)
            case RateLimit(seconds):
                self.hold_back(seconds, operation)
            case Cooldown(0):
                await patience.back_off()
            case Cooldown(seconds, error):
                await patience.cool_down(seconds, error)
            case Garbled(reason) if kind.writes:
                raise LostAnswerError("railway.answer-lost", operation=operation, reason=reason)
            case Garbled(reason):
                await patience.back_off(reason)

    def _uncertain(self, error: WizardError, kind: Sent, operation: str) -> WizardError:
        """An internal failure of a write says nothing about whether it was applied."""
        if kind.writes and error.code in UNCERTAIN:
            return LostAnswerError("railway.answer-lost", operation=operation, reason=str(error.params["message"]))
        return error

    def hold_back(self, seconds: float, operation: str) -> None:
        """Let nobody send for so long: the budget is the token's, not the operation's."""
        if seconds > LONGEST_HOLD_SECONDS:
            raise PlatformError("railway.rate-limited", operation=operation, seconds=int(seconds))
        self._held_until = max(self._held_until, self.clock.monotonic() + seconds)

    async def hold(self) -> None:
        """Wait while nobody may send."""
        if until := spent_until(self.budget, self.clock.now()):
            left = (until - self.clock.now()).total_seconds()
            self._held_until = max(self._held_until, self.clock.monotonic() + left)
        while (left := self._held_until - self.clock.monotonic()) > 0:
            await self.wait(left, message("railway.waiting-for-budget"))

    async def wait(self, seconds: float, why: Message) -> None:
        """Sleep, and tell the operator where it is long enough to wonder."""
        told = self.pauses if seconds >= _TOLD_FROM_SECONDS else None
        if told:
            told.paused(why, self._instant(seconds))
        await self.clock.sleep(seconds)
        if told:
            told.resumed()

    def patience(self, last: WizardError | None) -> float:
        """Return the seconds an outage is sat out: many once the API has answered, few where its process is gone."""
        has_ended = self.endpoint.loopback and last is not None and last.code == "http.refused"
        return PATIENCE_SECONDS if self._answered and not has_ended else FIRST_PATIENCE_SECONDS

    def _instant(self, seconds: float) -> datetime:
        return self.clock.now() + timedelta(seconds=seconds)


@dataclass(slots=True)
class Patience:
    """How long one operation has been tried, and what to say when it is given up.

    Attributes:
        last: the newest complaint of the connection.
    """

    transport: Transport
    operation: str
    last: WizardError | None = None
    _since: float | None = None
    _delay: float = 1.0
    _cooldowns: int = 0

    def failed(self, error: WizardError, sent_at: float) -> None:
        """Remember a connection's complaint; the time it took to come counts."""
        self.last = error
        self._since = sent_at if self._since is None else self._since

    async def back_off(self, reason: str = "") -> None:
        """Wait a little longer each time; raises once patience is over."""
        clock = self.transport.clock
        self._since = clock.monotonic() if self._since is None else self._since
        if clock.monotonic() + self._delay - self._since > self.transport.patience(self.last):
            raise self.last or PlatformError("railway.unavailable", operation=self.operation, reason=reason)
        await self.transport.wait(self._delay, message("railway.waiting-for-platform"))
        self._delay = min(self._delay * 2, LONGEST_BACKOFF_SECONDS)

    async def cool_down(self, seconds: float, error: WizardError) -> None:
        """Wait out a cooldown; raises when it never ends."""
        self._cooldowns += 1
        if self._cooldowns > MOST_COOLDOWNS:
            raise error
        await self.transport.wait(seconds, message("railway.waiting-for-cooldown", operation=self.operation))
