"""The program as a process: start-up, help, errors, exit codes, crashes, signals, pipes, completion."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from wizard.cli.app import COMMANDS
from wizard.cli.crash import redact
from wizard.cli.guard import guarded
from wizard.cli.invocation import Invocation
from wizard.cli.mode import Mode
from wizard.locale import Language

ROOT = Path(__file__).parents[2]
TINY = ROOT / "tests" / "apps" / "tiny"
HEAVY = ("click", "rich", "pydantic", "httpx", "questionary", "keyring", "asyncio", "wizard.compose", "wizard.events")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment without terminal, tokens, keyring or the operator's own state."""
    kept = {key: value for key, value in os.environ.items() if key == "PATH" or key.startswith("COVERAGE")}
    return kept | {
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "RAILWIZARD_STATE": str(tmp_path / "state"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONPATH": str(ROOT),
    }


def run(
    environment: dict[str, str], *arguments: str, cwd: Path = ROOT, python: tuple[str, ...] = ("-m", "wizard")
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *python, *arguments],
        env=environment,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_version_loads_next_to_nothing(environment: dict[str, str]) -> None:
    code = (
        "import sys; sys.argv = ['railwizard', '--version']; from wizard.cli.main import main; code = main(); "
        f"print(code, sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    assert run(environment, code, python=("-c",)).stdout == "railwizard 0.1.0\n0 []\n"


def test_help_loads_no_command(environment: dict[str, str]) -> None:
    code = (
        "import sys; from wizard.cli.guard import guarded; guarded(['--help']); "
        "print([name for name in sys.modules if name.startswith(('wizard.cli.commands', 'wizard.compose', 'rich'))])"
    )
    ended = run(environment, code, python=("-c",))
    assert ended.stdout.splitlines()[-1] == "[]"
    assert all(name in ended.stdout for name in COMMANDS)


@pytest.mark.parametrize("arguments", [(), ("--help",)])
def test_without_a_command_there_is_help(environment: dict[str, str], arguments: tuple[str, ...]) -> None:
    ended = run(environment, *arguments)
    assert ended.returncode == 0
    assert ended.stdout.startswith("Usage: railwizard")
    assert run(environment, *arguments, "--lang", "ko").stdout.startswith("사용법: railwizard")


def call(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run a command line in this process: the same as in its own, without starting Python each time."""
    for name in ("CI", "LANG", "LC_ALL", "RAILWIZARD_LANG", "RAILWIZARD_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return guarded(arguments)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_in_both_languages(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert call(environment, monkeypatch, name, "--help") == 0
    english = capsys.readouterr().out
    assert call(environment | {"LANG": "ko_KR.UTF-8"}, monkeypatch, name, "--help") == 0
    korean = capsys.readouterr().out
    assert english.startswith(f"Usage: railwizard {name}")
    assert korean.startswith(f"사용법: railwizard {name}")
    assert "help." not in english + korean
    assert "Show this and exit." not in korean


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("deplo",), "railwizard deploy"),
        (("nothing-like-it",), "--help"),
        (("deploy", "--onyl", "x"), "--only"),
        (("deploy", "--only", "nothing"), "variables"),
        (("deploy", "--only", "verify", "--from", "deploy"), "--from"),
        (("verify", "--read-only", "--full"), "--full"),
        (("logs",), "SERVICE"),
        (("logs", "backend", "--lines", "many"), "--lines"),
        (("deploy", "surplus"), "surplus"),
        (("standin", "--repo", "nothing"), "OWNER/NAME=PATH"),
        (("standin", "--settings", "/nowhere.toml"), "/nowhere.toml"),
        (("plan", "--answer", "no-equals-sign"), "id=value"),
        (("plan", "--answers", "/nowhere.toml"), "/nowhere.toml"),
        (("plan", "-C", "/"), "railwizard init"),
    ],
)
def test_a_wrong_command_line_is_told_on_stderr_with_exit_2(
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    named: str,
) -> None:
    for language in ("en", "ko"):
        assert call(environment, monkeypatch, *arguments, "--lang", language) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert "Traceback" not in err
        assert named in err or language == "ko"
        assert ("Fix:" if language == "en" else "해결 방법:") in err


def test_with_json_the_error_is_the_end_of_the_stream(environment: dict[str, str], tmp_path: Path) -> None:
    ended = run(environment, "deploy", "-C", str(tmp_path), "--json")
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [line["type"] for line in lines] == ["ErrorRaised", "RunFinished"]
    assert (lines[0]["code"], lines[1]["result"], lines[1]["exit_code"]) == ("plan.missing-file", "failed", 2)
    assert ended.returncode == 2
    assert ended.stderr == ""


def test_a_run_that_fails_before_its_first_phase_still_ends_its_stream(environment: dict[str, str]) -> None:
    ended = run(environment, "deploy", "-C", str(TINY), "--json", "--endpoint", "http://127.0.0.1:9")
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [line["type"] for line in lines] == ["RunStarted", "ErrorRaised", "RunFinished"]
    assert [line["seq"] for line in lines] == [1, 2, 3]
    assert len({line["run"] for line in lines}) == 1
    assert (lines[-1]["exit_code"], ended.returncode) == (4, 4)


def test_a_refused_endpoint_is_exit_7(environment: dict[str, str]) -> None:
    assert run(environment, "deploy", "-C", str(TINY), "--endpoint", "https://api.example.com").returncode == 7


def test_login_without_anybody_to_ask_is_exit_3_and_names_the_variable(environment: dict[str, str]) -> None:
    ended = run(environment, "login", "--endpoint", "http://127.0.0.1:9")
    assert ended.returncode == 3
    assert "RAILWIZARD_ANSWER_TOKEN" in ended.stderr


def test_a_platform_that_is_not_there_is_exit_5(environment: dict[str, str]) -> None:
    given = environment | {"RAILWIZARD_ANSWER_TOKEN": "s3cret-token-value"}
    ended = run(given, "login", "--endpoint", "http://127.0.0.1:9")
    assert ended.returncode == 5
    assert "s3cret" not in ended.stdout + ended.stderr


BROKEN = """
import sys
from wizard.cli.guard import guarded, hide_tracebacks
import wizard.cli.commands.{module} as module
async def broken(*_, **__):
    raise {error}
module.{function} = broken
hide_tracebacks()
sys.exit(guarded(sys.argv[1:]))
"""


def crash(
    environment: dict[str, str], error: str, *options: str, module: str = "plan", function: str = "deploy"
) -> subprocess.CompletedProcess[str]:
    code = BROKEN.format(error=error, module=module, function=function)
    return run(environment, code, module, "-C", str(TINY), *options, python=("-c",))


def test_a_crash_is_a_report_without_secrets_and_no_traceback(environment: dict[str, str], tmp_path: Path) -> None:
    given = environment | {"RAILWIZARD_TOKEN": "tok-s3cret-0001", "RAILWIZARD_ANSWER_KEY": "ans-s3cret-0002"}
    error = "KeyError('tok-s3cret-0001 ans-s3cret-0002 postgres://u:pass-s3cret-3@db/x Bearer bea-s3cret-4')"
    ended = crash(given, error, "--answer", "id=arg-s3cret-5")
    assert ended.returncode == 1
    [report] = (tmp_path / "state" / "crashes").iterdir()
    assert str(report) in ended.stderr
    assert report.stat().st_mode & 0o777 == 0o600
    text = report.read_text("utf-8")
    assert "KeyError" in text
    assert "s3cret" not in text + ended.stderr + ended.stdout
    assert "Traceback" not in ended.stderr


def test_a_crash_with_json_is_an_event_too(environment: dict[str, str]) -> None:
    ended = crash(environment, "RuntimeError('x')", "--json")
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [line["type"] for line in lines] == ["ErrorRaised", "RunFinished"]
    assert lines[0]["code"] == "cli.crash"
    assert ended.stderr == ""


def test_an_explained_error_in_a_group_of_parallel_ones_is_told_as_such(environment: dict[str, str]) -> None:
    group = "ExceptionGroup('x', [__import__('wizard.errors').errors.RefusedError('compose.rehearsal-target')])"
    ended = crash(environment, group)
    assert ended.returncode == 7
    assert "compose.rehearsal-target" in ended.stderr
    bug = "ExceptionGroup('x', [__import__('wizard.errors').errors.RefusedError('a.b'), ValueError()])"
    assert crash(environment, bug).returncode == 1


def test_without_a_writable_folder_a_crash_still_ends_in_order(environment: dict[str, str]) -> None:
    ended = crash(environment | {"RAILWIZARD_STATE": "/proc/nowhere"}, "RuntimeError('x')")
    assert ended.returncode == 1
    assert "cli.crash" in ended.stderr
    for line in ended.stderr.split():
        if "crash-" in line:
            Path(line.rstrip(".")).unlink(missing_ok=True)


SLEEPING = """
import asyncio, sys
from wizard.cli.guard import guarded
from wizard.events import Emitter, RunStarted
from wizard.clock import SystemClock
import wizard.cli.commands.plan as module
async def sleeping(options, faces):
    Emitter("r", SystemClock(), list(faces.listeners)).emit(RunStarted("plan", "railway", "x"))
    sys.stderr.write("asleep\\n"); sys.stderr.flush()
    await asyncio.sleep(60)
module.deploy = sleeping
sys.exit(guarded(sys.argv[1:]))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("json_mode", [False, True])
def test_a_signal_ends_a_run_in_order_with_130(
    environment: dict[str, str], number: signal.Signals, *, json_mode: bool
) -> None:
    command = [sys.executable, "-c", SLEEPING, "plan", "-C", str(TINY), *(["--json"] if json_mode else [])]
    with subprocess.Popen(
        command,
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as child:
        assert child.stderr is not None
        while "asleep" not in child.stderr.readline():
            assert child.poll() is None
        child.send_signal(number)
        out, err = child.communicate(timeout=20)
    assert child.returncode == 130
    assert "Traceback" not in err
    if json_mode:
        assert json.loads(out.splitlines()[-1])["result"] == "interrupted"
    else:
        assert "interrupted" in out


def test_a_reader_that_leaves_early_is_no_drama(environment: dict[str, str]) -> None:
    shell = f'"{sys.executable}" -m wizard --help | head -n 1; echo "${{PIPESTATUS[0]}}"'
    for _ in range(3):
        ended = subprocess.run(
            ["bash", "-c", shell], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
        )
        assert "Traceback" not in ended.stderr
        assert "BrokenPipe" not in ended.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_printed(environment: dict[str, str], shell: str) -> None:
    ended = run(environment, "completion", shell)
    assert ended.returncode == 0
    assert "_RAILWIZARD_COMPLETE" in ended.stdout


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("railwizard re", "rehearse"),
        ("railwizard deploy --sk", "--skip-rehearsal"),
        ("railwizard deploy --only va", "variables"),
    ],
)
def test_bash_completes_commands_options_and_values(environment: dict[str, str], words: str, offered: str) -> None:
    asked = {"_RAILWIZARD_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    code = "from wizard.cli.app import app; app(prog_name='railwizard')"
    assert f"plain,{offered}" in run(environment | asked, code, python=("-c",)).stdout.splitlines()


def test_completing_a_command_loads_none(environment: dict[str, str]) -> None:
    asked = {"_RAILWIZARD_COMPLETE": "bash_complete", "COMP_WORDS": "railwizard de", "COMP_CWORD": "1"}
    code = (
        "import atexit, sys; from wizard.cli.app import app; "
        "atexit.register(lambda: print([n for n in sys.modules if 'cli.commands' in n])); app(prog_name='railwizard')"
    )
    assert run(environment | asked, code, python=("-c",)).stdout.splitlines() == ["plain,deploy", "[]"]


@pytest.mark.parametrize(
    ("arguments", "language", "mode"),
    [
        (["--lang", "ko", "plan"], Language.KOREAN, Mode.HEADLESS),
        (["plan", "--lang=ko"], Language.KOREAN, Mode.HEADLESS),
        (["plan", "--json"], Language.ENGLISH, Mode.JSON),
        (["plan", "--", "--json", "--lang=ko"], Language.ENGLISH, Mode.HEADLESS),
        (["plan", "--lang"], Language.ENGLISH, Mode.HEADLESS),
    ],
)
def test_language_and_mode_are_known_before_parsing(arguments: list[str], language: Language, mode: Mode) -> None:
    invocation = Invocation.of(arguments, {"CI": "1"})
    assert (invocation.language, invocation.mode) == (language, mode)


def test_what_looks_like_a_secret_is_masked_even_where_nobody_knows_it() -> None:
    text = "redis://default:hunter22@h:1 authorization: Bearer abc.def-1 6f1c0e1a-0000-4000-8000-0123456789ab ok"
    masked = redact(text, {})
    assert "hunter22" not in masked
    assert "abc.def" not in masked
    assert "6f1c0e1a" not in masked
    assert masked.endswith(" ok")
