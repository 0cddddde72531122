"""Names the platform makes up: suffixes, domain labels, words for what nobody named."""

from __future__ import annotations

import hashlib
import random
import re
import string
from collections.abc import Collection
from itertools import count

_RANDOM = random.SystemRandom()
_ADJECTIVES = ("brave", "calm", "fair", "glad", "keen", "mellow", "quiet", "sunny", "tidy", "warm")
_NOUNS = ("brook", "cedar", "comet", "harbor", "lantern", "meadow", "pebble", "river", "summit", "willow")
_LONGEST_LABEL = 40


def suffix(length: int = 4) -> str:
    """Return letters and digits that tell a second copy from the first."""
    return "".join(_RANDOM.choices(string.ascii_letters + string.digits, k=length))


def words() -> str:
    """Return a name for what was created without one."""
    return f"{_RANDOM.choice(_ADJECTIVES)}-{_RANDOM.choice(_NOUNS)}"


def domain_label(service_name: str, place: str, taken: Collection[str]) -> str:
    """Return `<service>-<4 letters>` as a host name takes it.

    The letters follow from the place, so that a frontend that is built for its own address is built once: on the
    platform they are random, and stay what they are.
    """
    digests = (hashlib.sha256(f"{place}/{service_name}/{attempt}".encode()).digest() for attempt in count())
    endings = ("".join(string.ascii_lowercase[byte % 26] for byte in digest[:4]) for digest in digests)
    return next(label for ending in endings if (label := f"{private_label(service_name)}-{ending}") not in taken)


def private_label(service_name: str) -> str:
    """Return a service's name as a host name takes it."""
    return re.sub(r"[^a-z0-9]+", "-", service_name.lower()).strip("-")[:_LONGEST_LABEL] or "service"


def secret(length: int = 32, alphabet: str = string.ascii_letters + string.digits) -> str:
    """Return what `${{secret(length, alphabet)}}` becomes when a template is deployed."""
    return "".join(_RANDOM.choices(alphabet, k=length))


def random_int(low: int = 0, high: int = 100) -> int:
    """Return what `${{randomInt(low, high)}}` becomes when a template is deployed."""
    return _RANDOM.randint(low, high)
