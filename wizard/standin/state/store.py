"""The state of the local Railway: tables of frozen rows, a lagging view of them for reads, and a file.

Writes go to the primary; queries read a replica that trails it by `read_lag` seconds of the clock, whole and in
order, as a database's replica does. The file is the stand-in's private folder (0700) and survives a restart.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

from wizard.clock import Clock
from wizard.standin.state.kinds import ALL_KINDS
from wizard.standin.state.rows import Row

R = TypeVar("R", bound=Row)

STATE_FILE = "state.json"


@dataclass(frozen=True, slots=True)
class Tables:
    """One consistent snapshot: every table by the kind of its rows, every row by its id, oldest first."""

    rows: Mapping[type[Row], Mapping[str, Row]] = field(default_factory=dict)

    def all(self, kind: type[R]) -> list[R]:
        """Return every row of a kind, oldest first."""
        return cast("list[R]", list(self.rows.get(kind, {}).values()))

    def get(self, kind: type[R], id_: str | None) -> R | None:
        """Return the row, or None."""
        return cast("R | None", self.rows.get(kind, {}).get(id_ or ""))

    def where(self, kind: type[R], **equal: object) -> list[R]:
        """Return the rows whose attributes equal all these values, oldest first."""
        return [row for row in self.all(kind) if all(getattr(row, name) == value for name, value in equal.items())]

    def first(self, kind: type[R], **equal: object) -> R | None:
        """Return the oldest such row, or None."""
        return next(iter(self.where(kind, **equal)), None)

    def with_row(self, row: Row) -> Tables:
        """Return the snapshot in which this row is stored."""
        table = {**self.rows.get(type(row), {}), row.id: row}
        return Tables({**self.rows, type(row): table})

    def without(self, row: Row) -> Tables:
        """Return the snapshot in which this row is gone."""
        table = {id_: kept for id_, kept in self.rows.get(type(row), {}).items() if id_ != row.id}
        return Tables({**self.rows, type(row): table})


class Pulse:
    """Wakes everyone who waits for something to change."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def beat(self) -> None:
        """Wake all who wait now."""
        waiting, self._event = self._event, asyncio.Event()
        waiting.set()

    def next(self) -> asyncio.Event:
        """Return the event of the next beat; take it before reading what may change."""
        return self._event


class Store:
    """The tables, their lagging view, and their file."""

    def __init__(self, folder: Path, clock: Clock, read_lag: float) -> None:
        self._file = folder / STATE_FILE
        self._clock = clock
        self.read_lag = read_lag
        self.tables = _load(self._file)
        self.pulse = Pulse()
        self.observers: list[Callable[[Tables, Tables], None]] = []
        """Called with the state before and after every change, within it."""
        self._history = deque([(clock.monotonic(), self.tables)])
        self._save_planned = False

    @property
    def replica(self) -> Tables:
        """The state as queries see it now."""
        seen_until = self._clock.monotonic() - self.read_lag
        while len(self._history) > 1 and self._history[1][0] <= seen_until:
            self._history.popleft()
        return self._history[0][1]

    def put(self, *rows: R) -> R:
        """Store rows and return the first."""
        tables = self.tables
        for row in rows:
            tables = tables.with_row(row)
        self._publish(tables)
        return rows[0]

    def change(self, row: R, **values: object) -> R:
        """Store the newest version of a row with other values; a row that is gone stays gone."""
        newest = self.tables.get(type(row), row.id)
        changed = replace(newest or row, updated_at=self._clock.now(), **cast("dict[str, Any]", values))
        return self.put(changed) if newest else changed

    def remove(self, rows: Iterable[Row]) -> None:
        """Forget rows."""
        tables = self.tables
        for row in rows:
            tables = tables.without(row)
        self._publish(tables)

    def save(self) -> None:
        """Write the file now, whole or not at all."""
        self._save_planned = False
        document = {kind.__name__: rows.dump_python(self.tables.all(kind), mode="json") for kind, rows in _ADAPTERS}
        fresh = self._file.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(document, file)
        fresh.replace(self._file)

    def _publish(self, tables: Tables) -> None:
        before, self.tables = self.tables, tables
        self._history.append((self._clock.monotonic(), tables))
        _ = self.replica  # drops what no reader can see any more
        self.pulse.beat()
        for observer in self.observers:
            observer(before, tables)
        if not self._save_planned:
            self._save_planned = True
            asyncio.get_running_loop().call_soon(self.save)


_ADAPTERS: list[tuple[type[Row], TypeAdapter[list[Row]]]] = [
    (kind, TypeAdapter(list[kind]))  # type: ignore[valid-type]
    for kind in ALL_KINDS
]


def _load(file: Path) -> Tables:
    if not file.exists():
        return Tables()
    document = json.loads(file.read_text(encoding="utf-8"))
    return Tables(
        {
            kind: {row.id: row for row in rows.validate_python(document.get(kind.__name__, []))}
            for kind, rows in _ADAPTERS
        }
    )
