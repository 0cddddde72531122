from __future__ import annotations

import itertools

import pytest

from wizard.cli.mode import Mode, ModeOptions, Style, choose_mode, choose_style, may_wait


def expected(*, json: bool, plain: bool, stdin: bool, stderr: bool, ci: bool) -> Mode:
    if json:
        return Mode.JSON
    if stdin and stderr and (plain or not ci):
        return Mode.PLAIN
    return Mode.HEADLESS


@pytest.mark.parametrize(("json", "plain", "stdin", "stderr", "ci"), list(itertools.product([False, True], repeat=5)))
def test_mode_truth_table(*, json: bool, plain: bool, stdin: bool, stderr: bool, ci: bool) -> None:
    environment = {"CI": "true"} if ci else {}
    mode = choose_mode(environment, stdin_tty=stdin, stderr_tty=stderr, options=ModeOptions(json=json, plain=plain))
    assert mode is expected(json=json, plain=plain, stdin=stdin, stderr=stderr, ci=ci)
    assert mode.asks is (mode is Mode.PLAIN)


@pytest.mark.parametrize("value", ["", "0", "false", "False", "no"])
def test_a_ci_variable_that_says_no_is_no_ci(value: str) -> None:
    assert choose_mode({"CI": value}, stdin_tty=True, stderr_tty=True, options=ModeOptions()) is Mode.PLAIN
    assert may_wait({"CI": value}, stdin_tty=True, stderr_tty=True)


@pytest.mark.parametrize(
    ("environment", "tty", "style"),
    [
        ({}, True, Style.LIVE),
        ({}, False, Style.APPEND),
        ({"NO_COLOR": "1"}, True, Style.APPEND),
        ({"NO_COLOR": ""}, True, Style.LIVE),
        ({"TERM": "dumb"}, True, Style.APPEND),
        ({"TERM": "xterm-256color"}, True, Style.LIVE),
        ({"ACCESSIBLE": "1"}, True, Style.APPEND),
        ({"CI": "true"}, True, Style.APPEND),
    ],
)
def test_style_truth_table(environment: dict[str, str], *, tty: bool, style: Style) -> None:
    assert choose_style(environment, stderr_tty=tty) is style


@pytest.mark.parametrize(("stdin", "stderr", "ci"), list(itertools.product([False, True], repeat=3)))
def test_waiting_needs_two_terminals_and_no_ci(*, stdin: bool, stderr: bool, ci: bool) -> None:
    allowed = may_wait({"CI": "1"} if ci else {}, stdin_tty=stdin, stderr_tty=stderr)
    assert allowed is (stdin and stderr and not ci)
