"""Values that only stand for one, left behind by templates, examples and a developer's machine: as good as missing."""

from __future__ import annotations

import re
from enum import StrEnum

from wizard.secrets import Secret


class Placeholder(StrEnum):
    """Why a value cannot be meant for production."""

    EXAMPLE = "example"
    """`your-key-here`, `changeme`, `<token>`."""
    LOCALHOST = "localhost"
    """An address that inside a container is the container."""
    SQLITE = "sqlite"
    """A database file that the next deployment starts without."""
    WINDOWS_PATH = "windows-path"
    """A path of somebody's machine."""
    SELF = "self"
    """`${NAME}` as its own value, or any other shell template nobody expands."""


_NATIVE = re.compile(r"\$\{\{.*?\}\}", re.DOTALL)
_SHELL_TEMPLATE = re.compile(r"\$\{[A-Za-z_]\w*(:?-[^}]*)?\}")
_WHOLE_EXAMPLES = re.compile(
    r"<[^<>]+>"
    r"|change[-_ ]?(me|this|it|in[-_ ]production)[-_.!a-z0-9 ]*"
    r"|replace[-_ ]?(me|this|with)[-_.!a-z0-9 ]*"
    r"|(insert|enter|put|add)[-_ ](your|the)[-_ ].*"
    r"|(todo|tbd|fixme|placeholder|dummy|example|none|null|undefined)"
    r"|x{3,}|\*{3,}|\.{3,}|…+",
    re.IGNORECASE,
)
_YOURS = re.compile(r"(?<![a-z0-9])your[-_ ]?([a-z0-9]+[-_ ])*[a-z0-9]*", re.IGNORECASE)
"""`your-key-here`, `sk-your_openai_key`, `postgresql://user:your-password@host`."""
_YOURS_ENDS = re.compile(r"(key|token|secret|password|here|id|url|host|user|name|value|domain|email)s?$", re.IGNORECASE)
_EMBEDDED = re.compile(r"<[A-Za-z][\w .-]*>|change-?me", re.IGNORECASE)
_LOCALHOST = re.compile(r"(?<![\w.-])(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?![\w.-])", re.IGNORECASE)
_SQLITE = re.compile(r"sqlite(\+\w+)?:", re.IGNORECASE)
_WINDOWS_PATH = re.compile(r"(?<![A-Za-z])[A-Za-z]:\\")


def placeholder(value: str | Secret) -> Placeholder | None:
    """Tell why an unrendered value only stands for one; None for a value that may be meant.

    References are judged by nobody: `${{postgres.DATABASE_URL}}` may render to a loopback address on a target
    where that is the truth.
    """
    text = _NATIVE.sub("", value.reveal() if isinstance(value, Secret) else value).strip()
    if _SHELL_TEMPLATE.search(text):
        return Placeholder.SELF
    if _is_example(text):
        return Placeholder.EXAMPLE
    for pattern, kind in (
        (_SQLITE, Placeholder.SQLITE),
        (_LOCALHOST, Placeholder.LOCALHOST),
        (_WINDOWS_PATH, Placeholder.WINDOWS_PATH),
    ):
        if pattern.search(text):
            return kind
    return None


def missing(value: str | Secret | None) -> bool:
    """Tell whether there is no value worth keeping: none, an empty one, or a placeholder."""
    if value is None:
        return True
    text = value.reveal() if isinstance(value, Secret) else value
    return not text.strip() or placeholder(text) is not None


def _is_example(text: str) -> bool:
    if _WHOLE_EXAMPLES.fullmatch(text) or _EMBEDDED.search(text):
        return True
    return any(_YOURS_ENDS.search(found[0]) for found in _YOURS.finditer(text))
