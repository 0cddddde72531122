"""The command reference of the documentation, made from the commands: `python -m wizard.cli.reference` writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from wizard.cli.app import app
from wizard.cli.cells import CellContext
from wizard.cli.invocation import PROGRAM, Invocation
from wizard.cli.mode import Mode, Style
from wizard.locale import Language, render
from wizard.messages import message

DOCS = Path(__file__).parents[2] / "docs"
_WIDTH = 100


def page(language: Language) -> Path:
    """Return where a language's page lies."""
    return DOCS / ("commands.md" if language is Language.ENGLISH else f"commands.{language}.md")


def reference(language: Language) -> str:
    """Return the page: every command's help as the terminal shows it."""
    invocation = Invocation(
        arguments=(), language=language, mode=Mode.HEADLESS, style=Style.APPEND, can_wait=False, environment={}
    )
    root = _context(app, PROGRAM, None, invocation)
    return "\n".join([f"# {render(message('help.reference'), language)}", *_sections(root)]) + "\n"


def _sections(root: click.Context) -> Iterator[str]:
    yield from ("", "```text", root.get_help().rstrip(), "```")
    for name in app.list_commands(root):
        command = app.get_command(root, name)
        if command:
            help_text = _context(command, name, root, None).get_help().rstrip()
            yield from ("", f"## {name}", "", "```text", help_text, "```")


def _context(
    command: click.Command, name: str, parent: click.Context | None, invocation: Invocation | None
) -> click.Context:
    return CellContext(
        command, parent=parent, info_name=name, obj=invocation, terminal_width=_WIDTH, max_content_width=_WIDTH
    )


if __name__ == "__main__":
    for each in Language:
        page(each).write_text(reference(each), encoding="utf-8")
