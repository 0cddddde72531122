"""Another credential for a run whose own is accepted no more: kept meanwhile, or typed by who is there."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.errors import NeedsInputError
from wizard.events import Emitter, RunPaused, RunResumed
from wizard.messages import message
from wizard.questions import Asker, SecretText
from wizard.secret_store import TOKEN, SecretStore
from wizard.secrets import Secret


@dataclass(slots=True)
class RenewedLogin:
    """Pauses the run and returns another credential; None where nobody has one.

    Attributes:
        current: the credential that was tried last.
    """

    endpoint: str
    store: SecretStore
    asker: Asker
    emitter: Emitter
    current: Secret
    _asked: int = 0

    async def __call__(self) -> Secret | None:
        """Look for another one, then ask; the run is told to be paused meanwhile."""
        self.emitter.emit(RunPaused(message("compose.credential-refused", endpoint=self.endpoint), None))
        kept = await self.store.get(TOKEN)
        found = kept if kept and kept != self.current else await self._typed()
        if found:
            self.current = found
            self.emitter.emit(RunResumed())
        return found

    async def _typed(self) -> Secret | None:
        """Ask under a new name each time: the answer to the last question is the one that was refused."""
        self._asked += 1
        prompt = message("compose.ask-credential", endpoint=self.endpoint)
        try:
            answer = await self.asker.ask(SecretText(id=f"credential.{self._asked}", prompt=prompt))
        except NeedsInputError:
            return None
        return answer if isinstance(answer, Secret) and answer.reveal() else None
