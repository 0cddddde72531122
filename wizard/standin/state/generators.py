"""Values the platform makes up when a template is deployed or a patch applied: `secret(...)`, `randomInt(...)`."""

from __future__ import annotations

import ast
import re

from wizard.standin.state import names
from wizard.standin.state.rendering import replace_references
from wizard.standin.state.rows import Document

_FUNCTION = re.compile(r"(secret|randomInt)\((.*)\)$", re.DOTALL)


def generated(spec: Document) -> str | None:
    """Return the text a patch's variable stands for: its value as written, its generator's, or its default."""
    if spec.get("value") is not None:
        return str(spec["value"])
    if spec.get("generator"):
        return resolved("${{" + str(spec["generator"]) + "}}")
    return resolved(str(spec["defaultValue"])) if spec.get("defaultValue") is not None else None


def resolved(text: str) -> str:
    """Return the text with its functions called; every other reference stays as written."""
    return replace_references(text, _call)


def _call(inside: str) -> str:
    call = _FUNCTION.match(inside)
    if call is None:
        return "${{" + inside + "}}"
    try:
        arguments = ast.literal_eval(f"({call[2]},)") if call[2].strip() else ()
        return names.secret(*arguments) if call[1] == "secret" else str(names.random_int(*arguments))
    except (ValueError, SyntaxError, TypeError):
        return ""
