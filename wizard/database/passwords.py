"""Password hashes the wizard can make as the application makes them: recognised, never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import argon2
import bcrypt

from wizard.errors import FailedError
from wizard.secrets import Secret

BCRYPT_BYTES = 72
"""More than this bcrypt refuses to hash."""


class Scheme(StrEnum):
    """A way to hash passwords; the values are those of the plan's `admin.scheme`."""

    BCRYPT = "bcrypt"
    ARGON2 = "argon2"


_PREFIXES = {"$2a$": Scheme.BCRYPT, "$2b$": Scheme.BCRYPT, "$2y$": Scheme.BCRYPT, "$argon2": Scheme.ARGON2}


def scheme_of(hashed: str) -> Scheme | None:
    """Name the scheme of a hash by its prefix; None for one the wizard cannot make."""
    return next((scheme for prefix, scheme in _PREFIXES.items() if hashed.startswith(prefix)), None)


def shown_prefix(hashed: str) -> str:
    """Return the public start of an unknown hash: its scheme's name, nothing of the password."""
    parts = hashed.split("$")
    return f"${parts[1]}$" if hashed.startswith("$") and len(parts) > 2 else "?"  # noqa: PLR2004 - "$name$rest"


def recognise(said: Scheme | None, hashes: Iterable[str]) -> Scheme:
    """Agree on the scheme from what plan or source say and from rows that are there.

    Rows decide, for they were made by the running application. Raises FailedError where a row's scheme is unknown,
    where they contradict what was said, or where nothing says anything.
    """
    found = {scheme_of(hashed) or shown_prefix(hashed) for hashed in hashes if hashed}
    unknown = sorted(prefix for prefix in found if not isinstance(prefix, Scheme))
    if unknown:
        raise FailedError("database.unknown-scheme", prefix=unknown[0])
    seen = sorted(str(scheme) for scheme in found)
    if said and (not seen or said.value in seen):
        return said
    if len(seen) == 1 and not said:
        return Scheme(seen[0])
    if not seen:
        raise FailedError("database.no-scheme")
    raise FailedError("database.scheme-conflict", said=said.value if said else "-", seen=", ".join(seen))


def hash_password(scheme: Scheme, password: Secret) -> Secret:
    """Hash as the scheme's own library does by default; raises FailedError for a password bcrypt would refuse."""
    raw = password.reveal()
    if scheme is Scheme.ARGON2:
        return Secret(argon2.PasswordHasher().hash(raw))
    if len(raw.encode()) > BCRYPT_BYTES:
        raise FailedError("database.password-too-long", longest=BCRYPT_BYTES)
    return Secret(bcrypt.hashpw(raw.encode(), bcrypt.gensalt()).decode())


def matches(hashed: str, password: Secret) -> bool:
    """Tell whether a hash is this password's; False for a hash of an unknown scheme."""
    scheme, raw = scheme_of(hashed), password.reveal()
    try:
        if scheme is Scheme.ARGON2:
            return argon2.PasswordHasher().verify(hashed, raw)
        return scheme is Scheme.BCRYPT and bcrypt.checkpw(raw.encode()[:BCRYPT_BYTES], hashed.encode())
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError, ValueError):
        return False
