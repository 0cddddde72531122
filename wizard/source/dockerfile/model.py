"""What a Dockerfile says, as frozen values: stages of instructions, each with the line it starts on."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Flag:
    """One `--name=value` before an instruction's arguments; a bare flag has the value `true`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Heredoc:
    """A document written inside the Dockerfile.

    Attributes:
        name: its delimiter, also the file name that COPY gives it.
        content: the text, tabs already stripped where `<<-` asked for it.
        expand: whether variables in it are substituted (an unquoted delimiter).
        raw: the document as written, with its closing delimiter: what a shell needs to read it itself.
    """

    name: str
    content: str
    expand: bool
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction, continuation lines joined, nothing substituted.

    Attributes:
        line: first line, counted from 1.
        keyword: in capitals.
        flags: in the order written.
        text: everything behind the flags.
        exec_form: the words of a JSON array, or None for the shell form.
        heredocs: the documents it opens.
    """

    line: int
    keyword: str
    text: str
    flags: tuple[Flag, ...] = ()
    exec_form: tuple[str, ...] | None = None
    heredocs: tuple[Heredoc, ...] = ()

    def flag(self, name: str) -> str | None:
        """Return the value of the last flag of that name, None where it is not given."""
        return next((flag.value for flag in reversed(self.flags) if flag.name == name), None)

    def flags_named(self, name: str) -> tuple[str, ...]:
        """Return all values of a flag that may be repeated, as `--mount`."""
        return tuple(flag.value for flag in self.flags if flag.name == name)


@dataclass(frozen=True, slots=True)
class Stage:
    """What one FROM begins.

    Attributes:
        line: of its FROM.
        base: image or earlier stage, not substituted.
        name: as given by AS, in lower case, or None.
        platform: as given by `--platform`, or None.
        instructions: all but the FROM.
    """

    line: int
    base: str
    name: str | None = None
    platform: str | None = None
    instructions: tuple[Instruction, ...] = ()


@dataclass(frozen=True, slots=True)
class Dockerfile:
    """A whole Dockerfile.

    Attributes:
        stages: in order; the last one is the image.
        arguments: the ARG instructions before the first FROM.
        escape: the escape character, a backslash unless a directive says a backtick.
        directives: parser directives by name, in lower case.
    """

    stages: tuple[Stage, ...]
    arguments: tuple[Instruction, ...] = ()
    escape: str = "\\"
    directives: dict[str, str] = field(default_factory=dict)
