"""A second deployment that fails leaves the first serving: asked through the edge meanwhile, no request fails."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx
import pytest
import pytest_asyncio

from tests.support.applications import TINY, Application, copy_application
from tests.support.runs import Client, Heard
from wizard.locale import render
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

PAUSE = 0.02
"""Seconds between two requests: asked often enough to meet every moment of a deployment."""
FEWEST = 50


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def standin(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Standin]:
    async with serve(Settings(read_lag=0.1), tmp_path_factory.mktemp("second") / "platform") as running:
        yield running


@dataclass(frozen=True, slots=True)
class Served:
    """The first deployment, verified and serving."""

    client: Client
    app: Application
    url: str


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(standin: Standin, tmp_path_factory: pytest.TempPathFactory) -> Served:
    folder = tmp_path_factory.mktemp("served")
    app, client = copy_application(TINY, folder / "app"), Client(standin, folder / "state")
    app.edit("wizard.toml", "timeout = 60", "timeout = 8")
    first = await client.deploy(app)
    assert first.finished.result.value == "verified", first.why()
    return Served(client, app, dict(first.finished.urls)["backend"])


@dataclass(slots=True)
class Hammer:
    """Asks one address without a rest and counts what came back."""

    url: str
    answers: Counter[str] = field(default_factory=Counter)

    @asynccontextmanager
    async def asking(self) -> AsyncIterator[Counter[str]]:
        task = asyncio.create_task(self._ask())
        try:
            yield self.answers
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _ask(self) -> None:
        host = httpx.URL(self.url)
        address = host.copy_with(host="127.0.0.1")
        async with httpx.AsyncClient(headers={"Host": f"{host.host}:{host.port}"}, timeout=5) as client:
            while True:
                self.answers[await _asked(client, address)] += 1
                await asyncio.sleep(PAUSE)


async def _asked(client: httpx.AsyncClient, address: httpx.URL) -> str:
    try:
        answer = await client.get(address)
    except httpx.HTTPError as error:
        return type(error).__name__
    return f"{answer.status_code} {answer.text}"


def crashes(app: Application) -> None:
    app.edit("backend/app/main.py", 'app = FastAPI(title="tiny")', 'raise RuntimeError("broken on purpose")')


def migration_fails(app: Application) -> None:
    revision = app.folder / "backend/alembic/versions/0003_broken.py"
    text = (app.folder / "backend/alembic/versions/0002_user_role.py").read_text("utf-8")
    head = text.partition("def upgrade")[0].replace('"0002"', '"0003"').replace('"0001"', '"0002"')
    revision.write_text(head + 'def upgrade() -> None:\n    op.drop_table("nowhere")\n', "utf-8")


def never_healthy(app: Application) -> None:
    app.edit("backend/app/main.py", '@app.get("/health")', '@app.get("/elsewhere")')


@pytest.mark.parametrize(
    ("breaks", "cause"),
    [
        (crashes, "diagnosis.exception"),
        (migration_fails, "diagnosis.revision-failed"),
        pytest.param(never_healthy, "diagnosis.health-absent", marks=pytest.mark.full),
    ],
)
async def test_a_failed_second_deployment_leaves_the_first_serving(
    served: Served, breaks: Callable[[Application], None], cause: str
) -> None:
    before = served.app.snapshot()
    breaks(served.app)
    try:
        async with Hammer(f"{served.url}/health").asking() as answers:
            second = await served.client.deploy(served.app)
    finally:
        served.app.restore(before)

    assert (second.finished.result.value, second.finished.exit_code) == ("failed", 1)
    _assert_explained(second, cause)
    assert set(answers) == {'200 {"status":"ok"}'}, answers
    assert answers.total() > FEWEST


def _assert_explained(heard: Heard, cause: str) -> None:
    [error] = heard.errors
    assert error.why.id == cause, heard.why()
    assert [fix.id for fix in error.more][-1] == "diagnosis.still-serves"
    assert "keeps serving" in render(error.more[-1])
    assert heard.phases["deploy"] == "failed"
    assert heard.phases["verify"] == "skipped"
