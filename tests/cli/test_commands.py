"""Commands against a local Railway in a process of its own, as an operator with two shells uses them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TINY = ROOT / "tests" / "apps" / "tiny"


@dataclass(frozen=True)
class Shell:
    """A shell in which the endpoint and its token are known."""

    environment: dict[str, str]
    folder: Path

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "wizard", *arguments],
            env=self.environment | variables,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def document(self, *arguments: str) -> dict[str, Any]:
        ended = self.run(*arguments, "--json")
        assert ended.returncode == 0, ended.stdout + ended.stderr
        assert ended.stderr == ""
        document: dict[str, Any] = json.loads(ended.stdout)
        return document

    def stream(self, *arguments: str) -> list[dict[str, Any]]:
        ended = self.run(*arguments, "--json")
        lines = [json.loads(line) for line in ended.stdout.splitlines()]
        assert lines[-1]["type"] == "RunFinished", ended.stdout + ended.stderr
        assert lines[-1]["exit_code"] == ended.returncode
        return lines


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("home")
    kept = {key: value for key, value in os.environ.items() if key == "PATH" or key.startswith("COVERAGE")}
    return kept | {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")),
        "RAILWIZARD_STATE": str(home / "state"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONPATH": str(ROOT),
    }


@pytest.fixture(scope="module")
def address(environment: dict[str, str]) -> Iterator[dict[str, Any]]:
    """`railwizard standin --json`, ended by Ctrl-C: its exit code is part of what is proved."""
    with subprocess.Popen(
        [sys.executable, "-m", "wizard", "standin", "--json"],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as serving:
        assert serving.stdout is not None
        yield json.loads(serving.stdout.readline())
        serving.send_signal(signal.SIGINT)
        assert serving.wait(timeout=40) == 0


@pytest.fixture(scope="module")
def shell(environment: dict[str, str], address: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A clone under another name, without a plan."""
    folder = tmp_path_factory.mktemp("clone") / "webshop"
    shutil.copytree(TINY, folder)
    (folder / "wizard.toml").unlink()
    (folder / "backend").rename(folder / "api")
    known = {"RAILWIZARD_ENDPOINT": address["url"], "RAILWIZARD_TOKEN": address["tokens"]["account"]}
    return Shell(environment | known, folder)


@pytest.fixture(scope="module")
def planned(shell: Shell) -> Shell:
    assert shell.run("init", "--yes", "--answer", "admin.email=ops@example.com").returncode == 0
    return shell


@pytest.fixture(scope="module")
def deployed(planned: Shell) -> tuple[Shell, list[dict[str, Any]]]:
    return planned, planned.stream("deploy", "--yes")


def test_the_local_platform_says_where_it_is(address: dict[str, Any]) -> None:
    assert address["url"].startswith("http://127.0.0.1:")
    assert set(address) >= {"url", "control_url", "tokens", "folder", "pid"}


def test_init_writes_what_it_read_and_never_over_a_plan(planned: Shell) -> None:
    text = (planned.folder / "wizard.toml").read_text("utf-8")
    assert "[services.api]" in text
    assert 'email = "ops@example.com"' in text
    again = planned.run("init", "--yes")
    assert again.returncode == 2
    assert "plan.exists" in again.stderr
    assert (planned.folder / "wizard.toml").read_text("utf-8") == text


def test_a_wrong_and_a_foreign_token_are_exit_4(shell: Shell, address: dict[str, Any]) -> None:
    wrong = shell.run("login", RAILWIZARD_ANSWER_TOKEN="wrong-token-value")
    assert wrong.returncode == 4
    assert "wrong-token-value" not in wrong.stderr + wrong.stdout
    foreign = shell.run("status", "-C", str(TINY), RAILWIZARD_TOKEN="", RAILWAY_API_TOKEN=address["tokens"]["account"])
    assert foreign.returncode == 4, "a token for Railway is never sent to another endpoint"


def test_login_keeps_the_token_in_a_private_file_where_chosen(shell: Shell, address: dict[str, Any]) -> None:
    token = address["tokens"]["account"]
    ended = shell.run("login", "--secrets-file", RAILWIZARD_ANSWER_TOKEN=token)
    assert ended.returncode == 0, ended.stderr
    assert "plain text" in ended.stdout
    assert token not in ended.stdout + ended.stderr
    assert shell.run("plan", "-C", str(TINY), RAILWIZARD_TOKEN="").returncode == 0
    assert shell.run("logout").returncode == 0
    assert shell.run("plan", "-C", str(TINY), RAILWIZARD_TOKEN="").returncode == 4


def test_plan_says_what_would_change_and_changes_nothing(shell: Shell) -> None:
    lines = shell.stream("plan", "-C", str(TINY), "--detailed-exit-code")
    assert any(line["type"] == "ChangePlanned" for line in lines)
    assert lines[-1]["mutations"] == 0
    assert shell.run("plan", "-C", str(TINY), "--detailed-exit-code").returncode == 8
    assert shell.run("status", "-C", str(TINY)).returncode == 1


@pytest.mark.full
def test_a_renamed_clone_is_deployed_and_verified(deployed: tuple[Shell, list[dict[str, Any]]]) -> None:
    _, lines = deployed
    assert (lines[-1]["result"], lines[-1]["exit_code"]) == ("verified", 0), lines[-3:]
    assert lines[0]["type"] == "RunStarted"


@pytest.mark.full
def test_status_checklist_logs_and_cost_answer_in_json_and_text(deployed: tuple[Shell, list[dict[str, Any]]]) -> None:
    shell, _ = deployed
    status = {line["name"]: line["status"] for line in shell.document("status")["status"]["lines"]}
    assert status == {"api": "live", "postgres": "live"}
    rows = {row["name"]: row for row in shell.document("checklist")["checklist"]}
    assert rows["JWT_SECRET"]["state"] == "set"
    assert any("api/app/settings.py" in reader for reader in rows["JWT_SECRET"]["readers"])
    assert shell.document("logs", "api", "-n", "5")["logs"]
    assert shell.document("cost")["cost"]["billed"] is False
    for command in (("status",), ("checklist",), ("checklist", "--markdown"), ("logs", "api"), ("cost",)):
        ended = shell.run(*command, "--lang", "ko")
        assert ended.returncode == 0, ended.stderr
        assert ended.stdout.strip()
    assert shell.run("logs", "nothing").returncode == 2


@pytest.mark.full
def test_no_secret_is_in_any_output(deployed: tuple[Shell, list[dict[str, Any]]], address: dict[str, Any]) -> None:
    shell, lines = deployed
    outputs = [json.dumps(lines), *(shell.run(*c).stdout for c in (("checklist",), ("checklist", "--json"), ("plan",)))]
    for secret in (address["tokens"]["account"], "postgresql://", "token_urlsafe"):
        assert not any(secret in output for output in outputs)


@pytest.mark.full
def test_teardown_wants_the_name_and_can_be_taken_back(deployed: tuple[Shell, list[dict[str, Any]]]) -> None:
    shell, _ = deployed
    unasked = shell.run("teardown", "--yes")
    assert unasked.returncode == 3
    assert "RAILWIZARD_ANSWER_TEARDOWN_CONFIRM" in unasked.stderr
    assert shell.run("teardown", "--confirm", "other").returncode == 7
    assert shell.document("teardown", "--confirm", "webshop")["teardown"]["id"] == "cli.teardown-scheduled"
    assert ends_soon(shell, 1)
    assert shell.run("teardown", "--undo").returncode == 0
    assert ends_soon(shell, 0)


def ends_soon(shell: Shell, code: int) -> bool:
    """Ask for the status until reads have caught up with writes."""
    return any(shell.run("status").returncode == code for _ in range(10))
