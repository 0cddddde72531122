from __future__ import annotations

import asyncio
import dataclasses
import io
import re
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from rich.cells import cell_len
from rich.console import Console

from tests.cli.conftest import FrozenClock
from tests.cli.stories import START, failed_run, started, verified_run, waiting, work
from wizard.cli.mode import Style
from wizard.cli.plain_renderer import HEARTBEAT_S, PlainRenderer, console_for
from wizard.events import Event, LogLines, Stamped, Status, StepChanged
from wizard.locale import Language, render
from wizard.report.words import STATUS

Stamp = Callable[[Sequence[Event]], list[Stamped]]


def terminal(width: int = 80, *, colour: bool = True) -> Console:
    return Console(
        file=io.StringIO(),
        force_terminal=True,
        width=width,
        height=24,
        no_color=not colour,
        markup=False,
        emoji=False,
        highlight=False,
        color_system="standard" if colour else None,
        legacy_windows=False,
    )


def shown(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def renderer(
    progress: Console,
    result: Console,
    clock: FrozenClock,
    language: Language = Language.ENGLISH,
    style: Style = Style.APPEND,
) -> PlainRenderer:
    return PlainRenderer(
        progress_console=progress,
        result_console=result,
        language=language,
        style=style,
        clock=clock,  # type: ignore[arg-type]
    )


def played(events: Sequence[Stamped], clock: FrozenClock, language: Language = Language.ENGLISH) -> tuple[str, str]:
    """Play a run into files and return what stderr and stdout hold."""
    progress, result = console_for(io.StringIO()), console_for(io.StringIO())
    listener = renderer(progress, result, clock, language)
    for event in events:
        listener(event)
    return shown(progress), shown(result)


def test_the_header_names_target_workspace_project_environment_and_ids(
    verified: list[Stamped], clock: FrozenClock
) -> None:
    first, second, third, *_ = played(verified, clock)[0].splitlines()
    assert first == "railwizard rehearse · rehearsal · http://127.0.0.1:4001 · process"
    for part in ("Local", "vision-mvp", "production", "prj-1", "env-1"):
        assert part in second
    assert "LLM_PROVIDER" in third


def test_a_place_that_becomes_known_later_is_named_then(stamp: Stamp, clock: FrozenClock) -> None:
    bare = dataclasses.replace(started(), workspace="", project="", environment="", ids=(), overlay=())
    lines = played(stamp([bare, work()[1]]), clock)[0].splitlines()
    assert len(lines) == 2
    assert "prj-1" in lines[1]


def test_progress_goes_to_stderr_and_the_result_to_stdout(verified: list[Stamped], clock: FrozenClock) -> None:
    progress, result = played(verified, clock)
    assert "✓ done" in progress
    for part in ("✓ verified", "requests: 31", "http://backend-abcd.localhost:5001", "redis", "process"):
        assert part in result
        assert part not in progress or part == "process"


def test_a_step_says_what_it_waits_for_since_when_and_what_is_usual(stamp: Stamp, clock: FrozenClock) -> None:
    progress, _ = played(stamp([waiting()]), clock)
    since = START.astimezone().strftime("%H:%M:%S")
    assert f"Deploy backend (since {since}, usually 40 s): An answer is needed here." in progress


def test_every_state_is_shown_by_glyph_and_word(stamp: Stamp, clock: FrozenClock) -> None:
    for status in set(Status) - {Status.RUNNING, Status.WAITING}:
        progress, _ = played(stamp([StepChanged("deploy", "deploy.backend", "backend", status)]), clock)
        assert f"{STATUS[status].glyph} {render(STATUS[status].word)}" in progress


def test_the_same_step_said_twice_is_one_line(stamp: Stamp, clock: FrozenClock) -> None:
    progress, _ = played(stamp([waiting(), waiting(), waiting("frontend")]), clock)
    assert len(progress.splitlines()) == 2


def test_a_failure_shows_phase_cause_lines_and_fix(stamp: Stamp, clock: FrozenClock) -> None:
    progress, result = played(stamp(failed_run()), clock)
    for text in (progress, result):
        for part in ("deploy.backend", "ModuleNotFoundError: redis", "Fix:", "phases.create-lost"):
            assert part in text
    assert "run the same command again" in result


def test_korean_has_no_english_sentence_left(verified: list[Stamped], clock: FrozenClock) -> None:
    progress, result = played(verified, clock, Language.KOREAN)
    assert "확인하지 않은 항목" in result
    assert "배포" in progress
    for english in ("Not checked", "passed", "verified", "done", "waits", "usually", "Result", "needed"):
        assert english not in progress + result


def test_nothing_in_a_file_is_coloured_wrapped_or_padded(stamp: Stamp, clock: FrozenClock) -> None:
    long = "x" * 300
    progress, _ = played(stamp([*work(), LogLines("backend", "build", (long,))]), clock)
    assert "\x1b" not in progress
    assert all(line == line.rstrip() for line in progress.splitlines())


def test_markup_from_outside_is_text(stamp: Stamp, clock: FrozenClock) -> None:
    progress, result = console_for(io.StringIO()), console_for(io.StringIO())
    listener = renderer(progress, result, clock)
    listener.log_lines = True
    listener.__post_init__()
    for event in stamp(work()):
        listener(event)
    assert "[red]no markup[/red]" in shown(progress)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("width", [80, 40, 20])
def test_no_line_is_wider_than_the_terminal(stamp: Stamp, clock: FrozenClock, width: int, language: Language) -> None:
    progress, result = terminal(width, colour=False), terminal(width, colour=False)
    listener = renderer(progress, result, clock, language)
    for event in stamp(failed_run()):
        listener(event)
    lines = (shown(progress) + shown(result)).splitlines()
    assert max(cell_len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines) <= width


def test_an_output_that_knows_no_glyphs_gets_ascii(verified: list[Stamped], clock: FrozenClock) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", errors="replace", write_through=True)
    listener = renderer(console_for(stream), console_for(stream), clock)
    for event in verified:
        listener(event)
    text = raw.getvalue().decode("ascii")
    assert "+ done" in text
    assert "? done" not in text


def test_the_heartbeat_says_what_is_still_waited_for(stamp: Stamp, clock: FrozenClock) -> None:
    progress = console_for(io.StringIO())
    listener = renderer(progress, console_for(io.StringIO()), clock)
    for event in stamp(work()):
        listener(event)
    before = len(shown(progress).splitlines())
    clock.later(30)
    listener.tick()
    [line] = shown(progress).splitlines()[before:]
    assert "30 s so far, usually 40 s" in line
    assert line.endswith("| Step 3/4 [red]no markup[/red]")


async def test_the_heart_beats_every_half_minute(stamp: Stamp) -> None:
    class Beating(FrozenClock):
        beats = 0

        async def sleep(self, seconds: float) -> None:
            assert seconds == HEARTBEAT_S
            self.beats += 1
            self.later(seconds)
            if self.beats == 4:
                raise asyncio.CancelledError

    clock, progress = Beating(), console_for(io.StringIO())
    listener = renderer(progress, console_for(io.StringIO()), clock)
    listener(stamp([waiting()])[0])
    with pytest.raises(asyncio.CancelledError):
        await listener.keep_alive()
    assert [f"{seconds} s so far" in shown(progress) for seconds in (30, 60, 90, 120)] == [True, True, True, False]


def test_a_command_that_only_reads_says_where_but_not_how(verified: list[Stamped], clock: FrozenClock) -> None:
    progress = console_for(io.StringIO())
    listener = renderer(progress, console_for(io.StringIO()), clock)
    listener.header_only = True
    for event in verified[:-1]:
        listener(event)
    assert "prj-1" in shown(progress)
    assert "tree.dirty" in shown(progress)
    assert "running    Project" not in shown(progress)


def test_the_live_region_fits_half_of_80_by_24_and_is_gone_at_the_end(stamp: Stamp, clock: FrozenClock) -> None:
    pyte = pytest.importorskip("pyte")
    progress = terminal(colour=False)
    listener = renderer(progress, console_for(io.StringIO()), clock, style=Style.LIVE)
    events = stamp(
        [
            started(),
            *(waiting(f"service-{n}") for n in range(9)),
            LogLines("service-8", "build", ("first", "second", "third", "fourth", "한글" * 60)),
            *verified_run()[-1:],
        ]
    )
    screen = pyte.Screen(80, 24)
    stream = pyte.Stream(screen)
    for event in events[:-1]:
        listener(event)
    clock.later(75)
    listener.tick()
    stream.feed(shown(progress).replace("\n", "\r\n"))
    drawn = [line.rstrip() for line in screen.display]
    region = [line for line in drawn if line]
    assert any("01:14" in line for line in region)
    assert sum("service-" in line and "75 s so far, usually 40 s" in line for line in region) == 6
    assert any("and 3 more" in line for line in region)
    assert any(line.startswith("  service-8 | 한글") and cell_len(line) <= 80 for line in region), region
    first = next(index for index, line in enumerate(region) if "01:14" in line)
    assert len(region) - first <= 24 // 2
    listener(events[-1])
    screen.reset()
    stream.feed(shown(progress).replace("\n", "\r\n"))
    left = [line.rstrip() for line in screen.display if line.strip()]
    assert left[0].startswith("railwizard rehearse")
    assert not any("so far" in line for line in left)


def test_a_question_has_the_terminal_to_itself(stamp: Stamp, clock: FrozenClock) -> None:
    progress = terminal(colour=False)
    listener = renderer(progress, console_for(io.StringIO()), clock, style=Style.LIVE)
    listener(stamp([waiting()])[0])
    with listener.paused():
        before = shown(progress)
        listener.tick()
        assert shown(progress) == before
    listener.tick()
    assert shown(progress) != before


def test_a_terminal_that_is_gone_does_not_stop_the_run(verified: list[Stamped], clock: FrozenClock) -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError(len(text))

    listener = renderer(console_for(Gone()), console_for(Gone()), clock)
    for event in verified:
        listener(event)


def test_a_hundred_thousand_log_lines_leave_only_a_tail(stamp: Stamp, clock: FrozenClock) -> None:
    listener = renderer(console_for(io.StringIO()), console_for(io.StringIO()), clock)
    batch = LogLines("backend", "build", tuple(f"line {n}" for n in range(1000)))
    for event in stamp([batch] * 100):
        listener(event)
    assert listener._progress.tail() == ("backend", tuple(f"line {n}" for n in range(996, 1000)))
    assert START + timedelta(0) == clock.now()
