"""`railwizard standin --fault ... --record FILE`: what goes wrong from the start, and what is written down of it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import httpx

from tests.support.faults import FaultClient
from tests.support.shell import serving

CREATE = {"query": 'mutation { projectCreate(input: {name: "s3ntinel"}) { id } }'}


async def test_faults_and_the_record_are_options(tmp_path: Path) -> None:
    record = tmp_path / "exchanges.ndjson"
    settings = tmp_path / "settings.toml"
    settings.write_text('faults = ["upload=fail", { on = "socket", kind = "slow", seconds = 1 }]\n', "utf-8")
    options = ("--fault", "projectCreate=apply-then-504", "--settings", str(settings), "--record", str(record))
    environment = {**os.environ, "RAILWIZARD_STATE": str(tmp_path / "state")}
    with serving(environment, *options) as (address, _):
        headers = {"Authorization": f"Bearer {address['tokens']['account']}"}
        async with httpx.AsyncClient(headers=headers) as http:
            lost, made = [(await http.post(address["url"], json=CREATE)).status_code for _ in range(2)]
        fired = await FaultClient(address["control_url"]).fired()

    types = [json.loads(line)["type"] for line in record.read_text("utf-8").splitlines()]
    assert (lost, made) == (504, 200)
    assert sorted(fired.values()) == [0, 0, 1]
    assert types == ["request", "fault", "answer", "request", "answer"]
    assert "s3ntinel" not in record.read_text("utf-8").partition("answer")[0]
