"""The face for people: progress on stderr, redrawn or line by line; the result on stdout."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from wizard.cli.mode import Style
from wizard.cli.plain_lines import PlainLines, describe_step
from wizard.cli.plain_live import live_region
from wizard.cli.progress import Progress
from wizard.cli.typesetting import Typesetter
from wizard.clock import Clock
from wizard.events import (
    ErrorRaised,
    LogLines,
    PhaseChanged,
    RateBudget,
    RunFinished,
    ServiceStatus,
    Stamped,
    StepChanged,
)
from wizard.locale import Language
from wizard.report.record import RunRecord
from wizard.report.sections import sections

HEARTBEAT_S = 30.0
"""Seconds after which still text says that the run lives."""
_FRAME_S = 0.2
_ROUTINE = (PhaseChanged, StepChanged, ServiceStatus, RateBudget, LogLines)


class PatientConsole(Console):
    """A console that falls silent when its reader leaves, where rich's own would end the process."""

    def on_broken_pipe(self) -> None:
        """Write nothing more; the run goes on and its exit code still tells."""
        self.quiet = True


def console_for(stream: IO[str]) -> Console:
    """Return a console that prints text as it is: no markup, no emoji codes, no invented colours."""
    return PatientConsole(file=stream, markup=False, emoji=False, highlight=False)


@dataclass(slots=True, kw_only=True)
class PlainRenderer:
    """Listens to a run and shows it; `keep_alive` must run beside it for the clock to be seen moving.

    Attributes:
        log_lines: show every line of builds and services.
        header_only: of a command that only reads: say where, what was found wrong and what is waited for.
    """

    progress_console: Console
    result_console: Console
    language: Language
    style: Style
    clock: Clock
    log_lines: bool = False
    header_only: bool = False
    _record: RunRecord = field(default_factory=RunRecord)
    _progress: Progress = field(default_factory=Progress)
    _live: Live | None = None
    _lines: PlainLines = field(init=False)
    _gone: bool = False

    def __post_init__(self) -> None:
        setter = Typesetter(self.progress_console, self.language)
        self._lines = PlainLines(setter, every_step=self.style is Style.APPEND, log_lines=self.log_lines)

    def __call__(self, stamped: Stamped) -> None:
        """Show one event; a terminal that is gone is no reason to stop the run."""
        self._record.add(stamped)
        self._progress.add(stamped)
        if self._gone:
            return
        try:
            self._show(stamped)
        except OSError:
            self._gone = True

    def _show(self, stamped: Stamped) -> None:
        if isinstance(stamped.event, RunFinished):
            self.close()
            self._summary()
            return
        if self.header_only and isinstance(stamped.event, _ROUTINE):
            return
        self._lines.write(stamped.event)
        if isinstance(stamped.event, ErrorRaised):
            self.close()
        elif self.style is Style.LIVE and self._live is None and not self._progress.over and not self.header_only:
            self._start()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Leave the terminal to somebody who types."""
        self.close()
        try:
            yield
        finally:
            if self.style is Style.LIVE and not self._progress.over and not self.header_only:
                self._start()

    async def keep_alive(self) -> None:
        """Redraw, or say every half minute what is still waited for, until cancelled."""
        while True:
            await self.clock.sleep(_FRAME_S if self.style is Style.LIVE else HEARTBEAT_S)
            try:
                self.tick()
            except OSError:
                self._gone = True

    def tick(self) -> None:
        """Show the present once."""
        if self._gone or self._progress.over or self.header_only:
            return
        if self._live:
            self._live.update(self._region(), refresh=True)
        elif self.style is Style.APPEND:
            self._heartbeat()

    def close(self) -> None:
        """Take the live region off the terminal."""
        if self._live:
            live, self._live = self._live, None
            live.update(Text())
            live.stop()

    def _start(self) -> None:
        self._live = Live(
            self._region(),
            console=self.progress_console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._live.start()

    def _region(self) -> Group:
        began = self._record.started_at or self.clock.now()
        return live_region(self._lines.setter, self._progress, self.clock.now(), began)

    def _heartbeat(self) -> None:
        now, setter = self.clock.now(), self._lines.setter
        for step in self._progress.running.values():
            last = self._progress.last_line(step.resource)
            setter.write(f"    {_time(now)} ", describe_step(setter, step, now) + (f" | {last}" if last else ""))

    def _summary(self) -> None:
        setter = Typesetter(self.result_console, self.language)
        lines = PlainLines(setter, every_step=False)
        for section in sections(self._record):
            setter.write("")
            setter.write(Text(setter.say(section.title), style="bold"))
            for row in section.rows:
                lines.row(row, indent="  ")
        self.result_console.file.flush()


def _time(moment: datetime) -> str:
    return moment.astimezone().strftime("%H:%M:%S")
