"""Database templates: Railway's own configuration of today, with our name and our version written into it.

What a template holds changes over time and is not ours: everything that is not named here goes back as it came.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from wizard.errors import FailedError

CODES = {"postgres": "postgres", "redis": "redis", "mysql": "mysql", "mongo": "mongo"}
"""Template code by engine."""

_TAG = re.compile(r"^(?P<name>.+?)(?::(?P<tag>[^:/@]+))?$")
_MAJOR = re.compile(r"\d+")


def configured(serialized: Any, name: str, engine: str, version: int | None) -> dict[str, Any]:
    """Return the configuration to deploy: services' variables filled in, the database named and versioned.

    Raises FailedError where the template has no database service, or asks for a value nobody can give.
    """
    config: dict[str, Any] = copy.deepcopy(serialized) if isinstance(serialized, dict) else {}
    database = _database(config, engine)
    database["name"] = name
    if version is not None:
        source = database["source"]
        source["image"] = versioned(str(source["image"]), version)
    for service in _services(config):
        _fill(service, engine)
    return config


def versioned(image: str, version: int) -> str:
    """Return the image with the version as its tag, unless its tag is of that major version already."""
    parts = _TAG.match(image)
    if parts is None:
        return image
    major = _MAJOR.match(parts["tag"] or "")
    return image if major and int(major[0]) == version else f"{parts['name']}:{version}"


def _services(config: dict[str, Any]) -> Iterator[dict[str, Any]]:
    services = config.get("services")
    yield from (one for one in services.values() if isinstance(one, dict)) if isinstance(services, dict) else ()


def _database(config: dict[str, Any], engine: str) -> dict[str, Any]:
    """Return the service that is the database: the one with an image, by the engine's name where there are several."""
    with_image = [
        one for one in _services(config) if isinstance(one.get("source"), dict) and one["source"].get("image")
    ]
    named = [one for one in with_image if engine in str(one["source"]["image"]).lower()]
    if not (named or with_image):
        raise FailedError("railway.template-changed", engine=engine)
    return (named or with_image)[0]


def _fill(service: dict[str, Any], engine: str) -> None:
    """Give every variable its default as value, as the platform's own client does."""
    variables = service.get("variables")
    for name, variable in variables.items() if isinstance(variables, dict) else ():
        if not isinstance(variable, dict) or variable.get("value") is not None:
            continue
        if variable.get("defaultValue") is not None:
            variable["value"] = variable["defaultValue"]
        elif not variable.get("isOptional") and not variable.get("generator"):
            raise FailedError("railway.template-asks", engine=engine, name=name)
