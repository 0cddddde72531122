"""What the repository is, as a form to correct: each value with where it was read."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from wizard.errors import UsageError
from wizard.messages import Message, message
from wizard.plan.draft import Draft
from wizard.questions import Problem, Question, Text
from wizard.report.sections import Row
from wizard.setup.drafting import draft_of
from wizard.setup.step import Step, row, rows, section
from wizard.setup.view import Answer, StepView
from wizard.source.detect import detect
from wizard.source.detection import DetectedService
from wizard.source.tree import working_tree

PREFIX = "plan."
"""Before the dotted place of the plan that a question corrects."""
_FIELDS = ("root", "dockerfile", "port", "health.path", "pre_deploy", "start_command")
_NUMBERS = frozenset({"port"})


class DetectionStep(Step):
    """Detects, and lets a person correct; a plan that is there already is taken as it is."""

    id: ClassVar[str] = "detection"

    async def view(self) -> StepView:
        """Show what was read and from where."""
        if self.setup.plan_file.is_file():
            return StepView((section("setup.plan-found", self._planned()),))
        if self.setup.detection is None:
            self.setup.detection = await asyncio.to_thread(lambda: detect(working_tree(self.setup.options.folder)))
        if not self.setup.detection.services:
            raise UsageError("plan.nothing-detected")
        draft = draft_of(self.setup)
        found = section("setup.detected", (_service(one) for one in self.setup.detection.services))
        return StepView((found, *self._unreadable()), tuple(_questions(draft, self.setup.corrections)))

    async def take(self, answers: Mapping[str, Answer]) -> None:
        """Keep what was corrected; raises UsageError where no plan can hold it."""
        before = dict(self.setup.corrections)
        self.setup.corrections.update(
            {
                id_.removeprefix(PREFIX): _typed(id_, str(answer))
                for id_, answer in answers.items()
                if id_.startswith(PREFIX)
            }
        )
        try:
            if answers:
                draft_of(self.setup)
        except UsageError:
            self.setup.corrections = before
            raise

    def _planned(self) -> Iterator[Row]:
        plan = self.setup.plan()
        yield row(message("report.project"), plan.project.name, plan.project.environment)
        for name, database in plan.databases.items():
            yield row(name, database.engine)
        for name, spec in plan.services.items():
            yield row(name, spec.root, f"PORT {spec.port}" if spec.port else "")

    def _unreadable(self) -> Iterator[Any]:
        if self.setup.detection and self.setup.detection.unreadable:
            told = (row(one.path, one.reason) for one in self.setup.detection.unreadable)
            yield section("setup.unreadable", (*told, *rows("setup.unreadable-so")))


def _service(service: DetectedService) -> Row:
    return row(service.name, service.framework, service.source.value)


def _questions(draft: Draft, corrections: Mapping[str, Any]) -> Iterator[Question]:
    for service, spec in draft.plan.services.items():
        table = spec.model_dump(mode="json", by_alias=True, exclude_none=True)
        for name in _FIELDS:
            place = f"services.{service}.{name}"
            value = corrections.get(place, _inside(table, name))
            if value is not None:
                yield Text(
                    id=f"{PREFIX}{place}",
                    prompt=message("phases.verbatim", text=f"{service}: {name}"),
                    help=_source(draft, place),
                    default=str(value),
                    validate=_number if name in _NUMBERS else _something,
                )


def _source(draft: Draft, place: str) -> Message | None:
    remark = draft.remarks.get(place) or draft.remarks.get(place.rpartition(".")[0])
    if remark is None:
        return None
    return message("setup.read-at", place=str(remark.location)) if remark.location else remark.reason


def _inside(table: Mapping[str, Any], name: str) -> Any:
    for part in name.split("."):
        if not isinstance(table, Mapping) or part not in table:
            return None
        table = table[part]
    return table


def _typed(id_: str, text: str) -> str | int:
    return int(text) if id_.rpartition(".")[2] in _NUMBERS else text.strip()


def _number(answer: str) -> Problem:
    return None if answer.strip().isdecimal() else message("setup.not-a-number")


def _something(answer: str) -> Problem:
    return None if answer.strip() else message("questions.empty")
