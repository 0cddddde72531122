"""What nobody should give the program and somebody will: what, why and fix in both languages, and never a hang."""

from __future__ import annotations

import asyncio
import functools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.raw_http import answered, raw_server
from tests.support.shell import PATIENCE_S, ROOT, TINY, WITHOUT_PRIVILEGE, Shell, assert_told, event_told, serving
from wizard.journal import journal_path
from wizard.lock import exclusive
from wizard.plan.loader import load


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("home")
    kept = {key: value for key, value in os.environ.items() if key == "PATH" or key.startswith("COVERAGE")}
    return kept | {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "RAILWIZARD_STATE": str(home / "state"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONPATH": str(ROOT),
    }


@pytest.fixture(scope="module")
def anywhere(environment: dict[str, str]) -> Shell:
    """A shell that knows a token and no platform."""
    return Shell(environment | {"RAILWIZARD_TOKEN": "s3cret-token"})


@pytest.fixture(scope="module")
def shell(environment: dict[str, str]) -> Iterator[Shell]:
    """A shell whose endpoint is a local Railway that serves all tests of this module."""
    with serving(environment) as (address, _):
        token = address["tokens"]["account"]
        yield Shell(environment | {"RAILWIZARD_ENDPOINT": address["url"], "RAILWIZARD_TOKEN": token})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def edit(project: Path, old: str, new: str) -> None:
    text = (project / "wizard.toml").read_text("utf-8")
    assert text.count(old) == 1
    (project / "wizard.toml").write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("port = 8000", "prot = 8000", "plan.unknown-key"),
        ("port = 8000", 'port = "eight"', "plan.expects-integer"),
        ("port = 8000", "port = 8000\nport = 1", "plan.duplicate-key"),
        ("port = 8000", "port = ", "plan.invalid-toml"),
        ("port = 8000", 'port = 8000\nafter = ["backend"]', "plan.cycle"),
        ("{postgres.DATABASE_URL}", "{mysql.DATABASE_URL}", "plan.dangling-reference"),
    ],
)
def test_a_bad_plan_is_exit_2(anywhere: Shell, project: Path, old: str, new: str, code: str) -> None:
    edit(project, old, new)
    anywhere.told_once(2, code, "deploy", "-C", project, "--yes")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("absent", "plan.missing-file"),
        ("folder", "plan.not-a-file"),
        ("pipe", "plan.not-a-file"),
        ("loop", "plan.unreadable"),
        ("binary", "plan.not-text"),
        ("ten megabytes", "plan.too-large"),
    ],
)
def test_what_is_no_plan_is_exit_2(anywhere: Shell, tmp_path: Path, kind: str, code: str) -> None:
    plan = tmp_path / "wizard.toml"
    match kind:
        case "folder":
            plan.mkdir()
        case "pipe":
            os.mkfifo(plan)
        case "loop":
            plan.symlink_to("wizard.toml")
        case "binary":
            plan.write_bytes(bytes(range(128, 256)))
        case "ten megabytes":
            plan.write_bytes(b"a" * 10_000_000)
    anywhere.told_once(2, code, "rehearse", tmp_path)


@pytest.mark.parametrize(
    ("options", "exit_code", "code"),
    [
        (("--only", "nonsense"), 2, "cli.not-a-choice"),
        (("--only", "verify", "--from", "deploy"), 2, "cli.exclusive-options"),
        (("--answer", "=value"), 2, "answers.no-equals"),
        (("--answers", "/dev/zero"), 2, "answers.file-no-file"),
        (("--endpoint", "http://127.0.0.1:99999"), 7, "railway.bad-endpoint"),
        (("--endpoint", "http://[::1"), 7, "railway.bad-endpoint"),
        (("--endpoint", ""), 7, "railway.bad-endpoint"),
        (("--endpoint", "http://127.0.0.1:9", "--target", "nonsense"), 2, "plan.unknown-profile"),
        (("--endpoint", "http://127.0.0.1:9"), 5, "http.refused"),
    ],
)
def test_a_bad_option_is_told_by_its_kind(anywhere: Shell, options: tuple[str, ...], exit_code: int, code: str) -> None:
    anywhere.told_once(exit_code, code, "deploy", "-C", TINY, "--yes", *options)


def test_an_unknown_language_is_refused_in_one_that_is_known(anywhere: Shell) -> None:
    assert_told(anywhere.run("plan", "-C", TINY, "--lang", "xx"), "en", 2, "cli.not-a-choice")


def test_where_hangul_cannot_be_written_it_is_english(anywhere: Shell, tmp_path: Path) -> None:
    ended = anywhere.run("plan", "-C", tmp_path, "--lang", "ko", PYTHONIOENCODING="ascii")
    assert "There is no plan" in ended.stderr
    assert "\\u" not in ended.stderr


async def answer_at_once(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Speak plain HTTP to whoever comes, without waiting for what is asked."""
    writer.write(answered(status=400))
    await writer.drain()
    writer.close()


async def test_a_server_that_is_no_platform_is_given_up_soon(anywhere: Shell, tmp_path: Path) -> None:
    async def ask(at: str, code: str) -> None:
        state = {"RAILWIZARD_STATE": str(tmp_path / code)}
        call = functools.partial(anywhere.run, "plan", "-C", TINY, "--endpoint", at, "--json", **state)
        event_told(await asyncio.to_thread(call), 5, code)

    plain = await asyncio.start_server(answer_at_once, "127.0.0.1", 0)
    async with (
        raw_server(lambda _: answered(b"<html>Welcome to nginx</html>")) as (web, _),
        raw_server(lambda _: b"") as (silent, _),
        plain,
    ):
        port = plain.sockets[0].getsockname()[1]
        await asyncio.gather(
            ask(f"http://127.0.0.1:{web}", "railway.unavailable"),
            ask(f"http://127.0.0.1:{silent}", "http.broken"),
            ask(f"https://127.0.0.1:{port}", "http.no-tls"),
        )


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ("", "compose.no-credential"),
        ("two words", "railway.malformed-token"),
        ("s3cret-of-another-endpoint", "railway.token-refused"),
    ],
)
def test_a_bad_token_is_exit_4_and_never_shown(shell: Shell, token: str, code: str) -> None:
    told = shell.told(4, code, "deploy", "-C", TINY, "--yes", RAILWIZARD_TOKEN=token)
    assert "s3cret" not in json.dumps(told)


def test_a_token_that_no_place_keeps_is_no_login(shell: Shell) -> None:
    token = shell.environment["RAILWIZARD_TOKEN"]
    told = shell.told(4, "secret_store.no-keyring", "login", RAILWIZARD_ANSWER_TOKEN=token)
    assert "--secrets-file" in told["fix"]["text"]


def test_all_missing_answers_are_named_before_the_first_change(shell: Shell, project: Path) -> None:
    secret = '{ secret = "keyring" }'
    edit(project, "JWT_SECRET = ", f"API_KEY = {secret}\nOTHER_KEY = {secret}\nJWT_SECRET = ")
    for face in ("--json", "--plain"):
        ended = shell.run("deploy", "-C", project, face)
        assert ended.returncode == 3, ended.stdout + ended.stderr
        assert all(f"{name}" in ended.stdout + ended.stderr for name in ("API_KEY", "OTHER_KEY"))
        if face == "--json":
            assert json.loads(ended.stdout.splitlines()[-1])["mutations"] == 0


@pytest.mark.parametrize(
    ("fault", "rule"),
    [("no root", "root-missing"), ("root is a file", "root-missing"), ("no Dockerfile", "dockerfile-missing")],
)
def test_what_a_build_would_miss_is_found_before_the_first_change(
    shell: Shell, project: Path, fault: str, rule: str
) -> None:
    if fault == "no Dockerfile":
        (project / "backend" / "Dockerfile").unlink()
    else:
        shutil.rmtree(project / "backend")
    if fault == "root is a file":
        (project / "backend").touch()
    told = shell.told(6, "phases.preflight-errors", "deploy", "-C", project, "--yes")
    assert rule in {finding["rule"] for finding in told["findings"]}


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root reads everything")
@pytest.mark.parametrize("path", ["backend/app", "backend/app/main.py"])
def test_what_may_not_be_read_is_not_left_out_silently(shell: Shell, project: Path, path: str) -> None:
    (project / path).chmod(0)
    try:
        told = Shell(shell.environment, WITHOUT_PRIVILEGE).told(
            6, "phases.preflight-errors", "deploy", "-C", project, "--yes"
        )
    finally:
        (project / path).chmod(0o755)
    assert path in {finding["where"] for finding in told["findings"] if finding["rule"] == "unreadable"}


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root reads everything")
def test_an_application_that_may_not_be_read_is_named_where_nothing_is_found(anywhere: Shell, project: Path) -> None:
    (project / "wizard.toml").unlink()
    (project / "backend" / "app" / "main.py").chmod(0)
    limited = Shell(anywhere.environment, WITHOUT_PRIVILEGE)
    told = event_told(limited.run("init", project, "--json"), 2, "plan.nothing-detected")
    assert any("backend/app/main.py" in line for line in told["lines"])


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root reads everything")
def test_folders_that_may_not_be_used_are_named(shell: Shell, project: Path, tmp_path: Path) -> None:
    limited = Shell(shell.environment, WITHOUT_PRIVILEGE)
    project.chmod(0)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    try:
        limited.told(2, "cli.not-a-folder", "deploy", "-C", project, "--yes")
        state = {"RAILWIZARD_STATE": str(closed / "state")}
        limited.told(1, "journal.unusable", "deploy", "-C", TINY, "--yes", **state)
        for command in (("rehearse", TINY), ("standin",)):
            event_told(limited.run(*command, "--json", **state), 1, "rehearsal.no-folder")
    finally:
        project.chmod(0o755)


def test_a_file_name_of_no_encoding_is_deployed_like_any_other(shell: Shell, project: Path) -> None:
    (project / "backend" / os.fsdecode(b"caf\xe9.txt")).touch()
    ended = shell.run("plan", "-C", project, "--json")
    assert ended.returncode == 0, ended.stdout


def test_git_that_will_not_answer_is_told(shell: Shell, project: Path, tmp_path: Path) -> None:
    """Without git nobody knows what .gitignore leaves out; everything would be deployed."""
    (project / ".git").mkdir()
    told = shell.told(1, "source.git-failed", "plan", "-C", project, PATH=str(tmp_path))
    assert "git" in told["fix"]["text"]


def test_nothing_is_torn_down_under_a_run(shell: Shell, project: Path) -> None:
    key = load(project / "wizard.toml").project.key
    origin = shell.environment["RAILWIZARD_ENDPOINT"].removesuffix("/graphql/v2")
    with exclusive(journal_path(Path(shell.environment["RAILWIZARD_STATE"]), origin, key, "production")):
        ended = shell.run("teardown", "-C", project, "--confirm", "tiny", "--json")
    event_told(ended, 7, "journal.locked")


def test_a_folder_serves_one_local_platform(shell: Shell) -> None:
    ended = shell.run("standin", "--json")
    event_told(ended, 7, "rehearsal.folder-in-use")


def test_a_taken_port_and_wrong_settings_are_exit_2(anywhere: Shell, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("nonsense = 1\n")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        words = ("standin", "--port", port, "--folder")  # one folder each: two at once in one are refused for that
        event_told(anywhere.run(*words, tmp_path / "a", "--json"), 2, "rehearsal.port-taken")
        assert_told(anywhere.run(*words, tmp_path / "c", "--lang", "ko"), "ko", 2, "rehearsal.port-taken")
    settings = tmp_path / "settings.toml"
    event_told(
        anywhere.run("standin", "--folder", tmp_path / "b", "--settings", settings, "--json"),
        2,
        "rehearsal.bad-settings",
    )


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("projectCreate=explode", "rehearsal.bad-settings"),
        ("projectCreate", "rehearsal.bad-settings"),
        ("projectCrate=fail", "rehearsal.unknown-fault"),
    ],
)
def test_a_fault_that_could_never_strike_is_exit_2(anywhere: Shell, tmp_path: Path, fault: str, code: str) -> None:
    anywhere.told_once(2, code, "standin", "--folder", tmp_path / "platform", "--fault", fault)


@pytest.mark.parametrize(
    ("arguments", "redirection"),
    [("--help", ">&-"), ("--version", "> /dev/full"), ("plan --json", ">&-"), ("plan", "<&- >&- 2>&-")],
)
def test_missing_and_full_streams_raise_no_traceback(anywhere: Shell, arguments: str, redirection: str) -> None:
    command = f'"{sys.executable}" -m wizard {arguments} {redirection}'
    ended = subprocess.run(
        ["bash", "-c", command],
        env=anywhere.environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert ended.returncode in {0, 1, 2}
    assert "Traceback" not in ended.stderr
    assert "cli.crash" not in ended.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_waiting_for_the_first_answer_is_130(anywhere: Shell, number: signal.Signals) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        at = f"http://127.0.0.1:{silent.getsockname()[1]}"
        child = subprocess.Popen(
            [sys.executable, "-m", "wizard", "plan", "-C", str(TINY), "--endpoint", at, "--json"],
            env=anywhere.environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        connection, _ = silent.accept()
        child.send_signal(number)
        out, err = child.communicate(timeout=PATIENCE_S)
        connection.close()
    assert (child.returncode, err) == (130, "")
    assert json.loads(out.splitlines()[-1])["result"] == "interrupted"


def test_a_platform_that_is_killed_under_a_run_is_exit_5(environment: dict[str, str], tmp_path: Path) -> None:
    with serving(environment, "--folder", str(tmp_path / "platform")) as (address, _):
        known = {"RAILWIZARD_ENDPOINT": address["url"], "RAILWIZARD_TOKEN": address["tokens"]["account"]}
        with subprocess.Popen(
            [sys.executable, "-m", "wizard", "deploy", "-C", str(TINY), "--yes", "--json"],
            env=environment | known,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        ) as run:
            assert run.stdout is not None
            lines: list[dict[str, Any]] = []
            for line in run.stdout:
                lines.append(json.loads(line))
                if lines[-1]["type"] == "ChangePlanned" and "killed" not in address:
                    os.kill(address["pid"], signal.SIGKILL)
                    address["killed"] = True
            assert run.wait(timeout=PATIENCE_S) == 5
    [error] = [line for line in lines if line["type"] == "ErrorRaised"][-1:]
    assert all(error[part]["text"] for part in ("what", "why", "fix"))
    assert lines[-1]["exit_code"] == 5
