"""`.env` files and their examples: names, values, and which values are only placeholders."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from wizard.source.location import SourceLocation, Unreadable
from wizard.source.tree import Tree

EXAMPLE_SUFFIXES = (".example", ".sample", ".template", ".dist", ".defaults")
"""Endings of files that are meant to be committed."""
_SENSITIVE_WORDS = frozenset(
    {"SECRET", "TOKEN", "PASSWORD", "PASSWD", "PASS", "PWD", "KEY", "APIKEY", "CREDENTIAL", "CREDENTIALS", "DSN"}
)
_PLACEHOLDER_PARTS = (
    "changeme",
    "change_me",
    "change-me",
    "change this",
    "change-this",
    "replaceme",
    "replace-me",
    "replace_me",
    "replace-with",
    "replace_with",
    "placeholder",
    "example.com",
    "your-",
    "your_",
    "yourkey",
    "xxxx",
    "localhost",
    "127.0.0.1",
    "0.0.0.0",  # noqa: S104 - text of a placeholder, nothing is bound
    "host.docker.internal",
    "sqlite:",
    "todo",
    "dummy",
)
_PLACEHOLDER_WORDS = frozenset(
    {"secret", "password", "postgres", "none", "null", "test", "...", "key", "token", "fixme"}
)


@dataclass(frozen=True, slots=True)
class EnvEntry:
    """One `NAME=value` line.

    Attributes:
        value: unquoted, comments removed; treat it as a secret unless the file is an example.
        comment: the comment line above or behind it, without `#`.
    """

    name: str
    value: str
    comment: str
    location: SourceLocation

    @property
    def is_placeholder(self) -> bool:
        """Whether the value only shows where a real one belongs."""
        return is_placeholder(self.value, self.name)


def is_placeholder(value: str, name: str = "") -> bool:
    """Tell whether a value cannot be meant for production: empty, a sample, this machine, a path of a developer."""
    text = value.strip()
    lowered = text.lower()
    return (
        not text
        or lowered in _PLACEHOLDER_WORDS
        or any(part in lowered for part in _PLACEHOLDER_PARTS)
        or (text.startswith("<") and text.endswith(">"))
        or text == f"${{{name}}}"
        or _is_drive_path(text)
    )


def _is_drive_path(text: str) -> bool:
    return len(text) > 2 and text[0].isalpha() and text[1] == ":" and text[2] in "\\/"  # noqa: PLR2004 - C:\


def is_sensitive_name(name: str) -> bool:
    """Tell whether a variable's name promises a secret; what a bundler publishes is none."""
    if name.startswith(("NEXT_PUBLIC_", "VITE_", "REACT_APP_", "PUBLIC_")):
        return False
    return bool(_SENSITIVE_WORDS.intersection(name.upper().split("_")))


def carries_secret(entry: EnvEntry) -> bool:
    """Tell whether a line would publish something: a real value under a sensitive name, or a password in a URL."""
    if entry.is_placeholder:
        return False
    return is_sensitive_name(entry.name) or _has_password(entry.value)


def _has_password(value: str) -> bool:
    try:
        return bool(urlsplit(value).password)
    except ValueError:
        return False


def is_env_file(path: str) -> bool:
    """Tell whether a file is a `.env` file that is not meant to be shared."""
    name = path.rpartition("/")[2]
    return (name == ".env" or name.startswith(".env.")) and not name.endswith(EXAMPLE_SUFFIXES)


def is_env_example(path: str) -> bool:
    """Tell whether a file shows which variables there are."""
    name = path.rpartition("/")[2]
    return name.endswith(EXAMPLE_SUFFIXES) and ("env" in name.split("."))


def read_env(tree: Tree, path: str) -> tuple[EnvEntry, ...] | Unreadable:
    """Read one `.env`-style file."""
    text = tree.text(path)
    return text if isinstance(text, Unreadable) else parse_env(text, path)


def secret_env_files(upload: Tree) -> tuple[str, ...]:
    """Return the `.env` files with secrets that an upload (see `upload_tree`) would carry: it must be refused.

    An unreadable one counts: nobody knows what it would publish.
    """
    return tuple(path for path in upload.paths if is_env_file(path) and _may_hold_secret(read_env(upload, path)))


def _may_hold_secret(entries: tuple[EnvEntry, ...] | Unreadable) -> bool:
    return isinstance(entries, Unreadable) or any(map(carries_secret, entries))


def parse_env(text: str, path: str) -> tuple[EnvEntry, ...]:
    """Parse `.env` text: `export`, quotes, values over several lines, comments."""
    entries: list[EnvEntry] = []
    above = ""
    lines = iter(enumerate(text.split("\n"), start=1))
    for number, line in lines:
        stripped = line.strip()
        if stripped.startswith("#"):
            above = stripped.lstrip("# ").strip()
            continue
        name, equals, rest = stripped.removeprefix("export ").partition("=")
        if equals and name.strip().isidentifier():
            value, behind = _value(rest.strip(), partial(next, lines, None))
            entries.append(EnvEntry(name.strip(), value, behind or above, SourceLocation(path, number)))
        above = ""
    return tuple(entries)


def _value(rest: str, next_line: partial[tuple[int, str] | None]) -> tuple[str, str]:
    """Return value and trailing comment; a quoted value may run over lines."""
    quote = rest[:1]
    if quote not in ("'", '"', "`"):
        plain, marker, comment = rest.partition(" #")
        return (plain.strip(), comment.strip()) if marker else (rest.strip(), "")
    body = rest[1:]
    while quote not in body:
        following = next_line()
        if following is None:
            return body, ""
        body += f"\n{following[1]}"
    value, _, behind = body.partition(quote)
    return value, behind.strip().lstrip("# ").strip()
