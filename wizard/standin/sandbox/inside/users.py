"""Users by the image's own `/etc/passwd` and `/etc/group`, read as text: the machine's say nothing here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class UnknownUserError(Exception):
    """A user or group that the image does not have; the message is the engine's."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A user and a group by number, with the user's home and the other groups."""

    user: int
    group: int
    home: str = "/"
    groups: tuple[int, ...] = ()


def owner_of(text: str) -> Owner:
    """Read `user`, `user:group`, names or numbers; raises UnknownUserError."""
    name, colon, group = text.partition(":")
    rows = _rows("/etc/passwd")
    row = next((row for row in rows if row[0] == name), None)
    if row is None and name.isdecimal():
        row = next((row for row in rows if row[2] == name), [name, "", name, "0", "", "/", ""])
    if row is None:
        raise UnknownUserError(f"unable to find user {name}: no matching entries in passwd file")
    others = tuple(int(entry[2]) for entry in _rows("/etc/group") if row[0] in entry[3].split(","))
    own = _group(group) if colon else int(row[3])
    return Owner(int(row[2]), own, row[5] or "/", () if colon else others)


def _group(text: str) -> int:
    row = next((row for row in _rows("/etc/group") if row[0] == text), None)
    if row:
        return int(row[2])
    if text.isdecimal():
        return int(text)
    raise UnknownUserError(f"unable to find group {text}: no matching entries in group file")


def _rows(path: str) -> list[list[str]]:
    try:
        lines = Path(path).read_text(errors="replace").splitlines()
    except OSError:
        return []
    return [[*line.split(":"), "", "", "", "", "", ""] for line in lines if line and not line.startswith("#")]
