"""Where Alembic says the database stands."""

from __future__ import annotations

from psycopg import sql

from wizard.database.connect import Connection

VERSION_TABLE = "alembic_version"
_FIND = """
SELECT n.nspname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = %s AND c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_temp%%' ORDER BY n.nspname <> 'public', 1
"""


async def database_heads(connection: Connection, table: str = VERSION_TABLE) -> tuple[str, ...] | None:
    """Return the revisions the database is at, sorted; None where Alembic never ran, () where it stands at base."""
    found = await (await connection.execute(_FIND, (table,))).fetchone()
    if found is None:
        return None
    query = sql.SQL("SELECT version_num FROM {} ORDER BY 1").format(sql.Identifier(str(found[0]), table))
    return tuple(str(row[0]) for row in await (await connection.execute(query)).fetchall())
