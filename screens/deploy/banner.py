"""How the run as a whole stands: how long it goes on, why it waits, how it ended, where the result is, what is next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from textual import getters
from textual.content import Content

from screens.deploy.panel_text import key_text
from screens.deploy.remedies import Remedy
from screens.run_view import RunView
from screens.spoken import Spoken
from screens.widgets.prose import Prose
from screens.widgets.report_text import Say, marked
from wizard.events import Result, RunPaused, Status
from wizard.messages import Message, message
from wizard.report.words import RESULT, STATUS, phase_name

if TYPE_CHECKING:
    from screens.app import WizardApp

_NEXT = {
    Result.NEEDS_INPUT: message("panel.next-needs-input"),
    Result.REFUSED: message("report.next-refused"),
    Result.INTERRUPTED: message("panel.next-interrupted"),
    Result.PLANNED: message("panel.next-planned"),
}


class RunBanner(Prose, Spoken):
    """A few lines below the panel; nothing before the first run."""

    DEFAULT_CSS = "RunBanner { height: auto; max-height: 6; margin: 0 1; }"

    if TYPE_CHECKING:
        app = getters.app(WizardApp)

    def __init__(self) -> None:
        super().__init__(id="banner")
        self._view = RunView()
        self._remedies: tuple[Remedy, ...] = ()

    def show(self, view: RunView, remedies: tuple[Remedy, ...]) -> None:
        """Paint a run, and the keys that help where it did not end well."""
        self._view, self._remedies = view, remedies
        self.speak()

    def speak(self) -> None:
        """Write it again."""
        lines = list(banner_lines(self._view, self.app.say, self.app.launch.clock.now()))
        if self._remedies:
            keys = [key_text(one, self.app.say(one.word)) for one in self._remedies]
            lines.append(Content("  ").join(keys))
        self.display = bool(lines)
        self.tell(Content("\n").join(lines))


def banner_lines(view: RunView, say: Say, now: datetime) -> Iterator[Content]:
    """Return the run in a few lines."""
    if view.running:
        yield _running(view, say, now)
        if view.paused:
            yield _paused(view.paused, say, now)
    elif view.kept_from is not None:
        yield marked(RESULT[Result.INTERRUPTED if view.run and not view.errors else Result.FAILED], say) + Content(
            f" · {say(message('panel.not-begun') if view.errors else _next(view, say))}"
        )
    elif view.run:
        yield from _ended(view, say)


def _running(view: RunView, say: Say, now: datetime) -> Content:
    took = int((now - view.started_at).total_seconds()) if view.started_at else 0
    minutes, seconds = divmod(max(0, took), 60)
    command = view.started.command if view.started else ""
    return marked(STATUS[Status.RUNNING], say) + Content(f" {command} · {minutes:02}:{seconds:02}")


def _paused(paused: RunPaused, say: Say, now: datetime) -> Content:
    told = [say(paused.why)]
    if paused.until:
        told.append(say(message("progress.until", time=f"{paused.until.astimezone():%H:%M:%S}")))
        told.append(say(message("panel.left", seconds=max(0, int((paused.until - now).total_seconds())))))
    return marked(STATUS[Status.PAUSED], say) + Content(f" {' · '.join(told)}")


def _ended(view: RunView, say: Say) -> Iterator[Content]:
    finished = view.finished
    when = f"{view.started_at.astimezone():%m-%d %H:%M} " if view.past and view.started_at else ""
    command = view.started.command if view.started else ""
    if finished is None:
        yield Content(f"{when}{command}: {say(message('history.unfinished'))}")
        yield Content(say(_next(view, say)))
        return
    began, at = view.started_at, view.at
    seconds = finished.seconds or ((at - began).total_seconds() if began and at else 0.0)
    took = say(message("report.seconds", seconds=round(seconds, 1)))
    yield marked(RESULT[finished.result], say) + Content(f" {when}{command} · {took}")
    if finished.result is Result.FAILED:
        return
    for name, url in finished.urls:
        yield Content(f"{name}: {url} [y]")
    yield Content(say(_next(view, say)))


def _next(view: RunView, say: Say) -> Message:
    finished = view.finished
    rehearsed = view.started is not None and view.started.command == "rehearse"
    if rehearsed and (finished is None or finished.exit_code):
        return message("panel.next-rehearse-again")
    if finished is None or finished.result in _NEXT:
        return _NEXT[finished.result if finished else Result.INTERRUPTED]
    if stale := next((one.phase for one in finished.phases if one.status is Status.STALE), ""):
        name = phase_name(stale)
        return message("panel.next-stale", phase=name if isinstance(name, str) else say(name))
    return message("panel.next-rehearsed" if rehearsed else "panel.next-done")
