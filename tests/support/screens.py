"""The screens without an engine of the real kind: events are played to them, and what they ask for is written down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from screens.app import WizardApp
from screens.launch import Launch, Prompter
from wizard.cli.asker import ChainAsker
from wizard.clock import SystemClock
from wizard.errors import WizardError
from wizard.events import Emitter, Event, Listener, Result, RunFinished, RunStarted, Stamped
from wizard.locale import Language
from wizard.messages import Message, message
from wizard.operations.watch import Look
from wizard.phases.step import Phase
from wizard.plan.checklist import Row
from wizard.plan.pasting import PastedLine, pasted_lines
from wizard.questions import Asker, Question
from wizard.report.record import RunRecord
from wizard.secrets import Secret
from wizard.setup.view import SetupStep

Script = Sequence[Event | Question | asyncio.Event]
"""What an engine does: an event is said, a question asked, an asyncio.Event waited for."""


@dataclass
class ScriptedEngine:
    """Says, asks and waits what a test wrote down, and remembers how it was called and answered.

    Attributes:
        broken: errors that keep runs from beginning, the last one first.
        end: how every run ends that is not stopped.
    """

    script: Script = ()
    calls: list[tuple[str, Any]] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    stopped: bool = False
    saved: dict[str, str] = field(default_factory=dict)
    past: tuple[RunRecord, ...] = ()
    last: tuple[Stamped, ...] = ()
    broken: list[WizardError] = field(default_factory=list)
    end: RunFinished = field(default_factory=lambda: RunFinished(Result.VERIFIED, 0))
    steps: Sequence[SetupStep] = ()
    rows: Sequence[Row] = ()
    looks: Sequence[Look] = ()
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    async def setup(self, language: Language) -> Sequence[SetupStep]:
        self.calls.append(("setup", language))
        return self.steps

    async def checklist(self, asker: Asker) -> Sequence[Row]:
        del asker
        self.calls.append(("checklist", None))
        return self.rows

    def effect(self, service: str, name: str) -> Message:
        return message("edits.restart", service=service, name=name)

    async def set_variable(
        self, service: str, name: str, value: Secret | None, listeners: Sequence[Listener], asker: Asker
    ) -> RunFinished:
        self.calls.append(("set", (service, name, value)))
        return await self._play("set", listeners, asker)

    async def import_variables(
        self, service: str, values: Mapping[str, Secret], listeners: Sequence[Listener], asker: Asker
    ) -> RunFinished:
        self.calls.append(("import", (service, dict(values))))
        return await self._play("set", listeners, asker)

    async def send_variables(self, listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        self.calls.append(("send", None))
        return await self._play("deploy", listeners, asker)

    async def take_variable(self, service: str, name: str, asker: Asker) -> None:
        del asker
        self.calls.append(("take", (service, name)))

    def judge_pasted(self, service: str, text: str) -> Sequence[tuple[PastedLine, Message]]:
        del service
        return [(line, line.verdict()) for line in pasted_lines(text, {"LEVEL": "info"})]

    async def save_checklist(self, rows: Sequence[Row], language: Language) -> str:
        assert rows
        self.saved["checklist"] = language.value
        return "/somewhere/checklist.md"

    async def watch(self, asker: Asker) -> AsyncGenerator[Look, None]:
        del asker
        for look in self.looks:
            yield look
            self.woken.clear()
            await self.woken.wait()

    def look_now(self) -> None:
        self.woken.set()

    async def history(self) -> tuple[RunRecord, ...]:
        return self.past

    async def save_report(self, run: str, language: Language) -> str:
        self.saved[run] = language.value
        return f"/somewhere/{run}"

    async def save(self, name: str, text: str) -> str:
        self.saved[name] = text
        return f"/somewhere/{name}"

    async def deploy(self, phases: frozenset[Phase], listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        self.calls.append(("deploy", phases))
        return await self._play("deploy", listeners, asker)

    async def plan(self, phases: frozenset[Phase], listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        self.calls.append(("plan", phases))
        return await self._play("plan", listeners, asker)

    async def sign_in(self, token: Secret, *, keep: bool) -> str:
        self.calls.append(("sign-in", (token, keep)))
        return "ops"

    async def last_run(self) -> tuple[Stamped, ...]:
        return self.last

    async def rehearse(self, listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        self.calls.append(("rehearse", None))
        return await self._play("rehearse", listeners, asker)

    async def _play(self, command: str, listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        emitter = Emitter("run-1", SystemClock(), list(listeners))
        asker.emit = emitter.emit
        if self.broken:
            raise self.broken.pop()
        emitter.emit(RunStarted(command, "railway", "https://backboard.railway.com"))
        try:
            for part in self.script:
                await self._one(part, emitter, asker)
        except asyncio.CancelledError:
            self.stopped = True
            emitter.emit(RunFinished(Result.INTERRUPTED, 130))
            raise
        emitter.emit(self.end)
        return self.end

    async def _one(self, part: Event | Question | asyncio.Event, emitter: Emitter, asker: Asker) -> None:
        if isinstance(part, asyncio.Event):
            await part.wait()
        elif isinstance(part, Question):
            self.answers.append(await asker.ask(part))
        else:
            emitter.emit(part)


def application(engine: ScriptedEngine, start: str = "home", language: Language = Language.ENGLISH) -> WizardApp:
    """Return the screens in front of an engine, without motion."""

    def asker(prompter: Prompter) -> Asker:
        return ChainAsker(pairs=(), environment={}, file=None, take_defaults=False, prompter=prompter)

    app = WizardApp(Launch(engine=engine, asker=asker, clock=SystemClock(), language=language, start=start))
    app.animation_level = "none"
    return app


async def until(pilot: Any, holds: Callable[[], bool]) -> None:
    """Let the application work until a condition holds."""
    async with asyncio.timeout(60):
        while not holds():
            await pilot.pause(0.02)


def text_of(app: WizardApp) -> str:
    """Return what the screen shows, as a reader sees it."""
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())
