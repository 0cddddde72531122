"""The line that says who works on a project: it stands in the project's description, beside the mark.

`railwizard-lock:<plan key> run=… environment=… since=… until=… place=… host=… by=…`, in UTC, the name last because it
may have spaces. Everything else in a description is somebody's own text and keeps every byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, unquote

from wizard.text import clean

_PREFIX = "railwizard-lock:"
_LONGEST_NAME = 60
_NOBODY = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lease on a project.

    Attributes:
        place: tells one state folder from another, so that a dead run of this machine is known as ours.
        until: when it ends unless it is renewed.
    """

    run: str
    environment: str
    place: str
    host: str
    name: str
    since: datetime
    until: datetime

    def line(self, key: str) -> str:
        """Return the line."""
        fields = {
            "run": self.run,
            "environment": quote(self.environment),
            "since": _written(self.since),
            "until": _written(self.until),
            "place": self.place,
            "host": quote(self.host[:_LONGEST_NAME]),
            "by": clean(self.name)[:_LONGEST_NAME],
        }
        return f"{_PREFIX}{key} " + " ".join(f"{name}={value}" for name, value in fields.items())


def holder_of(description: str, key: str) -> Holder | None:
    """Return who holds the lease; None where nobody does. What cannot be read of it counts as long ended."""
    start = f"{_PREFIX}{key} "
    lines = (line for line in description.split("\n") if line.startswith(start))
    return next((_holder(line.removeprefix(start)) for line in lines), None)


def with_line(description: str, key: str, line: str) -> str:
    """Return the description with this lease instead of any other of the plan."""
    rest = without_line(description, key)
    return f"{rest}\n{line}" if rest else line


def without_line(description: str, key: str) -> str:
    """Return the description without the plan's lease; every other byte stays."""
    return "\n".join(line for line in description.split("\n") if not line.startswith(f"{_PREFIX}{key} "))


def _holder(fields: str) -> Holder:
    told, _, name = fields.partition(" by=")
    known = dict(part.partition("=")[::2] for part in told.split())
    return Holder(
        run=known.get("run", ""),
        environment=clean(unquote(known.get("environment", ""))),
        place=known.get("place", ""),
        host=clean(unquote(known.get("host", ""))),
        name=clean(name.rstrip("\r")),
        since=_read(known.get("since", "")),
        until=_read(known.get("until", "")),
    )


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _read(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return _NOBODY
    return at if at.tzinfo else at.replace(tzinfo=UTC)
