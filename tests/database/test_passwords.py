from __future__ import annotations

import argon2
import bcrypt
import pytest

from wizard.database.passwords import Scheme, hash_password, matches, recognise, scheme_of
from wizard.errors import FailedError
from wizard.secrets import Secret

BCRYPT = bcrypt.hashpw(b"word", bcrypt.gensalt(4)).decode()
ARGON2 = argon2.PasswordHasher().hash("word")
PBKDF2 = "$pbkdf2-sha256$29000$abc$def"


def test_each_scheme_makes_what_its_library_accepts() -> None:
    made = hash_password(Scheme.ARGON2, Secret("right"))
    assert argon2.PasswordHasher().verify(made.reveal(), "right")
    made = hash_password(Scheme.BCRYPT, Secret("right"))
    assert bcrypt.checkpw(b"right", made.reveal().encode())


def test_bcrypt_refuses_what_it_would_cut_off() -> None:
    with pytest.raises(FailedError, match="password-too-long"):
        hash_password(Scheme.BCRYPT, Secret("x" * 73))


@pytest.mark.parametrize("hashed", [BCRYPT, ARGON2], ids=["bcrypt", "argon2"])
def test_matches_the_password_and_no_other(hashed: str) -> None:
    assert matches(hashed, Secret("word"))
    assert not matches(hashed, Secret("other"))


@pytest.mark.parametrize("hashed", ["", "plain", PBKDF2, "$2b$broken", "$argon2id$broken"])
def test_an_unreadable_hash_matches_nothing(hashed: str) -> None:
    assert not matches(hashed, Secret("word"))


def test_scheme_by_prefix() -> None:
    assert scheme_of(BCRYPT) is Scheme.BCRYPT
    assert scheme_of(ARGON2) is Scheme.ARGON2
    assert scheme_of("$bcrypt-sha256$v=2") is None


@pytest.mark.parametrize(
    ("said", "hashes", "scheme"),
    [
        (None, [BCRYPT], Scheme.BCRYPT),
        (Scheme.ARGON2, [], Scheme.ARGON2),
        (Scheme.ARGON2, [ARGON2, ""], Scheme.ARGON2),
        (Scheme.ARGON2, [BCRYPT, ARGON2], Scheme.ARGON2),
    ],
)
def test_agreement(said: Scheme | None, hashes: list[str], scheme: Scheme) -> None:
    assert recognise(said, hashes) is scheme


@pytest.mark.parametrize(
    ("said", "hashes", "code"),
    [
        (None, [], "no-scheme"),
        (None, [PBKDF2], "unknown-scheme"),
        (Scheme.BCRYPT, ["md5"], "unknown-scheme"),
        (Scheme.BCRYPT, [ARGON2], "scheme-conflict"),
        (None, [BCRYPT, ARGON2], "scheme-conflict"),
    ],
)
def test_nothing_is_guessed(said: Scheme | None, hashes: list[str], code: str) -> None:
    with pytest.raises(FailedError, match=code):
        recognise(said, hashes)
