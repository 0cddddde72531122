"""Variables a service needs and does not get, or gets in a form it cannot read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wizard.diagnosis.code import PLAN_FILE
from wizard.diagnosis.evidence import Diagnosis, Evidence, Hit
from wizard.diagnosis.recogniser import Recogniser, by_line
from wizard.text import Quote

_VALIDATION = re.compile(r"(?:ValidationError: )?(?P<count>\d+) validation errors? for (?P<model>\w+)")
_FIELD = re.compile(r"^(?P<field>[A-Za-z_]\w*(?:\.\w+)*)$")
_REQUIRED = re.compile(r"^\s+(?:Field required|field required)")
_PROBLEM = re.compile(r"^\s+(?P<text>\S.*?)(?: \[type=.*)?$")
_KEY = re.compile(r"^KeyError: '(?P<name>[A-Z][A-Z0-9_]+)'")
_SAID = re.compile(
    r"\b(?P<name>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b[`'\"]?(?: environment variable| env var)?(?: is| must be| was| are)?"
    r" (?:not set|required|missing|undefined|not defined|set\b|not configured|empty)"
    r"|(?:[Mm]issing|[Rr]equired|[Uu]ndefined)(?: required)?"
    r"(?: environment variables?| env(?:ironment)? vars?| variables?| setting)?:? [`'\"]?"
    r"(?P<name2>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)"
)
_MOST_FIELDS = 40


def _settings(evidence: Evidence) -> Diagnosis | None:
    """A settings class was not given what it declares."""
    hit = evidence.find(_VALIDATION)
    if hit is None or not _is_settings(evidence, hit):
        return None
    missing, wrong, lines = _fields(evidence, hit)
    if missing:
        names = _variables(evidence, missing)
        return evidence.explain("diagnosis.variable-missing", (hit.line, *lines), names=", ".join(names))
    names = _variables(evidence, wrong) or (hit["model"],)
    problem = lines[-1].text.partition(" [type=")[0] if lines else hit.line.text
    return evidence.explain("diagnosis.variable-invalid", (hit.line, *lines), names=", ".join(names), problem=problem)


def _is_settings(evidence: Evidence, hit: Hit) -> bool:
    """Tell a settings class from a request's model: it is one of the code, or is called like one."""
    known = {read.setting.split(".")[-2] for read in evidence.code.environment.reads if read.setting.count(".")}
    return hit["model"] in known or any(word in hit["model"].lower() for word in ("setting", "config", "env"))


def _fields(evidence: Evidence, hit: Hit) -> tuple[list[str], list[str], list[Quote]]:
    missing: list[str] = []
    wrong: list[str] = []
    lines: list[Quote] = []
    field: Quote | None = None
    for line in evidence.lines[hit.index + 1 : hit.index + 1 + 3 * _MOST_FIELDS]:
        if line.source != hit.line.source or not (line.text[:1].isspace() or _FIELD.match(line.text)):
            break
        if _FIELD.match(line.text):
            field = line
        elif field and "further information" not in line.text:
            (missing if _REQUIRED.match(line.text) else wrong).append(field.text)
            lines += [field, line]
            field = None
        elif field is None and not lines and _PROBLEM.match(line.text):
            lines.append(line)
    return missing, wrong, lines


def _variables(evidence: Evidence, fields: Iterable[str]) -> tuple[str, ...]:
    """Return the variables that fill fields, as the code's settings classes say; else the field in capitals."""
    reads = {read.setting.rpartition(".")[2]: read.name for read in evidence.code.environment.reads if read.setting}
    return tuple(dict.fromkeys(reads.get(field, reads.get(field.lower(), field)).upper() for field in fields))


def _key(evidence: Evidence) -> Diagnosis | None:
    """`os.environ["NAME"]` of a variable that is not set."""
    hit = evidence.find(_KEY)
    trace = evidence.traceback
    if hit is None or not _reads(evidence, hit["name"]):
        return None
    frames = [frame for frame in (trace.frames if trace else ()) if evidence.code.path_of(frame.path)][-1:]
    told = [line for frame in frames for line in (frame.quote, frame.code)]
    return evidence.explain("diagnosis.variable-missing", (*told, hit.line), names=hit["name"])


def _said(evidence: Evidence) -> Diagnosis | None:
    """The program itself says which variable it wants."""
    hit = evidence.find(_SAID)
    name = hit["name"] if hit else ""
    if hit is None or not (_reads(evidence, name) or name in evidence.spec.variables or _in_files(evidence, name)):
        return None
    if name in evidence.spec.variables:
        return evidence.explain("diagnosis.variable-unseen", (hit.line, _in_plan(evidence, name)), names=name)
    return evidence.explain("diagnosis.variable-missing", (hit.line,), names=name)


def _reads(evidence: Evidence, name: str) -> bool:
    return bool(evidence.code.environment.named(name))


def _in_files(evidence: Evidence, name: str) -> Quote | None:
    return evidence.code.search(re.compile(rf"\b{name}\b"), ".ts", ".tsx", ".js", ".jsx", ".mjs", ".py", ".sh")


def _in_plan(evidence: Evidence, name: str) -> Quote | None:
    return evidence.code.search_file(PLAN_FILE, re.compile(rf"^\s*{name}\s*="))


SETTINGS = Recogniser("variable-missing", _settings)
KEY = Recogniser("variable-key", _key)
SAID = Recogniser("variable-said", _said)
JSON_VALUE = by_line(
    "diagnosis.variable-json",
    r'error parsing value for field "(?P<field>\w+)" from source "(?:Env|DotEnv)SettingsSource"',
)
