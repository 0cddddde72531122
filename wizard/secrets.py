"""A secret is a type: masked wherever it is printed, revealed by one named method, replaced in every log line."""

from __future__ import annotations

import hmac
import re
import secrets as entropy
from collections.abc import Callable, Iterable
from typing import Literal, NoReturn
from urllib.parse import unquote, urlsplit

MASK = "••••••"
_SHORTEST_REDACTED = 6
"""A shorter value would blank ordinary words out of the logs."""
_SHORTEST_LINE = 16
"""A shorter line of a key or a JSON document says nothing alone."""


class Secret:
    """A value nobody may see by accident; equality is tested in constant time."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value itself: call it only where the value leaves for the platform, a child or a database."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __str__(self) -> str:
        return MASK

    def __format__(self, spec: str) -> str:
        return format(MASK, spec)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __len__(self) -> int:
        return len(self._value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._value.encode(), other._value.encode())

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret cannot be pickled or copied out of the process")

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Secret:
        return self


Generator = Literal["token_urlsafe", "token_hex", "password"]
"""How a secret is generated; the first two are the standard library's, a password suits people too."""

_GENERATORS: dict[Generator, Callable[[int], str]] = {
    "token_urlsafe": entropy.token_urlsafe,
    "token_hex": entropy.token_hex,
    "password": lambda size: "".join(entropy.choice(_READABLE_LETTERS) for _ in range(size)),
}
_READABLE_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No letter that is mistaken for another when read aloud."""


def generate(kind: Generator, size: int) -> Secret:
    """Generate a secret of `size` bytes of entropy (characters for a password)."""
    return Secret(_GENERATORS[kind](size))


class Redactor:
    """Replaces every known secret in text from outside before anyone sees it."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        self._values: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        self.learn(*secrets)

    def learn(self, *secrets: Secret) -> None:
        """Know these from now on, and the parts they are printed in; what is under six characters is left alone."""
        fresh = {form for secret in secrets for form in _forms(secret.reveal()) if len(form) >= _SHORTEST_REDACTED}
        if not fresh <= self._values:
            self._values |= fresh
            longest_first = sorted(self._values, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, longest_first)))

    def clean(self, text: str) -> str:
        """Return the text with every known secret masked."""
        return self._pattern.sub(MASK, text) if self._pattern else text


def _forms(value: str) -> set[str]:
    """Return a value and what of it gives it away: the password of a URL whose scheme was changed, a line of a key."""
    lines = {line.strip() for line in value.splitlines()} if "\n" in value else set()
    password = _password(value) if "://" in value else ""
    return {value, value.strip(), password, unquote(password), *(one for one in lines if len(one) >= _SHORTEST_LINE)}


def _password(url: str) -> str:
    try:
        return urlsplit(url.strip()).password or ""
    except ValueError:
        return ""
