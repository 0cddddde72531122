"""From logical lines to stages: keywords, flags, exec forms, and errors that name the line."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from wizard.errors import UsageError
from wizard.source.dockerfile.lines import LogicalLine, directives, logical_lines
from wizard.source.dockerfile.model import Dockerfile, Flag, Instruction, Stage

_KEYWORDS = {
    *("ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER"),
    *("ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"),
}
_WITH_EXEC_FORM = {"ADD", "CMD", "COPY", "ENTRYPOINT", "RUN", "SHELL", "VOLUME"}
_WITH_FLAGS = {"ADD", "COPY", "FROM", "HEALTHCHECK", "RUN"}
_REFUSED = {"ONBUILD"}
_FLAG = re.compile(r"--([a-z][a-z-]*)(?:=(\S*))?(?:\s+|$)")
_FROM = re.compile(r"(?P<base>\S+)(?:\s+[Aa][Ss]\s+(?P<name>\S+))?")
_STAGE_NAME = re.compile(r"[a-z][a-z0-9._-]*")


def parse(text: str) -> Dockerfile:
    """Parse a whole Dockerfile; raises UsageError with the line for anything it does not mean."""
    found = directives(text)
    escape = found.get("escape", "\\")
    instructions = [_instruction(line) for line in logical_lines(text, escape)]
    arguments, stages = _stages(instructions)
    return Dockerfile(stages, arguments, escape, found)


def _instruction(logical: LogicalLine) -> Instruction:
    keyword, rest = _keyword(logical)
    flags: list[Flag] = []
    while keyword in _WITH_FLAGS and (match := _FLAG.match(rest)):
        flags.append(Flag(match[1], match[2] if match[2] is not None else "true"))
        rest = rest[match.end() :]
    if not rest and keyword != "HEALTHCHECK":
        raise UsageError("dockerfile.no-arguments", line=logical.line, keyword=keyword)
    exec_form = _exec_form(rest) if keyword in _WITH_EXEC_FORM else None
    if keyword == "SHELL" and not exec_form:
        raise UsageError("dockerfile.shell-form", line=logical.line)
    return Instruction(logical.line, keyword, rest, tuple(flags), exec_form, logical.heredocs)


def _keyword(logical: LogicalLine) -> tuple[str, str]:
    word, *rest = logical.text.split(None, 1)
    keyword = word.upper()
    if keyword in _REFUSED:
        raise UsageError("dockerfile.refused", line=logical.line, keyword=keyword)
    if keyword not in _KEYWORDS:
        near = get_close_matches(keyword, sorted(_KEYWORDS), n=1)
        raise UsageError(
            "dockerfile.unknown-instruction", line=logical.line, keyword=word, nearest=near[0] if near else "FROM"
        )
    return keyword, rest[0].strip() if rest else ""


def _exec_form(text: str) -> tuple[str, ...] | None:
    """Read a JSON array of strings; anything else is the shell form, as the frontend decides it."""
    if not text.startswith("["):
        return None
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        return None
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return None
    return tuple(value)


def _stages(instructions: Sequence[Instruction]) -> tuple[tuple[Instruction, ...], tuple[Stage, ...]]:
    arguments: list[Instruction] = []
    stages: list[Stage] = []
    for instruction in instructions:
        if instruction.keyword == "FROM":
            stages.append(_stage(instruction))
        elif stages:
            stages[-1] = replace(stages[-1], instructions=(*stages[-1].instructions, instruction))
        elif instruction.keyword == "ARG":
            arguments.append(instruction)
        else:
            raise UsageError("dockerfile.before-from", line=instruction.line, keyword=instruction.keyword)
    if not stages:
        raise UsageError("dockerfile.no-from", line=1)
    return tuple(arguments), tuple(stages)


def _stage(instruction: Instruction) -> Stage:
    match = _FROM.fullmatch(instruction.text)
    if not match:
        raise UsageError("dockerfile.from-form", line=instruction.line, text=instruction.text)
    name = match["name"].lower() if match["name"] else None
    if name and not _STAGE_NAME.fullmatch(name):
        raise UsageError("dockerfile.stage-name", line=instruction.line, name=name)
    return Stage(instruction.line, match["base"], name, instruction.flag("platform"))
