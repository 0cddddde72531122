"""Commands that would listen to the world are told to listen to this machine alone.

On the platform an application binds `0.0.0.0` inside a container; a process here would be open to the network. Every
substitution is named.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from wizard.messages import Message, message

_EVERY_IPV4 = re.compile(r"(?<![\d.])0\.0\.0\.0(?![\d.])")
_EVERY_IPV6 = re.compile(r"(?<![\w:.])(?:\[::\]|::)(?=[\s:'\",;]|$)")
_NEXT_START = re.compile(r"(?<![\w-])next\s+start(?![\w-])(?![^&|;]*\s(?:-H|--hostname)\b)")
_NPM_START = re.compile(r"(?<![\w-])npm\s+(?:run(?:-script)?\s+)?(start(?::[\w:-]+)?|serve|prod(?:uction)?)(?![\w:-])")
_LOOPBACK = "127.0.0.1"


def on_loopback(argv: tuple[str, ...], workdir: Path) -> tuple[tuple[str, ...], tuple[Message, ...]]:
    """Return the command with its addresses replaced, and the differences."""
    words = tuple(_next_on_loopback(_addresses(word), workdir) for word in argv)
    words = _npm_words(_next_words(words), workdir)
    if words == argv:
        return argv, ()
    return words, (message("runner.loopback", command=" ".join(argv), started=" ".join(words)),)


def with_port(argv: tuple[str, ...], declared: str | None, port: int) -> tuple[tuple[str, ...], tuple[Message, ...]]:
    """Replace the port that the service declares and its command repeats by the one it really gets."""
    if not declared or not declared.isdecimal() or declared == str(port):
        return argv, ()
    pattern = re.compile(rf"(?<=[\s:=]){declared}(?=[\s'\";&|]|$)")
    words = tuple(str(port) if word == declared else pattern.sub(str(port), word) for word in argv)
    if words == argv:
        return argv, ()
    return words, (message("runner.port", declared=declared, port=port),)


def _addresses(text: str) -> str:
    return _EVERY_IPV6.sub(_LOOPBACK, _EVERY_IPV4.sub(_LOOPBACK, text))


def _next_on_loopback(text: str, workdir: Path) -> str:
    text = _NEXT_START.sub(lambda match: f"{match[0]} -H {_LOOPBACK}", text)
    return _NPM_START.sub(lambda match: match[0] + _npm_option(match[1], workdir), text)


def _npm_option(script: str, workdir: Path) -> str:
    """Return what hands the address through npm to Next.js, nothing for a script that starts something else."""
    return f" -- -H {_LOOPBACK}" if _NEXT_START.search(_scripts(workdir).get(script, "")) else ""


def _next_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give the exec form of `next start` its address: the pattern above sees only one word at a time."""
    joined = " ".join(words)
    if len(words) < 2 or words[1] == "-c" or _LOOPBACK in words:  # noqa: PLR2004 - a command and its first argument
        return words
    if _NEXT_START.search(joined) and Path(words[0]).name in {"next", "npx", "node"}:
        return (*words, "-H", _LOOPBACK)
    return words


def _npm_words(argv: tuple[str, ...], workdir: Path) -> tuple[str, ...]:
    """Give the exec form of `npm run start` the same."""
    match = _NPM_START.fullmatch(" ".join(argv))
    return (*argv, "--", "-H", _LOOPBACK) if match and _npm_option(match[1], workdir) else argv


def _scripts(workdir: Path) -> dict[str, str]:
    try:
        package: Any = json.loads((workdir / "package.json").read_text())
        scripts = package.get("scripts", {})
    except (OSError, ValueError, AttributeError):
        return {}
    return {str(name): str(script) for name, script in scripts.items()} if isinstance(scripts, dict) else {}


def settle_script(path: Path) -> bool:
    """Replace the addresses in a shell script of the deployment's own copy; says whether there were any."""
    text = path.read_text(errors="surrogateescape")
    changed = _addresses(text)
    if changed == text:
        return False
    mode = path.stat().st_mode
    path.unlink()
    path.write_text(changed, errors="surrogateescape")
    path.chmod(mode)
    return True
