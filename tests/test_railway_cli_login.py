"""A login of the Railway CLI is borrowed for Railway alone, while it holds, and never written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from wizard.clock import SystemClock
from wizard.errors import CredentialError
from wizard.railway_cli_login import RailwayCliLogin
from wizard.secret_store import TOKEN, open_store
from wizard.secrets import Secret

RAILWAY = "https://backboard.railway.com"
FAR, LONG_AGO = 4_102_444_800, 946_684_800


def write(home: Path, user: Any) -> Path:
    file = home / ".railway" / "config.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({"user": user, "projects": {}}))
    return file


async def token(home: Path, endpoint: str = RAILWAY) -> Secret | None:
    environment = {"HOME": str(home)}
    return await open_store(endpoint, environment, home / "state", SystemClock()).get(TOKEN)


@pytest.mark.parametrize("expires", [FAR, FAR * 1000, None])
async def test_a_login_that_holds_is_borrowed(tmp_path: Path, expires: int | None) -> None:
    before = write(tmp_path, {"accessToken": "cli-token", "refreshToken": "theirs", "tokenExpiresAt": expires})
    content = before.read_bytes()
    assert await token(tmp_path) == Secret("cli-token")
    assert before.read_bytes() == content


@pytest.mark.parametrize("expires", [LONG_AGO, LONG_AGO * 1000])
async def test_an_expired_login_counts_as_none(tmp_path: Path, expires: int) -> None:
    write(tmp_path, {"accessToken": "cli-token", "token": "older", "tokenExpiresAt": expires})
    assert await token(tmp_path) is None


async def test_an_older_token_is_taken(tmp_path: Path) -> None:
    write(tmp_path, {"token": "older"})
    assert await token(tmp_path) == Secret("older")


async def test_it_goes_to_no_other_endpoint(tmp_path: Path) -> None:
    write(tmp_path, {"accessToken": "cli-token"})
    assert await token(tmp_path, "http://127.0.0.1:1") is None


@pytest.mark.parametrize("text", ["", "nonsense", "[]", '{"user": 7}', '{"user": {"accessToken": 7}}'])
async def test_a_file_of_another_kind_is_no_login(tmp_path: Path, text: str) -> None:
    write(tmp_path, {}).write_text(text)
    assert await token(tmp_path) is None


async def test_nothing_is_written_or_deleted(tmp_path: Path) -> None:
    file = write(tmp_path, {"accessToken": "cli-token"})
    login = RailwayCliLogin(tmp_path, SystemClock(), TOKEN)
    with pytest.raises(CredentialError, match="read-only"):
        await login.set(TOKEN, Secret("other"))
    await login.delete(TOKEN)
    assert json.loads(file.read_text())["user"] == {"accessToken": "cli-token"}
    assert login.describe().params["file"] == str(file)
