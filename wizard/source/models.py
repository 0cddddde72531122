"""SQLAlchemy and SQLModel classes as tables and columns: declarative `Column`, `mapped_column`, core `Table`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from wizard.source.location import SourceLocation
from wizard.source.python_module import argument, keyword
from wizard.source.python_sources import Found, PythonSources, Scope, annotation_names
from wizard.source.python_values import constant, text

_COLUMN_CALLS = frozenset({"Column", "mapped_column"})
_NO_TYPE = frozenset({"ForeignKey", "Identity", "Sequence", "Computed", "CheckConstraint", "FetchedValue"})
_USER_TABLES = ("users", "user", "accounts", "account", "members", "member", "auth_user", "auth_users")
_PASSWORD_NAMES = (
    "hashed_password",
    "password_hash",
    "password_hashed",
    "hash_password",
    "pw_hash",
    "password",
    "passwd",
)
_LOGIN_NAMES = ("email", "username", "login", "email_address", "user_name", "name")


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the code declares it.

    Attributes:
        name: in the database.
        attribute: in Python.
        type: the SQL type as written, else the Python annotation.
        has_default: whether Python fills it; an SQL client must do it itself.
        has_server_default: whether the database fills it.
        default: Python default where it is a constant.
        enum_values: what the database accepts: member names of a Python enum unless it says otherwise.
    """

    name: str
    attribute: str
    type: str
    nullable: bool
    unique: bool
    primary_key: bool
    has_default: bool
    has_server_default: bool
    default: str | None
    enum_values: tuple[str, ...]
    location: SourceLocation

    @property
    def must_be_given(self) -> bool:
        """Whether an INSERT outside the application has to name it."""
        return not (self.nullable or self.has_server_default or self.counts_itself)

    @property
    def counts_itself(self) -> bool:
        """Whether the database numbers it: an integer key nobody else fills."""
        return self.primary_key and not self.has_default and "int" in self.type.lower()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the class that maps it; a core table has an empty class name."""

    name: str
    class_name: str
    columns: tuple[Column, ...]
    location: SourceLocation

    def column(self, *names: str) -> Column | None:
        """Return the first column that has one of the names, in the order of the names."""
        return next((one for name in names for one in self.columns if one.name == name), None)


@dataclass(frozen=True, slots=True)
class UsersTable:
    """The table accounts live in, with the columns that matter for logging in."""

    table: Table
    login: Column
    password: Column


def read_tables(sources: PythonSources) -> tuple[Table, ...]:
    """Read every table a service declares, sorted by name."""
    tables = [table for found in sources.classes() if (table := _mapped(sources, found))]
    tables += _core_tables(sources)
    return tuple(sorted(tables, key=lambda table: (table.name, table.location)))


def users_table(tables: tuple[Table, ...]) -> UsersTable | None:
    """Return the table that holds a login and a password; the usual names win over others."""
    candidates = []
    for table in tables:
        login, password = table.column(*_LOGIN_NAMES), _password_column(table)
        if login and password:
            rank = _USER_TABLES.index(table.name) if table.name in _USER_TABLES else len(_USER_TABLES)
            candidates.append((rank, table.name, UsersTable(table, login, password)))
    return min(candidates, key=lambda one: one[:2])[2] if candidates else None


def _password_column(table: Table) -> Column | None:
    exact = table.column(*_PASSWORD_NAMES)
    return exact or next((one for one in table.columns if "password" in one.name or "passwd" in one.name), None)


def create_all_calls(sources: PythonSources) -> tuple[SourceLocation, ...]:
    """Return the places where the code creates its tables without migrations."""
    calls = ((scope, node) for scope, node in sources.nodes() if isinstance(node, ast.Attribute))
    return tuple(scope.at(node) for scope, node in calls if node.attr == "create_all")


def _mapped(sources: PythonSources, found: Found) -> Table | None:
    name = _table_name(sources, found)
    if name is None:
        return None
    columns: dict[str, Column] = {}
    bases = [sources.definition(base) for base in sources.bases(found)]
    for class_ in [*reversed([base for base in bases if base]), found]:
        if isinstance(class_.node, ast.ClassDef):
            for column in _columns(sources, class_):
                columns[column.attribute] = column
    return Table(name, found.name, tuple(columns.values()), found.location) if columns else None


def _table_name(sources: PythonSources, found: Found) -> str | None:
    node = found.node
    if not isinstance(node, ast.ClassDef):
        return None
    named = sources.definition(f"{found.name}.__tablename__")
    if named:
        return text(sources, named.scope, named.node)
    bases = list(sources.bases(found))
    is_sqlmodel = any(base.startswith("sqlmodel.") for base in bases)
    marked = any(one.arg == "table" and constant(sources, found.scope, one.value) is True for one in node.keywords)
    if is_sqlmodel:
        return node.name.lower() if marked else None
    return node.name.lower() if any(_names_itself(sources, base) for base in bases) else None


def _names_itself(sources: PythonSources, base: str) -> bool:
    """Tell whether a base derives the table's name from the class: `return cls.__name__.lower()`."""
    found = sources.definition(f"{base}.__tablename__")
    returns = [one for one in ast.walk(found.node) if isinstance(one, ast.Return)] if found else []
    return any(one.value is not None and ast.unparse(one.value) == "cls.__name__.lower()" for one in returns)


def _columns(sources: PythonSources, class_: Found) -> Iterator[Column]:
    for statement in class_.node.body if isinstance(class_.node, ast.ClassDef) else []:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            column = _annotated(sources, class_.scope, statement, statement.target.id)
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            column = _assigned(sources, class_.scope, statement.targets[0].id, statement.value)
        else:
            column = None
        if column:
            yield column


def _is_column_call(sources: PythonSources, scope: Scope, node: ast.expr | None) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = sources.qualified(scope, node.func) or ""
    return name.rpartition(".")[2] in _COLUMN_CALLS


def _assigned(sources: PythonSources, scope: Scope, name: str, value: ast.expr) -> Column | None:
    if not isinstance(value, ast.Call) or not _is_column_call(sources, scope, value):
        return None
    return _column(sources, _Declaration(scope, name, value, None, nullable=True))


def _annotated(sources: PythonSources, scope: Scope, statement: ast.AnnAssign, name: str) -> Column | None:
    annotation, value = statement.annotation, statement.value
    is_mapped = isinstance(annotation, ast.Subscript) and ast.unparse(annotation.value).endswith("Mapped")
    if isinstance(annotation, ast.Subscript) and is_mapped:
        return _mapped_column(sources, scope, name, annotation.slice, value)
    if isinstance(value, ast.Call) and _is_column_call(sources, scope, value):
        return _column(sources, _Declaration(scope, name, value, annotation, nullable=True))
    if isinstance(value, ast.Call):
        function = sources.qualified(scope, value.func) or ""
        if function != "sqlmodel.Field":
            return None
        return _column(sources, _Declaration(scope, name, value, annotation, nullable=_is_optional(annotation)))
    if name.startswith("_") or name == "model_config" or "ClassVar" in ast.unparse(annotation):
        return None
    empty = ast.Call(ast.Name("Field"), [], [])
    declared = _Declaration(scope, name, empty, annotation, _is_optional(annotation), statement, value)
    return _column(sources, declared)


def _mapped_column(
    sources: PythonSources, scope: Scope, name: str, annotation: ast.expr, value: ast.expr | None
) -> Column | None:
    if value is not None and not _is_column_call(sources, scope, value):
        return None
    followed = sources.resolve(scope, annotation) if isinstance(annotation, ast.Name | ast.Attribute) else None
    if followed and isinstance(followed.node, ast.Subscript):
        inner = _metadata_call(sources, followed)
        call = value if isinstance(value, ast.Call) else inner or _empty_call(annotation)
        where = followed.scope if call is inner else scope
        declared = _Declaration(where, name, call, followed.node, _is_optional(followed.node), annotation)
        return _column(sources, declared, scope, inner)
    if value is None and _is_relation(sources, scope, annotation):
        return None
    call = value if isinstance(value, ast.Call) else _empty_call(annotation)
    return _column(sources, _Declaration(scope, name, call, annotation, _is_optional(annotation)))


def _empty_call(annotation: ast.expr) -> ast.Call:
    return ast.copy_location(ast.Call(ast.Name("mapped_column"), [], []), annotation)


def _metadata_call(sources: PythonSources, found: Found) -> ast.Call | None:
    calls = (node for node in ast.walk(found.node) if isinstance(node, ast.Call))
    return next((call for call in calls if _is_column_call(sources, found.scope, call)), None)


def _is_relation(sources: PythonSources, scope: Scope, annotation: ast.expr) -> bool:
    class_ = sources.class_of(scope, annotation)
    return class_ is not None and bool(_table_name(sources, class_))


def _is_optional(annotation: ast.expr) -> bool:
    written = [ast.unparse(one).rpartition(".")[2] for one in annotation_names(annotation)]
    return "None" in written or "Optional" in written


@dataclass(frozen=True, slots=True)
class _Declaration:
    """A column as syntax; `nullable` is what holds where the call does not say."""

    scope: Scope
    attribute: str
    call: ast.Call
    annotation: ast.expr | None
    nullable: bool
    place: ast.AST | None = None
    default: ast.expr | None = None


def _column(
    sources: PythonSources, declared: _Declaration, place: Scope | None = None, inherited: ast.Call | None = None
) -> Column:
    scope, call = declared.scope, declared.call

    def option(name: str) -> ast.expr | None:
        return keyword(call, name) or (keyword(inherited, name) if inherited else None)

    def flag(name: str, otherwise: bool) -> bool:  # noqa: FBT001 - what holds otherwise
        value = constant(sources, scope, option(name))
        return value if isinstance(value, bool) else otherwise

    given = option("default") or option("default_factory") or option("insert_default") or declared.default
    default = None if isinstance(given, ast.Constant) and given.value is None else given
    is_key = flag("primary_key", otherwise=False)
    sql_type = _sql_type(sources, scope, call) or (_sql_type(sources, scope, inherited) if inherited else None)
    shown = constant(sources, scope, default) if default else None
    return Column(
        name=_column_name(sources, scope, call) or declared.attribute,
        attribute=declared.attribute,
        type=_written(sql_type or declared.annotation),
        nullable=flag("nullable", otherwise=declared.nullable and not is_key),
        unique=flag("unique", otherwise=False),
        primary_key=is_key,
        has_default=default is not None,
        has_server_default=option("server_default") is not None or bool(option("sa_column_kwargs")),
        default=str(shown) if isinstance(shown, str | int | float | bool) else None,
        enum_values=_enum_values(sources, scope, sql_type, declared.annotation),
        location=(place or scope).at(declared.place or call),
    )


def _written(node: ast.expr | None) -> str:
    """Return a type as written, the first part of an Annotated one."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        is_annotated = ast.unparse(node.value).endswith("Annotated")
        node = node.slice.elts[0] if is_annotated else node
    return ast.unparse(node) if node else ""


def _column_name(sources: PythonSources, scope: Scope, call: ast.Call) -> str | None:
    return text(sources, scope, argument(call, 0, "name")) if call.args else text(sources, scope, keyword(call, "name"))


def _sql_type(sources: PythonSources, scope: Scope, call: ast.Call) -> ast.expr | None:
    given = keyword(call, "type_") or keyword(call, "sa_type")
    if given:
        return given
    for one in call.args:
        target = one.func if isinstance(one, ast.Call) else one
        name = (sources.qualified(scope, target) or "").rpartition(".")[2]
        if isinstance(target, ast.Name | ast.Attribute) and name not in _NO_TYPE:
            return one
    return None


def _enum_values(
    sources: PythonSources, scope: Scope, sql_type: ast.expr | None, annotation: ast.expr | None
) -> tuple[str, ...]:
    if isinstance(sql_type, ast.Call) and (sources.qualified(scope, sql_type.func) or "").endswith(("Enum", "ENUM")):
        named = [text(sources, scope, one) for one in sql_type.args]
        if named and all(named):
            return tuple(one for one in named if one)
        class_ = sources.class_of(scope, sql_type.args[0]) if sql_type.args else None
        return _members(sources, class_, by_value=keyword(sql_type, "values_callable") is not None)
    class_ = sources.class_of(scope, annotation) if sql_type is None else None
    return _members(sources, class_, by_value=False)


def _members(sources: PythonSources, class_: Found | None, *, by_value: bool) -> tuple[str, ...]:
    if class_ is None or not any(base.endswith("Enum") for base in sources.bases(class_)):
        return ()
    body = class_.node.body if isinstance(class_.node, ast.ClassDef) else []
    members = [(one.targets[0], one.value) for one in body if isinstance(one, ast.Assign)]
    if by_value:
        return tuple(str(value.value) for _, value in members if isinstance(value, ast.Constant))
    return tuple(target.id for target, _ in members if isinstance(target, ast.Name))


def _core_tables(sources: PythonSources) -> Iterator[Table]:
    for scope, node in sources.nodes():
        if not isinstance(node, ast.Call) or sources.qualified(scope, node.func) not in _TABLE_CALLS:
            continue
        name = text(sources, scope, argument(node, 0, "name"))
        calls = [one for one in node.args if isinstance(one, ast.Call) and _is_column_call(sources, scope, one)]
        if name and calls:
            columns = (_column(sources, _Declaration(scope, "", call, None, nullable=True)) for call in calls)
            yield Table(name, "", tuple(columns), scope.at(node))


_TABLE_CALLS = frozenset({"sqlalchemy.Table", "sqlalchemy.schema.Table"})
