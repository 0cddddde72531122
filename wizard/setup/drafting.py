"""The plan as detection, corrections and answers make it, before and when it is written."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from wizard.errors import UsageError
from wizard.locale import Language, render
from wizard.messages import message
from wizard.plan.draft import Draft, NewProject, from_detection, new_key, project_name
from wizard.plan.model import Plan, Source, UploadSource
from wizard.plan.overlay import to_data
from wizard.plan.problems import from_pydantic
from wizard.plan.project_questions import EMAIL_ID, REPO, SOURCE_ID, repository_of
from wizard.plan.writer import write
from wizard.setup.state import Setup

NAME, REGION = "project.name", "project.region"
DOMAIN, REDIS = "setup.domain", "setup.redis"
_KEY = "setup.key"


def draft_of(setup: Setup) -> Draft:
    """Draft the plan as it would be written now; raises UsageError where a correction does not fit."""
    if setup.detection is None:
        raise UsageError("plan.nothing-detected")
    values = {id_: str(answer) for id_, answer in setup.answers.items() if id_.startswith("variable.")}
    draft = from_detection(setup.detection, _project(setup), values)
    data = deepcopy(to_data(draft.plan))
    for place, value in setup.corrections.items():
        _put(data, place.split("."), value)
    _apply_choices(setup, data)
    try:
        plan = Plan.model_validate(data)
    except ValidationError as error:
        problem = next(iter(from_pydantic(error, data)))
        raise UsageError("setup.does-not-fit", where=".".join(map(str, problem.path))) from error
    return Draft(plan, draft.remarks, draft.open, draft.left_out)


def write_plan(setup: Setup, language: Language) -> None:
    """Write the plan file with a comment where each value was read; raises UsageError where it cannot be."""
    draft = draft_of(setup)
    write(setup.plan_file, draft.plan, draft.comments(language), [render(message("plan.draft-heading"), language)])


def _project(setup: Setup) -> NewProject:
    setup.answers.setdefault(_KEY, new_key())
    return NewProject(
        name=str(setup.answers.get(NAME) or project_name(setup.options.folder.name)),
        key=str(setup.answers[_KEY]),
        source=source_of(setup),
        region=str(setup.answers[REGION]) if setup.answers.get(REGION) else None,
        admin_email=str(setup.answers.get(EMAIL_ID) or "").strip() or None,
    )


def source_of(setup: Setup) -> Source:
    """Return where the platform gets the code from: the repository where a person chose it and there is one."""
    repository = repository_of(setup.options.folder) if setup.answers.get(SOURCE_ID) == REPO else None
    return repository or UploadSource()


def _apply_choices(setup: Setup, data: dict[str, Any]) -> None:
    if setup.answers.get(REDIS) is False:
        _without_database(data, "redis")
    domain = str(setup.answers.get(DOMAIN) or "").strip()
    if domain:
        front = list(data["services"])[-1]
        data["services"][front]["domains"] = [domain]


def _without_database(data: dict[str, Any], name: str) -> None:
    """Drop a database and every variable that takes its value from it."""
    data.get("databases", {}).pop(name, None)
    for service in data.get("services", {}).values():
        variables = service.get("variables", {})
        for variable in [key for key, value in variables.items() if f"{{{name}." in str(value)]:
            del variables[variable]


def _put(data: Any, parts: list[str], value: Any) -> None:
    for part in parts[:-1]:
        data = data.setdefault(part, {})
    data[parts[-1]] = value
