"""`--schema`: Railway's whole introspection result instead of our part of it."""

import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from graphql import build_schema, introspection_from_schema

from tests.support.standin_api import Api
from wizard.standin.api.generate import SDL_PATH
from wizard.standin.server import serve
from wizard.standin.settings import Settings


@pytest.fixture(scope="module")
def railways() -> Path:
    path = os.environ.get("RAILWAY_SCHEMA")
    if not path:
        pytest.skip("RAILWAY_SCHEMA does not name Railway's introspection result")
    return Path(path)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our own SDL as an introspection result with one mutation more, as a newer Railway would have it."""
    sdl = SDL_PATH.read_text(encoding="utf-8").replace(
        "type Mutation {", "type Mutation {\n  fly(to: String!): Boolean!"
    )
    file = tmp_path_factory.mktemp("schema") / "schema.json"
    file.write_text(json.dumps({"data": introspection_from_schema(build_schema(sdl, assume_valid=True))}))
    return file


async def test_a_served_schema_validates_by_itself_and_names_what_is_not_emulated(own: Path, tmp_path: Path) -> None:
    async with serve(Settings(read_lag=0, schema_file=own), tmp_path) as standin, Api(standin) as api:
        project, _ = await api.project()
        assert await api.service(project)
        refused = (await api.post('mutation { fly(to: "moon") }')).json()["errors"][0]
        assert refused["extensions"]["code"] == "NOT_IMPLEMENTED"
        assert '"fly" is not part of the local Railway' in refused["message"]
        assert (await api.post("mutation { swim }")).status_code == 400


async def test_railways_whole_schema_is_served_and_open_to_introspection(railways: Path, tmp_path: Path) -> None:
    async with serve(Settings(read_lag=0, schema_file=railways), tmp_path) as standin, Api(standin, {}) as nobody:
        types = (await nobody.ask("{ __schema { types { name } } }"))["__schema"]["types"]
        whole = json.loads(railways.read_text(encoding="utf-8"))
        assert len(types) == len(whole.get("data", whole)["__schema"]["types"])
        async with Api(standin) as api:
            project, environment = await api.project()
            service = await api.service(project)
            await api.set((project, environment, service), A="1")
            assert (await api.variables((project, environment, service), unrendered=True)) == {"A": "1"}
            said = (await api.post("mutation { userBetaLeave }")).json()["errors"][0]
            assert said["extensions"]["code"] == "NOT_IMPLEMENTED"


async def started(*arguments: str) -> tuple[int | None, dict[str, Any], float]:
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "wizard.standin", *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"{}\n")
    told = json.loads(await process.stdout.readline())
    spent = time.monotonic() - began
    process.stdin.close()
    return await asyncio.wait_for(process.wait(), 20), told, spent


async def test_its_process_takes_the_flag_and_refuses_a_file_that_holds_no_schema(own: Path, tmp_path: Path) -> None:
    code, told, _ = await started(str(tmp_path / "a"), "--schema", str(own))
    assert (code, bool(told.get("url"))) == (0, True)
    bad = tmp_path / "bad.json"
    for text in ("{}", "[1]", "no", '{"data": {"__schema": {"types": []}}}'):
        bad.write_text(text)
        code, told, _ = await started("--schema", str(bad), str(tmp_path / "b"))
        assert (code, told["refused"]) == (2, "standin.bad-schema"), text
    code, told, _ = await started("--schema", str(bad))
    assert (code, told["refused"]) == (2, "standin.usage")
