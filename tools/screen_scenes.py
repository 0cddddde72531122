"""The main screens at a telling moment: what the engine plays and which keys lead there. No data is anybody's own."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from screens.app import WizardApp
from tests.cli.stories import failed_run, verified_run
from tests.support.screens import Script, ScriptedEngine, application, text_of, until
from wizard.clock import SystemClock
from wizard.events import Change, ChangePlanned, Effect, Event, LogLines, PhaseChanged, Stamped, Status, StepChanged
from wizard.locale import Language
from wizard.messages import message
from wizard.operations.status import ServiceLine, StatusReport
from wizard.operations.watch import Look
from wizard.options import Options
from wizard.plan.checklist import Acts, Row, State
from wizard.plan.precedence import ValueSource
from wizard.report.record import RunRecord
from wizard.setup.step import Step
from wizard.setup.steps import setup_steps
from wizard.setup.view import StepView

SAMPLE = Path(__file__).parents[1] / "examples" / "vision-mvp"
_NOT_COPIED = shutil.ignore_patterns("wizard.toml", "node_modules", ".next", "__pycache__", "uploads")
Keys = Callable[[Any, WizardApp], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of one screen.

    Attributes:
        keys: what a person presses to get there, waiting for what they would wait for.
    """

    start: str
    engine: Callable[[], ScriptedEngine]
    keys: Keys


class Unrun(Step):
    """A step left out of a picture's way: what it would run takes minutes."""

    id: ClassVar[str]

    def __init__(self, id_: str) -> None:
        self.id = id_  # type: ignore[misc]  # one class stands for several steps

    async def view(self) -> StepView:
        """Show nothing."""
        return StepView()


def guided() -> ScriptedEngine:
    """Set up a copy of the sample without its plan, by the real steps."""
    folder = Path(tempfile.mkdtemp(prefix="railwizard-picture-")) / "vision-mvp"
    shutil.copytree(SAMPLE, folder, ignore=_NOT_COPIED)
    steps = setup_steps(Options(folder=folder, command="setup", variables={}), SystemClock(), Language.ENGLISH)
    return ScriptedEngine(
        steps=tuple(Unrun(step.id) if step.id in {"findings", "rehearsal"} else step for step in steps)
    )


def deploying() -> ScriptedEngine:
    """Play a first deployment in the middle of its builds."""
    return ScriptedEngine(script=_deployment())


def _deployment() -> Script:
    now = datetime.now(UTC)
    created = [Change(name, "service", "", name, Effect.NONE) for name in ("postgres", "redis", "backend")]
    waits = message("phases.verbatim", text="build 2/3")
    return (
        *(PhaseChanged(name, Status.DONE, seconds=took) for name, took in (("preflight", 0.9), ("project", 6.2))),
        PhaseChanged("variables", Status.DONE, seconds=2.4),
        PhaseChanged("deploy", Status.RUNNING),
        *(ChangePlanned("deploy", one.resource, one) for one in created),
        StepChanged("deploy", "postgres", "postgres", Status.DONE),
        StepChanged("deploy", "redis", "redis", Status.DONE),
        StepChanged("deploy", "backend", "backend", Status.RUNNING, waits, now - timedelta(seconds=41), 180.0),
        StepChanged("deploy", "frontend", "frontend", Status.WAITING),
        LogLines("backend", "build", LINES),
        asyncio.Event(),
    )


LINES = (
    "#6 [2/5] WORKDIR /app",
    "#7 [3/5] COPY requirements.txt .",
    "#8 [4/5] RUN pip install --no-cache-dir -r requirements.txt",
    "#8 4.113 Collecting fastapi==0.115.6",
    "#8 9.870 WARNING: Running as the 'root' user can break permissions",
    "#8 21.40 Successfully installed alembic fastapi sqlalchemy uvicorn",
    "#9 [5/5] COPY . .",
    "#9 DONE 0.4s",
)


def listing() -> ScriptedEngine:
    """Answer with a checklist that has every kind of row."""
    you, itself = Acts.YOU, Acts.AUTOMATIC
    rows = (
        Row("backend", "DATABASE_URL", State.SET, ValueSource.REFERENCE, itself, ("app/core/config.py:18",)),
        Row("backend", "REDIS_URL", State.SET, ValueSource.REFERENCE, itself, ("app/core/config.py:21",)),
        Row("backend", "SECRET_KEY", State.MISSING, ValueSource.KEYRING, you, ("app/core/config.py:24",)),
        Row("backend", "CORS_ORIGINS", State.DIFFERS, ValueSource.PLAN, itself, ("app/main.py:31",)),
        Row("backend", "LOG_LEVEL", State.EXTRA, None, you, ("app/main.py:12",)),
        Row("backend", "SMTP_HOST", State.NO_EFFECT, None, you),
        Row("frontend", "NEXT_PUBLIC_API_URL", State.SET, ValueSource.REFERENCE, itself, ("lib/api.ts:3",)),
    )
    return ScriptedEngine(rows=rows)


def watching() -> ScriptedEngine:
    """Answer with an environment of which one service has a failed newer deployment."""
    now = datetime.now(UTC)
    lines = (
        ServiceLine("backend", "service", "live", "failed", "4f1c2aa", "https://api.example.app", now - _HOURS * 3),
        ServiceLine("frontend", "service", "live", "", "4f1c2aa", "https://app.example.app", now - _HOURS * 3),
        ServiceLine("postgres", "database", "live", "", "", "", now - _HOURS * 50),
        ServiceLine("redis", "database", "live", "", "", "", now - _HOURS * 50),
    )
    return ScriptedEngine(looks=[Look(StatusReport("vision-mvp", "production", "p", "e", now, 0, lines))])


_HOURS = timedelta(hours=1)
_DAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def remembering() -> ScriptedEngine:
    """Remember a run that failed and the one after it that was verified."""
    return ScriptedEngine(past=(_past("b41c", verified_run(), 1), _past("a07e", failed_run(), 0)))


def _past(run: str, events: list[Event], day: int) -> RunRecord:
    at = _DAY + timedelta(days=day)
    return RunRecord.of(Stamped(seq, at, run, event) for seq, event in enumerate(events))


async def stay(pilot: Any, app: WizardApp) -> None:
    """Press nothing."""
    del app
    await pilot.pause()


def step(number: int) -> Keys:
    """Go on to a step of the guided set-up."""

    async def keys(pilot: Any, app: WizardApp) -> None:
        for at in range(1, number + 1):
            await until(pilot, lambda at=at: str(at) in text_of(app).splitlines()[1])  # type: ignore[misc]
            await pilot.pause()
            if at < number:
                await pilot.press("ctrl+n")
        await pilot.pause()

    return keys


async def run(pilot: Any, app: WizardApp) -> None:
    """Begin a deployment and look at the phase that runs."""
    await pilot.press("r")
    await until(pilot, lambda: bool(app.log_store.lines))
    await pilot.pause()


async def run_then_log(pilot: Any, app: WizardApp) -> None:
    """Begin a deployment and open the whole log."""
    await run(pilot, app)
    await pilot.press("l")
    await pilot.pause(0.2)


SCENES: Mapping[str, Scene] = {
    "home": Scene("home", ScriptedEngine, stay),
    "guided-detection": Scene("guided", guided, step(2)),
    "guided-choices": Scene("guided", guided, step(3)),
    "guided-cost": Scene("guided", guided, step(6)),
    "guided-token": Scene("guided", guided, step(8)),
    "deploy": Scene("deploy", deploying, run),
    "checklist": Scene("checklist", listing, stay),
    "status": Scene("status", watching, stay),
    "log": Scene("deploy", deploying, run_then_log),
    "history": Scene("history", remembering, stay),
}


@asynccontextmanager
async def showing(name: str, size: tuple[int, int], language: Language) -> AsyncIterator[WizardApp]:
    """Show a scene in a terminal of this size."""
    scene = SCENES[name]
    with _tidied(scene.engine()) as engine:
        app = application(engine, start=scene.start, language=language)
        async with app.run_test(size=size) as pilot:
            await pilot.pause(0.2)
            await scene.keys(pilot, app)
            await pilot.pause(0.2)
            yield app


@contextmanager
def _tidied(engine: ScriptedEngine) -> Iterator[ScriptedEngine]:
    """Take away the copy that a guided set-up wrote its plan into."""
    try:
        yield engine
    finally:
        for one in engine.steps[:1]:
            if setup := getattr(one, "setup", None):
                shutil.rmtree(setup.options.folder.parent, ignore_errors=True)
