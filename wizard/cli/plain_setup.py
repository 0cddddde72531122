"""The guided set-up line by line: the same steps as on screen, for screen readers and small terminals."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from wizard.cli.invocation import Invocation
from wizard.cli.plain_lines import PlainLines
from wizard.cli.plain_renderer import console_for
from wizard.cli.typesetting import Typesetter
from wizard.clock import SystemClock
from wizard.errors import ExitCode, NeedsInputError, WizardError
from wizard.events import ErrorRaised, RunFinished, Stamped
from wizard.messages import Message, message
from wizard.options import Faces, Options
from wizard.questions import Asker, Choice, Confirm, Option, Question
from wizard.report.record import RunRecord
from wizard.report.sections import Section
from wizard.setup.steps import setup_steps
from wizard.setup.view import Answer, SetupStep, StepView

_AGAIN, _ON, _STOP = "again", "on", "stop"
_WELL = frozenset({ExitCode.SUCCESS, ExitCode.CHANGES_PENDING})


class Walk:
    """One walk through the steps."""

    def __init__(self, faces: Faces, invocation: Invocation) -> None:
        self._faces = faces
        self._asker: Asker = faces.asker
        self._asks = invocation.mode.asks
        self._setter = Typesetter(console_for(sys.stderr), invocation.language)
        self._lines = PlainLines(self._setter, every_step=True)

    async def step(self, step: SetupStep, number: int, steps: int) -> int:
        """Show a step until it is done or left; returns the exit code that ends the walk, 0 to go on."""
        self._setter.write("")
        name = self._setter.say(Message(f"setup.{step.id}"))
        self._setter.write(self._setter.say(message("screens.guided-at", step=number, steps=steps, name=name)))
        self._setter.write("  ", self._setter.say(Message(f"setup.{step.id}-intro")))
        while True:
            code, error = await self._once(step)
            if code in _WELL:
                return 0
            if error:
                self._lines.write(ErrorRaised.of(error))
            chosen = await self._after_failure(step)
            if chosen != _AGAIN:
                return 0 if chosen == _ON else code

    async def _once(self, step: SetupStep) -> tuple[int, WizardError | None]:
        try:
            view = await step.view()
            self._show(view.sections)
            await step.take({question.id: await self._ask(question) for question in view.questions})
            return await self._work(step, view), None
        except NeedsInputError:
            raise
        except WizardError as error:
            return int(error.exit_code), error

    async def _ask(self, question: Question) -> Answer:
        return await self._asker.ask(question)

    async def _work(self, step: SetupStep, view: StepView) -> int:
        if view.work is None:
            return 0
        if view.confirm and not await self._asker.ask(Confirm(id=f"setup.{step.id}.go", prompt=view.confirm)):
            return int(ExitCode.REFUSED)
        heard: list[Stamped] = []
        finished: RunFinished = await view.work((*self._faces.listeners, heard.append), self._asker)
        self._show(await step.ended(RunRecord.of(heard)))
        return finished.exit_code

    async def _after_failure(self, step: SetupStep) -> str:
        if not self._asks:
            return _STOP
        go_on = () if step.id == "deployment" else (Option(_ON, message("actions.guided-skip")),)
        question = Choice(
            id=f"setup.{step.id}.failed",
            prompt=message("setup.ask-after-failure"),
            options=(Option(_AGAIN, message("setup.try-again")), *go_on, Option(_STOP, message("screens.leave"))),
        )
        return str(await self._asker.ask(question))

    def _show(self, sections: Iterable[Section]) -> None:
        for section in sections:
            self._setter.write(self._setter.say(section.title))
            for row in section.rows:
                self._lines.row(row, "  ")


async def walk(options: Options, faces: Faces, invocation: Invocation) -> int:
    """Walk through all steps and return the exit code."""
    steps = setup_steps(options, SystemClock(), invocation.language)
    walking = Walk(faces, invocation)
    for number, step in enumerate(steps, start=1):
        if code := await walking.step(step, number, len(steps)):
            return code
    return int(ExitCode.SUCCESS)
