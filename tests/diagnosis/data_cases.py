"""Logs of SQLAlchemy, psycopg, asyncpg, redis, Alembic and settings classes."""

# ruff: noqa: E501, W291 - log lines are as long as their programs write them

from __future__ import annotations

from tests.diagnosis.cases import Case

REVISION = """INFO  [alembic.runtime.migration] Context impl PostgresqlImpl.
INFO  [alembic.runtime.migration] Running upgrade  -> 0001, users
Traceback (most recent call last):
  File "/usr/local/bin/alembic", line 8, in <module>
    sys.exit(main())
  File "/app/alembic/versions/0001_users.py", line 6, in upgrade
    op.create_table()
  File "/usr/local/lib/python3.11/site-packages/sqlalchemy/engine/default.py", line 951, in do_execute
    cursor.execute(statement, parameters)
sqlalchemy.exc.ProgrammingError: (psycopg2.errors.DuplicateTable) relation "users" already exists

[SQL: 
CREATE TABLE users (
)
]
(Background on this error at: https://sqlalche.me/e/20/f405)"""
SETTINGS = """  File "/app/app/config.py", line 9, in <module>
    settings = Settings()
pydantic_core._pydantic_core.ValidationError: 2 validation errors for Settings
jwt_secret
  Field required [type=missing, input_value={'database_url': '***'}, input_type=dict]
    For further information visit https://errors.pydantic.dev/2.13/v/missing
database_url
  Field required [type=missing, input_value={}, input_type=dict]
    For further information visit https://errors.pydantic.dev/2.13/v/missing"""
INVALID = """pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings
jwt_secret
  Value should have at least 32 items after validation, not 3 [type=too_short, input_value='***', input_type=str]
    For further information visit https://errors.pydantic.dev/2.13/v/too_short"""
KEY = """Traceback (most recent call last):
  File "/app/app/main.py", line 15, in <module>
    KEY = os.environ["PAYMENT_KEY"]
          ~~~~~~~~~~^^^^^^^^^^^^^^^
  File "<frozen os>", line 679, in __getitem__
KeyError: 'PAYMENT_KEY'"""
REFUSED = """sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) connection to server at "{host}", port 5432 failed: Connection refused
\tIs the server running on that host and accepting TCP/IP connections?"""
PEER = """sqlalchemy.exc.OperationalError: (psycopg.OperationalError) connection failed: connection to server at "10.1.2.3", port 5432 failed: Connection refused"""
EXPECTED = "sqlalchemy.exc.InvalidRequestError: The asyncio extension requires an async driver to be used. The loaded '{}' is not async."

CASES = [
    Case(
        recogniser="revision-failed",
        cause="revision-failed",
        step="PRE_DEPLOY_COMMAND",
        deploy=REVISION,
        says=("Migration 0001", "api/alembic/versions/0001_users.py:6", 'relation "users" already exists'),
        shows="Running upgrade  -> 0001",
    ),
    Case(
        recogniser="heads",
        cause="heads",
        step="PRE_DEPLOY_COMMAND",
        deploy="""ERROR [alembic.util.messaging] Multiple head revisions are present for given argument 'head'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
  FAILED: Multiple head revisions are present for given argument 'head'; please specify a specific target revision""",
        says=("0002, 0003", "alembic merge heads"),
        shows='revision = "0003"',
    ),
    Case(
        recogniser="revision-unknown",
        cause="revision-unknown",
        step="PRE_DEPLOY_COMMAND",
        deploy="ERROR [alembic.util.messaging] Can't locate revision identified by 'a1b2c3'\n"
        "  FAILED: Can't locate revision identified by 'a1b2c3'",
        says=("a1b2c3", "api/alembic"),
        shows="Can't locate revision",
    ),
    Case(
        recogniser="revision-unknown",
        cause="revision-parent",
        step="PRE_DEPLOY_COMMAND",
        deploy="/usr/local/lib/python3.11/site-packages/alembic/script/revision.py:241: UserWarning: Revision 0009 referenced "
        "from 0009 -> 0010 (head), more is not present\nKeyError: '0009'",
        says=("follows 0009", "down_revision"),
        shows="is not present",
    ),
    Case(
        recogniser="database-behind",
        cause="database-behind",
        deploy="  FAILED: Target database is not up to date.",
        says=("alembic upgrade head",),
        shows="not up to date",
    ),
    Case(
        recogniser="alembic-config",
        cause="alembic-config",
        step="PRE_DEPLOY_COMMAND",
        deploy="  FAILED: No 'script_location' key found in configuration",
        says=("alembic.ini",),
        shows="script_location",
    ),
    Case(
        recogniser="database-scheme",
        cause="database-scheme",
        deploy="sqlalchemy.exc.NoSuchModuleError: Can't load plugin: sqlalchemy.dialects:postgres",
        says=("postgres://", "postgresql+psycopg://"),
        shows="NoSuchModuleError",
    ),
    Case(
        recogniser="database-dialect",
        cause="database-dialect",
        deploy="sqlalchemy.exc.NoSuchModuleError: Can't load plugin: sqlalchemy.dialects:cockroachdb",
        says=("cockroachdb",),
        shows="NoSuchModuleError",
    ),
    Case(
        recogniser="database-async",
        cause="database-async",
        deploy=EXPECTED.format("psycopg2"),
        says=("psycopg2", "postgresql+asyncpg://"),
        shows="not async",
    ),
    Case(
        recogniser="database-sslmode",
        cause="database-sslmode",
        deploy="TypeError: connect() got an unexpected keyword argument 'sslmode'",
        says=("sslmode",),
        shows="unexpected keyword",
    ),
    Case(
        recogniser="database-url",
        cause="database-url",
        deploy="sqlalchemy.exc.ArgumentError: Could not parse SQLAlchemy URL from given URL string",
        says=("DATABASE_URL",),
        shows="Could not parse",
    ),
    Case(
        recogniser="database-password",
        cause="database-password",
        deploy='psycopg.OperationalError: connection failed: FATAL:  password authentication failed for user "postgres"',
        says=("postgres", "{postgres.DATABASE_URL}"),
        shows="password authentication failed",
    ),
    Case(
        recogniser="redis-password",
        cause="redis-password",
        deploy="redis.exceptions.AuthenticationError: Authentication required.",
        says=("{redis.REDIS_URL}",),
        shows="AuthenticationError",
    ),
    Case(
        recogniser="database-name",
        cause="database-name",
        deploy='FATAL:  database "shop" does not exist',
        says=("shop", "railwizard psql"),
        shows="does not exist",
    ),
    Case(
        recogniser="database-host",
        cause="database-host",
        deploy='psycopg2.OperationalError: could not translate host name "db" to address: Name or service not known',
        says=("runs: db",),
        shows="could not translate",
    ),
    Case(
        recogniser="database-host",
        cause="database-host",
        deploy="socket.gaierror: [Errno -2] Name or service not known",
        shows="gaierror",
    ),
    Case(
        recogniser="database-refused",
        cause="database-local",
        deploy=REFUSED.format(host="localhost"),
        says=("localhost:5432", "api/app/config.py:6", "DATABASE_URL"),
        shows="postgresql://localhost:5432/dev",
    ),
    Case(
        recogniser="database-refused",
        cause="database-local",
        deploy="redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.",
        says=("REDIS_URL",),
        shows="Error 111",
    ),
    Case(
        recogniser="database-refused",
        cause="database-refused",
        deploy=PEER,
        says=("10.1.2.3:5432", "railwizard status"),
        shows="10.1.2.3",
    ),
    Case(
        recogniser="database-full",
        cause="database-full",
        deploy="psycopg.OperationalError: FATAL:  sorry, too many clients already",
        says=("pool_size",),
        shows="too many clients",
    ),
    Case(
        recogniser="database-extension",
        cause="database-extension",
        deploy='psycopg.errors.FeatureNotSupported: extension "vector" is not available',
        says=("vector",),
        shows="is not available",
    ),
    Case(
        recogniser="table-missing",
        cause="table-missing",
        deploy='psycopg.errors.UndefinedTable: relation "users" does not exist',
        says=("users", "alembic upgrade head"),
        shows="does not exist",
    ),
    Case(
        recogniser="column-missing",
        cause="column-missing",
        deploy="psycopg.errors.UndefinedColumn: column users.role does not exist",
        says=("users.role",),
        shows="UndefinedColumn",
    ),
    Case(
        recogniser="variable-missing",
        cause="variable-missing",
        deploy=SETTINGS,
        says=("JWT_SECRET, DATABASE_URL", "[services.api.variables]"),
        shows="Field required",
    ),
    Case(
        recogniser="variable-missing",
        cause="variable-invalid",
        deploy=INVALID,
        says=("JWT_SECRET", "at least 32 items"),
        shows="too_short",
    ),
    Case(
        recogniser="variable-key",
        cause="variable-missing",
        deploy=KEY,
        says=("PAYMENT_KEY",),
        shows='os.environ["PAYMENT_KEY"]',
    ),
    Case(
        recogniser="variable-said",
        cause="variable-missing",
        deploy="Error: PAYMENT_KEY is not set",
        says=("PAYMENT_KEY",),
        shows="is not set",
    ),
    Case(
        recogniser="variable-said",
        cause="variable-unseen",
        step="BUILD_IMAGE",
        build="Error: NEXT_PUBLIC_API_URL must be set when the frontend is built",
        says=("ARG NEXT_PUBLIC_API_URL",),
        shows='NEXT_PUBLIC_API_URL = "{api.url}"',
    ),
    Case(
        recogniser="variable-json",
        cause="variable-json",
        deploy='pydantic_settings.exceptions.SettingsError: error parsing value for field "cors_origins" from source "EnvSettingsSource"',
        says=("cors_origins", "NoDecode"),
        shows="cors_origins",
    ),
]
