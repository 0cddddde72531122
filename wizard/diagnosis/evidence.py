"""What is known of a failed deployment: its step, its logs with numbered lines, the plan, and the operator's files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from wizard.diagnosis.code import Code
from wizard.diagnosis.traceback import Traceback, last_traceback
from wizard.messages import Message, Param, message
from wizard.plan.services import ServiceSpec
from wizard.text import Quote

BUILD, DEPLOY = "build", "deploy"
_MOST_LINES = 8
"""Lines a person reads before they stop reading."""
_LONGEST = 300
_ECHO = "Deployment failed:"
"""Begins a platform's line that repeats what a log said before."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A line that matched, and where it stands among the evidence's lines."""

    line: Quote
    match: re.Match[str]
    index: int

    def __getitem__(self, group: str) -> str:
        """Return what a group matched; `host` stands for `host2` and `host3` of other alternatives too."""
        groups = self.match.groupdict()
        return next((text for name, text in groups.items() if name.rstrip("0123456789") == group and text), "")

    @property
    def values(self) -> dict[str, str]:
        """What every group matched, `-` where its alternative was not taken."""
        return {name: self[name] or "-" for name in (key.rstrip("0123456789") for key in self.match.groupdict())}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A failure that was recognised.

    Attributes:
        cause: in an operator's words; its id is stable.
        lines: the few that show it, of logs and of the operator's files.
        fixes: what to do, the likeliest first.
    """

    cause: Message
    lines: tuple[Quote, ...]
    fixes: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything a recogniser may look at.

    Attributes:
        step: the platform's step that failed, in its own word.
        reason: what the platform says about it.
        lines: of the build's log, then of the deployment's, numbered and without secrets.
        spec: the service as the plan describes it.
        code: the operator's files as they were deployed.
    """

    service: str
    step: str
    reason: str
    lines: tuple[Quote, ...]
    spec: ServiceSpec
    code: Code
    _parsed: dict[str, Traceback | None] = field(default_factory=dict, compare=False)

    def all(self, pattern: re.Pattern[str], *streams: str) -> list[Hit]:
        """Return every line that holds a pattern, of all logs or of those named."""
        return list(self._hits(pattern, streams))

    def find(self, pattern: re.Pattern[str], *streams: str) -> Hit | None:
        """Return the last line that holds a pattern: what failed is what came last."""
        found = self.all(pattern, *streams)
        told = [hit for hit in found if not hit.line.text.startswith(_ECHO)] or found
        return told[-1] if told else None

    def around(self, hit: Hit, before: int = 0, after: int = 0) -> tuple[Quote, ...]:
        """Return a hit's line with its neighbours of the same log, without empty ones."""
        near = self.lines[max(0, hit.index - before) : hit.index + after + 1]
        return tuple(line for line in near if line.source == hit.line.source and line.text.strip())

    @property
    def traceback(self) -> Traceback | None:
        """The last traceback of the deployment's log, else of the build's."""
        if "last" not in self._parsed:
            streams = ([one for one in self.lines if one.source == source] for source in (DEPLOY, BUILD))
            self._parsed["last"] = next((found for lines in streams if (found := last_traceback(lines))), None)
        return self._parsed["last"]

    def explain(self, id_: str, lines: Sequence[Quote | None], *more: str, **params: Param) -> Diagnosis:
        """Return a diagnosis: the message, its `.fix`, and further fixes by id, all with the same values."""
        values: dict[str, Param] = {"service": self.service, "root": self.spec.root, **params}
        shown = tuple({(line.source, line.text): line for line in reversed(lines) if line}.values())[::-1]
        ids = (f"{id_}.fix", *more)
        return Diagnosis(message(id_, **values), _few(shown), tuple(message(one, **values) for one in ids))

    def _hits(self, pattern: re.Pattern[str], streams: tuple[str, ...]) -> Iterator[Hit]:
        for index, line in enumerate(self.lines):
            if (not streams or line.source in streams) and (match := pattern.search(line.text)):
                yield Hit(line, match, index)


def _few(lines: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Keep the end of what is too much: that is where the cause is told."""
    return tuple(_short(line) for line in lines[-_MOST_LINES:])


def _short(line: Quote) -> Quote:
    """Leave out the middle of a line that nobody would read to its end."""
    if len(line.text) <= _LONGEST:
        return line
    return replace(line, text=f"{line.text[: _LONGEST * 2 // 3]} … {line.text[-_LONGEST // 3 :]}")
