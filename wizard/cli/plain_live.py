"""The region that is redrawn: what runs, what it waits for, and the last lines of who spoke last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rich.console import Group
from rich.text import Text

from wizard.cli.plain_lines import describe_step
from wizard.cli.progress import Progress
from wizard.cli.typesetting import Typesetter
from wizard.events import Status
from wizard.messages import message
from wizard.report.words import STATUS

_MOST_STEPS = 6


def live_region(setter: Typesetter, progress: Progress, now: datetime, began: datetime) -> Group:
    """Return at most a dozen lines, none wider than the terminal, never more than half its height."""
    lines = [_status_line(setter, progress, now, began), *_steps(setter, progress, now), *_tail(progress)]
    for line in lines:
        line.truncate(setter.console.width - 1, overflow="ellipsis")
    return Group(*lines[: max(3, setter.console.height // 2)])


def _status_line(setter: Typesetter, progress: Progress, now: datetime, began: datetime) -> Text:
    minutes, seconds = divmod(max(0, int((now - began).total_seconds())), 60)
    ended = sum(phase.status not in {Status.RUNNING, Status.WAITING} for phase in progress.phases.values())
    parts = [f"{minutes:02}:{seconds:02}", setter.say(message("progress.phases", ended=ended))]
    if budget := progress.budget:
        parts.append(setter.say(message("progress.budget", remaining=budget.remaining, limit=budget.limit)))
    if progress.paused:
        parts.append(setter.say(progress.paused.why))
    return Text(" · ".join(parts), style="dim")


def _steps(setter: Typesetter, progress: Progress, now: datetime) -> Iterator[Text]:
    steps = list(progress.running.values())
    for step in steps[:_MOST_STEPS]:
        yield Text.assemble(setter.mark(STATUS[step.status]), describe_step(setter, step, now))
    if (hidden := len(steps) - _MOST_STEPS) > 0:
        yield Text(setter.say(message("progress.more", count=hidden)), style="dim")


def _tail(progress: Progress) -> Iterator[Text]:
    source, lines = progress.tail()
    for line in lines:
        yield Text(f"  {source} | {line}", style="dim")
