"""What the repository does not say: the name, the region, the administrator, the own domain, values; then the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from wizard.locale import Language
from wizard.messages import message
from wizard.plan.draft import Draft, OpenValue, project_name
from wizard.plan.project_questions import email_question, repository_of, source_question
from wizard.questions import Choice, Confirm, Option, Question, Text
from wizard.setup.drafting import DOMAIN, NAME, REDIS, REGION, draft_of, write_plan
from wizard.setup.state import Setup
from wizard.setup.step import Step, row, rows, section
from wizard.setup.view import Answer, StepView

REGIONS = {
    "asia-southeast1-eqsg3a": "setup.region-singapore",
    "us-west2": "setup.region-california",
    "us-east4-eqdc4a": "setup.region-virginia",
    "europe-west4-drams3a": "setup.region-amsterdam",
}
"""Railway's regions (schema of 2026-08), the nearest to Korea first."""


class Choices(Step):
    """Asks, with the consequence of each answer, and writes the plan."""

    id: ClassVar[str] = "choices"

    def __init__(self, setup: Setup, language: Language) -> None:
        super().__init__(setup)
        self._language = language

    async def view(self) -> StepView:
        """Ask what is open; with a plan there is nothing to ask."""
        if self.setup.plan_file.is_file():
            return StepView((section("setup.plan-found", rows("setup.plan-decides")),))
        draft = draft_of(self.setup)
        left = tuple(row(place) for place in draft.left_out)
        sections = (section("setup.left-out", left),) if left else ()
        return StepView(sections, tuple(_questions(self.setup, draft)))

    async def take(self, answers: Mapping[str, Answer]) -> None:
        """Keep the answers and write the plan; raises UsageError where it cannot be."""
        if self.setup.plan_file.is_file():
            return
        before = dict(self.setup.answers)
        self.setup.answers.update(answers)
        try:
            write_plan(self.setup, self._language)
        except Exception:
            self.setup.answers.clear()
            self.setup.answers.update(before)
            raise


def _questions(setup: Setup, draft: Draft) -> Iterator[Question]:
    yield Text(
        id=NAME,
        prompt=message("cli.ask-project-name"),
        help=message("setup.name-help"),
        default=project_name(setup.options.folder.name),
    )
    yield from _where(setup)
    if setup.detection and setup.detection.admin:
        yield email_question()
    if "redis" in draft.plan.databases or setup.answers.get(REDIS) is False:
        yield Confirm(id=REDIS, prompt=message("setup.ask-redis"), help=message("setup.redis-help"), default=True)
    yield Text(
        id=DOMAIN,
        prompt=message("setup.ask-domain"),
        help=message("setup.domain-help"),
        default="",
        validate=lambda _: None,
    )
    yield from map(_open, draft.open)


def _where(setup: Setup) -> Iterator[Question]:
    regions = tuple(Option(region, message(id_)) for region, id_ in REGIONS.items())
    yield Choice(
        id=REGION,
        prompt=message("setup.ask-region"),
        help=message("setup.region-help"),
        options=regions,
        default=next(iter(REGIONS)),
    )
    if repository := repository_of(setup.options.folder):
        yield source_question(repository)


def _open(value: OpenValue) -> Question:
    prompt = message("cli.ask-value", name=value.name, service=value.service)
    if value.options:
        options = tuple(Option(one, message("phases.verbatim", text=one)) for one in value.options)
        return Choice(id=value.question, prompt=prompt, options=options, default=value.options[0])
    return Text(id=value.question, prompt=prompt, default=value.example or None)
