"""What a RUN says: its script, what it mounts, which paths it makes, whether it installs Python packages."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from wizard.source.dockerfile import Instruction
from wizard.standin.builder.image import BuildFailed

_INSTALLERS = re.compile(r"\b(?:pip3?|uv|poetry|pipenv|pdm|hatch|flit|easy_install|setup\.py)\b")
_CACHE_FLAGS = re.compile(r"\s--(?:no-cache-dir|no-cache)(?=\s|$)")
_PATH_MAKERS = re.compile(
    r"(?:\b(?:mkdir|touch|venv|virtualenv|install\s+-d)\b(?:\s+-\S+)*"
    r"|--(?:prefix|target|wheel-dir|root)[= ]|\s-[wdt]\s)"
    r"\s*((?:/[\w.\-/]+\s*)+)"
)
_USER_INSTALL = re.compile(r"(\bpip3?\s+install\b[^&|;\n]*?)\s--user(?=\s|$)")
_SYSTEM_PYTHON = re.compile(r"(\buv\s+pip\b[^&|;\n]*?)\s--system(?=\s|$)")
_EDITABLE = re.compile(r"(\bpip3?\s+install\b[^&|;\n]*?)\s(?:-e|--editable)(?=\s)")
_BARE_HEREDOC = re.compile(r"<<-?\s*['\"]?[\w.]+['\"]?")


def shell_script(instruction: Instruction) -> str:
    """Return what the shell is given: a bare heredoc is the script itself, others stay in the text."""
    if not instruction.heredocs:
        return instruction.text
    if _BARE_HEREDOC.fullmatch(instruction.text):
        return instruction.heredocs[0].content
    return "\n".join([instruction.text, *(document.raw for document in instruction.heredocs), ""])


def fit_for_layers(script: str, *, isolated: bool = False) -> str:
    """Drop what only keeps a cache out of a real image: here the machine's cache is what makes a build quick.

    `pip install --user` has no meaning in a virtual environment, which stands for `/root/.local` already; an editable
    installation would point into the folder of one build; `uv pip --system` would find the machine's own Python. An
    isolated image has a `/root/.local` of its own, and its folders stay where they are.
    """
    if not _INSTALLERS.search(script):
        return script
    script = _SYSTEM_PYTHON.sub(r"\1", _CACHE_FLAGS.sub("", script))
    return script if isolated else _EDITABLE.sub(r"\1", _USER_INSTALL.sub(r"\1", script))


def installs(script: str) -> bool:
    """Say whether the command may change the virtual environment."""
    return bool(_INSTALLERS.search(script))


def named_paths(script: str) -> list[str]:
    """Return the absolute paths that the command makes: they belong to the image."""
    return [path for match in _PATH_MAKERS.finditer(script) for path in match[1].split()]


@dataclass(frozen=True, slots=True)
class Mount:
    """Files that a RUN sees at a place while it runs.

    Attributes:
        source: path in the context, the stage or the image, without a leading slash.
        target: absolute image path.
        origin: the stage or image it comes from, None for the context.
    """

    source: str
    target: str
    origin: str | None = None


def mounts_of(instruction: Instruction, workdir: str) -> tuple[Mount, ...]:
    """Return what is bound in while it runs; secrets are refused, and caches are the machine's.

    A cache's id is judged as Railway's builder does it: every one is named and begins with the service's key.
    """
    found = []
    for text in instruction.flags_named("mount"):
        options = {part.partition("=")[0]: part.partition("=")[2] for part in text.split(",")}
        kind = options.get("type", "bind")
        if kind == "cache":
            _judge_cache(text, options.get("id", ""), instruction.line)
        if kind in {"secret", "ssh"}:
            raise BuildFailed(f"RUN --mount={text}", (f"This mount cannot be rehearsed here: {text}",))
        if kind == "bind":
            target = options.get("target") or options.get("dst") or options.get("destination") or ""
            source = posixpath.normpath("/" + options.get("source", options.get("src", ""))).lstrip("/")
            target = posixpath.normpath(posixpath.join(workdir, target))
            found.append(Mount(source, target, options.get("from")))
    return tuple(found)


def _judge_cache(text: str, name: str, line: int) -> None:
    shown = f"flag '--mount={text}'"
    if not name:
        raise BuildFailed("dockerfile", (f"dockerfile invalid: {shown} is missing an id argument at Line {line}",))
    if not name.startswith("s/"):
        reason = "is not prefixed with cache key: Railway takes id=s/<service id>-<name>"
        raise BuildFailed("dockerfile", (f"dockerfile invalid: the cache mount ID of {shown} {reason} at Line {line}",))
