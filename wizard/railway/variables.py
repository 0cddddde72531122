"""Variables on their way out and in: revealed only where they leave, secrets again as soon as they arrive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wizard.secrets import Secret

_SWITCHES = frozenset(
    {
        "RAILWAY_DEPLOYMENT_DRAINING_SECONDS",
        "RAILWAY_DEPLOYMENT_OVERLAP_SECONDS",
        "RAILWAY_DOCKERFILE_PATH",
        "RAILWAY_HEALTHCHECK_TIMEOUT_SEC",
        "RAILWAY_RUN_UID",
        "RAILWAY_SHM_SIZE_BYTES",
    }
)
"""Variables of that prefix which the operator sets."""


def revealed(values: Mapping[str, str | Secret]) -> dict[str, str]:
    """Return what is sent to the platform."""
    return {name: value.reveal() if isinstance(value, Secret) else value for name, value in values.items()}


def as_container_sees(told: Any) -> dict[str, Secret]:
    """Return a map of variables without those the platform provides; a value may be null and is skipped."""
    values = told if isinstance(told, Mapping) else {}
    return {
        str(name): Secret(str(value))
        for name, value in values.items()
        if value is not None and (name in _SWITCHES or not str(name).startswith("RAILWAY_"))
    }
