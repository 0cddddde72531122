"""A credential that stops counting while a run is under way: found out, replaced by another one, asked again.

Railway says "Not Authorized" of what is gone or foreign too, so a refusal is believed to be about the credential only
where the question who is asking is refused as well. What was refused was not applied: asking again repeats nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

from wizard.errors import CredentialError, WizardError
from wizard.platform.ports import Renew
from wizard.platform.states import Account
from wizard.railway.endpoint import Credential
from wizard.railway.transport import Transport

_TRIES = 3
_REFUSED = frozenset({"railway.not-authorized", "railway.project-token-not-found"})
_LOOKING: ContextVar[bool] = ContextVar("looking", default=False)
"""Whether this task is finding out about the credential: its own requests are not guarded."""


@dataclass(slots=True)
class CredentialGuard:
    """Stands behind every request of a connection whose credential was accepted once."""

    transport: Transport
    verify: Callable[[], Awaitable[Account]]
    renew: Renew
    _expired: CredentialError | None = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def replaced(self, refusal: WizardError, used: Credential) -> bool:
        """Tell whether the refused request may be asked again, under another credential than the one it used.

        Raises CredentialError where the credential does not count any more and there is no other.
        """
        if refusal.code not in _REFUSED or not self.transport.proven or _LOOKING.get():
            return False
        async with self._lock:
            if self.transport.credential != used:
                return True
            if self._expired:
                raise self._expired
            looking = _LOOKING.set(True)
            try:
                return not await self._counts() and await self._replace(used)
            finally:
                _LOOKING.reset(looking)

    async def _counts(self) -> bool:
        try:
            await self.verify()
        except CredentialError:
            return False
        return True

    async def _replace(self, used: Credential) -> bool:
        for _ in range(_TRIES):
            token = await self.renew()
            if token is None:
                break
            self.transport.credential = Credential(token, used.kind)
            if await self._counts():
                return True
        self.transport.credential = used
        self._expired = CredentialError("railway.credential-expired", endpoint=self.transport.endpoint.origin)
        raise self._expired
