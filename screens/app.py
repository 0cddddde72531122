"""The application: its places, its language and themes, the run behind them, and an end that shows no values."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, ClassVar

from textual import work
from textual.app import App
from textual.reactive import reactive
from textual.screen import ModalScreen, Screen
from textual.signal import Signal

from screens.actions import Action, bindings
from screens.dialogs.confirm import ConfirmDialog
from screens.launch import Launch
from screens.logs.lines import LogStore
from screens.page import Page
from screens.prompter import ScreenPrompter
from screens.run_view import RunView
from screens.runs import Runs, Work
from screens.target import Target
from screens.themes import THEMES, chosen_theme, wants_no_colour
from wizard.errors import ExitCode, WizardError
from wizard.events import ErrorRaised, Listener, LogLines, RunFinished
from wizard.locale import Language, render
from wizard.messages import Message, message


def _home() -> Screen[None]:
    from screens.home.page import HomePage  # noqa: PLC0415 - each place is loaded when it is first shown

    return HomePage()


def _deploy() -> Screen[None]:
    from screens.deploy.page import DeployPage  # noqa: PLC0415 - see above

    return DeployPage()


def _checklist() -> Screen[None]:
    from screens.checklist.page import ChecklistPage  # noqa: PLC0415 - see above

    return ChecklistPage()


def _status() -> Screen[None]:
    from screens.status.page import StatusPage  # noqa: PLC0415 - see above

    return StatusPage()


def _logs() -> Screen[None]:
    from screens.logs.page import LogPage  # noqa: PLC0415 - see above

    return LogPage()


def _history() -> Screen[None]:
    from screens.history.page import HistoryPage  # noqa: PLC0415 - see above

    return HistoryPage()


def _guided() -> Screen[None]:
    from screens.guided.page import GuidedPage  # noqa: PLC0415 - see above

    return GuidedPage()


class WizardApp(App[int]):
    """The screens of one call.

    Attributes:
        language: switchable while running; every screen speaks again.
        run_changed: the view of the newest run after every batch of events.
        logged: lines of builds and services as they come.
    """

    TITLE = "railwizard"
    CSS_PATH = "app.tcss"
    MODES: ClassVar[dict[str, Callable[[], Screen[None]]]] = {  # type: ignore[assignment]
        "home": _home,
        "guided": _guided,
        "deploy": _deploy,
        "checklist": _checklist,
        "status": _status,
        "logs": _logs,
        "history": _history,
    }
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action(id="app.help", keys="f1", call="app.show_help_panel", shown=False),
        Action(id="app.language", keys="f2", call="app.switch_language", command="--lang en|ko", shown=False),
        Action(id="app.theme", keys="f3", call="app.next_theme", shown=False),
        Action(id="app.home", keys="f4", call="app.go('home')"),
        Action(id="app.logs", keys="l,f10", call="app.go('logs')", command="railwizard logs SERVICE", shown=False),
        Action(id="app.leave", keys="ctrl+q", call="app.leave", priority=True),
    )
    BINDINGS: ClassVar = bindings(ACTIONS)

    language: reactive[Language] = reactive(Language.ENGLISH, init=False)

    def __init__(self, launch: Launch) -> None:
        self.DEFAULT_MODE = launch.start  # type: ignore[misc]  # the first place comes without a blank screen before it
        super().__init__(ansi_color=True if wants_no_colour(launch.environment) else None)
        self.launch = launch
        self.set_reactive(WizardApp.language, launch.language)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = chosen_theme(launch.environment)
        self.run_changed: Signal[RunView] = Signal(self, "run_changed")
        self.logged: Signal[list[str]] = Signal(self, "logged")
        self.log_store = LogStore()
        self.runs = Runs(self.run_changed.publish, self.keep_log)
        self.asker = launch.asker(ScreenPrompter(self))
        self.crash: Exception | None = None

    def on_mount(self) -> None:
        """Be told to end as politely as by a key."""
        if not self.is_headless:
            self._hear_signals()

    def _hear_signals(self) -> None:
        loop = asyncio.get_running_loop()
        with suppress(NotImplementedError, RuntimeError, ValueError):  # where there are none, nobody sends one
            for name in ("SIGINT", "SIGTERM", "SIGHUP"):
                loop.add_signal_handler(getattr(signal, name), self.end_now)

    @property
    def target(self) -> Target:
        """What this works on."""
        return Target.of(self.launch, self.runs.view)

    def say(self, text: Message) -> str:
        """Return a sentence in the language in use."""
        return render(text, self.language)

    async def shown(self, dialog: ModalScreen[Any]) -> Any:
        """Show a dialog from any task and return its answer, None where a person left it."""
        answered: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

        def answer(given: Any) -> None:
            if not answered.done():
                answered.set_result(given)

        await self.push_screen(dialog, answer)
        try:
            return await answered
        except asyncio.CancelledError:
            if dialog.is_attached:
                dialog.dismiss(None)
            raise

    def watch_language(self) -> None:
        """Let every screen that is open speak again."""
        for screen in self._open_pages():
            screen.speak_all()

    def _open_pages(self) -> list[Page]:
        return [one for stack in self._screen_stacks.values() for one in stack if isinstance(one, Page)]

    def action_switch_language(self) -> None:
        """Speak the other language."""
        self.language = Language.KOREAN if self.language is Language.ENGLISH else Language.ENGLISH

    def action_next_theme(self) -> None:
        """Take the next theme: dark, light, high contrast, the terminal's own colours."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]

    def action_go(self, place: str) -> None:
        """Show a place; its widgets stay as they were left."""
        self.switch_mode(place)

    @work(group="leave", exclusive=True)
    async def action_leave(self) -> None:
        """End; while a run goes on, first say what goes on without us."""
        if self.runs.busy and not await self.confirmed(message("screens.leave-during-run"), "screens.leave"):
            return
        self.runs.stop()
        await self.runs.ended()
        self.exit(return_code=self.runs.view.exit_code or int(ExitCode.SUCCESS))

    def action_help_quit(self) -> None:
        """Ctrl-C with nothing to copy is meant to leave."""
        self.action_leave()

    @work(group="end", exclusive=True)
    async def end_now(self) -> None:
        """End without a question: the system asked, or the terminal is gone."""
        self.runs.stop()
        await self.runs.ended()
        self.exit(return_code=int(ExitCode.INTERRUPTED))

    async def confirmed(self, text: Message, yes: str) -> bool:
        """Ask for a yes."""
        return bool(await self.shown(ConfirmDialog(text, Message(yes))))

    async def run_now(self, work: Work, *listeners: Listener) -> RunFinished | None:
        """Run work of the engine to its end; None where it did not begin, a person stopped it or another one runs."""
        if self.runs.busy:
            self.notify(self.say(message("screens.run-goes-on")), severity="warning", markup=False)
            return None
        self.log_store.clear()
        return await self.runs.run(work, self.asker, *self.launch.listeners, *listeners)

    @work(group="run", exclusive=False, exit_on_error=False)
    async def start_run(self, work: Work, then: Callable[[RunFinished | None], Awaitable[None]] | None = None) -> None:
        """Run work of the engine behind whatever is shown."""
        finished = await self.run_now(work)
        if then:
            await then(finished)

    def keep_log(self, batches: tuple[LogLines, ...]) -> None:
        """Keep the newest lines for places that are opened later, and tell those that are open."""
        self.logged.publish([line for batch in batches for line in self.log_store.add(batch)])

    def tell(self, error: WizardError) -> None:
        """Say what went wrong and what to do, for a while, over whatever is shown."""
        self.tell_event(ErrorRaised.of(error))

    def tell_event(self, error: ErrorRaised) -> None:
        """Say what an engine told of an error."""
        text = f"{self.say(error.why)}\n{self.say(error.fix)}"
        self.notify(text, title=self.say(error.what), severity="error", timeout=15, markup=False)

    def _fatal_error(self) -> None:
        """Close without a word: Textual would print local variables; the command line tells the crash, redacted."""
        error = self._exception
        self.crash = error if isinstance(error, Exception) else None
        self._close_messages_no_wait()


def open_screens(launch: Launch) -> int:
    """Show the screens until a person leaves; returns the exit code, raises what crashed them."""
    app = WizardApp(launch)
    app.run()
    if app.crash is not None:
        raise app.crash
    return app.return_code or 0
