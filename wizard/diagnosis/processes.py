"""Processes that never came to be what they are: commands, memory, disks, ports."""

from __future__ import annotations

import re

from wizard.diagnosis.evidence import BUILD, Diagnosis, Evidence
from wizard.diagnosis.recogniser import Recogniser, by_line
from wizard.text import Quote

_PORT_WORD = re.compile(
    r"'?(?P<word>\$\{?PORT\}?)'? is not a valid (?:integer|port)|invalid (?:port|int)[^\n]*\$PORT|'\$PORT'"
)
_NO_COMMAND = re.compile(
    r"(?:sh|bash|ash|dash|dumb-init|tini|entrypoint\.sh)[^\n]{0,40}?: (?:line )?(?:\d+: )?(?:exec: )?"
    r"\[?(?P<command>[\w./$-]+): (?:command )?not found"
    r"|exec:? \"(?P<command2>[^\"]+)\": (?:executable file not found|stat [^\n]*no such file)"
    r"|The executable `(?P<command3>[^`]+)` could not be found"
    r"|\[Errno 2\] No such file or directory: '(?P<command4>[\w.-]+)'$"
)
_FAILED_RUN = re.compile(
    r'process "(?:/bin/sh -c )?(?P<command>.+?)" did not complete successfully: exit code: (?P<code>\d+)'
)
_KILLED = re.compile(
    r"(?:^|\s)Killed\s*$|[Oo]ut of memory|OOMKilled|JavaScript heap out of memory"
    r"|exit(?:ed with)?(?: status| code:?)? 137\b|code 137\b|code -9\b"
)
_ERROR_WORD = re.compile(r"(?i)\berr(?:or)?\b|\bfail(?:ed|ure)?\b|\bfatal\b|cannot|can't|not found|refused|denied")


def _port_word(evidence: Evidence) -> Diagnosis | None:
    """`$PORT` reached the program as a word: no shell stood between."""
    hit = evidence.find(_PORT_WORD)
    if hit is None:
        return None
    command = (
        evidence.code.quote(evidence.code.image.path, evidence.code.image.command_line) if evidence.code.image else None
    )
    return evidence.explain(
        "diagnosis.port-word", (hit.line, command), where=command.place if command else "start_command"
    )


def _no_command(evidence: Evidence) -> Diagnosis | None:
    hit = evidence.find(_NO_COMMAND)
    if hit is None:
        return None
    told = {"command": hit["command"], "file": evidence.code.dependency_file}
    return evidence.explain("diagnosis.command-missing", (hit.line,), **told)


def _memory(evidence: Evidence) -> Diagnosis | None:
    """Exit 137 is a kill: memory, unless somebody stopped it."""
    hit = evidence.find(_KILLED)
    if hit is None and not re.search(r"\b137\b|code -9\b", evidence.reason):
        return None
    said = [line for line in evidence.lines if line.text.strip()][-3:]
    return evidence.explain("diagnosis.memory", evidence.around(hit, before=2) if hit else said)


def _failed_command(evidence: Evidence) -> Diagnosis | None:
    """A command of the build failed with words nobody here knows: show its own last ones."""
    hit = evidence.find(_FAILED_RUN, BUILD) or evidence.find(_FAILED_RUN)
    if hit is None:
        return None
    before = [line for line in evidence.lines[: hit.index] if line.source == hit.line.source and line.text.strip()]
    told = [line for line in before if _ERROR_WORD.search(line.text)][-4:]
    lines: list[Quote] = [*dict.fromkeys([*told, *before[-3:]])]
    lines.sort(key=lambda line: line.number)
    return evidence.explain("diagnosis.command-failed", (*lines, hit.line), command=hit["command"], code=hit["code"])


def _failed_pre_deploy(evidence: Evidence) -> Diagnosis | None:
    """The command before the start failed, and no traceback says why."""
    code = re.search(r"pre-deploy command failed(?: with exit code (?P<code>\d+))?", evidence.reason)
    if code is None:
        return None
    said = [line for line in evidence.lines if line.source == "deploy" and line.text.strip()]
    told = [line for line in said if _ERROR_WORD.search(line.text)][-4:]
    lines = sorted({*told, *said[-3:]}, key=lambda line: line.number)
    command = evidence.spec.pre_deploy or "-"
    return evidence.explain("diagnosis.pre-deploy-failed", lines, command=command, code=code["code"] or "?")


PORT_WORD = Recogniser("port-word", _port_word)
NO_COMMAND = Recogniser("command-missing", _no_command)
MEMORY = Recogniser("memory", _memory)
FAILED_COMMAND = Recogniser("command-failed", _failed_command)
FAILED_PRE_DEPLOY = Recogniser("pre-deploy-failed", _failed_pre_deploy)
FORMAT = by_line("diagnosis.exec-format", r"[Ee]xec format error")
PERMISSION = by_line(
    "diagnosis.not-executable",
    r"(?:exec:? \"?|sh: \d+: )(?P<command>[\w./-]+)\"?: [Pp]ermission denied",
)
DISK = by_line("diagnosis.disk-full", r"No space left on device|ENOSPC")
PORT_TAKEN = by_line(
    "diagnosis.port-taken",
    r"bind on address \('[^']*', (?P<port>\d+)[^)]*\): (?:\[errno \d+\] )?address already in use"
    r"|EADDRINUSE[^\n]*?:(?P<port2>\d+)",
)
NOT_WRITABLE = by_line(
    "diagnosis.not-writable", r"PermissionError: \[Errno 13\] Permission denied: '(?P<path>[^']+)'", before=2
)
NO_FILE = by_line(
    "diagnosis.file-missing",
    r"FileNotFoundError: \[Errno 2\] No such file or directory: '(?P<path>[^']+)'"
    r"|can't open file '(?P<path2>[^']+)': \[Errno 2\]",
    before=2,
)
