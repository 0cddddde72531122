"""From text to logical lines: directives, comments, continuations and heredocs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wizard.errors import UsageError
from wizard.source.dockerfile.model import Heredoc
from wizard.source.dockerfile.substitution import split_words, substitute

_DIRECTIVE = re.compile(r"^#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(.+?)\s*$")
_KNOWN_DIRECTIVES = {"syntax", "escape", "check"}
_HEREDOC = re.compile(r"^\d*<<(-?)\s*([^<\s]+)$")
_DOCUMENT_NAME = re.compile(r"[^\s'\"<>|&;]+")
_WITH_HEREDOCS = {"RUN", "COPY", "ADD"}


@dataclass(frozen=True, slots=True)
class LogicalLine:
    """An instruction as written, its continuation lines joined."""

    line: int
    text: str
    heredocs: tuple[Heredoc, ...] = ()


def directives(text: str) -> dict[str, str]:
    """Read the parser directives: comments of the form `# name=value` before anything else."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        match = _DIRECTIVE.match(line.strip())
        if not match or match[1].lower() not in _KNOWN_DIRECTIVES:
            break
        name = match[1].lower()
        if name in found:
            raise UsageError("dockerfile.directive-twice", line=number, name=name)
        if name == "escape" and match[2] not in {"\\", "`"}:
            raise UsageError("dockerfile.escape", line=number, value=match[2])
        found[name] = match[2]
    return found


def logical_lines(text: str, escape: str) -> Iterator[LogicalLine]:
    """Yield every instruction with the line it starts on; comments and blank lines are gone."""
    rows = text.removeprefix("\ufeff").splitlines()
    at = 0
    while at < len(rows):
        if _is_blank(rows[at]):
            at += 1
            continue
        start = at
        joined, at = _join(rows, at, escape)
        if not joined.strip():
            continue
        heredocs, at = _documents(rows, at, joined, start + 1)
        yield LogicalLine(start + 1, joined.strip(), heredocs)


def _is_blank(row: str) -> bool:
    stripped = row.strip()
    return not stripped or stripped.startswith("#")


def _join(rows: list[str], at: int, escape: str) -> tuple[str, int]:
    """Join a row with its continuations; comments and blank rows between them do not end it."""
    continued = re.compile(rf"{re.escape(escape)}[ \t]*$")
    parts: list[str] = []
    first = at
    while at < len(rows):
        row = rows[at]
        if at > first and _is_blank(row):
            at += 1
            continue
        at += 1
        match = continued.search(row)
        if not match:
            parts.append(row)
            break
        parts.append(row[: match.start()])
    return "".join(parts), at


def _documents(rows: list[str], at: int, joined: str, line: int) -> tuple[tuple[Heredoc, ...], int]:
    """Read the documents an instruction opens, in their order."""
    keyword, _, rest = joined.strip().partition(" ")
    if keyword.upper() not in _WITH_HEREDOCS or "<<" not in rest:
        return (), at
    found = []
    for word in split_words(rest):
        match = _HEREDOC.match(word)
        if match and _DOCUMENT_NAME.fullmatch(match[2].strip("'\"")):
            document, at = _document(rows, at, dash=bool(match[1]), delimiter=match[2], line=line)
            found.append(document)
    return tuple(found), at


def _document(rows: list[str], at: int, *, dash: bool, delimiter: str, line: int) -> tuple[Heredoc, int]:
    name = substitute(delimiter, {})
    body: list[str] = []
    raw: list[str] = []
    while at < len(rows):
        row = rows[at]
        at += 1
        raw.append(row)
        if (row.lstrip("\t") if dash else row) == name:
            content = "".join(f"{text}\n" for text in body)
            quoted = "'" in delimiter or '"' in delimiter
            return Heredoc(name, content, expand=not quoted, raw="\n".join(raw)), at
        body.append(row.lstrip("\t") if dash else row)
    raise UsageError("dockerfile.heredoc-open", line=line, name=name)
