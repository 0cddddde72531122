"""Names the platform makes up: suffixes, domain labels, words for what nobody named."""

from __future__ import annotations

import random
import re
import string

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


def domain_label(service_name: str) -> str:
    """Return `<service>-<4 letters>` as a host name takes it."""
    return f"{private_label(service_name)}-{''.join(_RANDOM.choices(string.ascii_lowercase, k=4))}"


def private_label(service_name: str) -> str:
    """Return a service's name as a host name takes it."""
    return re.sub(r"[^a-z0-9]+", "-", service_name.lower()).strip("-")[:_LONGEST_LABEL] or "service"


def secret(length: int = 32, alphabet: str = string.ascii_letters + string.digits) -> str:
    """Return what `${{secret(length, alphabet)}}` becomes when a template is deployed."""
    return "".join(_RANDOM.choices(alphabet, k=length))


def random_int(low: int = 0, high: int = 100) -> int:
    """Return what `${{randomInt(low, high)}}` becomes when a template is deployed."""
    return _RANDOM.randint(low, high)
