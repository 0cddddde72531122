"""The frame every screen shares: the target on top, the keys below, a notice where the terminal is too small.

A screen's words are those of the language in use; `speak` is called again when that changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Footer, Static

from screens.actions import Action
from screens.spoken import Spoken
from screens.widgets.target_bar import TargetBar
from wizard.messages import Message, message

if TYPE_CHECKING:
    from screens.app import WizardApp

SMALLEST = (80, 24)
"""Columns and rows in which every screen is complete."""


class ActionCommands(Provider):
    """The command palette: every action of the screen and of the application, in the language in use."""

    def _entries(self) -> Iterator[tuple[Action, str]]:
        page = self.screen
        if isinstance(page, Page):
            for action in (*page.ACTIONS, *page.app.ACTIONS):
                if page.may(action):
                    yield action, page.app.say(action.label)

    async def discover(self) -> Hits:
        """Offer everything before a letter is typed."""
        for action, label in self._entries():
            yield DiscoveryHit(label, self._call(action), help=self._help(action))

    async def search(self, query: str) -> Hits:
        """Offer what matches."""
        matcher = self.matcher(query)
        for action, label in self._entries():
            if (score := matcher.match(label)) > 0:
                yield Hit(score, matcher.highlight(label), self._call(action), help=self._help(action))

    def _help(self, action: Action) -> str:
        page = self.screen
        return page.app.say(action.help) if isinstance(page, Page) else ""

    def _call(self, action: Action):  # type: ignore[no-untyped-def]  # noqa: ANN202 - what the palette awaits
        return lambda: self.screen.run_action(action.call)


class TooSmall(Static):
    """Said instead of a screen that would be cut off."""


class Page(Screen[None]):
    """A screen of the wizard.

    Attributes:
        ACTIONS: what can be done here; `BINDINGS = bindings(ACTIONS)` follows from it.
        TITLE_ID: names the page in the bar on top.
    """

    ACTIONS: ClassVar[tuple[Action, ...]] = ()
    TITLE_ID: ClassVar[str] = "screens.title"
    COMMANDS: ClassVar = {ActionCommands}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - as Textual declares it

    if TYPE_CHECKING:
        app = getters.app(WizardApp)

    def compose(self) -> ComposeResult:
        """Frame what the page shows."""
        yield TargetBar(self.TITLE_ID)
        yield from self.compose_page()
        yield TooSmall(markup=False)
        yield Footer()

    def compose_page(self) -> ComposeResult:
        """Yield the page's own widgets."""
        yield from ()

    def on_mount(self) -> None:
        """Say everything for the first time."""
        self.speak_all()

    def on_resize(self, event: Resize) -> None:
        """Show the page where it fits, else say how much is missing."""
        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        self.set_class(small, "-too-small")
        if small:
            self._say_too_small()

    def _say_too_small(self) -> None:
        size = self.app.size
        text = message("screens.too-small", width=size.width, height=size.height, wide=SMALLEST[0], high=SMALLEST[1])
        self.query_one(TooSmall).update(self.app.say(text))

    def say(self, text: Message) -> str:
        """Return a sentence in the language in use."""
        return self.app.say(text)

    def speak(self) -> None:
        """Write the page's words; called at first and whenever the language changes."""

    def speak_all(self) -> None:
        """Let the page and every widget that has words write them."""
        self.speak()
        for widget in self.query("*"):
            if isinstance(widget, Spoken):
                widget.speak()
        self._say_too_small()
        self.refresh_bindings()

    def may(self, action: Action) -> bool:
        """Tell whether an action can be done now."""
        name, _, _ = action.call.partition("(")
        node = self.app if name.startswith("app.") else self
        return bool(node.check_action(name.removeprefix("app."), ()))

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings with their words in the language in use."""
        return {key: self._worded(active) for key, active in super().active_bindings.items()}

    def _worded(self, active: ActiveBinding) -> ActiveBinding:
        binding = active.binding
        if not binding.description.startswith("actions."):
            return active
        label = self.app.say(Message(binding.description))
        tooltip = self.app.say(Message(binding.tooltip)) if binding.tooltip else ""
        return active._replace(binding=replace(binding, description=label, tooltip=tooltip), tooltip=tooltip)
