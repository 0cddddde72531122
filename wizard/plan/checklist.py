"""The checklist of variables: what each service needs, what it has, from where, who reads it and who must act.

Rows carry no values, so nothing made from them can show a secret.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wizard.locale import Language, render
from wizard.messages import message
from wizard.plan.model import Plan, ServiceSpec
from wizard.plan.placeholders import placeholder
from wizard.plan.precedence import Equality, ValueSource, Written, compare, needed, plain_values
from wizard.plan.references import parse
from wizard.plan.variables import GeneratedSecret, KeyringSecret, VariableValue
from wizard.platform.values import Literal
from wizard.secrets import Secret


class State(StrEnum):
    """How a variable stands."""

    SET = "set"
    MISSING = "missing"
    DIFFERS = "differs"
    EXTRA = "extra"
    """On the platform, not in the plan."""
    EMPTY_REFERENCE = "empty-reference"
    """It refers to something that renders to nothing."""
    PLACEHOLDER = "placeholder"
    NO_EFFECT = "no-effect"
    """Set, and nobody reads it."""
    SEALED = "sealed"
    """There, and nobody can read it back."""
    NOT_NEEDED = "not-needed"
    """Its `unless` holds."""

    @property
    def open(self) -> bool:
        """Whether something is left to do before the service can run as planned."""
        return self in {State.MISSING, State.DIFFERS, State.EMPTY_REFERENCE, State.PLACEHOLDER}


class Acts(StrEnum):
    """Who must act for a variable to be set."""

    AUTOMATIC = "automatic"
    YOU = "you"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Reads:
    """Who reads a variable.

    Attributes:
        locations: `file:line`, in the operator's repository.
        required: the code fails without it.
    """

    locations: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """What is known of one service's variables beside the plan.

    Attributes:
        existing: what the platform has; `Written.rendered` where that was asked for.
        wanted: what the plan comes to on the target, as far as it is known: lowered references, kept secrets.
        reads: by the code; None where the code was not read, so that nothing is said about it.
        kept: names of secrets the keyring has.
    """

    existing: Mapping[str, Written] = field(default_factory=dict)
    wanted: Mapping[str, Written] = field(default_factory=dict)
    reads: Mapping[str, Reads] | None = None
    kept: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """One variable of one service, without its value."""

    service: str
    name: str
    state: State
    source: ValueSource | None
    acts: Acts
    readers: tuple[str, ...] = ()
    literal_for_reference: bool = False
    """The platform has the right text where the plan has a reference."""


PLATFORM_PREFIXES = ("RAILWAY_", "RAILPACK_", "NIXPACKS_")
_PLATFORM_NAMES = frozenset({"PORT"})
_RUNTIME_NAMES = frozenset(
    {"HOSTNAME", "NODE_ENV", "NODE_OPTIONS", "TZ", "LANG", "LC_ALL", "PATH", "HOME", "WEB_CONCURRENCY"}
)
_RUNTIME_PREFIXES = ("PYTHON", "UVICORN_", "GUNICORN_", "NPM_", "NEXT_TELEMETRY", *PLATFORM_PREFIXES)
"""Read by interpreters, servers and builders: no line of the application names them."""


def checklist(plan: Plan, facts: Mapping[str, ServiceFacts]) -> tuple[Row, ...]:
    """Return a row for every variable of every service: planned, required by code, or on the platform."""
    return tuple(
        row
        for name, service in plan.services.items()
        for row in _service_rows(name, service, facts.get(name, ServiceFacts()))
    )


def _service_rows(name: str, service: ServiceSpec, facts: ServiceFacts) -> Iterator[Row]:
    others = plain_values(service.variables)
    for variable, value in service.variables.items():
        yield _planned(name, variable, value, facts, is_needed=needed(value, others))
    for variable, reads in sorted((facts.reads or {}).items()):
        if variable not in service.variables and variable not in facts.existing and reads.required:
            yield _required(name, variable, reads)
    for variable in sorted(set(facts.existing) - set(service.variables)):
        yield _unplanned(name, variable, facts)


def _planned(service: str, name: str, value: VariableValue, facts: ServiceFacts, *, is_needed: bool) -> Row:
    existing = facts.existing.get(name)
    wanted = facts.wanted.get(name)
    state = _planned_state(name, value, facts) if is_needed or existing else State.NOT_NEEDED
    equality = compare(wanted, existing) if wanted and existing else None
    return Row(
        service,
        name,
        state,
        _source(value, existing),
        _who_acts(name, value, facts),
        _readers(facts, name),
        literal_for_reference=equality is Equality.SAME_RENDERED,
    )


def _planned_state(name: str, value: VariableValue, facts: ServiceFacts) -> State:
    existing, wanted = facts.existing.get(name), facts.wanted.get(name)
    if existing is None:
        return State.PLACEHOLDER if isinstance(value, str) and placeholder(value) else State.MISSING
    if existing.sealed:
        return State.SEALED
    if state := _hollow(existing):
        return state
    if wanted and compare(wanted, existing) is Equality.DIFFERENT:
        return State.DIFFERS
    return State.NO_EFFECT if _unread(name, facts) else State.SET


def _hollow(existing: Written) -> State | None:
    """A value that is there and says nothing."""
    raw = existing.raw
    if raw is None or not raw.reveal().strip():
        return State.MISSING
    if placeholder(raw):
        return State.PLACEHOLDER
    if "${{" in raw.reveal() and existing.rendered is not None and _renders_to_nothing(existing.rendered):
        return State.EMPTY_REFERENCE
    return None


def _renders_to_nothing(rendered: Secret) -> bool:
    """Empty, still a reference, or an address without its host: `https://`, `https:///api`, `redis://:secret@:6379`."""
    text = rendered.reveal().strip()
    if not text or "${{" in text:
        return True
    scheme, found, rest = text.partition("://")
    host = rest.split("/")[0].rpartition("@")[2]
    return bool(found) and scheme.isascii() and not host.partition(":")[0] and not host.startswith("[")


def _required(service: str, name: str, reads: Reads) -> Row:
    is_platforms = _set_by_platform(name)
    source = ValueSource.PLATFORM if is_platforms else None
    acts = Acts.PLATFORM if is_platforms else Acts.YOU
    return Row(service, name, State.SET if is_platforms else State.MISSING, source, acts, reads.locations)


def _unplanned(service: str, name: str, facts: ServiceFacts) -> Row:
    is_platforms = _set_by_platform(name)
    state = State.SET if is_platforms else State.EXTRA
    source = ValueSource.PLATFORM if is_platforms else ValueSource.KEPT
    return Row(service, name, state, source, Acts.PLATFORM if is_platforms else Acts.YOU, _readers(facts, name))


def _source(value: VariableValue, existing: Written | None) -> ValueSource:
    if isinstance(value, str):
        return ValueSource.PLAN if isinstance(parse(value), Literal) else ValueSource.REFERENCE
    if isinstance(value, GeneratedSecret):
        return ValueSource.GENERATED
    return ValueSource.KEPT if existing is not None else ValueSource.KEYRING


def _who_acts(name: str, value: VariableValue, facts: ServiceFacts) -> Acts:
    if not isinstance(value, KeyringSecret):
        return Acts.YOU if isinstance(value, str) and placeholder(value) else Acts.AUTOMATIC
    existing = facts.existing.get(name)
    is_there = existing is not None and (existing.sealed or _hollow(existing) is None)
    return Acts.AUTOMATIC if is_there or name in facts.kept else Acts.YOU


def _readers(facts: ServiceFacts, name: str) -> tuple[str, ...]:
    reads = (facts.reads or {}).get(name)
    return reads.locations if reads else ()


def _unread(name: str, facts: ServiceFacts) -> bool:
    is_runtimes = name in _RUNTIME_NAMES | _PLATFORM_NAMES or name.startswith(_RUNTIME_PREFIXES)
    return facts.reads is not None and not _readers(facts, name) and not is_runtimes


def _set_by_platform(name: str) -> bool:
    return name in _PLATFORM_NAMES or name.startswith(PLATFORM_PREFIXES)


def to_markdown(rows: tuple[Row, ...], language: Language = Language.ENGLISH) -> str:
    """Write the checklist as Markdown with a box to tick for each variable, ticked where nothing is left to do."""
    lines = [f"# {render(message('checklist.title'), language)}"]
    for service in dict.fromkeys(row.service for row in rows):
        lines += ["", f"## {service}", ""]
        lines += [_line(row, language) for row in rows if row.service == service]
    return "\n".join(lines) + "\n"


def _line(row: Row, language: Language) -> str:
    parts = [
        f"- [{' ' if row.state.open else 'x'}] `{row.name}`",
        render(message(f"checklist.state.{row.state}"), language),
        render(message(f"checklist.source.{row.source or 'unknown'}"), language),
        render(message(f"checklist.acts.{row.acts}"), language),
        ", ".join(row.readers) or render(message("checklist.nobody"), language),
    ]
    return " · ".join(parts)
