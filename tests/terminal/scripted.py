"""The screens as a program of their own, with an engine that plays what is named: hostile, secret, text or run."""

from __future__ import annotations

import asyncio
import os
import sys

from screens.app import open_screens
from screens.launch import Launch, Prompter
from tests.support.screens import Script, ScriptedEngine
from wizard.cli.asker import ChainAsker
from wizard.clock import SystemClock
from wizard.events import LogLines, PhaseChanged, Status
from wizard.messages import message
from wizard.questions import Asker, SecretText, Text

HOSTILE = (
    "\x1b]0;retitled\x07window",
    "\x1b[2J\x1b[Hcleared",
    "\x1b[?1049lalternate",
    "\x1b[31mred\x1b[0m [bold]markup[/] [@click=app.quit]link[/]",
    "\x9b31mC1 \x90q\x9c \x07\x08\x0c\x0e",
    "\u202egnirts\u202c \u2066isolate\u2069 \u200bzero",
    b"\xff\xfe\xc3\x28".decode("utf-8", "replace") + b"\xed\xa0\x80".decode("utf-8", "surrogatepass"),
    "\x1b[200~pasted\x1b[201~ \x1bPq\x1b\\ \x1b_apc\x1b\\",
    "x" * (1 << 20),
)
"""What no log line may do to a terminal."""
LAST = "the storm is over"
SCRIPTS: dict[str, Script] = {
    "hostile": (LogLines("back\x1b[2Jend", "build", HOSTILE), LogLines("backend", "build", (LAST,))),
    "secret": (
        SecretText(id="password", prompt=message("screens.log-search")),
        LogLines("backend", "build", (LAST,)),
    ),
    "text": (Text(id="name", prompt=message("screens.log-search")), LogLines("backend", "build", (LAST,))),
}


def main(name: str) -> int:
    """Open the deploy screen before an engine that plays the script."""
    script = (PhaseChanged("deploy", Status.RUNNING), asyncio.Event()) if name == "run" else SCRIPTS[name]
    engine = ScriptedEngine(script)

    def asker(prompter: Prompter) -> Asker:
        return ChainAsker(pairs=(), environment={}, file=None, take_defaults=False, prompter=prompter)

    code = open_screens(
        Launch(engine=engine, asker=asker, clock=SystemClock(), start="deploy", environment=dict(os.environ))
    )
    sys.stdout.write("".join(f"{answer}\n" for answer in engine.answers if isinstance(answer, str)))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
