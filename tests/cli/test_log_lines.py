"""Lines of builds and services into a file: all of them, in order, and no trouble when the reader leaves."""

from __future__ import annotations

import io

from wizard.cli.plain_lines import PlainLines
from wizard.cli.plain_renderer import console_for
from wizard.cli.typesetting import Typesetter
from wizard.events import LogLines
from wizard.locale import Language

BATCH = LogLines("backend", "build", ("one [bold]two[/]", "\x1b[32mgreen\x1b[0m", "셋 :smile:"))


class Left(io.StringIO):
    """A pipe whose reader has left."""

    def write(self, text: str) -> int:
        raise BrokenPipeError(text)


def lines_into(stream: io.StringIO, *, log_lines: bool = True) -> PlainLines:
    return PlainLines(Typesetter(console_for(stream), Language.ENGLISH), every_step=False, log_lines=log_lines)


def test_every_line_is_written_as_it_is() -> None:
    stream = io.StringIO()
    lines = lines_into(stream)
    lines.write(BATCH)
    lines.write(BATCH)
    said = ["| one [bold]two[/]", "| green", "| 셋 :smile:"]
    assert stream.getvalue().splitlines() == [f"    backend build {line}" for line in said * 2]


def test_lines_nobody_asked_for_are_not_written() -> None:
    stream = io.StringIO()
    lines_into(stream, log_lines=False).write(BATCH)
    assert stream.getvalue() == ""


def test_a_reader_that_left_ends_the_writing_and_nothing_else() -> None:
    lines = lines_into(Left())
    lines.write(BATCH)
    assert lines.setter.console.quiet
    lines.write(BATCH)
