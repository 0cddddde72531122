"""Where everybody starts: guided set-up, one phase again, the checklist; one key each."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from screens.actions import Action, bindings
from screens.page import Page
from wizard.messages import message


class HomePage(Page):
    """Offers the uses of the wizard."""

    TITLE_ID = "screens.home"
    CSS_PATH = "page.tcss"
    AUTO_FOCUS = "#uses"
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action(id="home.guided", keys="g,1", call="app.go('guided')", command="railwizard setup", shown=False),
        Action(id="home.deploy", keys="d,2", call="app.go('deploy')", command="railwizard deploy", shown=False),
        Action(
            id="home.checklist", keys="c,3", call="app.go('checklist')", command="railwizard checklist", shown=False
        ),
        Action(id="home.status", keys="s,4", call="app.go('status')", command="railwizard watch", shown=False),
        Action(id="home.language", keys="f2", call="app.switch_language", command="--lang en|ko"),
        Action(id="home.history", keys="h,5", call="app.go('history')", command="railwizard history", shown=False),
    )
    BINDINGS: ClassVar = bindings(ACTIONS)

    def compose_page(self) -> ComposeResult:
        """Greet, then offer."""
        with VerticalScroll(id="home"):
            yield Static(id="welcome", markup=False)
            yield OptionList(*(Option(action.id, id=action.id) for action in self.ACTIONS), id="uses", markup=False)

    def speak(self) -> None:
        """Write the greeting and the uses."""
        self.query_one("#welcome", Static).update(self.say(message("screens.welcome")))
        uses = self.query_one("#uses", OptionList)
        for action in self.ACTIONS:
            key = action.keys.partition(",")[0]
            label, help_ = f"{key:<3} {self.say(action.label)}\n", f"    {self.say(action.help)}"
            uses.replace_option_prompt(action.id, Content.assemble((label, "bold"), (help_, "$text-muted")))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go where the chosen use leads."""
        event.stop()
        chosen = next(action for action in self.ACTIONS if action.id == event.option_id)
        self.call_later(self.run_action, chosen.call)
