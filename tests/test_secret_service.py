"""The keyring against a real Secret Service on a bus of its own, unlocked and locked, and without a bus."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import asyncio, sys
from wizard.clock import SystemClock
from wizard.errors import CredentialError
from wizard.secret_store import KeyringStore
from wizard.secrets import Secret

async def main():
    store = KeyringStore("http://127.0.0.1:4001", SystemClock(), patience=20)
    try:
        await store.set("token", Secret("über-geheim-값"))
        print(await store.get("token") == Secret("über-geheim-값"))
        await store.delete("token")
        print(await store.get("token"))
    except CredentialError as error:
        print(error.code)

asyncio.run(main())
"""

needs_service = pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="needs gnome-keyring and dbus-run-session: apt-get install gnome-keyring dbus",
)


def run(tmp_path: Path, *command: str) -> list[str]:
    """Run the program in a home of its own, away from the machine's bus and keyrings."""
    folders = {name: tmp_path / name for name in ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME")}
    for folder in folders.values():
        folder.mkdir(mode=0o700)
    environment = {name: str(folder) for name, folder in folders.items()}
    kept = {key: os.environ[key] for key in os.environ if key in {"PATH", "LANG"} or key.startswith("COVERAGE")}
    ended = subprocess.run(
        command,
        env=kept | environment | {"PROGRAM": PROGRAM, "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    return ended.stdout.splitlines()


@needs_service
def test_an_unlocked_secret_service_keeps_and_forgets(tmp_path: Path) -> None:
    script = 'printf pass | gnome-keyring-daemon --unlock --components=secrets >/dev/null; "$PYTHON" -c "$PROGRAM"'
    assert run(tmp_path, "dbus-run-session", "--", "bash", "-c", script) == ["True", "None"]


@needs_service
def test_a_locked_secret_service_is_named(tmp_path: Path) -> None:
    script = 'gnome-keyring-daemon --start --components=secrets >/dev/null; "$PYTHON" -c "$PROGRAM"'
    assert run(tmp_path, "dbus-run-session", "--", "bash", "-c", script) == ["secret_store.locked"]


def test_without_a_bus_there_is_no_keyring(tmp_path: Path) -> None:
    assert run(tmp_path, sys.executable, "-c", PROGRAM) == ["secret_store.no-keyring"]
