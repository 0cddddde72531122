"""The secrets of one plan and environment: where a run keeps them, and how their owner sees one again."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.messages import Message, message
from wizard.questions import SecretText
from wizard.secret_store import SecretStore
from wizard.secrets import Secret

_KEEPS = {
    "secret_store.keyring": "secret_store.keyring-keeps",
    "secret_store.file": "secret_store.file-keeps",
    "secret_store.passing": "secret_store.passing-keeps",
    "secret_store.memory": "secret_store.memory-keeps",
}
"""A place, as it describes itself, and what is said of a generated secret it took."""


@dataclass(frozen=True, slots=True)
class PlanSecrets:
    """The secrets of one plan and environment in a store that others share."""

    store: SecretStore
    prefix: str

    async def get(self, name: str) -> Secret | None:
        """Return a secret of this plan."""
        return await self.store.get(f"{self.prefix}.{name}")

    async def set(self, name: str, secret: Secret) -> None:
        """Keep a secret of this plan."""
        await self.store.set(f"{self.prefix}.{name}", secret)

    def describe(self, name: str) -> Message:
        """Say where a generated secret lies and how its owner sees it, or that nobody will and what to do instead."""
        place = self.store.describe()
        variable = SecretText(id=name, prompt=place).variable
        return message(_KEEPS[place.id], **place.params, name=name, variable=variable)
