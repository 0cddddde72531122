"""What a backend's variables should hold, each for a reason in its code."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from wizard.messages import message
from wizard.source.alternatives import find_alternative
from wizard.source.datastores import POSTGRES, REDIS, Connection, connections, has_postgres_driver
from wizard.source.detection import (
    AskedValue,
    BackendFacts,
    GeneratedValue,
    SecretValue,
    ServiceKind,
    SuggestedValue,
    SuggestedVariable,
    TextValue,
)
from wizard.source.dotenv import is_placeholder, is_sensitive_name
from wizard.source.drafts import Draft
from wizard.source.env_reads import EnvRead
from wizard.source.location import Sourced

_SECRET_BYTES = 48
_OWN_SECRETS = frozenset({"JWT", "SESSION", "COOKIE", "SIGNING", "CSRF", "SALT", "PEPPER", "APP"})
_OWN_SECRET_NAMES = frozenset({"SECRET", "SECRET_KEY", "NEXTAUTH_SECRET", "AUTH_SECRET", "AUTH_SECRET_KEY"})
_FRONTEND_WORDS = frozenset({"FRONTEND", "CLIENT", "WEB", "SITE", "UI", "DASHBOARD"})
_BACKEND_WORDS = frozenset({"BACKEND", "API", "SERVER", "PUBLIC", "BASE", "SELF", "EXTERNAL", "APP"})
_ADDRESS_WORDS = frozenset({"URL", "URI", "ORIGIN", "ORIGINS", "ENDPOINT"})
_SQL_NAMES = frozenset({"DATABASE_URL", "POSTGRES_URL", "POSTGRESQL_URL", "DB_URL", "SQLALCHEMY_DATABASE_URI"})
_REDIS_NAMES = frozenset({"REDIS_URL", "REDIS_URI", "CELERY_BROKER_URL", "CELERY_RESULT_BACKEND"})


@dataclass(frozen=True, slots=True)
class BackendContext:
    """One backend among the services around it."""

    draft: Draft
    facts: BackendFacts
    frontends: Sequence[str]
    connections: tuple[Connection, ...]


def backend_context(draft: Draft, facts: BackendFacts, drafts: Sequence[Draft]) -> BackendContext:
    """Gather what the suggestions for one backend need."""
    frontends = [one.name for one in drafts if one.kind is ServiceKind.FRONTEND]
    found = connections(facts.sources, facts.environment, facts.requirements)
    own = {read.name for read in draft.reads}
    return BackendContext(draft, facts, frontends, tuple(one for one in found if one.read.name in own))


def suggest_backend_variables(context: BackendContext) -> tuple[SuggestedVariable, ...]:
    """Suggest a value for every variable that needs one; a variable with a sound default needs none."""
    suggested = (_suggest(context, name) for name in context.draft.variables)
    return tuple(one for one in suggested if one)


def _suggest(context: BackendContext, name: str) -> SuggestedVariable | None:
    reads = context.draft.reads_of(name)
    required = any(read.required for read in reads)
    for decide in _DECISIONS:
        value = decide(context, name, reads)
        if value:
            return SuggestedVariable(name, value, required, reads)
    return None


def _connected(context: BackendContext, name: str, reads: tuple[EnvRead, ...]) -> Sourced[SuggestedValue] | None:
    for one in context.connections:
        if one.read.name == name:
            reason = message("source.reason-connects", engine=one.engine)
            return Sourced(TextValue(f"{{{one.engine}.{one.output}}}"), one.location, reason)
    engine = _engine_by_name(context.facts, name)
    if engine is None:
        return None
    output = "DATABASE_URL" if engine == POSTGRES else "REDIS_URL"
    reason = message("source.reason-database-name", engine=engine)
    return Sourced(TextValue(f"{{{engine}.{output}}}"), reads[0].location, reason)


def _engine_by_name(facts: BackendFacts, name: str) -> str | None:
    if name in _SQL_NAMES and has_postgres_driver(facts.requirements):
        return POSTGRES
    return REDIS if name in _REDIS_NAMES and facts.requirements.find("redis", "celery", "arq", "rq") else None


def _signed(context: BackendContext, name: str, reads: tuple[EnvRead, ...]) -> Sourced[SuggestedValue] | None:
    signing = next((one for one in context.facts.auth.signing if one.variable == name), None)
    words = name.split("_")
    is_named = name in _OWN_SECRET_NAMES or (bool(_OWN_SECRETS.intersection(words)) and "SECRET" in words)
    if signing is None and not (is_named or (words[-1] == "SALT" and len(words) > 1)):
        return None
    if signing is not None and not is_sensitive_name(name):
        return None
    location = signing.location if signing else reads[0].location
    reason = message("source.reason-signs" if signing else "source.reason-generated-name")
    return Sourced(GeneratedValue("token_urlsafe", _SECRET_BYTES), location, reason)


def _cors(context: BackendContext, name: str, reads: tuple[EnvRead, ...]) -> Sourced[SuggestedValue] | None:
    app = context.facts.app
    for cors in app.cors if app else ():
        behind = context.facts.environment.behind(cors.scope, cors.origins)
        if all(read.name != name for read in behind) or not _is_address(name):
            continue
        single = isinstance(cors.origins, ast.List) and any(
            (read := context.facts.environment.read_at(cors.scope, element)) is not None and read.name == name
            for element in cors.origins.elts
        )
        value = _origins(context, single=single, as_json=any(read.needs_json for read in reads))
        return Sourced(TextValue(value), cors.location, message("source.reason-cors"))
    return None


def _is_address(name: str) -> bool:
    return bool({*_ADDRESS_WORDS, "CORS", "HOSTS", "HOST", "FRONTEND"}.intersection(name.split("_")))


def _origins(context: BackendContext, *, single: bool, as_json: bool) -> str:
    services = context.frontends or [context.draft.name]
    if single:
        return f"{{{services[0]}.url}}"
    if as_json:
        return "[" + ", ".join(f'"{{{name}.url}}"' for name in services) + "]"
    return ",".join(f"{{{name}.urls}}" for name in services)


def _address(context: BackendContext, name: str, reads: tuple[EnvRead, ...]) -> Sourced[SuggestedValue] | None:
    words = set(name.split("_"))
    if not words & _ADDRESS_WORDS or not _is_local(context, name, reads):
        return None
    if words & _FRONTEND_WORDS and context.frontends:
        reason = message("source.reason-other-url", service=context.frontends[0])
        return Sourced(TextValue(_origins(context, single=True, as_json=False)), reads[0].location, reason)
    if words & _BACKEND_WORDS:
        reason = message("source.reason-own-url")
        return Sourced(
            TextValue(f"{{{context.draft.name}.url}}{_local_path(context, name, reads)}"), reads[0].location, reason
        )
    return None


def _samples(context: BackendContext, name: str, reads: tuple[EnvRead, ...]) -> Iterator[str]:
    yield from (read.default for read in reads if read.default)
    entry = context.draft.example(name)
    if entry:
        yield entry.value


def _is_local(context: BackendContext, name: str, reads: tuple[EnvRead, ...]) -> bool:
    """Tell whether every sample is an address of a developer's machine; without a sample the name decides."""
    return all(is_placeholder(sample, name) for sample in _samples(context, name, reads))


def _local_path(context: BackendContext, name: str, reads: tuple[EnvRead, ...]) -> str:
    paths = (_path(sample) for sample in _samples(context, name, reads))
    return next((path for path in paths if path), "")


def _path(sample: str) -> str:
    try:
        return urlsplit(sample).path.rstrip("/")
    except ValueError:
        return ""


def _secret(context: BackendContext, name: str, reads: tuple[EnvRead, ...]) -> Sourced[SuggestedValue] | None:
    if not is_sensitive_name(name) or any(read.default and not is_placeholder(read.default, name) for read in reads):
        return None
    facts, entry = context.facts, context.draft.example(name)
    alternatives = (find_alternative(facts.sources, facts.environment, read) for read in reads)
    alternative = next((one for one in alternatives if one), None)
    unless = MappingProxyType({alternative.variable: alternative.value} if alternative else {})
    value = SecretValue(unless, entry.comment if entry else "")
    if alternative:
        reason = message("source.reason-unless", variable=alternative.variable, value=alternative.value)
        return Sourced(value, alternative.location, reason)
    is_needed = any(read.required for read in reads) or entry is not None
    return Sourced(value, reads[0].location, message("source.reason-secret")) if is_needed else None


def _example(context: BackendContext, name: str, reads: tuple[EnvRead, ...]) -> Sourced[SuggestedValue] | None:
    entry = context.draft.example(name)
    if entry is None or entry.is_placeholder or not any(read.required for read in reads):
        return None
    return Sourced(
        TextValue(entry.value.replace("{", "{{").replace("}", "}}")), entry.location, message("source.reason-example")
    )


def _asked(context: BackendContext, name: str, reads: tuple[EnvRead, ...]) -> Sourced[SuggestedValue] | None:
    needed = next((read for read in reads if read.required), None)
    local = next((read for read in reads if read.default and _is_machine_address(read.default)), None)
    read = needed or local
    if read is None:
        return None
    entry = context.draft.example(name)
    reason = message("source.reason-no-value" if needed else "source.reason-development-default")
    example = entry.value if entry and not is_sensitive_name(name) else ""
    return Sourced(AskedValue(example, read.options), read.location, reason)


def _is_machine_address(default: str) -> bool:
    return "://" in default and is_placeholder(default)


_DECISIONS = (_connected, _signed, _cors, _address, _secret, _example, _asked)
"""The first one that knows something decides."""
