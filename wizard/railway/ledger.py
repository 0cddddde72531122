"""Everything that was sent, counted and kept: the budget is measured, and no read is sent twice for nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from wizard.clock import Clock


class Sent(StrEnum):
    """What counts against the budget."""

    QUERY = "query"
    MUTATION = "mutation"
    UPLOAD = "upload"
    SOCKET = "socket"
    SUBSCRIBE = "subscribe"

    @property
    def writes(self) -> bool:
        """It changes something."""
        return self in {Sent.MUTATION, Sent.UPLOAD}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing sent: when (monotonic seconds), and a digest of its variables, which may hold secrets."""

    kind: Sent
    operation: str
    digest: str
    at: float


@dataclass(slots=True)
class Ledger:
    """The entries of one connection, in order."""

    clock: Clock
    entries: list[Entry] = field(default_factory=list)

    def record(self, kind: Sent, operation: str, variables: Mapping[str, Any] | None = None) -> None:
        """Keep what is being sent now."""
        text = json.dumps(variables or {}, sort_keys=True, default=str)
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        self.entries.append(Entry(kind, operation, digest, self.clock.monotonic()))

    @property
    def requests(self) -> int:
        """All of them: requests, sockets and subscribes."""
        return len(self.entries)

    @property
    def mutations(self) -> int:
        """Those that write."""
        return sum(entry.kind.writes for entry in self.entries)
