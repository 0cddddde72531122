"""The report for continuous integration: phases and checks as JUnit test cases."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from wizard.events import CheckResult, ErrorRaised, PhaseSummary, Status, Verdict
from wizard.locale import Language
from wizard.messages import Message, message
from wizard.report.markdown import say
from wizard.report.record import RunRecord
from wizard.report.sections import Say, quoted
from wizard.report.words import RESULT, phase_name

_COUNTS = {
    "tests": "testcase",
    "failures": "testcase/failure",
    "errors": "testcase/error",
    "skipped": "testcase/skipped",
}
_FORBIDDEN = re.compile("[\x00-\x08\x0a-\x1f\ud800-\udfff\ufffe\uffff]")


def to_junit(record: RunRecord, language: Language) -> str:
    """Return one test suite: what failed is a failure, what was skipped or not checked is skipped."""
    finished = record.finished
    suite = ET.Element("testsuite", name="railwizard")
    if record.started_at:
        suite.set("timestamp", record.started_at.strftime("%Y-%m-%dT%H:%M:%S"))
    for phase in finished.phases if finished else ():
        _phase(suite, phase, record, language)
    for check in record.checks:
        _check(suite, check, language)
    for item in finished.not_checked if finished else ():
        case = ET.SubElement(suite, "testcase", classname="railwizard.not-checked", name=_xml(item.subject))
        ET.SubElement(case, "skipped", message=_text(item.why, language))
    _unexplained(suite, record, language)
    for kind, tag in _COUNTS.items():
        suite.set(kind, str(len(suite.findall(tag))))
    suite.set("time", f"{finished.seconds if finished else 0:.3f}")
    ET.indent(suite)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(suite, encoding="unicode") + "\n"


def _phase(suite: ET.Element, phase: PhaseSummary, record: RunRecord, language: Language) -> None:
    case = ET.SubElement(
        suite,
        "testcase",
        classname="railwizard.phases",
        name=_text(phase_name(phase.phase), language),
        time=f"{phase.seconds:.3f}",
    )
    detail = _text(phase.detail, language) if phase.detail else ""
    if phase.status is Status.FAILED:
        failure = ET.SubElement(case, "failure", message=detail)
        failure.text = "\n".join(
            _text(part, language)
            for error in record.errors
            if error.phase in {"", phase.phase}
            for part in _story(error)
        )
    elif phase.status in {Status.SKIPPED, Status.STALE, Status.UNKNOWN, Status.WAITING}:
        ET.SubElement(case, "skipped", message=detail or phase.status.value)


def _unexplained(suite: ET.Element, record: RunRecord, language: Language) -> None:
    """A run that ended before any phase or check failed has to fail the suite too."""
    finished = record.finished
    if finished is None or finished.exit_code == 0 or suite.find("testcase/failure") is not None:
        return
    case = ET.SubElement(
        suite, "testcase", classname="railwizard.run", name=_text(message("report.title-result"), language)
    )
    what = record.errors[0].what if record.errors else RESULT[finished.result].word
    error = ET.SubElement(case, "error", message=_text(what, language))
    error.text = "\n".join(_text(part, language) for one in record.errors for part in _story(one))


def _story(error: ErrorRaised) -> tuple[Say, ...]:
    return (error.what, error.why, *(quoted(error.quotes) or error.lines), error.fix, *error.more)


def _check(suite: ET.Element, check: CheckResult, language: Language) -> None:
    case = ET.SubElement(
        suite,
        "testcase",
        classname="railwizard.checks",
        name=_text(check.title, language),
        time=f"{check.seconds:.3f}",
    )
    seen = _text(check.seen, language)
    if check.verdict is Verdict.FAILED and check.must:
        failure = ET.SubElement(case, "failure", message=seen)
        fix = _text(check.fix, language) if check.fix else seen
        failure.text = "\n".join((*map(_xml, quoted(check.quotes)), fix))
    elif check.verdict is Verdict.NOT_CHECKED:
        ET.SubElement(case, "skipped", message=seen)
    else:
        ET.SubElement(case, "system-out").text = f"{check.verdict.value}: {seen}"


def _text(text: Say | Message, language: Language) -> str:
    return _xml(say(text, language))


def _xml(text: str) -> str:
    """Replace what XML 1.0 cannot carry."""
    return _FORBIDDEN.sub("�", text)
