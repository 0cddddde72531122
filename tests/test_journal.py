"""The journal survives what happens to files: it is a cache, and a damaged one is kept aside and begun anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from wizard.clock import SystemClock
from wizard.errors import FailedError
from wizard.journal import Journal

MARK = "0123456789abcdef0123"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal of some size."""
    path = tmp_path / "journals" / "production.sqlite3"
    with opened(path) as journal:
        for number in range(200):
            journal.run_started(f"run-{number}", "deploy")
            journal.run_finished(f"run-{number}", "verified")
    return path


@contextmanager
def opened(path: Path) -> Iterator[Journal]:
    journal = Journal(path, SystemClock())
    try:
        yield journal
    finally:
        journal.close()


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut in half": lambda whole: whole[: len(whole) // 2],
    "cut within a page": lambda whole: whole[:5000],
    "a few bytes": lambda whole: whole[:50],
    "another file": lambda _: b"hello" * 1000,
    "a page overwritten": lambda whole: whole[:4096] + b"\xff" * 4096 + whole[8192:],
    "the last page lost": lambda whole: whole[:-4096] + b"\0" * 4096,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_journal_is_moved_aside_and_begun_anew(path: Path, damage: Callable[[bytes], bytes]) -> None:
    broken = damage(path.read_bytes())
    path.write_bytes(broken)

    with opened(path) as journal:
        assert journal.moved_aside is not None
        assert journal.moved_aside.read_bytes() == broken
        with journal.intent(MARK, "serviceCreate"):
            pass
    with opened(path) as again:
        assert (again.moved_aside, again.open_intents()) == (None, ((MARK, "serviceCreate"),))


def test_an_empty_file_is_a_new_journal(path: Path) -> None:
    path.write_bytes(b"")
    with opened(path) as journal:
        assert (journal.moved_aside, journal.died_at(besides="me")) == (None, None)


def test_what_is_no_damage_is_an_error_and_moves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "production.sqlite3"
    path.mkdir()
    with pytest.raises(FailedError) as failed:
        Journal(path, SystemClock())
    assert failed.value.code == "journal.unusable"
    assert path.is_dir()


def test_a_journal_without_the_newest_column_is_brought_up_to_date(path: Path) -> None:
    with sqlite3.connect(path) as old:
        old.execute("ALTER TABLE intents DROP COLUMN before")
    old.close()
    with opened(path) as journal:
        with journal.intent(MARK, "upload", "deployment-1"):
            pass
        pending = journal.pending(MARK)
    assert pending is not None
    assert (journal.moved_aside, pending.before) == (None, "deployment-1")


def test_every_write_is_on_disk_when_it_returns(path: Path) -> None:
    """Another process, or the same one after a cut of the power, sees it: nothing waits for the file to be closed."""
    with opened(path) as journal, journal.intent(MARK, "serviceCreate"):
        assert list(_read(path, "SELECT state FROM intents")) == [("open",)]
        assert list(path.parent.glob("*.sqlite3*")) == [path], "the file alone is the whole journal"
        [[synchronous]] = journal._connection.execute("PRAGMA synchronous").fetchall()
    assert synchronous == 3


def test_only_a_run_that_nobody_saw_end_died(path: Path) -> None:
    with opened(path) as journal:
        assert journal.died_at(besides="me") is None
        journal.run_started("killed", "deploy")
        journal.run_started("me", "deploy")
        died = journal.died_at(besides="me")
        assert died is not None
        assert (journal.ended("killed"), journal.knows("killed"), journal.knows("unknown")) == (False, True, False)
        with journal.intent(MARK, "serviceCreate"):
            later = journal.died_at(besides="me")
    assert later is not None
    assert later > died


def _read(path: Path, statement: str) -> Iterator[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        yield from connection.execute(statement).fetchall()
    finally:
        connection.close()
