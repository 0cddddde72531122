"""Runs the engine behind the faces of one call: who listens, who answers, and how it ends."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path

from wizard.cli.asker import ChainAsker, Prompter
from wizard.cli.conclusion import Conclusion
from wizard.cli.explanation import explain
from wizard.cli.invocation import Invocation
from wizard.cli.json_renderer import JsonRenderer
from wizard.cli.mode import Mode
from wizard.cli.plain_renderer import PlainRenderer, console_for
from wizard.cli.report_files import ReportFiles
from wizard.cli.stream_end import StreamEnd
from wizard.clock import SystemClock
from wizard.errors import ExitCode
from wizard.events import Listener
from wizard.messages import message
from wizard.options import Faces
from wizard.report.record import RunRecord

Work = Callable[[Faces], Awaitable[int]]


@dataclass(slots=True)
class Session:
    """One call's faces.

    Attributes:
        streams: whether JSON means the stream of events; a command that answers with one document says no.
        reports: files a run leaves behind.
        record: what the run has shown so far.
        on_interrupt: what Ctrl-C does; cancels the run unless something else waits for it.
    """

    invocation: Invocation
    answers: tuple[str, ...] = ()
    answers_file: Path | None = None
    yes: bool = False
    verbose: bool = False
    streams: bool = True
    reports: ReportFiles | None = None
    record: RunRecord = field(default_factory=RunRecord)
    on_interrupt: Callable[[], object] = lambda: None
    _end: StreamEnd = field(default_factory=StreamEnd)
    _plain: PlainRenderer | None = None

    def run(self, work: Work) -> int:
        """Do the work on an event loop of its own and return the exit code; errors are told by the face in use."""
        return self._reported(asyncio.run(self._main(work)))

    def _reported(self, code: int) -> int:
        """Tell a report that could not be written; a run that failed keeps its own exit code and last line."""
        problem = self.reports.problem if self.reports else None
        if problem is None:
            return code
        conclusion = Conclusion(self.invocation)
        if code == ExitCode.SUCCESS:
            return conclusion.error(problem)
        conclusion.tell(problem)
        return code

    async def _main(self, work: Work) -> int:
        task = asyncio.current_task()
        self.on_interrupt = task.cancel if task else self.on_interrupt
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        listeners = self._listeners()
        heart = asyncio.ensure_future(self._plain.keep_alive()) if self._plain else None
        try:
            with self._signals():
                asker = self._asker()
                code = await work(Faces(listeners=listeners, asker=asker))
                self._tell_unused(asker)
        except asyncio.CancelledError:
            code = self._interrupted(listeners)
        except Exception as error:  # noqa: BLE001 - told by the face, with a report where it is a bug
            code = self._failed(error, listeners)
        finally:
            self._stop(heart)
        return code

    def _listeners(self) -> tuple[Listener, ...]:
        if self.invocation.mode is Mode.JSON:
            stream = (JsonRenderer(sys.stdout.buffer),) if self.streams else ()
            return (*self._quiet_listeners(), *stream)
        self._plain = PlainRenderer(
            progress_console=console_for(sys.stderr),
            result_console=console_for(sys.stdout),
            language=self.invocation.language,
            style=self.invocation.style,
            clock=SystemClock(),
            log_lines=self.verbose,
            header_only=not self.streams,
        )
        return (*self._quiet_listeners(), self._plain)

    def _quiet_listeners(self) -> tuple[Listener, ...]:
        """Return who listens without a word: reports are complete before the result is told."""
        return (self.record.add, self._end, *((self.reports,) if self.reports else ()))

    def _asker(self) -> ChainAsker:
        return ChainAsker(
            pairs=self.answers,
            environment=self.invocation.environment,
            file=self.answers_file,
            take_defaults=self.yes,
            prompter=self._prompter() if self.invocation.mode.asks else None,
        )

    def _prompter(self) -> Prompter:
        from wizard.cli.prompter import TerminalPrompter  # noqa: PLC0415 - only who is asked pays for questionary

        paused = self._plain.paused if self._plain else nullcontext
        return TerminalPrompter(self.invocation.language, self._interrupt, paused)

    def _interrupt(self, *_: object) -> None:
        self.on_interrupt()

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """End the run in order on Ctrl-C, on a polite kill and when the terminal closes."""
        loop = asyncio.get_running_loop()
        names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
        with suppress(NotImplementedError, RuntimeError, ValueError):
            for name in names:
                loop.add_signal_handler(getattr(signal, name), self._interrupt)
        try:
            yield
        finally:
            with suppress(NotImplementedError, RuntimeError, ValueError):
                for name in names:
                    loop.remove_signal_handler(getattr(signal, name))

    def _interrupted(self, listeners: tuple[Listener, ...]) -> int:
        if not self._started:
            self._end.finish(self._quiet_listeners(), ExitCode.INTERRUPTED)
            return Conclusion(self.invocation).interrupted()
        self._end.finish(listeners, ExitCode.INTERRUPTED)
        return int(ExitCode.INTERRUPTED)

    def _failed(self, raised: Exception, listeners: tuple[Listener, ...]) -> int:
        error = explain(raised, self.invocation)
        if not self._started or self._end.finished:
            self._end.finish(self._quiet_listeners(), error.exit_code, error)
            return Conclusion(self.invocation).error(error)
        self._end.finish(listeners, error.exit_code, error)
        return int(error.exit_code)

    @property
    def _started(self) -> bool:
        """A stream began that its readers expect to see ended."""
        return self.streams and self._end.seq > 0

    def _stop(self, heart: asyncio.Future[None] | None) -> None:
        if heart:
            heart.cancel()
        if self._plain:
            self._plain.close()

    def _tell_unused(self, asker: ChainAsker) -> None:
        if (unused := asker.unused()) and self.invocation.mode is not Mode.JSON:
            text = self.invocation.say(message("cli.unused-answers", ids=", ".join(unused)))
            sys.stderr.write(f"{text}\n")
