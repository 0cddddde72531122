"""The plan's way to a value in a JSON answer: `$`, `$.user.id`, `$[0].name`."""

from __future__ import annotations

import re

_STEP = re.compile(r"\.([A-Za-z_][\w-]*)|\[(\d+)\]")


class AbsentError(LookupError):
    """A JSON path leads nowhere; its argument is the path."""


def at_path(content: object, path: str) -> object:
    """Return what `$.a.b[0]` leads to; raises AbsentError."""
    for step in _STEP.finditer(path):
        name, index = step[1], step[2]
        if name is not None and isinstance(content, dict) and name in content:
            content = content[name]
        elif index is not None and isinstance(content, list) and int(index) < len(content):
            content = content[int(index)]
        else:
            raise AbsentError(path)
    return content
