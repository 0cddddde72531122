"""Asks what a repository does not say about its project, and drafts the plan."""

from __future__ import annotations

from pathlib import Path

from wizard.messages import message
from wizard.plan.draft import Draft, NewProject, from_detection, new_key, project_name
from wizard.plan.model import Plan, Source, UploadSource
from wizard.plan.project_questions import REPO, email_question, repository_of, source_question
from wizard.questions import Asker, Choice, Option, Question, Text
from wizard.source.detection import Detection


async def draft_plan(folder: Path, detection: Detection, asker: Asker, *, asks: bool) -> Draft:
    """Draft with the answers at hand; a person is asked the rest, without one it stays open until it is deployed."""
    project = await _project(folder, detection, asker, asks=asks)
    first = from_detection(detection, project)
    answers = {question.id: str(await asker.ask(question)) for question in _values(first, asker, asks=asks)}
    return from_detection(detection, project, answers) if answers else first


async def _project(folder: Path, detection: Detection, asker: Asker, *, asks: bool) -> NewProject:
    name = Text(id="project.name", prompt=message("cli.ask-project-name"), default=project_name(folder.name))
    email = email_question()
    asked = detection.admin and (asks or asker.knows(email))
    return NewProject(
        name=str(await asker.ask(name)) if asks or asker.knows(name) else str(name.default),
        key=new_key(),
        source=await _source(folder, asker, asks=asks),
        admin_email=(str(await asker.ask(email)).strip() or None) if asked else None,
    )


async def _source(folder: Path, asker: Asker, *, asks: bool) -> Source:
    """Deploy from the repository where the platform can see one, else by upload."""
    repository = repository_of(folder)
    if repository is None:
        return UploadSource()
    question = source_question(repository)
    chosen = await asker.ask(question) if asks or asker.knows(question) else REPO
    return repository if chosen == REPO else UploadSource()


def _values(draft: Draft, asker: Asker, *, asks: bool) -> list[Question]:
    """Return the questions for open values, and for detected ones that an answer replaces."""
    opened: list[Question] = []
    for value in draft.open:
        prompt = message("cli.ask-value", name=value.name, service=value.service)
        options = tuple(Option(one, message("phases.verbatim", text=one)) for one in value.options)
        opened.append(
            Choice(id=value.question, prompt=prompt, options=options)
            if options
            else Text(id=value.question, prompt=prompt, default=value.example or None if asks else None)
        )
    known = {question.id for question in opened}
    others = [question for question in _detected(draft.plan) if question.id not in known and asker.knows(question)]
    return [question for question in opened if asks or asker.knows(question)] + others


def _detected(plan: Plan) -> list[Question]:
    return [
        Text(id=f"variable.{service}.{name}", prompt=message("cli.ask-value", name=name, service=service))
        for service, spec in plan.services.items()
        for name, value in spec.variables.items()
        if isinstance(value, str)
    ]
