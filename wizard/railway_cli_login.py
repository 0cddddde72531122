"""The login the Railway CLI keeps, read only: it owns the refresh token and its rotation, so nothing here renews it.

Its file is `~/.railway/config.json` with `user.accessToken` and `user.tokenExpiresAt`, or an older `user.token`
(crate 5.43.1).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wizard.clock import Clock
from wizard.errors import CredentialError
from wizard.messages import Message, message
from wizard.secrets import Secret

_MILLISECONDS = 1e11
"""A time above this many seconds lies thousands of years ahead: it is told in milliseconds."""


@dataclass(frozen=True, slots=True)
class RailwayCliLogin:
    """A place the credential alone may be found in; an expired login counts as none."""

    home: Path
    clock: Clock
    name: str

    async def get(self, name: str) -> Secret | None:
        """Return the CLI's access token where it still holds; a file that is not there or not its own is no login."""
        user = self._user() if name == self.name else {}
        token = user.get("accessToken")
        if isinstance(token, str) and token and not self._expired(user.get("tokenExpiresAt")):
            return Secret(token)
        older = user.get("token")
        return Secret(older) if isinstance(older, str) and older and not token else None

    async def set(self, name: str, secret: Secret) -> None:
        """Refuse: the file is the CLI's."""
        del name, secret
        raise CredentialError("secret_store.read-only", variable=self._file.name)

    async def delete(self, name: str) -> None:
        """Leave it: `railway logout` ends the CLI's login."""

    def describe(self) -> Message:
        """Say whose login it is."""
        return message("secret_store.railway-cli", file=str(self._file))

    @property
    def _file(self) -> Path:
        return self.home / ".railway" / "config.json"

    def _user(self) -> dict[str, Any]:
        try:
            user = json.loads(self._file.read_text("utf-8")).get("user")
        except (OSError, ValueError, AttributeError):
            return {}
        return user if isinstance(user, dict) else {}

    def _expired(self, at: object) -> bool:
        if not isinstance(at, int | float):
            return False
        seconds = at / 1000 if at > _MILLISECONDS else at
        return seconds <= self.clock.now().timestamp()
