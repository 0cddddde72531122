"""Databases that are not reached, not let in, or not what the code takes them for."""

from __future__ import annotations

import re

from wizard.diagnosis.evidence import Diagnosis, Evidence
from wizard.diagnosis.recogniser import Recogniser, by_line

_REFUSED = re.compile(
    r"(?:connection to server at|could not connect to server).*?[\"'](?P<host>[^\"']+)[\"']"
    r".*?port (?P<port>\d+).*?(?:[Rr]efused|timeout)"
    r"|Connect call failed \('(?P<host2>[^']+)', (?P<port2>\d+)"
    r"|host: '(?P<host3>[^']+)', port: '?(?P<port3>\d+)'?, hostaddr.*[Rr]efused"
)
_REDIS = re.compile(r"Error (?:111|61|-2|-3|-5) connecting to (?P<host>[\w.-]+):(?P<port>\d+)")
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_DEFAULT_PORTS = {"5432": "postgres", "6379": "redis"}


def _refused(evidence: Evidence) -> Diagnosis | None:
    """Nothing answers where the code connects: its own machine, where a developer's would be, or the plan's."""
    hit = evidence.find(_REFUSED) or evidence.find(_REDIS)
    if hit is None:
        return None
    host, port = hit["host"], hit["port"]
    written = evidence.code.search(re.compile(rf"(?:localhost|127\.0\.0\.1):{port}\b"), ".py", ".ini", ".toml", ".sh")
    told = {"host": host, "port": port}
    if host in _LOCAL and port in _DEFAULT_PORTS:
        return evidence.explain(
            "diagnosis.database-local",
            (hit.line, written),
            **told,
            where=written.place if written else "-",
            variable="REDIS_URL" if port == "6379" else "DATABASE_URL",
        )
    return evidence.explain("diagnosis.database-refused", (hit.line,), **told)


REFUSED = Recogniser("database-refused", _refused)
HOST = by_line(
    "diagnosis.database-host",
    r"could not translate host name \"(?P<host>[^\"]+)\""
    r"|failed to resolve host '(?P<host2>[^']+)'"
    r"|\[Errno -[235]\] (?:Name or service not known|No address associated with|Temporary failure in name resolution)"
    r"|getaddrinfo (?:ENOTFOUND|EAI_AGAIN) (?P<host3>\S+)",
)
PASSWORD = by_line("diagnosis.database-password", r"password authentication failed for user \"(?P<user>[^\"]+)\"")
REDIS_PASSWORD = by_line(
    "diagnosis.redis-password",
    r"(?:AuthenticationError: |NOAUTH |WRONGPASS )(?P<text>.*)|invalid username-password pair",
)
NAME = by_line("diagnosis.database-name", r"FATAL:\s+database \"(?P<name>[^\"]+)\" does not exist")
SCHEME = by_line(
    "diagnosis.database-scheme", r"NoSuchModuleError: Can't load plugin: sqlalchemy\.dialects:(?P<scheme>postgres)\b"
)
DIALECT = by_line(
    "diagnosis.database-dialect", r"NoSuchModuleError: Can't load plugin: sqlalchemy\.dialects:(?P<scheme>[\w.]+)"
)
ASYNC_DRIVER = by_line(
    "diagnosis.database-async",
    r"The asyncio extension requires an async driver to be used\. The loaded '(?P<driver>\w+)' is not async",
)
SSL_MODE = by_line(
    "diagnosis.database-sslmode",
    r"connect\(\) got an unexpected keyword argument '(?P<option>sslmode|channel_binding)'",
)
NO_URL = by_line(
    "diagnosis.database-url",
    r"Could not parse (?:SQLAlchemy|rfc1738) URL from (?:given URL )?string|Expected string or URL object, got None",
)
TOO_MANY = by_line(
    "diagnosis.database-full", r"sorry, too many clients already|remaining connection slots are reserved"
)
NO_TABLE = by_line(
    "diagnosis.table-missing", r"relation \"(?P<table>[\w.]+)\" does not exist|no such table: (?P<table2>\w+)"
)
NO_COLUMN = by_line("diagnosis.column-missing", r"column (?P<column>[\w.\"]+)(?: of relation \"\w+\")? does not exist")
EXTENSION = by_line(
    "diagnosis.database-extension",
    r"extension \"(?P<extension>[\w-]+)\" is not available"
    r"|could not open extension control file \"[^\"]*/(?P<extension2>[\w-]+)\.control\"",
)
