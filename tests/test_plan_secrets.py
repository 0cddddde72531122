"""What is said of a generated secret follows from the place that took it."""

from __future__ import annotations

from pathlib import Path

import pytest

from wizard.clock import SystemClock
from wizard.locale import render
from wizard.plan_secrets import PlanSecrets
from wizard.secret_store import FileStore, KeyringStore, MemoryStore, PassingStore, SecretStore, open_store
from wizard.secrets import Secret

NAME, VARIABLE = "admin.password", "RAILWIZARD_ANSWER_ADMIN_PASSWORD"


def told(store: SecretStore) -> str:
    return render(PlanSecrets(store, "key.production").describe(NAME))


def test_a_lasting_place_is_named_with_the_command_that_shows_the_secret(tmp_path: Path) -> None:
    keyring = told(KeyringStore("https://backboard.railway.com", SystemClock()))
    assert "`railwizard backboard.railway.com`" in keyring
    for said in (keyring, told(FileStore(tmp_path))):
        assert f"`railwizard reveal {NAME}`" in said
        assert VARIABLE not in said
    assert str(tmp_path) in told(FileStore(tmp_path))


def test_a_passing_place_names_the_variable_that_chooses_the_secret(tmp_path: Path) -> None:
    for store in (MemoryStore(), PassingStore(tmp_path)):
        assert VARIABLE in told(store)
        assert "reveal" not in told(store)


@pytest.mark.parametrize("chosen", [True, False])
async def test_the_place_that_took_it_is_the_one_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, chosen: bool
) -> None:
    monkeypatch.setattr("wizard.secret_store.trusted_backend", no_backend)
    store = open_store("https://backboard.railway.com", {}, tmp_path, SystemClock(), file_chosen=chosen)
    secrets = PlanSecrets(store, "key.production")
    await secrets.set(NAME, Secret("something"))
    assert secrets.describe(NAME).id == ("secret_store.file-keeps" if chosen else "secret_store.memory-keeps")


def no_backend() -> None:
    from keyring.errors import NoKeyringError  # noqa: PLC0415 - importing keyring searches for backends

    raise NoKeyringError
