"""Which packages a RUN line installs: `apt-get install`, `apt install` and `apk add`, wherever they stand in it."""

from __future__ import annotations

import re
import shlex

_SEPARATORS = {"&&", "||", ";", "|", "&", "\n", "(", ")", "then", "do", "else", "{", "}", "!"}
_PREFIXES = {"sudo", "env", "exec", "time", "command"}
_VERBS = {"apt-get": "install", "apt": "install", "aptitude": "install", "apk": "add"}
_WITH_VALUE = {"-t", "--target-release", "-o", "--option", "-c", "--virtual", "-X", "--repository", "-a", "--arch"}
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=.*")
_PACKAGE = re.compile(r"[a-z0-9][a-z0-9+._-]*")


def packages_installed(script: str) -> tuple[str, ...]:
    """Return the packages in the order named, each once; versions, releases and options are dropped."""
    found: list[str] = []
    for words in _commands(script):
        found += _packages(words)
    return tuple(dict.fromkeys(found))


def _commands(script: str) -> list[list[str]]:
    commands: list[list[str]] = [[]]
    for word in _words(script):
        if word in _SEPARATORS:
            commands.append([])
        else:
            commands[-1].append(word)
    return [command for command in commands if command]


def _words(script: str) -> list[str]:
    """Split into words and operators; a line that no shell would accept gives none."""
    text = re.sub(r"(?m)^\s*#.*\n?", "", script)
    text = re.sub(r"(?m)\s#.*$", " ", re.sub(r"\\\n", " ", text))
    lexer = shlex.shlex(text.replace("\n", " ; "), posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        return [part for word in lexer for part in ([word] if set(word) - set(";&|()") else _operators(word))]
    except ValueError:
        return []


def _operators(word: str) -> list[str]:
    return re.findall(r"&&|\|\||[;&|()]", word)


def _packages(words: list[str]) -> list[str]:
    rest = list(words)
    while rest and (rest[0] in _PREFIXES or _ASSIGNMENT.fullmatch(rest[0])):
        rest.pop(0)
    verb = _VERBS.get(rest[0].rpartition("/")[2]) if rest else None
    if verb is None:
        return []
    arguments = _without_options(rest[1:])
    if not arguments or arguments[0] != verb:
        return []
    return [name for word in arguments[1:] if (name := _name(word))]


def _without_options(words: list[str]) -> list[str]:
    kept: list[str] = []
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = word in _WITH_VALUE
        else:
            kept.append(word)
    return kept


def _name(word: str) -> str | None:
    """Return a package's name without version, release, architecture or a removal's minus."""
    name = re.split(r"[=/:<>~@]", word, maxsplit=1)[0]
    return name if _PACKAGE.fullmatch(name) and not name.endswith("-") else None
