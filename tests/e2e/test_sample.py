"""The sample application through the real program: rehearsed, then detected under other names and deployed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
import pytest_asyncio

import wizard
from tests.support.applications import SAMPLE
from tests.support.command_line import Call, call
from tests.support.runs import LEASE, WRITES

pytestmark = [pytest.mark.full, pytest.mark.timeout(900), pytest.mark.asyncio(loop_scope="module")]

PHASES = ["preflight", "project", "variables", "deploy", "migrate", "admin", "verify"]
PASSED = {
    *("health", "docs", "openapi", "register", "login", "stored", "admin", "cors", "sweep", "websocket", "redis"),
    *("page", "bundle"),
}
API_KEY = "5e9tine1-gemini-key"
ANSWERS = {
    "RAILWIZARD_ANSWER_VARIABLE_API_GOOGLE_API_KEY": API_KEY,
    "RAILWIZARD_ANSWER_VARIABLE_API_LLM_PROVIDER": "echo",
}

Standin = dict[str, Any]


def kinds(run: Call, verdict: str = "passed") -> set[str]:
    return {check["check"].partition(".")[0] for check in run.last["checks"] if check["verdict"] == verdict}


def ended(run: Call) -> tuple[str, str, int]:
    return run.last["type"], run.last["result"], run.last["exit_code"]


def statuses(run: Call) -> dict[str, str]:
    return {phase["phase"]: phase["status"] for phase in run.last["phases"]}


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    path = Path(wizard.__file__).with_name("events.schema.json")
    return jsonschema.Draft202012Validator(json.loads(path.read_text("utf-8")))


async def test_a_rehearsal_says_everything_in_ndjson(tmp_path: Path, schema: jsonschema.Draft202012Validator) -> None:
    async with call("rehearse", SAMPLE, "--json", home=tmp_path / "home") as run:
        code = await run.end(600)

    assert (code, ended(run)) == (0, ("RunFinished", "verified", 0)), run.of("ErrorRaised")
    assert [line["seq"] for line in run.lines] == list(range(1, len(run.lines) + 1))
    for line in run.lines:
        schema.validate(line)
    assert [phase["phase"] for phase in run.last["phases"]] == PHASES
    assert set(statuses(run).values()) == {"done"}
    assert all(phase["seconds"] >= 0 for phase in run.last["phases"])
    assert kinds(run) >= PASSED
    assert kinds(run, "failed") == set()
    assert all(check["seen"]["text"] for check in run.last["checks"])
    assert {name for name, _ in run.last["urls"]} == {"backend", "frontend"}
    assert 0 < run.last["requests"] <= 70
    assert run.last["seconds"] > 0
    assert run.lines[0]["tier"] in {"process", "sandbox"}
    assert "services.backend.variables.LLM_PROVIDER = echo" in run.lines[0]["overlay"]


@dataclass(slots=True)
class Shop:
    """The sample under other names, the local platform it goes to, and how the first deployment went."""

    folder: Path
    home: Path
    standin: Standin
    first: list[dict[str, Any]] = field(default_factory=list)

    async def deploy(self, *options: str) -> Call:
        variables = {**ANSWERS, "RAILWIZARD_TOKEN": self.standin["tokens"]["account"]}
        arguments = ("deploy", "--endpoint", self.standin["url"], "--yes", "--json", "--secrets-file", *options)
        async with call(*arguments, home=self.home, variables=variables, folder=self.folder) as run:
            await run.end(600)
        return run

    def recorded(self, after: int = 0) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = httpx.get(f"{self.standin['control_url']}/requests?after={after}").json()
        return found

    def edit(self, old: str, new: str) -> None:
        plan = self.folder / "wizard.toml"
        text = plan.read_text("utf-8")
        assert text.count(old) == 1, (old, text)
        plan.write_text(text.replace(old, new), "utf-8")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def standin(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Standin]:
    async with call("standin", "--json", home=tmp_path_factory.mktemp("platform")) as run:
        line = await run.process.stdout.readline() if run.process.stdout else b""
        yield json.loads(line)
        run.interrupt()
        assert await run.process.wait() == 0


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(standin: Standin, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    folder = renamed(tmp_path_factory.mktemp("clone") / "shop")
    shop = Shop(folder, tmp_path_factory.mktemp("home"), standin)
    async with call("init", folder, "--yes", home=shop.home) as run:
        await run.process.communicate()
        assert run.process.returncode == 0
    shop.first = (await shop.deploy()).lines
    return shop


def renamed(folder: Path) -> Path:
    """Copy the sample without its plan, its services in other folders: nothing may know them by name."""
    shutil.copytree(
        SAMPLE, folder, ignore=shutil.ignore_patterns("wizard.toml", "node_modules", ".next", "__pycache__")
    )
    shutil.copytree(folder / "mvp" / "backend", folder / "apps" / "api")
    shutil.copytree(folder / "mvp" / "frontend", folder / "apps" / "web")
    shutil.rmtree(folder / "mvp")
    return folder


async def test_what_init_detected_deploys_and_is_verified(shop: Shop, schema: jsonschema.Draft202012Validator) -> None:
    last = shop.first[-1]
    assert (last["type"], last["result"], last["exit_code"]) == ("RunFinished", "verified", 0), shop.first[-3:]
    for line in shop.first:
        schema.validate(line)
    assert {name for name, _ in last["urls"]} == {"api", "web"}
    assert last["requests"] == len(shop.recorded()) <= 70
    assert API_KEY not in json.dumps(shop.first)


async def test_again_changes_nothing(shop: Shop) -> None:
    before = len(shop.recorded())

    run = await shop.deploy()

    asked = shop.recorded(before)
    assert ended(run) == ("RunFinished", "verified", 0), run.of("ErrorRaised")
    assert [one["name"] for one in asked if one["kind"] in {"mutation", "upload"}] == []
    assert run.last["mutations"] == 0
    assert run.last["requests"] == len(asked) <= 12


async def test_a_changed_value_is_written_once_and_deployed_when_asked(shop: Shop) -> None:
    shop.edit("[services.api.variables]\n", '[services.api.variables]\nGREETING = "hello"\n')
    before = len(shop.recorded())

    run = await shop.deploy("--only", "variables")

    [write] = [one for one in shop.recorded(before) if one["kind"] in WRITES and one["name"] != LEASE]
    assert ended(run) == ("RunFinished", "applied", 0), run.of("ErrorRaised")
    assert write["roots"] == ["variableCollectionUpsert"]
    assert write["variables"]["input"]["skipDeploys"] is True
    assert (statuses(run)["deploy"], statuses(run)["verify"]) == ("stale", "stale")

    before = len(shop.recorded())
    run = await shop.deploy("--from", "deploy")

    assert ended(run) == ("RunFinished", "verified", 0), run.of("ErrorRaised")
    assert [one["kind"] for one in shop.recorded(before)].count("upload") == 1
    assert {line["resource"] for line in run.of("StepChanged") if _redeployed(line)} == {"api"}


async def test_a_value_of_the_bundle_rebuilds_the_frontend(shop: Shop) -> None:
    addresses = dict(shop.first[-1]["urls"])
    assert named(addresses["web"], f"{addresses['api']}/api/v1/") == set()
    shop.edit('"{api.url}/api/v1"', '"{api.url}/api/v1/"')
    before = len(shop.recorded())

    run = await shop.deploy()

    assert ended(run) == ("RunFinished", "verified", 0), run.of("ErrorRaised")
    assert [one["kind"] for one in shop.recorded(before)].count("upload") == 1
    assert {line["resource"] for line in run.of("StepChanged") if _redeployed(line)} == {"web"}
    assert named(addresses["web"], f"{addresses['api']}/api/v1/")


def _redeployed(line: dict[str, Any]) -> bool:
    return bool(line["phase"] == "deploy" and line["status"] == "done")


def named(page: str, value: str) -> set[str]:
    """Return the scripts of a page whose text names exactly this value, as a string of its own."""
    quoted = re.compile(rf"""["'`]{re.escape(value)}["'`]""")
    return {path for path, text in _scripts(page) if quoted.search(text)}


def _scripts(page: str) -> Iterator[tuple[str, str]]:
    with httpx.Client() as client:
        for path in sorted(set(re.findall(r'src="([^"]+\.js[^"]*)"', _get(client, page)))):
            yield path, _get(client, page + path)


def _get(client: httpx.Client, url: str) -> str:
    """Get a `*.localhost` address from loopback, as browsers do whatever the resolver knows."""
    parsed = httpx.URL(url)
    return client.get(parsed.copy_with(host="127.0.0.1"), headers={"Host": parsed.netloc.decode()}).text
