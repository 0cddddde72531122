"""Writes docs/keys.md and its Korean twin from the code: every action, its keys, its palette entry, its command.

`python -m tools.keys_reference` rewrites both; a test finds any difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from screens.actions import Action
from screens.app import WizardApp
from screens.checklist.page import ChecklistPage
from screens.deploy.page import DeployPage
from screens.guided.page import GuidedPage
from screens.hangul import TWINS
from screens.history.page import HistoryPage
from screens.home.page import HomePage
from screens.logs.page import LogPage
from screens.page import Page
from screens.status.page import StatusPage
from wizard.locale import Language, render
from wizard.messages import Message

DOCS = Path(__file__).parents[1] / "docs"
FILES = {Language.ENGLISH: DOCS / "keys.md", Language.KOREAN: DOCS / "keys.ko.md"}
PAGES: tuple[type[Page], ...] = (
    HomePage,
    GuidedPage,
    DeployPage,
    ChecklistPage,
    StatusPage,
    LogPage,
    HistoryPage,
)
_NAMES = {"slash": "/", "space": "Space", "escape": "Esc", "enter": "Enter", "tab": "Tab"}
_HEAD = {
    Language.ENGLISH: (
        "# Keys",
        "[한국어](keys.ko.md)",
        (
            "Every action of the screens: its keys, its entry in the palette (Ctrl+P) and the command that does the "
            "same. F1 shows the keys of the place that is open. With a Korean input method on, a letter works as the "
            "key it shares a place with in the two-set layout. A letter typed into a field is text: use the function "
            "key there."
        ),
        "Everywhere",
        "| Keys | Palette | What it does | Command |",
    ),
    Language.KOREAN: (
        "# 키",
        "[English](keys.md)",
        (
            "화면의 모든 동작: 키, 팔레트(Ctrl+P) 항목, 같은 일을 하는 명령. F1은 열린 화면의 키를 보여 줍니다. "
            "한글 입력 상태에서는 두벌식에서 같은 자리에 있는 글자가 같은 동작을 합니다. "
            "입력란에 친 글자는 내용이 되므로 그곳에서는 기능 키를 쓰십시오."
        ),
        "모든 화면",
        "| 키 | 팔레트 | 하는 일 | 명령 |",
    ),
}


def page(language: Language) -> str:
    """Return the whole page in a language."""
    title, twin, intro, everywhere, _ = _HEAD[language]
    parts = [title, twin, intro, f"## {everywhere}", _table(WizardApp.ACTIONS, language)]
    for one in PAGES:
        parts += [f"## {render(Message(one.TITLE_ID), language)}", _table(one.ACTIONS, language)]
    return "\n\n".join(parts) + "\n"


def _table(actions: tuple[Action, ...], language: Language) -> str:
    return "\n".join([_HEAD[language][-1], "|---|---|---|---|", *_rows(actions, language)])


def _rows(actions: tuple[Action, ...], language: Language) -> Iterator[str]:
    for action in actions:
        keys = ", ".join(f"`{name}`" for name in _keys(action))
        command = f"`{action.command}`".replace("|", "\\|") if action.command else ""
        yield f"| {keys} | {render(action.label, language)} | {render(action.help, language)} | {command} |"


def _keys(action: Action) -> Iterator[str]:
    for key in action.keys.split(","):
        name = _NAMES.get(key) or "+".join(
            part.capitalize() if len(part) > 1 else part.upper() for part in key.split("+")
        )
        yield key if len(key) == 1 else name
        if key in TWINS:
            yield TWINS[key]


def main() -> None:
    """Write both pages."""
    for language, file in FILES.items():
        file.write_text(page(language), "utf-8")


if __name__ == "__main__":
    main()
