"""Rehearsals of broken copies of the sample, heard by every face at once: NDJSON, English, Korean, a report."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.applications import SAMPLE, Application, copy_application
from tests.support.runs import Heard, asker
from wizard.cli.json_renderer import JsonRenderer
from wizard.cli.mode import Style
from wizard.cli.plain_renderer import PlainRenderer, console_for
from wizard.clock import SystemClock
from wizard.compose import rehearse
from wizard.events import RunFinished
from wizard.locale import Language
from wizard.options import Faces, Options
from wizard.report.formats import Format, report

BACKEND, FRONTEND = "mvp/backend/", "mvp/frontend/"
AT_ONCE = 3
"""Rehearsals beside each other: most of their time is waiting."""


@dataclass(frozen=True)
class Breakage:
    """One edit of the sample, and what a rehearsal must say of it.

    Attributes:
        phase: in which it is caught.
        step: the platform's word for where the deployment failed, empty for what only a check sees.
        cause: the id of the sentence that says why.
        names: files, values and commands that the cause must name.
        decisive: part of the line that shows it.
        fix: part of what to do, in English.
        with_frontend: whether Node.js has to build.
    """

    edit: Callable[[Application], None]
    cause: str
    names: tuple[str, ...]
    decisive: str
    fix: str
    phase: str = "deploy"
    step: str = ""
    with_frontend: bool = False


@dataclass(slots=True)
class Told:
    """Everything one rehearsal said."""

    finished: RunFinished
    heard: Heard
    ndjson: list[dict[str, Any]]
    plain: dict[Language, str]
    markdown: str

    @property
    def error(self) -> dict[str, Any]:
        """The one error, as scripts read it."""
        [found] = [line for line in self.ndjson if line["type"] == "ErrorRaised"]
        return found


def without_frontend(app: Application) -> None:
    """Take the frontend out of the plan: where it does not matter, nobody waits for Node.js."""
    head, _, rest = app.plan.read_text("utf-8").partition("[services.frontend]")
    text = head + rest[rest.index("[migration]") :]
    app.plan.write_text(text.replace("{frontend.urls}", "{backend.urls}"), "utf-8")


def broken(breakage: Breakage, folder: Path) -> Application:
    app = copy_application(SAMPLE, folder)
    if not breakage.with_frontend:
        without_frontend(app)
    breakage.edit(app)
    return app


@dataclass(slots=True)
class _Faces:
    """Renderers that write into memory."""

    stream: io.BytesIO = field(default_factory=io.BytesIO)
    heard: Heard = field(default_factory=Heard)
    plain: dict[Language, list[io.StringIO]] = field(default_factory=dict)

    def listeners(self) -> tuple[Any, ...]:
        return (self.heard, JsonRenderer(self.stream), *(self._renderer(language) for language in Language))

    def _renderer(self, language: Language) -> PlainRenderer:
        streams = self.plain[language] = [io.StringIO(), io.StringIO()]
        progress, result = (console_for(stream) for stream in streams)
        return PlainRenderer(
            progress_console=progress, result_console=result, language=language, style=Style.APPEND, clock=SystemClock()
        )


async def rehearsed(app: Application, state: Path) -> Told:
    faces = _Faces()
    options = Options(folder=app.folder, command="rehearse", variables={"RAILWIZARD_STATE": str(state)})
    finished = await rehearse(options, Faces(listeners=faces.listeners(), asker=asker()))
    return Told(
        finished=finished,
        heard=faces.heard,
        ndjson=[json.loads(line) for line in faces.stream.getvalue().splitlines()],
        plain={name: "".join(stream.getvalue() for stream in streams) for name, streams in faces.plain.items()},
        markdown=report(faces.heard.stamped, Format.MARKDOWN, Language.ENGLISH),
    )


class Rehearsals:
    """Starts the rehearsals of all breakages with the first one asked for, a few at a time."""

    def __init__(self, breakages: dict[str, Breakage], folder: Path) -> None:
        self._breakages = breakages
        self._folder = folder
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._tasks: dict[str, asyncio.Task[Told]] = {}

    async def of(self, name: str) -> Told:
        if not self._tasks:
            self._tasks = {one: asyncio.create_task(self._rehearse(one)) for one in self._breakages}
        return await self._tasks[name]

    async def close(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _rehearse(self, name: str) -> Told:
        async with self._turns:
            app = await asyncio.to_thread(broken, self._breakages[name], self._folder / name / "app")
            return await rehearsed(app, self._folder / name / "state")
