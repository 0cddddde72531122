"""What holds for every test: none of them, and no process they start, touches the keyring of who runs them."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backends import fail

UNAVAILABLE = "keyring.backends.fail.Keyring"


@pytest.fixture(scope="session", autouse=True)
def no_keyring() -> Iterator[None]:
    """Take the keyring away: `keyring` would otherwise choose among every backend class a test module defines."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHON_KEYRING_BACKEND", UNAVAILABLE)
        before = keyring.get_keyring()
        keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
        yield
        keyring.set_keyring(before)
