"""A crash as the operator meets it: a report in the state folder without secrets, instead of a traceback."""

from __future__ import annotations

import os
import platform
import re
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from wizard import __version__
from wizard.secrets import MASK, Redactor, Secret

_SECRET_NAME = re.compile(
    r"TOKEN|SECRET|KEY|PASSWORD|PASSWD|CREDENTIAL|DATABASE_URL|REDIS_URL|^RAILWIZARD_ANSWER_", re.IGNORECASE
)
_SHAPES = (
    (re.compile(r"(://[^\s:/@]*:)[^\s@]+@"), rf"\1{MASK}@"),
    (re.compile(r"(?i)(bearer\s+|project-access-token['\"]?\s*[:=]\s*['\"]?)[^\s'\",]+"), rf"\1{MASK}"),
    (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE), MASK),
)
"""What secrets look like where their values are not known: passwords in URLs, headers, tokens."""


def write_report(error: BaseException, arguments: Sequence[str], environment: Mapping[str, str]) -> Path | None:
    """Write the report and return where it lies; None where no folder takes it."""
    text = _report(error, arguments, environment)
    name = f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.txt"
    for folder in (_folder(environment), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = folder / name
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
        except OSError:
            continue
        return path
    return None


def _folder(environment: Mapping[str, str]) -> Path:
    named = environment.get("RAILWIZARD_STATE")
    return (Path(named) if named else platformdirs.user_state_path("railwizard")) / "crashes"


def _report(error: BaseException, arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    options = [part.partition("=")[0] for part in arguments if part.startswith("-")]
    lines = [
        f"railwizard {__version__}",
        f"Python {sys.version.split()[0]} on {platform.platform()}",
        f"command {arguments[0] if arguments else ''}, options {' '.join(options)}",
        "",
        "".join(traceback.format_exception(error)),
    ]
    return redact("\n".join(lines), environment)


def redact(text: str, environment: Mapping[str, str]) -> str:
    """Return text without values of variables that are named like secrets, and without what looks like one."""
    known = Redactor(Secret(value) for name, value in environment.items() if _SECRET_NAME.search(name))
    text = known.clean(text)
    for shape, replacement in _SHAPES:
        text = shape.sub(replacement, text)
    return text
