"""Every recogniser, in the order they are asked: what is certain before what is likely before what is left."""

from __future__ import annotations

from wizard.diagnosis import (
    databases,
    dockerfile,
    environment,
    health,
    imports,
    migrations,
    node,
    processes,
    python,
)
from wizard.diagnosis.evidence import Diagnosis, Evidence
from wizard.diagnosis.recogniser import Recogniser

_ANSWERED = (health.PATH, health.REDIRECT, health.GUARDED, health.REFUSED_HOST, health.PORT)
"""The check was answered, or the service said where it listens: nothing in its log tells more."""

_BUILDS = (
    dockerfile.COPY,
    dockerfile.NO_DOCKERFILE,
    dockerfile.DOCKERFILE_SYNTAX,
    dockerfile.BASE_IMAGE,
    processes.DISK,
    node.LOCK,
    node.NO_LOCK,
    node.UNKNOWN_PACKAGE,
    node.PEERS,
    node.SCRIPT,
    node.NODE_VERSION,
    node.GOOGLE_FONT,
    node.OUTDATED_SWC,
    node.MODULE,
    node.TYPES,
    node.SUSPENSE,
    environment.SAID,
    node.PRERENDER,
    node.NOT_BUILT,
    python.TOO_OLD,
    python.UNSATISFIED,
    python.CONFLICT,
    python.REQUIREMENTS_FILE,
    python.NO_COMPILER,
)
_STARTS = (
    imports.DRIVER_LIBRARY,
    imports.DRIVER,
    imports.OWN_MODULE,
    imports.THIRD_PARTY,
    imports.ASGI_TARGET,
    imports.FORM_DATA,
    imports.EMAIL_VALIDATOR,
    imports.NATIVE_LIBRARY,
    imports.IMPORT_NAME,
    python.SYNTAX,
    environment.JSON_VALUE,
    environment.SETTINGS,
    environment.KEY,
    processes.PORT_WORD,
    processes.PORT_TAKEN,
    processes.NO_COMMAND,
    processes.FORMAT,
    processes.PERMISSION,
)
_DATABASES = (
    migrations.HEADS,
    migrations.UNKNOWN,
    migrations.BEHIND,
    migrations.CONFIG,
    databases.SCHEME,
    databases.DIALECT,
    databases.ASYNC_DRIVER,
    databases.SSL_MODE,
    databases.NO_URL,
    databases.PASSWORD,
    databases.REDIS_PASSWORD,
    databases.NAME,
    databases.HOST,
    databases.REFUSED,
    databases.TOO_MANY,
    databases.EXTENSION,
    migrations.REVISION,
    databases.NO_TABLE,
    databases.NO_COLUMN,
)
_LEFT = (
    processes.MEMORY,
    processes.NOT_WRITABLE,
    processes.NO_FILE,
    python.EXCEPTION,
    processes.FAILED_COMMAND,
    processes.FAILED_PRE_DEPLOY,
    health.UNWELL,
    health.SILENT,
)

RECOGNISERS: tuple[Recogniser, ...] = (*_ANSWERED, *_BUILDS, *_STARTS, *_DATABASES, *_LEFT)


def diagnose(evidence: Evidence) -> Diagnosis | None:
    """Return what the first recogniser makes of it; None where nobody knows the failure."""
    return next((found for one in RECOGNISERS if (found := one.look(evidence))), None)
