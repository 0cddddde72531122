"""Marked secrets through a whole run, then a search of everything it left behind: nothing of them is found."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
import pytest_asyncio

from tests.support.applications import TINY, copy_application
from tests.support.command_line import call
from tests.support.command_lines import sampled_command_lines

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="command lines are read from /proc")

MAIL_KEY = "s3ntinel-m4il/key+1"
ADMIN_PASSWORD = "s3ntinel-adm1n/password+1"
SECRET_NAMES = {"MAIL_KEY", "JWT_SECRET", "POSTGRES_PASSWORD", "PGPASSWORD"}


@dataclass(frozen=True, slots=True)
class Searched:
    """A finished rehearsal whose folder was kept, and what could be seen of it."""

    folder: Path
    rehearsal: Path
    secrets: dict[str, str]
    command_lines: set[bytes]
    streams: bytes

    @property
    def platform(self) -> Path:
        return self.rehearsal / "platform"

    def files(self) -> list[Path]:
        """Return every file but the platform's own and those of the store that goes with it."""
        kept = (self.platform, self.rehearsal / "secrets")
        found = [one for one in self.folder.rglob("*") if one.is_file()]
        return [one for one in found if not any(one.is_relative_to(folder) for folder in kept)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def searched(tmp_path_factory: pytest.TempPathFactory) -> Searched:
    folder = tmp_path_factory.mktemp("secrets")
    application, home = copy_application(TINY, folder / "app"), folder / "home"
    table = "[services.backend.variables]\n"
    application.edit("wizard.toml", table, table + 'MAIL_KEY = { secret = "keyring" }\n')
    given = {
        "RAILWIZARD_ANSWER_VARIABLE_BACKEND_MAIL_KEY": MAIL_KEY,
        "RAILWIZARD_ANSWER_ADMIN_PASSWORD": ADMIN_PASSWORD,
    }
    report = folder / "report.json"
    arguments = ("rehearse", application.folder, "--json", "--keep", "--report", report)
    async with (
        sampled_command_lines() as command_lines,
        call(*arguments, home=home, variables=given, folder=folder) as run,
    ):
        assert await run.end() == 0, run.of("ErrorRaised")
    [rehearsal] = (home / "state" / "rehearsals").iterdir()
    streams = json.dumps(run.lines, ensure_ascii=False).encode() + (home / "stderr.txt").read_bytes()
    assert report.is_file()
    return Searched(folder, rehearsal, _secrets(rehearsal / "platform"), command_lines, streams)


def _secrets(platform: Path) -> dict[str, str]:
    """Return what was secret: typed by the operator, and generated, as the kept platform holds it."""
    found = {"admin": ADMIN_PASSWORD}
    state = json.loads((platform / "state.json").read_text())
    for row in _objects(state):
        name, value = row.get("name"), row.get("value")
        if isinstance(name, str) and name in SECRET_NAMES and isinstance(value, str) and "${{" not in value:
            found[name] = value
    return found


def _objects(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(inner)


def _forms(secret: str) -> list[bytes]:
    """Return a secret as text, in a URL, and in base64."""
    return [secret.encode(), quote(secret, safe="").encode(), base64.b64encode(secret.encode()).rstrip(b"=")]


def _found(text: bytes, secrets: dict[str, str]) -> list[str]:
    return [name for name, secret in secrets.items() if any(form in text for form in _forms(secret))]


def test_the_search_knows_what_to_look_for(searched: Searched) -> None:
    assert searched.secrets.keys() >= {"admin", "MAIL_KEY", "JWT_SECRET", "POSTGRES_PASSWORD"}
    assert searched.secrets["MAIL_KEY"] == MAIL_KEY
    assert set(_found((searched.platform / "state.json").read_bytes(), searched.secrets)) >= {"MAIL_KEY", "JWT_SECRET"}


def test_no_file_outside_the_platforms_folder_holds_a_secret(searched: Searched) -> None:
    files = searched.files()
    assert {one.suffix for one in files} >= {".json", ".txt", ".toml", ".sqlite3"}
    assert {str(one): found for one in files if (found := _found(one.read_bytes(), searched.secrets))} == {}


def test_neither_stream_shows_a_secret(searched: Searched) -> None:
    assert b"RunFinished" in searched.streams
    assert _found(searched.streams, searched.secrets) == []


def test_no_command_line_carried_a_secret(searched: Searched) -> None:
    assert any(b"postgres" in line for line in searched.command_lines)
    assert any(b"uvicorn" in line for line in searched.command_lines)
    assert [line for line in searched.command_lines if _found(line, searched.secrets)] == []


def test_the_recorded_requests_hold_no_secret(searched: Searched) -> None:
    recorded = (searched.platform / "requests.jsonl").read_bytes()
    assert b"variableCollectionUpsert" in recorded
    assert _found(recorded, searched.secrets) == []
