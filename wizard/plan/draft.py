"""A first plan from what was detected: every value with the place it was read from, every open one named."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from wizard.errors import UsageError
from wizard.locale import Language, render
from wizard.messages import Message, message
from wizard.plan.model import Plan, Source, UploadSource
from wizard.plan.positions import Path
from wizard.plan.problems import Problem, dotted, from_pydantic
from wizard.plan.references import SHARED, escape
from wizard.plan.validation import problems
from wizard.plan.variables import GeneratedSecret, KeyringSecret
from wizard.plan.writer import Comments
from wizard.platform.values import SERVICE_OUTPUTS
from wizard.source.detection import (
    AskedValue,
    DetectedDatabase,
    DetectedService,
    Detection,
    GeneratedValue,
    SecretValue,
    SuggestedVariable,
    TextValue,
)
from wizard.source.location import Sourced, SourceLocation

_REHEARSAL = "rehearsal"
_LONGEST_NAME = 32
_FEWEST_BYTES = 12
_SHORTEST_SETTING = 3
"""`services.backend.health`: shorter paths are whole resources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """What the repository does not say about its project.

    Attributes:
        key: a UUID, see `new_key`.
        admin_email: of the first administrator; None leaves the admin phase without one.
    """

    name: str
    key: str
    source: Source = field(default_factory=UploadSource)
    environment: str = "production"
    region: str | None = None
    admin_email: str | None = None


@dataclass(frozen=True, slots=True)
class OpenValue:
    """A variable whose value the repository does not tell.

    Attributes:
        question: id of the question that asks for it: `variable.<service>.<name>`.
        example: what the repository shows; empty for none.
        options: the only values the code takes; empty for any.
    """

    service: str
    name: str
    example: str
    options: tuple[str, ...]

    @property
    def question(self) -> str:
        """The id of the question that asks for it, now or when deploying."""
        return f"variable.{self.service}.{self.name}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Why a value is in the plan."""

    reason: Message
    location: SourceLocation | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan to show and to write.

    Attributes:
        remarks: dotted place in the plan to why it says so.
        open: values to ask for; in the plan they are secrets of the keyring until somebody answers.
        left_out: places whose detected value no plan can hold.
    """

    plan: Plan
    remarks: Mapping[str, Remark]
    open: tuple[OpenValue, ...]
    left_out: tuple[str, ...] = ()

    def comments(self, language: Language = Language.ENGLISH) -> Comments:
        """Return the comments the writer puts behind each value."""
        return {place: _told(remark, language) for place, remark in self.remarks.items()}


def new_key() -> str:
    """Make a project's identity."""
    return str(uuid.uuid4())


def project_name(folder: str) -> str:
    """Turn a folder's name into one a project can have."""
    kept = re.sub(r"[^\w .-]+", "-", folder).strip(" .-")[:64].strip(" .-")
    return kept or "project"


def from_detection(detection: Detection, project: NewProject, answers: Mapping[str, str] | None = None) -> Draft:
    """Draft a plan.

    Args:
        detection: what was read.
        project: what only a person or a default can say.
        answers: by question id, texts for open values; they mean themselves, braces included.

    Raises:
        UsageError: `plan.nothing-detected` where there is no service to deploy.
    """
    if not detection.services:
        raise UsageError("plan.nothing-detected")
    writing = _Writing(_plan_names(detection), answers or {})
    writing.project(project)
    for database in detection.databases:
        writing.database(database)
    for service in detection.services:
        writing.service(service)
    writing.migration_and_admin(detection, project.admin_email)
    return writing.finish()


def _told(remark: Remark, language: Language) -> str:
    reason = render(remark.reason, language)
    return f"{remark.location}: {reason}" if remark.location else reason


def _plan_names(detection: Detection) -> dict[str, str]:
    """Return a valid, unused name for each service: host names are stricter than folders."""
    taken = {SHARED, *(database.engine for database in detection.databases)}
    names: dict[str, str] = {}
    for service in detection.services:
        names[service.name] = next(name for name in _candidates(service.name) if name not in taken)
        taken.add(names[service.name])
    return names


def _candidates(name: str) -> Iterator[str]:
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    slug = slug if slug[:1].isalpha() else f"app-{slug}".rstrip("-")
    yield slug[:_LONGEST_NAME].rstrip("-")
    for suffix in ("-app", *(f"-{number}" for number in range(2, 1000))):
        yield slug[: _LONGEST_NAME - len(suffix)].rstrip("-") + suffix


class _Writing:
    """The plan's tables while they fill, with a remark for each value."""

    def __init__(self, names: Mapping[str, str], answers: Mapping[str, str]) -> None:
        self._data: dict[str, Any] = {"project": {}, "databases": {}, "services": {}}
        self._names = names
        self._answers = answers
        self._remarks: dict[Path, Remark] = {}
        self._open: list[OpenValue] = []

    def project(self, project: NewProject) -> None:
        table = {"name": project.name, "key": project.key, "environment": project.environment}
        optional = {"region": project.region} if project.region else {}
        source = project.source.model_dump(mode="json")
        self._data["project"] = {**table, **optional, "source": source}

    def database(self, database: DetectedDatabase) -> None:
        path = ("databases", database.engine)
        self._put((*path, "engine"), database.engine)
        if database.needed_by:
            self._remark(path, database.needed_by[0])
        self._sourced((*path, "version"), database.version)

    def service(self, service: DetectedService) -> None:
        path: Path = ("services", self._names[service.name])
        for key in ("source", "root", "dockerfile", "port"):
            self._sourced((*path, key), getattr(service, key))
        if service.health:
            self._put((*path, "health"), {"path": service.health.value})
            self._remark((*path, "health"), service.health)
        self._sourced((*path, "pre_deploy"), service.pre_deploy)
        self._sourced((*path, "start_command"), service.start_command)
        self._volumes(path, service)
        if after := [self._names[name] for name in service.after if name in self._names]:
            self._put((*path, "after"), after)
        for variable in service.variables:
            self._variable(service, variable)
        self._switches(service)

    def migration_and_admin(self, detection: Detection, email: str | None) -> None:
        if detection.migration:
            self._put(("migration", "service"), self._names[detection.migration.service])
            self._sourced(("migration", "mode"), detection.migration.mode)
        if detection.admin and email:
            self._put(("admin", "email"), email)
            if detection.migration is None or detection.admin.service != detection.migration.service:
                self._put(("admin", "service"), self._names[detection.admin.service])

    def finish(self) -> Draft:
        """Validate; what no plan can hold is left out and named rather than written wrong."""
        left_out: list[Path] = []
        while wrong := _wrong_places(self._data):
            left_out += wrong
            for path in reversed(wrong):
                _remove(self._data, path)
        plan = Plan.model_validate(self._data)
        remarks = {dotted(path): remark for path, remark in self._remarks.items() if path not in left_out}
        return Draft(plan, remarks, tuple(self._open), tuple(map(dotted, left_out)))

    def _volumes(self, path: Path, service: DetectedService) -> None:
        if service.volumes:
            self._put((*path, "volumes"), [{"path": volume.value.path} for volume in service.volumes])
            self._remark((*path, "volumes"), service.volumes[0])

    def _variable(self, service: DetectedService, variable: SuggestedVariable) -> None:
        name = self._names[service.name]
        path = ("services", name, "variables", variable.name)
        suggested = variable.value.value
        answer = self._answers.get(f"variable.{name}.{variable.name}")
        self._remark(path, variable.value)
        if answer is not None:
            self._put(path, escape(answer))
        elif isinstance(suggested, TextValue):
            self._put(path, self._renamed(suggested.text))
        elif isinstance(suggested, GeneratedValue):
            size = max(suggested.bytes, _FEWEST_BYTES)
            self._put(path, _table(GeneratedSecret(generate=suggested.generator, bytes=size)))
        elif isinstance(suggested, SecretValue):
            self._put(path, _keyring(suggested.help, suggested.unless))
        else:
            self._ask(path, suggested)

    def _ask(self, path: Path, asked: AskedValue) -> None:
        self._open.append(OpenValue(str(path[1]), str(path[3]), asked.example, asked.options))
        self._put(path, _keyring(asked.example, {}))

    def _switches(self, service: DetectedService) -> None:
        """Write what decides whether a secret is needed: as the code has it, and without the secret in rehearsal."""
        name = self._names[service.name]
        for variable in service.variables:
            value = variable.value.value
            for switch, off in value.unless.items() if isinstance(value, SecretValue) else ():
                self._put(("profiles", _REHEARSAL, "services", name, "variables", switch), escape(off))
                self._switch(service, ("services", name, "variables", switch), variable.name)

    def _switch(self, service: DetectedService, path: Path, secret: str) -> None:
        read = next((read for read in service.reads if read.name == path[-1] and read.default), None)
        answer = self._answers.get(f"variable.{path[1]}.{path[-1]}")
        text = answer if answer is not None else (read.default if read else None)
        if text and path[-1] not in self._data["services"][path[1]].get("variables", {}):
            self._put(path, escape(text))
            location = read.location if read else None
            self._remarks[path] = Remark(message("plan.draft-switch", name=secret), location)

    def _renamed(self, text: str) -> str:
        """Let references follow the services whose names had to change."""
        outputs = "|".join(SERVICE_OUTPUTS)
        for old, new in self._names.items():
            if old != new:
                text = re.sub(rf"(?<!\{{)\{{{re.escape(old)}\.({outputs})\}}", rf"{{{new}.\1}}", text)
        return text

    def _sourced(self, path: Path, found: Sourced[Any] | None) -> None:
        if found is not None:
            self._put(path, found.value)
            self._remark(path, found)

    def _remark(self, path: Path, found: Sourced[Any]) -> None:
        self._remarks[path] = Remark(found.reason, found.location)

    def _put(self, path: Path, value: object) -> None:
        table: Any = self._data
        for part in path[:-1]:
            table = table.setdefault(part, {})
        table[path[-1]] = value


def _table(value: GeneratedSecret | KeyringSecret) -> dict[str, Any]:
    return value.model_dump(mode="json", by_alias=True)


def _keyring(help_: str, unless: Mapping[str, str]) -> dict[str, Any]:
    optional: dict[str, Any] = {"help": help_} if help_ else {}
    return {"secret": "keyring", **optional, **({"unless": dict(unless)} if unless else {})}


def _wrong_places(data: Mapping[str, Any]) -> list[Path]:
    """Return the places a plan cannot hold; raises where one cannot be left out."""
    try:
        found = list(problems(Plan.model_validate(data)))
    except ValidationError as error:
        found = from_pydantic(error, data)
    return list(dict.fromkeys(_removable(problem) for problem in found))


def _removable(problem: Problem) -> Path:
    """Return what to leave out: the value, or the setting around it where that cannot do without."""
    is_missing = problem.code == "plan.missing-key"
    path = problem.path[:-1] if is_missing else problem.path
    if path[:1] == ("project",) or len(path) < _SHORTEST_SETTING:
        raise UsageError("plan.undraftable", where=dotted(problem.path))
    return path


def _remove(data: Any, path: Path) -> None:
    for part in path[:-1]:
        data = data[part]
    del data[path[-1]]
