"""Python that does not install or does not run: syntax, versions, requirements, and any exception nobody else knows."""

from __future__ import annotations

import re

from wizard.diagnosis.evidence import BUILD, Diagnosis, Evidence, Hit
from wizard.diagnosis.recogniser import Recogniser, by_line
from wizard.text import Quote

_SYNTAX = re.compile(r"^(?P<type>SyntaxError|IndentationError|TabError): (?P<text>.+)")
_FILE = re.compile(r'File "(?P<path>[^"]+)", line (?P<line>\d+)')
_UNSATISFIED = re.compile(r"No matching distribution found for (?P<requirement>[^\s(]+)")
_UV_UNSATISFIED = re.compile(r"Because there (?:is no version|are no versions) of (?P<requirement>\S+)")
_OTHER_PYTHON = re.compile(
    r"Package '(?P<requirement>[^']+)' requires a different Python: (?P<have>\S+) not in '(?P<want>[^']+)'"
)
_NEEDS_NEWER = re.compile(r"unsupported operand type\(s\) for \|: '(?:type|NoneType|_GenericAlias|GenericAlias)'")
_EXITS = frozenset({"SystemExit", "KeyboardInterrupt"})


def _syntax(evidence: Evidence) -> Diagnosis | None:
    hit = evidence.find(_SYNTAX)
    if hit is None:
        return None
    place = _place_before(evidence, hit)
    own = evidence.code.path_of(place["path"]) if place else ""
    where = f"{own or (place['path'] if place else '?')}:{place['line'] if place else '?'}"
    lines = (*(evidence.around(place.hit, after=2) if place else ()), hit.line)
    return evidence.explain("diagnosis.syntax", lines, where=where, text=hit["text"], base=_base(evidence))


class _Place:
    """A file and line that a log names."""

    def __init__(self, hit: Hit) -> None:
        self.hit = hit

    def __getitem__(self, group: str) -> str:
        return self.hit[group]


def _place_before(evidence: Evidence, hit: Hit) -> _Place | None:
    before = [one for one in evidence.all(_FILE, hit.line.source) if one.index < hit.index]
    return _Place(before[-1]) if before else None


def _unsatisfied(evidence: Evidence) -> Diagnosis | None:
    hit = evidence.find(_UNSATISFIED, BUILD) or evidence.find(_UV_UNSATISFIED, BUILD)
    if hit is None:
        return None
    name = re.split(r"[<>=!~\[;]", hit["requirement"])[0]
    declared = evidence.code.requirements.find(name.lower().replace("_", "-").replace(".", "-"))
    where = str(declared.location) if declared else evidence.code.dependency_file
    quote = evidence.code.quote(declared.location.path, declared.location.line) if declared else None
    told = {"requirement": hit["requirement"], "where": where, "base": _base(evidence)}
    return evidence.explain("diagnosis.requirement-unknown", (*evidence.around(hit, before=1), quote), **told)


def _too_old(evidence: Evidence) -> Diagnosis | None:
    hit = evidence.find(_OTHER_PYTHON)
    if hit:
        what = f"{hit['requirement']} ({hit['want']})"
        return evidence.explain("diagnosis.python-too-old", (hit.line,), what=what, base=_base(evidence))
    hit = evidence.find(_NEEDS_NEWER)
    return (
        evidence.explain("diagnosis.python-too-old", (*_own(evidence), hit.line), what="X | Y", base=_base(evidence))
        if hit
        else None
    )


def _exception(evidence: Evidence) -> Diagnosis | None:
    """Whatever ended the process: the exception, and the last line of the operator's own code before it."""
    trace = evidence.traceback
    if trace is None or trace.type in _EXITS:
        return None
    own = [frame for frame in trace.frames if evidence.code.path_of(frame.path)][-1:]
    where = f"{evidence.code.path_of(own[0].path)}:{own[0].number}" if own else "-"
    error = f"{trace.type}: {trace.text}".rstrip(": ")
    if not own:
        return evidence.explain("diagnosis.exception-elsewhere", (trace.error,), error=error)
    return evidence.explain("diagnosis.exception", (*_own(evidence), trace.error), error=error, where=where)


def _own(evidence: Evidence) -> tuple[Quote, ...]:
    trace = evidence.traceback
    frames = [frame for frame in (trace.frames if trace else ()) if evidence.code.path_of(frame.path)][-1:]
    return tuple(line for frame in frames for line in (frame.quote, frame.code) if line)


def _base(evidence: Evidence) -> str:
    return evidence.code.image.base if evidence.code.image else "Python"


SYNTAX = Recogniser("syntax", _syntax)
UNSATISFIED = Recogniser("requirement-unknown", _unsatisfied)
TOO_OLD = Recogniser("python-too-old", _too_old)
EXCEPTION = Recogniser("exception", _exception)
CONFLICT = by_line(
    "diagnosis.requirements-conflict",
    r"Cannot install (?P<packages>.+?) because these package versions have conflicting dependencies"
    r"|No solution found when resolving dependencies",
    after=4,
)
NO_COMPILER = by_line(
    "diagnosis.no-compiler",
    r"error: command '(?P<tool>[\w.+/-]*(?:gcc|cc|g\+\+))' failed: No such file"
    r"|unable to execute '(?P<tool2>\w+)': No such file"
    r"|pg_config executable not found",
    before=2,
)
REQUIREMENTS_FILE = by_line(
    "diagnosis.requirements-file", r"Could not open requirements file: .*?No such file or directory: '(?P<file>[^']+)'"
)
