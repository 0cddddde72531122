"""The one run that may go on behind the screens: its events are gathered, its view is painted, its end is told.

Long work belongs to the application: a screen that is left would take its workers along.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from screens.run_view import RunView
from wizard.errors import WizardError
from wizard.events import Listener, LogLines, RunFinished, Stamped
from wizard.questions import Asker

Work = Callable[[Sequence[Listener], Asker], Awaitable[RunFinished]]
"""A run of the engine that still wants its listeners and who answers."""
PAINT_SECONDS = 0.05
"""Events of this long are one repaint: an engine that says a thousand things a second is still read at leisure."""


@dataclass(slots=True)
class Runs:
    """Runs work of the engine, one at a time.

    Attributes:
        view: the newest run as it stands.
        changed: told the view after every batch of events.
        logged: told the log lines of a batch.
    """

    changed: Callable[[RunView], None]
    logged: Callable[[tuple[LogLines, ...]], None]
    view: RunView = field(default_factory=RunView)
    task: asyncio.Task[RunFinished | None] | None = None
    _pending: list[Stamped] = field(default_factory=list)
    _timer: asyncio.TimerHandle | None = None

    @property
    def busy(self) -> bool:
        """Whether a run goes on."""
        return self.task is not None and not self.task.done()

    async def run(self, work: Work, asker: Asker, *listeners: Listener) -> RunFinished | None:
        """Do the work; returns how it ended, None where an error kept it from beginning or a person stopped it."""
        self.task = asyncio.create_task(self._told(work, (*listeners, self.hear), asker))
        try:
            return await asyncio.shield(self.task)
        except asyncio.CancelledError:
            self.stop()
            raise
        finally:
            self.flush()

    def stop(self) -> None:
        """Ask the run to end; what is done stays done."""
        if self.task:
            self.task.cancel()

    async def ended(self) -> None:
        """Wait until no run goes on."""
        if self.task:
            await asyncio.wait({self.task})

    async def _told(self, work: Work, listeners: Sequence[Listener], asker: Asker) -> RunFinished | None:
        try:
            return await work(listeners, asker)
        except WizardError as error:
            self._failed_to_begin(error)
            return None
        except asyncio.CancelledError:
            self.flush()
            self._show(self.view.interrupted())
            return self.view.finished

    def _failed_to_begin(self, error: WizardError) -> None:
        self.flush()
        self._show(self.view.kept_from_beginning(error))

    def _show(self, view: RunView) -> None:
        self.view = view
        self.changed(view)

    def hear(self, stamped: Stamped) -> None:
        """Take one event of the engine; it is painted with all that come within the next moment."""
        self._pending.append(stamped)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(PAINT_SECONDS, self.flush)

    def flush(self) -> None:
        """Paint what was heard."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        heard, self._pending = self._pending, []
        if not heard:
            return
        self.view = self.view.after(heard)
        if lines := tuple(one.event for one in heard if isinstance(one.event, LogLines)):
            self.logged(lines)
        self.changed(self.view)
