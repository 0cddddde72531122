"""What a service's Dockerfile makes of it: context, port, command, working directory, build arguments."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from posixpath import normpath

from wizard.errors import WizardError
from wizard.messages import message
from wizard.source.dockerfile import ContextIgnore, Dockerfile, Instruction, Stage, parse, unquote_words
from wizard.source.location import SourceLocation, Unreadable
from wizard.source.tree import Tree, join


@dataclass(frozen=True, slots=True)
class ContextCopy:
    """One source of a COPY or ADD that comes from the build context."""

    source: str
    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Image:
    """A Dockerfile's last stage, earlier stages it is based on included.

    Attributes:
        path: of the Dockerfile, relative to the project root.
        context: folder in which every COPY finds its sources: the service's own, else the nearest above the
            Dockerfile; where none has all of them, the one that misses fewest.
        missing: sources no candidate folder has, seen from `context`.
        command: ENTRYPOINT and CMD as one line, empty where there is none.
        port: that the command, ENV PORT or EXPOSE names.
        arguments: names declared by ARG in any stage.
        volumes: mount points the image declares.
    """

    path: str
    context: str
    missing: tuple[ContextCopy, ...]
    copies: tuple[ContextCopy, ...]
    base: str
    workdir: str
    command: str
    command_line: int
    port: int | None
    port_line: int
    environment: dict[str, str]
    arguments: tuple[str, ...]
    volumes: tuple[str, ...]

    def at(self, line: int) -> SourceLocation:
        """Return a line of the Dockerfile."""
        return SourceLocation(self.path, line)


def read_image(tree: Tree, path: str, code: str) -> Image | Unreadable:
    """Read a Dockerfile.

    Args:
        tree: the files.
        path: of the Dockerfile.
        code: the service's own folder, preferred as build context.
    """
    text = tree.text(path)
    if isinstance(text, Unreadable):
        return text
    try:
        parsed = parse(text)
    except WizardError as error:
        line = error.params.get("line", 1)
        reason = message("source.syntax", path=path, language="Dockerfile", line=line, detail=error.code)
        return Unreadable(path, reason)
    if not parsed.stages:
        return Unreadable(path, message("source.syntax", path=path, language="Dockerfile", line=1, detail="FROM"))
    return _image(tree, path, code, parsed)


def _image(tree: Tree, path: str, code: str, parsed: Dockerfile) -> Image:
    instructions = list(_lineage(parsed))
    environment = _environment(instructions)
    copies = tuple(_copies(parsed, environment))
    context, missing = _choose_context(tree, path, code, copies)
    command, command_line = _command(instructions)
    port, port_line = _port(instructions, environment, command, command_line)
    return Image(
        path=path,
        context=context,
        missing=missing,
        copies=copies,
        base=parsed.stages[-1].base,
        workdir=_workdir(instructions, environment),
        command=command,
        command_line=command_line,
        port=port,
        port_line=port_line,
        environment=environment,
        arguments=tuple(dict.fromkeys(_arguments(parsed))),
        volumes=tuple(_volumes(instructions, environment)),
    )


def _lineage(parsed: Dockerfile) -> Iterator[Instruction]:
    """Yield the last stage's instructions after those of the stages it is built from."""
    by_name = {stage.name: stage for stage in parsed.stages if stage.name}
    chain: list[Stage] = [parsed.stages[-1]]
    while (parent := by_name.get(chain[-1].base.lower())) and parent not in chain:
        chain.append(parent)
    for stage in reversed(chain):
        yield from stage.instructions


def _words(instruction: Instruction, environment: dict[str, str]) -> list[str]:
    if instruction.exec_form is not None:
        return list(instruction.exec_form)
    try:
        return unquote_words(instruction.text, environment, line=instruction.line)
    except WizardError:
        return instruction.text.split()


def _environment(instructions: list[Instruction]) -> dict[str, str]:
    found: dict[str, str] = {}
    for instruction in instructions:
        if instruction.keyword == "ENV":
            words = _words(instruction, found)
            if words and "=" not in words[0]:
                found[words[0]] = " ".join(words[1:])
            else:
                found |= dict(word.split("=", 1) for word in words if "=" in word)
    return found


def _copies(parsed: Dockerfile, environment: dict[str, str]) -> Iterator[ContextCopy]:
    for stage in parsed.stages:
        for instruction in stage.instructions:
            if instruction.keyword not in ("COPY", "ADD") or instruction.flag("from"):
                continue
            words = [word for word in _words(instruction, environment) if not word.startswith("<<")]
            for source in words[:-1]:
                if "://" not in source and not source.startswith("git@"):
                    yield ContextCopy(source, words[-1], instruction.line)


def _choose_context(
    tree: Tree, path: str, code: str, copies: tuple[ContextCopy, ...]
) -> tuple[str, tuple[ContextCopy, ...]]:
    own = path.rpartition("/")[0] or "."
    above = [own, *_parents(own)]
    candidates = sorted(above, key=lambda folder: folder != code)
    judged = [(context, _missing(tree, path, context, copies)) for context in candidates]
    return min(judged, key=lambda one: len(one[1]))


def _parents(folder: str) -> Iterator[str]:
    while folder not in ("", "."):
        folder = folder.rpartition("/")[0] or "."
        yield folder


def _missing(tree: Tree, path: str, context: str, copies: tuple[ContextCopy, ...]) -> tuple[ContextCopy, ...]:
    ignore = _ignore(tree, path, context)
    prefix = "" if context == "." else f"{context}/"
    seen = [known[len(prefix) :] for known in tree.below(context)]
    visible = [known for known in seen if not ignore.ignores(known)]
    return tuple(copy for copy in copies if not _exists(copy.source, visible))


def _ignore(tree: Tree, path: str, context: str) -> ContextIgnore:
    for candidate in (f"{path}.dockerignore", join(context, ".dockerignore")):
        text = tree.text(candidate) if candidate in tree else ""
        if isinstance(text, str) and text:
            return ContextIgnore(text)
    return ContextIgnore()


def _exists(source: str, visible: list[str]) -> bool:
    pattern = normpath(source.lstrip("/") or ".")
    if pattern.startswith(".."):
        return False
    if pattern == ".":
        return bool(visible)
    depth = pattern.count("/") + 1
    heads = {"/".join(path.split("/")[:depth]) for path in visible}
    return any(fnmatchcase(head, pattern) for head in heads)


def _workdir(instructions: list[Instruction], environment: dict[str, str]) -> str:
    current = "/"
    for instruction in instructions:
        if instruction.keyword == "WORKDIR":
            word = "".join(_words(instruction, environment))
            current = normpath(word if word.startswith("/") else f"{current}/{word}")
    return current


def _command(instructions: list[Instruction]) -> tuple[str, int]:
    last = {one.keyword: one for one in instructions if one.keyword in ("CMD", "ENTRYPOINT")}
    parts = [last[keyword] for keyword in ("ENTRYPOINT", "CMD") if keyword in last]
    line = parts[-1].line if parts else 1
    return " ".join(_as_line(one) for one in parts), line


def _as_line(instruction: Instruction) -> str:
    return shlex.join(instruction.exec_form) if instruction.exec_form is not None else instruction.text


def _port(
    instructions: list[Instruction], environment: dict[str, str], command: str, command_line: int
) -> tuple[int | None, int]:
    named = command_port(command, environment)
    if named:
        return named, command_line
    for instruction in instructions:
        if instruction.keyword == "EXPOSE":
            for word in _words(instruction, environment):
                number = word.partition("/")[0]
                if number.isdigit():
                    return int(number), instruction.line
    given = environment.get("PORT", "")
    return (int(given), command_line) if given.isdigit() else (None, 1)


def command_port(command: str, environment: dict[str, str]) -> int | None:
    """Return the port a command line names: `--port 8000`, `-b 0.0.0.0:8000`, `${PORT:-8000}`."""
    words = _expanded(command, environment)
    for index, word in enumerate(words):
        name, equals, value = word.partition("=")
        given = value if equals else words[index + 1] if index + 1 < len(words) else ""
        if name in ("--port", "-p", "--bind", "-b"):
            number = given.rpartition(":")[2]
            if number.isdigit():
                return int(number)
    return None


def _expanded(command: str, environment: dict[str, str]) -> list[str]:
    try:
        outer = unquote_words(command, environment)
        inner = [word for one in outer for word in (unquote_words(one, environment) if " " in one else [one])]
    except WizardError:
        return command.split()
    return inner


def _arguments(parsed: Dockerfile) -> Iterator[str]:
    for stage in parsed.stages:
        for instruction in stage.instructions:
            if instruction.keyword == "ARG":
                yield from (word.partition("=")[0] for word in instruction.text.split())


def _volumes(instructions: list[Instruction], environment: dict[str, str]) -> Iterator[str]:
    for instruction in instructions:
        if instruction.keyword == "VOLUME":
            yield from _words(instruction, environment)


def container_path(image: Image | None, root: str, path: str) -> str:
    """Return where a file of the project lies in the container; without a Dockerfile the root becomes /app."""
    if image is None:
        relative = path.removeprefix(root).lstrip("/") if root != "." else path
        return normpath(f"/app/{relative}")
    relative = path if image.context == "." else path.removeprefix(f"{image.context}/")
    for copy in reversed(image.copies):
        source = normpath(copy.source.lstrip("/") or ".")
        if source in (".", relative) or relative.startswith(f"{source}/"):
            inner = relative if source == "." else relative[len(source) :].lstrip("/")
            target = copy.target if copy.target.startswith("/") else f"{image.workdir}/{copy.target}"
            return normpath(f"{target}/{inner}")
    return normpath(f"{image.workdir}/{relative}")
