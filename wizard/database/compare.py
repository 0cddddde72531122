"""Whether the tables are what the application's models expect: missing ones, missing columns, nullability."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wizard.database.schema import Column, Schema, Table
from wizard.messages import Message, message
from wizard.source import models as source


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the models say.

    Attributes:
        breaks: the application fails because of it; otherwise it is worth knowing.
        where: file and line of the model.
    """

    text: Message
    breaks: bool
    where: str


def compare(models: Iterable[source.Table], schema: Schema) -> tuple[Difference, ...]:
    """Compare every model with its table, in the models' order; tables without a model are nobody's business."""
    return tuple(difference for model in models for difference in _compare_table(model, schema))


def _compare_table(model: source.Table, schema: Schema) -> Iterator[Difference]:
    name = model.name.rpartition(".")
    table = schema.table(name[2], name[0] or None)
    if table is None:
        missing = message("database.missing-table", table=model.name)
        yield Difference(missing, breaks=True, where=str(model.location))
        return
    for column in model.columns:
        yield from _compare_column(table, column)
    known = {column.name for column in model.columns}
    for extra in table.columns.values():
        if extra.name not in known and not extra.fills_itself:
            unset = message("database.unset-column", table=table.shown, column=extra.name)
            yield Difference(unset, breaks=True, where=str(model.location))


def _compare_column(table: Table, model: source.Column) -> Iterator[Difference]:
    found = table.columns.get(model.name)
    if found is None:
        missing = message("database.missing-column", table=table.shown, column=model.name)
        yield Difference(missing, breaks=True, where=str(model.location))
    elif found.nullable != model.nullable and not model.primary_key:
        yield _nullability(table, found, model)


def _nullability(table: Table, found: Column, model: source.Column) -> Difference:
    id_ = "database.column-nullable" if found.nullable else "database.column-not-null"
    return Difference(
        message(id_, table=table.shown, column=found.name), breaks=not found.fills_itself, where=str(model.location)
    )
