"""Alembic: a revision that fails, heads that differ, a database that stands at an unknown revision."""

from __future__ import annotations

import re

from wizard.diagnosis.evidence import Diagnosis, Evidence
from wizard.diagnosis.recogniser import Recogniser, by_line
from wizard.text import Quote

_RUNNING = re.compile(r"Running upgrade (?P<before>\S*) ?-> (?P<revision>[^\s,]+)")
_SQL_ERROR = re.compile(r"^sqlalchemy\.exc\.\w+: \((?P<type>[\w.]+)\) (?P<text>.+)")
_HEADS = re.compile(r"Multiple head revisions are present|The script directory has multiple heads")
_UNKNOWN = re.compile(r"Can't locate revision identified by '(?P<revision>[^']+)'")
_PARENT = re.compile(r"Revision (?P<parent>\S+) referenced from (?P<child>.+?) is not present")


def _revision(evidence: Evidence) -> Diagnosis | None:
    """An upgrade raised: which revision, in which file, and what the database said."""
    trace, project = evidence.traceback, evidence.code.alembic
    if trace is None or project is None:
        return None
    own = [(frame, evidence.code.path_of(frame.path)) for frame in trace.frames]
    known = {one.location.path: one for one in project.revisions}
    inside = next(((frame, path) for frame, path in reversed(own) if path in known), None)
    if inside is None:
        return None
    frame, path = inside
    sql = evidence.find(_SQL_ERROR)
    text = sql["text"] if sql else f"{trace.type}: {trace.text}"
    running = evidence.find(_RUNNING)
    lines: list[Quote | None] = [
        running.line if running else None,
        frame.quote,
        frame.code,
        sql.line if sql else trace.error,
    ]
    told = {"revision": known[path].id, "where": f"{path}:{frame.number}", "error": text}
    return evidence.explain("diagnosis.revision-failed", lines, "diagnosis.revision-failed.rolled-back", **told)


def _heads(evidence: Evidence) -> Diagnosis | None:
    hit = evidence.find(_HEADS)
    if hit is None:
        return None
    project = evidence.code.alembic
    heads = ", ".join(project.heads) if project else "-"
    files = [one.location for one in project.revisions if one.id in project.heads] if project else []
    quotes = [evidence.code.quote(place.path, place.line) for place in files]
    return evidence.explain("diagnosis.heads", (hit.line, *quotes), heads=heads)


def _unknown(evidence: Evidence) -> Diagnosis | None:
    """The database stands at a revision, or a file follows one, that no file defines."""
    hit, parent = evidence.find(_UNKNOWN), evidence.find(_PARENT)
    project = evidence.code.alembic
    if parent or (project and project.missing and hit):
        missing = parent["parent"] if parent else ", ".join(project.missing if project else ())
        child = parent["child"] if parent else "-"
        lines = (parent.line if parent else None, hit.line if hit else None)
        return evidence.explain("diagnosis.revision-parent", lines, missing=missing, child=child)
    if hit is None:
        return None
    folder = project.script_location if project else "alembic"
    return evidence.explain("diagnosis.revision-unknown", (hit.line,), revision=hit["revision"], folder=folder)


REVISION = Recogniser("revision-failed", _revision)
HEADS = Recogniser("heads", _heads)
UNKNOWN = Recogniser("revision-unknown", _unknown)
BEHIND = by_line("diagnosis.database-behind", r"Target database is not up to date")
CONFIG = by_line(
    "diagnosis.alembic-config",
    r"No 'script_location' key found in configuration|No config file '(?P<file>[^']+)' found"
    r"|Path doesn't exist: '?(?P<path>[^'.]+)'?\.?\s+Please use the 'init' command",
)
