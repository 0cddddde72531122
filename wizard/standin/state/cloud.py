"""The local Railway as one object: what it stores, what it runs on, how it behaves."""

from __future__ import annotations

import uuid
from dataclasses import InitVar, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypedDict

from wizard.clock import Clock
from wizard.standin.faults.book import Faults
from wizard.standin.settings import Settings
from wizard.standin.state.logs import LogBook
from wizard.standin.state.machine import Machine
from wizard.standin.state.repositories import Repositories
from wizard.standin.state.store import Store, Tables


class Stamp(TypedDict):
    """What every new row starts with."""

    id: str
    created_at: datetime
    updated_at: datetime


@dataclass(slots=True)
class Cloud:
    """Everything the platform's rules and resolvers work on."""

    settings: Settings
    folder: Path
    clock: Clock
    machine: Machine
    store: Store = field(init=False)
    logs: LogBook = field(init=False)
    repositories: Repositories = field(init=False)
    given_faults: InitVar[Faults | None] = None
    faults: Faults = field(init=False)
    """What goes wrong on purpose; those of the settings where none are given."""

    def __post_init__(self, given_faults: Faults | None) -> None:
        for name in ("logs", "uploads", "snapshots", "volumes"):
            (self.folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        self.store = Store(self.folder, self.clock, self.settings.read_lag)
        self.logs = LogBook(self.folder / "logs", self.clock, self.settings.log_lines_per_second)
        self.repositories = Repositories(self.settings.repositories, self.clock)
        self.faults = given_faults or Faults(self.clock, self.settings.faults)

    @property
    def tables(self) -> Tables:
        """The primary state."""
        return self.store.tables

    def stamp(self, id_: str | None = None) -> Stamp:
        """Return a new row's id and times."""
        now = self.clock.now()
        return {"id": id_ or str(uuid.uuid4()), "created_at": now, "updated_at": now}
