"""Stores of secrets: chains, files and a keyring that is absent; the real Secret Service has its own module."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.backends.chainer import ChainerBackend
from keyring.errors import InitError

from wizard.clock import SystemClock
from wizard.errors import CredentialError
from wizard.locale import Language, render
from wizard.secret_store import (
    TOKEN,
    ChainStore,
    EnvironmentStore,
    FileStore,
    KeyringStore,
    open_store,
    token_variables,
    trusted_backend,
)
from wizard.secrets import Secret

RAILWAY = "https://backboard.railway.com/graphql/v2"
LOCAL = "http://127.0.0.1:4001/graphql/v2"
VALUE = Secret("s3cret-value-0001")


class DictKeyring(KeyringBackend):
    """A keyring in memory: what the operating system's would hold, seen from outside."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


class LockedKeyring(DictKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise InitError(f"Failed to unlock the collection of {service}, {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise InitError(f"Failed to unlock the collection of {service}, {username} ({len(password)})")


class ForgetfulKeyring(DictKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password[:8]


class BlockedKeyring(DictKeyring):
    def __init__(self, released: threading.Event) -> None:
        super().__init__()
        self.released = released

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait(60)
        return super().get_password(service, username)


NO_KEYRING: KeyringBackend = fail.Keyring()  # type: ignore[no-untyped-call]


Use = Callable[[KeyringBackend], None]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Use:
    """Puts a backend where `keyring` finds the machine's."""

    def put(backend: KeyringBackend) -> None:
        monkeypatch.setattr(keyring, "get_keyring", lambda: backend)

    put(NO_KEYRING)
    return put


def chain(folder: Path, environment: dict[str, str] | None = None, *, file: bool = False) -> ChainStore:
    return open_store(LOCAL, environment or {}, folder, SystemClock(), file_chosen=file)


async def test_a_keyring_keeps_entries_under_the_endpoints_name(use: Use) -> None:
    use(backend := DictKeyring())
    store = KeyringStore(LOCAL, SystemClock())
    assert await store.get(TOKEN) is None
    await store.set(TOKEN, VALUE)
    assert await store.get(TOKEN) == VALUE
    assert await KeyringStore(RAILWAY, SystemClock()).get(TOKEN) is None
    assert list(backend.entries) == [("railwizard 127.0.0.1:4001", TOKEN)]
    await store.delete(TOKEN)
    await store.delete(TOKEN)
    assert await store.get(TOKEN) is None


@pytest.mark.parametrize(
    ("backend", "code"),
    [
        (NO_KEYRING, "secret_store.no-keyring"),
        (LockedKeyring(), "secret_store.locked"),
        (ForgetfulKeyring(), "secret_store.failed"),
    ],
)
async def test_a_keyring_that_cannot_be_used_says_why(use: Use, backend: KeyringBackend, code: str) -> None:
    use(backend)
    with pytest.raises(CredentialError) as caught:
        await KeyringStore(LOCAL, SystemClock()).set(TOKEN, VALUE)
    assert caught.value.code == code
    parts = (caught.value.what, caught.value.why, caught.value.fix)
    assert all(render(part, language) for part in parts for language in Language)
    assert VALUE.reveal() not in " ".join(map(render, parts))


async def test_what_a_forgetful_keyring_kept_of_a_secret_is_never_read_back(use: Use, tmp_path: Path) -> None:
    use(backend := ForgetfulKeyring())
    await chain(tmp_path, file=True).set(TOKEN, VALUE)
    assert await chain(tmp_path).get(TOKEN) == VALUE
    assert backend.entries == {}


async def test_a_dialogue_that_blocks_for_ever_blocks_nobody(use: Use) -> None:
    released = threading.Event()
    use(BlockedKeyring(released))
    started = time.monotonic()
    with pytest.raises(CredentialError, match="timeout"):
        await KeyringStore(LOCAL, SystemClock(), patience=0.05).get(TOKEN)
    assert time.monotonic() - started < 5
    [thread] = [thread for thread in threading.enumerate() if thread.name == "keyring"]
    assert thread.daemon
    released.set()
    await asyncio.to_thread(thread.join, 10)


def test_backends_that_keep_secrets_readable_are_passed_over(use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, proper = DictKeyring(), DictKeyring()
    plain.__class__ = type("Plain", (DictKeyring,), {"__module__": "keyrings.alt.file"})
    chainer = ChainerBackend()  # type: ignore[no-untyped-call]
    monkeypatch.setattr(ChainerBackend, "backends", [plain, proper])
    use(chainer)
    assert trusted_backend() is proper


async def test_the_file_store_is_private_atomic_and_reads_back(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "deep" / "secrets")
    await store.set("a/b", VALUE)
    await store.set("a/b", Secret("another-value"))
    assert await store.get("a/b") == Secret("another-value")
    assert await store.get("b") is None
    [file] = store.folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert store.folder.stat().st_mode & 0o777 == 0o700
    await store.delete("a/b")
    await store.delete("a/b")
    assert await store.get("a/b") is None


async def test_a_secret_file_others_can_read_is_refused(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "secrets")
    await store.set(TOKEN, VALUE)
    [file] = store.folder.iterdir()
    file.chmod(0o644)
    with pytest.raises(CredentialError, match="exposed"):
        await store.get(TOKEN)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text('{"secret": "planted"}')
    elsewhere.chmod(0o600)
    file.unlink()
    file.symlink_to(elsewhere)
    with pytest.raises(CredentialError, match="exposed"):
        await store.get(TOKEN)


async def test_a_broken_file_and_an_impossible_folder_say_so(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "secrets")
    await store.set(TOKEN, VALUE)
    [file] = store.folder.iterdir()
    file.write_text("{")
    with pytest.raises(CredentialError, match="unreadable"):
        await store.get(TOKEN)
    (tmp_path / "occupied").write_text("")
    with pytest.raises(CredentialError, match="unwritable"):
        await FileStore(tmp_path / "occupied").set(TOKEN, VALUE)


async def test_the_order_is_environment_keyring_file_run(use: Use, tmp_path: Path) -> None:
    use(backend := DictKeyring())
    store = chain(tmp_path, {"RAILWIZARD_TOKEN": "from-environment"}, file=True)
    file = next(place for place in store.readable if isinstance(place, FileStore))
    await file.set(TOKEN, Secret("from-file"))
    assert await chain(tmp_path).get(TOKEN) == Secret("from-file"), "a file chosen once is read again"
    backend.entries["railwizard 127.0.0.1:4001", TOKEN] = "from-keyring"
    assert await chain(tmp_path).get(TOKEN) == Secret("from-keyring")
    assert await store.get(TOKEN) == Secret("from-environment")


async def test_a_new_value_leaves_no_old_one_behind(use: Use, tmp_path: Path) -> None:
    use(DictKeyring())
    store = chain(tmp_path, file=True)
    file = next(place for place in store.readable if isinstance(place, FileStore))
    await file.set(TOKEN, Secret("old-value"))
    await store.set(TOKEN, VALUE)
    assert await file.get(TOKEN) is None
    await store.delete(TOKEN)
    assert await store.get(TOKEN) is None


async def test_without_a_keyring_nothing_is_written_unless_chosen(use: Use, tmp_path: Path) -> None:
    use(NO_KEYRING)
    store = chain(tmp_path)
    await store.set(TOKEN, VALUE)
    assert await store.get(TOKEN) == VALUE
    assert not store.durable
    assert [error.code for error in store.problems] == ["secret_store.no-keyring"], "told once"
    assert list(tmp_path.iterdir()) == []
    assert await chain(tmp_path).get(TOKEN) is None


async def test_without_a_keyring_the_chosen_file_takes_over(use: Use, tmp_path: Path) -> None:
    use(NO_KEYRING)
    store = chain(tmp_path, file=True)
    await store.set(TOKEN, VALUE)
    assert store.durable
    assert "plain text" in render(store.describe())
    assert await chain(tmp_path).get(TOKEN) == VALUE


async def test_the_environment_is_read_only() -> None:
    store = EnvironmentStore({"A": " from-a \n", "RAILWIZARD_SECRET_JWT_KEY": "generic"}, {TOKEN: ("EMPTY", "A")})
    assert await store.get(TOKEN) == Secret("from-a")
    assert await store.get("jwt.key") == Secret("generic")
    for refused in (store.set(TOKEN, VALUE), store.delete(TOKEN)):
        with pytest.raises(CredentialError, match="read-only"):
            await refused


def test_a_railway_token_variable_is_read_for_railway_only() -> None:
    assert token_variables(RAILWAY) == ("RAILWAY_API_TOKEN",)
    for endpoint in (LOCAL, "https://railway.com.evil.example/graphql/v2", "https://backboard.railway.com.evil/x"):
        assert "RAILWAY_API_TOKEN" not in token_variables(endpoint)
