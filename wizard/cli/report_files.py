"""`--report FILE`: the report of the last run of a call, in as many formats as were asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wizard.errors import FailedError, UsageError, WizardError
from wizard.events import LogLines, RunFinished, RunStarted, Stamped
from wizard.locale import Language
from wizard.report.formats import Format, report

_FORMATS = {form.suffix: form for form in Format}


@dataclass(slots=True)
class ReportFiles:
    """Listens to runs and writes their reports as soon as one ended, whatever its result.

    Attributes:
        problem: why a report could not be written; told when everything else was said.
    """

    language: Language
    files: tuple[tuple[Path, Format], ...] = ()
    problem: WizardError | None = None
    _events: list[Stamped] = field(default_factory=list)

    @classmethod
    def of(cls, paths: Sequence[Path], language: Language) -> ReportFiles:
        """Choose formats by suffix; raises UsageError for an unknown one and for a place that cannot be written."""
        return cls(language, tuple((_writable(path), _format(path)) for path in paths))

    def __call__(self, stamped: Stamped) -> None:
        """Keep an event; a run that begins after another one takes its place."""
        if not self.files or isinstance(stamped.event, LogLines):
            return
        if isinstance(stamped.event, RunStarted):
            self._events.clear()
        self._events.append(stamped)
        if isinstance(stamped.event, RunFinished):
            self._write()

    def _write(self) -> None:
        for path, form in self.files:
            try:
                path.write_text(report(self._events, form, self.language), encoding="utf-8", errors="replace")
            except OSError as error:
                self.problem = FailedError("report.not-written", file=str(path), detail=error.strerror or str(error))


def _format(path: Path) -> Format:
    if form := _FORMATS.get(path.suffix.lower()):
        return form
    raise UsageError("report.unknown-suffix", file=str(path), suffixes=", ".join(_FORMATS))


def _writable(path: Path) -> Path:
    """Try the place before the run: a report that is missed only afterwards cannot be made again."""
    try:
        if path.exists():
            path.open("ab").close()
        else:
            tempfile.TemporaryFile(dir=path.parent).close()
    except OSError as error:
        raise UsageError("report.unwritable", file=str(path), detail=error.strerror or str(error)) from error
    return path.absolute()
