"""What a deployment of the sandbox tier sees, and what of it is seen from outside."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.standin.sandbox.conftest import FILES
from tests.support.standin_api import eventually
from wizard.standin.processes import descendants
from wizard.standin.runner.listening import Listening, listening
from wizard.standin.state.rows import Deployment

pytestmark = pytest.mark.asyncio(loop_scope="module")


def listening_here() -> list[Listening]:
    """Return what children of this process listen on in this machine's own network."""
    here = Path("/proc/self/ns/net").readlink()
    return listening(pid for pid in descendants(os.getpid()) if _network(pid) == here)


def listening_elsewhere() -> set[int]:
    """Return the ports that children of this process listen on in networks of their own."""
    here = Path("/proc/self/ns/net").readlink()
    return {one.port for one in listening(pid for pid in descendants(os.getpid()) if _network(pid) != here)}


def _network(pid: int) -> Path | None:
    try:
        return Path(f"/proc/{pid}/ns/net").readlink()
    except OSError:
        return None


@dataclass
class Pair:
    """Two services of one environment."""

    place: Any
    front: str
    back: str

    async def front_says(self, path: str) -> str:
        return str(await self.place.ask(self.front, path))


@pytest.fixture(scope="module")
def others() -> list[Listening]:
    """What other tests' servers listened on before this module's platform began."""
    return listening_here()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pair(others: list[Listening], place: Any) -> AsyncIterator[Pair]:
    front = await place.service("front")
    back = await place.service("Back End", GREETING="from the back", PORT="9000")
    yield Pair(place, front, back)


async def test_nothing_of_an_application_listens_on_this_machine(others: list[Listening], pair: Pair) -> None:
    assert await pair.front_says("/") == "hello"
    assert listening_elsewhere() >= {8000, 9000}
    assert [one for one in listening_here() if one not in others] == []


async def test_a_process_that_did_would_be_noticed(others: list[Listening]) -> None:
    words = (sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "0")
    child = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.PIPE)
    assert child.stdout is not None
    assert b"Serving" in await child.stdout.readline()
    try:
        assert len([one for one in listening_here() if one not in others]) == 1
    finally:
        child.kill()
        await child.communicate()


async def test_a_service_reaches_another_by_its_private_name(pair: Pair) -> None:
    assert await pair.front_says("/fetch?http://back-end.railway.internal:9000/") == "from the back"
    assert "Connection refused" in await pair.front_says("/fetch?http://back-end.railway.internal:8000/")


async def test_a_public_domain_is_reached_from_inside_under_its_own_address(pair: Pair) -> None:
    domain = await pair.place.api.domain(pair.back, pair.place.environment)
    assert await pair.front_says(f"/fetch?http://{domain['domain']}/") == "from the back"


async def test_there_is_no_way_out_at_run_time(pair: Pair) -> None:
    assert "Network is unreachable" in await pair.front_says("/reach?1.1.1.1:80")
    assert "Network is unreachable" in await pair.front_says("/reach?192.168.0.1:22")
    assert "failed" in await pair.front_says("/reach?example.com:80")
    api = pair.place.standin.url.partition("//")[2].partition("/")[0].partition(":")[2]
    assert "failed" in await pair.front_says(f"/reach?127.0.0.1:{api}")


async def test_an_application_is_the_first_process_of_its_own(pair: Pair) -> None:
    seen = json.loads(await pair.front_says("/me"))
    assert (seen["pid"], seen["environment"]["PORT"]) == (1, "8000")
    assert seen["environment"]["RAILWAY_PRIVATE_DOMAIN"] == "front.railway.internal"
    assert not {"SSH_AUTH_SOCK", "LS_COLORS", "OLDPWD"} & set(seen["environment"])


async def test_processes_are_known_by_the_machines_own_numbers(pair: Pair) -> None:
    railway = pair.place.standin.gateway.railway
    [row] = railway.tables.where(Deployment, service_id=pair.front)
    pids = railway.fleet.pids(row.id)
    assert [Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[:2] for pid in pids] == [[b"python", b"app.py"]]
    assert all(pid != 1 for pid in pids)


async def test_the_machines_settings_cannot_be_changed_from_inside(pair: Pair) -> None:
    mounts = await pair.front_says("/read?/proc/self/mounts")
    options = {row.split()[1]: row.split()[3].split(",") for row in mounts.splitlines()}
    assert "ro" in options["/proc/sys"]
    assert "ro" in options["/sys"]
    assert not [target for target in options if re.match(r"/(home|work|srv|mnt)", target)]


async def test_a_health_check_fails_where_only_loopback_is_served(place: Any) -> None:
    service = await place.api.service(place.project, "shy")
    scope = (place.project, place.environment, service)
    await place.api.set(scope, PORT="8000")
    await place.api.configure(service, place.environment, healthcheckPath="/", healthcheckTimeout=1)
    shy = {**FILES, "app.py": FILES["app.py"].replace('"0.0.0.0"', '"127.0.0.1"')}
    await place.api.deployed(scope, shy, "FAILED")


async def test_a_database_has_productions_address(place: Any) -> None:
    template = (await place.api.ask('{ template(code: "postgres") { id serializedConfig } }'))["template"]
    given = {"projectId": place.project, "environmentId": place.environment, "templateId": template["id"]}
    text = "mutation($input: TemplateDeployV2Input!) { templateDeployV2(input: $input) { workflowId } }"
    await place.api.ask(text, input={**given, "serializedConfig": template["serializedConfig"]})
    database = await eventually(lambda: _database(place))
    await place.api.reaches(database.id, "SUCCESS")
    assert database.variables["DATABASE_URL"].endswith("@postgres.railway.internal:5432/railway")
    client = await place.service("client")
    assert await place.ask(client, "/reach?postgres.railway.internal:5432") == "reached"


async def _database(place: Any) -> Deployment | None:
    rows = place.standin.gateway.railway.tables.all(Deployment)
    return next((row for row in rows if row.origin["kind"] == "image"), None)
