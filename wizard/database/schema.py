"""What tables a PostgreSQL really has, read from its catalogue.

One query a kind of fact; PostgreSQL's own schemas are left out. Names are as stored, types as `format_type` says them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from wizard.database.connect import Connection

_COLUMNS = """
SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, NULL), a.attnotnull,
       pg_get_expr(d.adbin, d.adrelid), a.attidentity <> '' OR a.attgenerated <> '',
       CASE WHEN t.typname IN ('varchar', 'bpchar') AND a.atttypmod > 4 THEN a.atttypmod - 4 END,
       COALESCE((SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder)
                 FROM pg_enum e WHERE e.enumtypid = a.atttypid), '{}')
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped
  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%'
  AND n.nspname NOT LIKE 'pg\\_temp%'
ORDER BY n.nspname, c.relname, a.attnum
"""
_CONSTRAINTS = """
SELECT n.nspname, c.relname, k.contype::text, pg_get_constraintdef(k.oid),
       (SELECT array_agg(a.attname::text) FROM pg_attribute a
        WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey))
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype IN ('p', 'u', 'f', 'c') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
"""
_UNIQUE_INDEXES = """
SELECT n.nspname, c.relname, array_agg(a.attname::text)
FROM pg_index i
JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
WHERE i.indisunique AND i.indpred IS NULL AND 0 <> ALL (i.indkey)
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
GROUP BY n.nspname, c.relname, i.indexrelid
"""
_TEXT_LITERAL = re.compile(r"'((?:[^']|'')*)'::")
"""A text in a check constraint as PostgreSQL prints it back."""

PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        type: PostgreSQL's name of it, `character varying`, `timestamp with time zone`, or an enum's.
        default: the expression, None without one.
        generated: the database fills it: identity or generated.
        length: of a varchar.
        values: what an enum, or a check on this column alone, allows; empty where anything is.
        references: it is part of a foreign key.
    """

    name: str
    type: str
    nullable: bool
    default: str | None = None
    generated: bool = False
    length: int | None = None
    values: tuple[str, ...] = ()
    references: bool = False

    @property
    def fills_itself(self) -> bool:
        """Whether a row can leave it out."""
        return self.nullable or self.generated or self.default is not None


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        columns: by name, in the table's order.
        primary_key: its columns.
        uniques: sets of columns that are unique together, the primary key too.
    """

    schema: str
    name: str
    columns: Mapping[str, Column]
    primary_key: frozenset[str] = frozenset()
    uniques: frozenset[frozenset[str]] = frozenset()

    @property
    def shown(self) -> str:
        """Its name for people, with the schema where that is not the usual one."""
        return self.name if self.schema == PUBLIC else f"{self.schema}.{self.name}"


@dataclass(frozen=True, slots=True)
class Schema:
    """All tables."""

    tables: tuple[Table, ...]

    def table(self, name: str, schema: str | None = None) -> Table | None:
        """Find a table by name, the usual schema first; None where there is none."""
        named = [table for table in self.tables if table.name == name and schema in {None, table.schema}]
        return min(named, key=lambda table: (table.schema != PUBLIC, table.schema), default=None)


@dataclass(slots=True)
class _Constraints:
    """What the constraints of one table say."""

    primary_key: frozenset[str] = frozenset()
    uniques: set[frozenset[str]] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    allowed: dict[str, tuple[str, ...]] = field(default_factory=dict)


async def read_schema(connection: Connection) -> Schema:
    """Read every table of the database."""
    constraints = await _constraints(connection)
    columns: dict[tuple[str, str], dict[str, Column]] = {}
    for row in await _rows(connection, _COLUMNS):
        place = (str(row[0]), str(row[1]))
        column = _column(row, constraints.get(place, _Constraints()))
        columns.setdefault(place, {})[column.name] = column
    return Schema(tuple(_table(place, found, constraints.get(place)) for place, found in columns.items()))


def _table(place: tuple[str, str], columns: dict[str, Column], known: _Constraints | None) -> Table:
    known = known or _Constraints()
    return Table(*place, columns, known.primary_key, frozenset(known.uniques))


def _column(row: tuple[object, ...], known: _Constraints) -> Column:
    _, _, name, type_, not_null, default, generated, length, labels = row
    text = str(name)
    enum = tuple(str(label) for label in labels) if isinstance(labels, list) else ()
    return Column(
        name=text,
        type=str(type_),
        nullable=not not_null,
        default=None if default is None else str(default),
        generated=bool(generated),
        length=length if isinstance(length, int) else None,
        values=enum or known.allowed.get(text, ()),
        references=text in known.references,
    )


async def _constraints(connection: Connection) -> dict[tuple[str, str], _Constraints]:
    found: dict[tuple[str, str], _Constraints] = {}
    for schema, table, kind, text, names in await _rows(connection, _CONSTRAINTS):
        known = found.setdefault((str(schema), str(table)), _Constraints())
        _learn(known, str(kind), str(text), _names(names))
    for schema, table, names in await _rows(connection, _UNIQUE_INDEXES):
        found.setdefault((str(schema), str(table)), _Constraints()).uniques.add(_names(names))
    return found


def _learn(known: _Constraints, kind: str, text: str, names: frozenset[str]) -> None:
    if kind == "p":
        known.primary_key = names
    if kind == "f":
        known.references |= names
    if kind == "c" and len(names) == 1 and "= ANY (" in text:
        known.allowed[next(iter(names))] = tuple(value.replace("''", "'") for value in _TEXT_LITERAL.findall(text))


def _names(value: object) -> frozenset[str]:
    return frozenset(str(name) for name in value) if isinstance(value, list) else frozenset()


async def _rows(connection: Connection, query: str) -> list[tuple[object, ...]]:
    cursor = await connection.execute(query.encode())
    return await cursor.fetchall()
