"""Which database a service's variables lead to, told by the call that opens the connection."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from wizard.source.env_reads import Environment, EnvRead
from wizard.source.location import SourceLocation
from wizard.source.python_sources import PythonSources
from wizard.source.requirements import Requirements

POSTGRES, REDIS = "postgres", "redis"
_DRIVERS = ("psycopg", "psycopg-binary", "psycopg2", "psycopg2-binary", "asyncpg", "pg8000", "psycopg-pool")
_SQL_OPENERS = frozenset({"create_engine", "create_async_engine", "engine_from_config", "async_engine_from_config"})
_SQL_LIBRARIES = frozenset({"sqlalchemy", "sqlmodel", "databases", "psycopg", "psycopg2", "asyncpg", "psycopg_pool"})
_SQL_CALLS = frozenset(
    {
        *("databases.Database", "psycopg.connect", "psycopg2.connect", "asyncpg.connect", "asyncpg.create_pool"),
        *("psycopg_pool.ConnectionPool", "psycopg_pool.AsyncConnectionPool", "psycopg.AsyncConnection.connect"),
    }
)
_REDIS_LIBRARIES = frozenset({"redis", "aioredis", "arq", "rq", "coredis", "redis_om"})
_BROKERS = frozenset({"celery.Celery", "dramatiq.brokers.redis.RedisBroker", "flask_caching.Cache", "slowapi.Limiter"})
_PARTS = {
    POSTGRES: (
        (("URL", "URI", "DSN", "CONNECTION", "STRING"), "DATABASE_URL"),
        (("HOST", "SERVER", "HOSTNAME", "ADDRESS"), "PGHOST"),
        (("PORT",), "PGPORT"),
        (("USER", "USERNAME", "LOGIN"), "PGUSER"),
        (("PASSWORD", "PASS", "PWD", "PASSWD"), "PGPASSWORD"),
        (("DB", "DATABASE", "NAME", "DBNAME"), "PGDATABASE"),
    ),
    REDIS: (
        (("URL", "URI", "DSN", "BROKER", "BACKEND"), "REDIS_URL"),
        (("HOST", "SERVER", "HOSTNAME"), "REDISHOST"),
        (("PORT",), "REDISPORT"),
        (("USER", "USERNAME"), "REDISUSER"),
        (("PASSWORD", "PASS", "PWD"), "REDISPASSWORD"),
    ),
}


@dataclass(frozen=True, slots=True)
class Connection:
    """A variable that leads to a database.

    Attributes:
        output: of the database the variable must hold: `DATABASE_URL`, `PGHOST`.
        location: the call that connects.
    """

    engine: str
    read: EnvRead
    output: str
    location: SourceLocation


def has_postgres_driver(requirements: Requirements) -> bool:
    """Tell whether a PostgreSQL driver is declared."""
    postgres_extra = any(
        "postgres" in extra or "psycopg" in extra for one in requirements.declared for extra in one.extras
    )
    return requirements.find(*_DRIVERS) is not None or postgres_extra


def connections(sources: PythonSources, environment: Environment, requirements: Requirements) -> tuple[Connection, ...]:
    """Return the variables behind every call that opens a database, one a variable."""
    found: dict[str, Connection] = {}
    for scope, node in sources.nodes():
        if not isinstance(node, ast.Call):
            continue
        engine = _engine(sources.qualified(scope, node.func) or "", requirements)
        if engine is None:
            continue
        for given in _given(node):
            for read in environment.behind(scope, given):
                output = _output(engine, read.name)
                if output:
                    found.setdefault(read.name, Connection(engine, read, output, scope.at(node)))
    return tuple(found.values())


def _engine(name: str, requirements: Requirements) -> str | None:
    library, last = name.partition(".")[0], name.rpartition(".")[2]
    opens_sql = (library in _SQL_LIBRARIES and last in _SQL_OPENERS) or name in _SQL_CALLS
    if opens_sql or last == "set_main_option":
        return POSTGRES if has_postgres_driver(requirements) else None
    if name in _BROKERS or (library in _REDIS_LIBRARIES and last[:1].isupper()) or name.endswith(".from_url"):
        return REDIS if library in _REDIS_LIBRARIES or name in _BROKERS else None
    return None


def _given(call: ast.Call) -> Iterator[ast.expr]:
    yield from call.args
    yield from (one.value for one in call.keywords)


def _output(engine: str, variable: str) -> str | None:
    """Match the last word of a variable's name; an unrelated option such as a pool size matches nothing."""
    words = variable.upper().split("_")
    for endings, output in _PARTS[engine]:
        if words[-1] in endings:
            return output
    joined = variable.upper()
    return next((output for endings, output in _PARTS[engine] if joined.endswith(endings[:3])), None)
