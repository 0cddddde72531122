"""The journal: what runs intended and did, in one SQLite file per endpoint, plan key and environment.

It is a cache and a memory, never needed for correctness: the platform is the truth, and every mark can be computed
again without it. It holds no secret.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wizard.clock import Clock
from wizard.errors import FailedError
from wizard.platform.handles import Handle, Kind

_SCHEMA = """
CREATE TABLE IF NOT EXISTS runs (
    id TEXT PRIMARY KEY, command TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT, result TEXT);
CREATE TABLE IF NOT EXISTS intents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, mark TEXT NOT NULL, mutation TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'absent')), resource_id TEXT, at TEXT NOT NULL,
    before TEXT);
CREATE TABLE IF NOT EXISTS resources (
    provider TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, created_at TEXT NOT NULL,
    PRIMARY KEY (provider, kind, id));
CREATE TABLE IF NOT EXISTS proxies (
    database TEXT NOT NULL, id TEXT, state TEXT NOT NULL CHECK (state IN ('opening', 'open', 'closed')),
    provider TEXT NOT NULL DEFAULT '', at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS held_pushes (service_id TEXT PRIMARY KEY, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS releases (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, at TEXT NOT NULL, record TEXT NOT NULL);
"""

_SINCE_LAST_PROJECT = """
SELECT id, created_at FROM resources
WHERE rowid >= (SELECT coalesce(max(rowid), 0) FROM resources WHERE kind = 'project')
"""
_DURABLE = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;"
"""One file, whole after every write: a cut of the power loses nothing that was announced."""
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR_SHORT_READ})
_COMPANIONS = ("", "-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Intent:
    """A create or a deployment whose end nobody saw.

    Attributes:
        at: when it was announced.
        before: of a deployment: the newest one when it was announced, empty where there was none.
    """

    mutation: str
    at: datetime
    before: str | None


@dataclass(frozen=True, slots=True)
class Release:
    """A verified state of the application: what a rollback will offer.

    Attributes:
        at: when it was verified, ISO 8601.
        revisions: service to its commit or upload digest.
        heads: the database's migration heads.
    """

    at: str
    revisions: Mapping[str, str]
    heads: tuple[str, ...] = ()


def journal_path(state_folder: Path, endpoint: str, key: str, environment: str) -> Path:
    """Return the file of one (endpoint, plan key, environment): readable start, unambiguous end."""
    digest = hashlib.sha256(f"{endpoint}\n{key}\n{environment}".encode()).hexdigest()[:16]
    return state_folder / "journals" / f"{environment[:24]}-{digest}.sqlite3"


def mark(key: str, environment: str, name: str) -> str:
    """Derive a resource's mark from the plan alone, so that it can be recomputed without any record."""
    return hashlib.sha256(f"railwizard\n{key}\n{environment}\n{name}".encode()).hexdigest()[:20]


class Journal:
    """One open journal. Every write is on disk before the call it announces is made.

    Attributes:
        moved_aside: where a damaged file was moved; None where the file was sound or new.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path = path
        self.moved_aside: Path | None = None
        self._clock = clock
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._connection = self._opened()
        except (OSError, sqlite3.Error) as error:
            raise FailedError("journal.unusable", path=str(path), reason=str(error)) from error

    def _opened(self) -> sqlite3.Connection:
        """Open the file; a damaged one is kept for who wants to look, and a new one begun."""
        try:
            return _connection(self.path)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", None) not in _DAMAGED:
                raise
        self.moved_aside = _move_aside(self.path, self._clock.now())
        return _connection(self.path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def run_started(self, run: str, command: str) -> None:
        """Record that a run began."""
        self._write("INSERT INTO runs (id, command, started_at) VALUES (?, ?, ?)", run, command, self._now())

    def run_finished(self, run: str, result: str) -> None:
        """Record how it ended."""
        self._write("UPDATE runs SET finished_at = ?, result = ? WHERE id = ?", self._now(), result, run)

    def knows(self, run: str) -> bool:
        """Tell whether a run was one of this journal's."""
        return bool(self._rows("SELECT id FROM runs WHERE id = ?", run))

    def ended(self, run: str) -> bool:
        """Tell whether a run of this journal is known to have ended by itself."""
        return bool(self._rows("SELECT id FROM runs WHERE id = ? AND finished_at IS NOT NULL", run))

    def died_at(self, *, besides: str) -> datetime | None:
        """Return when the last run before this one was last heard of, where nobody saw it end."""
        rows = self._rows("SELECT id, started_at, finished_at FROM runs WHERE id != ? ORDER BY rowid", besides)
        if not rows or rows[-1][2] is not None:
            return None
        heard = self._rows("SELECT max(at) FROM (SELECT at FROM intents UNION ALL SELECT at FROM proxies)")
        return max(datetime.fromisoformat(text) for text in (rows[-1][1], heard[0][0]) if text)

    @contextmanager
    def intent(self, mark_: str, mutation: str, before: str | None = None) -> Iterator[None]:
        """Announce a create; the intent stays open if the body does not return."""
        self._write(
            "INSERT INTO intents (mark, mutation, state, at, before) VALUES (?, ?, 'open', ?, ?)",
            mark_,
            mutation,
            self._now(),
            before,
        )
        yield

    def settle(self, mark_: str, resource_id: str | None) -> None:
        """Close a mark's open intents: done with the resource's id, or absent."""
        state = "done" if resource_id else "absent"
        self._write(
            "UPDATE intents SET state = ?, resource_id = ? WHERE mark = ? AND state = 'open'", state, resource_id, mark_
        )

    def open_intents(self) -> tuple[tuple[str, str], ...]:
        """Return (mark, mutation) of creates whose end nobody saw, oldest first."""
        rows = self._rows("SELECT mark, mutation FROM intents WHERE state = 'open' ORDER BY seq")
        return tuple((mark_, mutation) for mark_, mutation in rows)

    def pending(self, mark_: str) -> Intent | None:
        """Return the oldest open intent of a mark, None where its end was seen."""
        statement = "SELECT mutation, at, before FROM intents WHERE mark = ? AND state = 'open' ORDER BY seq LIMIT 1"
        return self._intent(statement, mark_)

    def _intent(self, statement: str, mark_: str) -> Intent | None:
        rows = self._rows(statement, mark_)
        return next((Intent(mutation, datetime.fromisoformat(at), before) for mutation, at, before in rows), None)

    def last_start(self, mark_: str) -> Intent | None:
        """Return the newest deployment of a mark that is known to have begun, None where there was none."""
        statement = (
            "SELECT mutation, at, before FROM intents WHERE mark = ? AND state = 'done' ORDER BY seq DESC LIMIT 1"
        )
        return self._intent(statement, mark_)

    def unproved(self) -> bool:
        """Tell whether the last deployment that was asked for is younger than the last verified state."""
        release = self.last_release()
        rows = self._rows("SELECT max(at) FROM intents WHERE before IS NOT NULL AND state = 'done'")
        return any(at is not None and (release is None or at > release.at) for (at,) in rows)

    def created(self, handle: Handle) -> None:
        """Record a resource this wizard made: teardown removes these and nothing else."""
        self._write(
            "INSERT OR IGNORE INTO resources (provider, kind, id, name, created_at) VALUES (?, ?, ?, ?, ?)",
            handle.provider,
            handle.kind.value,
            handle.id,
            handle.name,
            self._now(),
        )

    def resources(self) -> tuple[Handle, ...]:
        """Return what this wizard made, oldest first."""
        rows = self._rows("SELECT provider, kind, id, name FROM resources ORDER BY created_at, rowid")
        return tuple(Handle(provider, Kind(kind), id_, name) for provider, kind, id_, name in rows)

    def made_since(self, since: datetime) -> tuple[tuple[Handle, datetime], ...]:
        """Return what this wizard made since then, and when; of a project that was made again only the last one's."""
        made = {id_: datetime.fromisoformat(at) for id_, at in self._rows(_SINCE_LAST_PROJECT)}
        return tuple((one, made[one.id]) for one in self.resources() if made.get(one.id, since) > since)

    def forget(self, handle: Handle) -> None:
        """Drop a resource that is gone."""
        self._write("DELETE FROM resources WHERE id = ?", handle.id)

    def proxy_opening(self, database: str) -> None:
        """Announce a TCP proxy before it is opened: a killed run's is found by this."""
        self._write("INSERT INTO proxies (database, state, at) VALUES (?, 'opening', ?)", database, self._now())

    def proxy_opened(self, database: str, handle: Handle) -> None:
        """Record the open proxy's id."""
        self._write(
            "UPDATE proxies SET id = ?, provider = ?, state = 'open' WHERE database = ? AND state = 'opening'",
            handle.id,
            handle.provider,
            database,
        )

    def proxy_closed(self, database: str) -> None:
        """Record that the database has no proxy of ours any more."""
        self._write("UPDATE proxies SET state = 'closed' WHERE database = ?", database)

    def open_proxies(self) -> tuple[tuple[str, Handle | None], ...]:
        """Return databases that may still have a proxy of ours, with its handle where it is known."""
        rows = self._rows("SELECT database, id, provider FROM proxies WHERE state != 'closed'")
        return tuple(
            (database, Handle(provider, Kind.PROXY, id_, database) if id_ else None) for database, id_, provider in rows
        )

    def closed_proxies(self) -> frozenset[str]:
        """Return the ids of the proxies of ours that were closed: reads may show them a little longer."""
        return frozenset(id_ for (id_,) in self._rows("SELECT id FROM proxies WHERE state = 'closed'") if id_)

    def hold_pushes(self, service: Handle) -> None:
        """Announce that deployment on push is switched off for a service until it was verified."""
        self._write("INSERT OR IGNORE INTO held_pushes (service_id, at) VALUES (?, ?)", service.id, self._now())

    def held_pushes(self) -> frozenset[str]:
        """Return the ids of services whose deployment on push this wizard holds back."""
        return frozenset(service_id for (service_id,) in self._rows("SELECT service_id FROM held_pushes"))

    def let_pushes(self, service: Handle) -> None:
        """Record that a service's pushes are held back no more."""
        self._write("DELETE FROM held_pushes WHERE service_id = ?", service.id)

    def released(self, run: str, release: Release) -> None:
        """Record a verified state."""
        record = json.dumps({"revisions": dict(release.revisions), "heads": release.heads})
        self._write("INSERT INTO releases (run, at, record) VALUES (?, ?, ?)", run, release.at, record)

    def last_release(self) -> Release | None:
        """Return the newest verified state, None before the first."""
        rows = self._rows("SELECT at, record FROM releases ORDER BY seq DESC LIMIT 1")
        for at, text in rows:
            record = json.loads(text)
            return Release(at, record["revisions"], tuple(record["heads"]))
        return None

    def _now(self) -> str:
        return self._clock.now().isoformat()

    def _write(self, statement: str, *values: object) -> None:
        try:
            self._connection.execute(statement, values)
        except sqlite3.Error as error:
            raise FailedError("journal.unusable", path=str(self.path), reason=str(error)) from error

    def _rows(self, statement: str, *values: object) -> list[tuple[str, ...]]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise FailedError("journal.unusable", path=str(self.path), reason=str(error)) from error


def _connection(path: Path) -> sqlite3.Connection:
    """Open the file, look at every page of it, and bring its tables up to date; raises sqlite3.Error."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(_DURABLE)
        [(told,), *_] = connection.execute("PRAGMA quick_check").fetchall()
        if told != "ok":
            raise _damaged(told)
        connection.executescript(_SCHEMA)
        columns = {row[1] for row in connection.execute("PRAGMA table_info(intents)")}
        if "before" not in columns:
            connection.execute("ALTER TABLE intents ADD COLUMN before TEXT")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _damaged(told: str) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(told)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _move_aside(path: Path, at: datetime) -> Path:
    """Move the file and what belongs to it to a name that tells when it was found damaged; return the name."""
    aside = path.with_name(f"{path.stem}.damaged-{at:%Y%m%dT%H%M%S}{path.suffix}")
    for ending in _COMPANIONS:
        companion = path.with_name(path.name + ending)
        if companion.exists():
            companion.replace(aside.with_name(aside.name + ending))
    return aside
