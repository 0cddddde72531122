"""Which tier is chosen: the sandbox where it works, tried out for certain; elsewhere processes, with the reason."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from wizard.errors import FailedError
from wizard.standin.settings import TierName
from wizard.standin.tiers import Ground, choose_tier

UNSHARE = shutil.which("unshare") or "unshare"
FORBIDDEN = (UNSHARE, "--user", "--map-root-user", "sh", "-c")
"""A namespace in which no further ones may be made, as some distributions forbid them to everybody."""
NO_MORE = 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$0" "$@"'
ORDINARY = (UNSHARE, "--user", "--map-user=1000", "--map-group=1000")
"""A user without capabilities, whose files are still those of who runs the tests."""


async def machine_of(folder: Path, *prefix: str, **settings: Any) -> dict[str, Any]:
    """Start a stand-in as a process and return what it says of its machine."""
    process = await asyncio.create_subprocess_exec(
        *(*prefix, sys.executable, "-m", "wizard.standin", str(folder)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps({"settings": settings}).encode() + b"\n")
        told = json.loads(await process.stdout.readline())
        if "refused" in told:
            return dict(told)
        async with httpx.AsyncClient(trust_env=False) as http:
            return dict((await http.get(f"{told['control_url']}/machine")).json())
    finally:
        process.stdin.close()
        await process.wait()


async def test_the_sandbox_is_chosen_where_it_works(tmp_path: Path) -> None:
    machine = await machine_of(tmp_path / "standin", cache=str(tmp_path / "cache"))
    assert machine["tier"] == "sandbox"
    assert machine["differences"][0]["id"] == "sandbox.tier"


async def test_an_ordinary_user_has_sandboxes_too(tmp_path: Path) -> None:
    machine = await machine_of(tmp_path / "standin", *ORDINARY, cache=str(tmp_path / "cache"))
    assert machine["tier"] == "sandbox"
    assert {one["id"] for one in machine["differences"]} >= {"sandbox.tier", "sandbox.one-user"}


async def test_without_namespaces_deployments_are_processes_and_the_report_says_why(tmp_path: Path) -> None:
    machine = await machine_of(tmp_path / "standin", *FORBIDDEN, NO_MORE, cache=str(tmp_path / "cache"))
    assert machine["tier"] == "process"
    [why] = [one for one in machine["differences"] if one["id"] == "sandbox.fell-back"]
    assert "unshare" in why["text"]


async def test_the_process_tier_is_there_for_who_asks(tmp_path: Path) -> None:
    ground = Ground(tmp_path / "cache", tmp_path, "run")
    tier, why = await choose_tier(TierName.PROCESS, ground)
    assert (tier.name, why) == ("process", ())


async def test_a_sandbox_that_was_asked_for_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wizard.standin.sandbox.probe.tool_path", lambda: str(tmp_path))
    with pytest.raises(FailedError) as failed:
        await choose_tier(TierName.SANDBOX, Ground(tmp_path / "cache", tmp_path, "run"))
    assert failed.value.code == "sandbox.no-ip"


async def test_a_stand_in_that_cannot_have_it_says_so(tmp_path: Path) -> None:
    told = await machine_of(tmp_path / "standin", *FORBIDDEN, NO_MORE, tier="sandbox")
    assert told["refused"] == "standin.no-sandbox"
    assert "unshare" in told["params"]["reason"]


async def test_allowing_the_internet_is_answered_honestly(tmp_path: Path) -> None:
    machine = await machine_of(tmp_path / "standin", cache=str(tmp_path / "cache"), internet=True)
    assert "sandbox.no-internet" in {one["id"] for one in machine["differences"]}
