"""How a frontend builds its URLs: which path follows each environment variable that holds an address.

A variable is followed through constants, objects, clients with a base URL, and functions that put a path behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tree_sitter import Node

from wizard.source.javascript import (
    Script,
    called_name,
    function_name,
    is_environment,
    is_function,
    parameter_names,
    source_of,
    string_value,
    variable_read,
    walk,
)
from wizard.source.location import SourceLocation
from wizard.source.routes import Route

_ROUNDS = 6
"""How many functions deep a path is handed on."""
WILDCARD = "{}"
_TELLING = frozenset(
    {
        *("variable_declarator", "pair", "public_field_definition", "field_definition", "return_statement"),
        *("arrow_function", "function_declaration", "function_expression", "method_definition"),
        *("template_string", "binary_expression", "new_expression", "call_expression"),
    }
)
"""Kinds of syntax that give a URL a name, build one, or hand one on."""
_DIRECT = frozenset({"fetch", "WebSocket", "EventSource", "axios", "io", "ReconnectingWebSocket", "useWebSocket"})


@dataclass(frozen=True, slots=True)
class UrlUse:
    """A URL built on a variable.

    Attributes:
        path: what follows the variable's value, `{}` where it cannot be told, without query.
    """

    variable: str
    path: str
    is_websocket: bool
    location: SourceLocation


@dataclass(frozen=True, slots=True)
class _Base:
    """What a name stands for: a variable's value with a path behind it."""

    variable: str
    path: str = ""


@dataclass(slots=True)
class _Names:
    bases: dict[str, _Base] = field(default_factory=dict)
    wrappers: dict[tuple[str, int], _Base] = field(default_factory=dict)
    """Functions that put their argument of that position behind a base."""


def url_uses(scripts: Iterable[Script]) -> tuple[UrlUse, ...]:
    """Return every URL the scripts build on an environment variable."""
    nodes = [(script, node) for script in scripts for node in walk(script.root) if node.type in _TELLING]
    names = _Names()
    for _ in range(_ROUNDS):
        before = (len(names.bases), len(names.wrappers))
        for _script, node in nodes:
            _learn(names, node)
        if before == (len(names.bases), len(names.wrappers)):
            break
    uses = {use for script, node in nodes for use in _uses(names, script, node)}
    return tuple(sorted(uses, key=lambda use: (use.variable, use.location, use.path)))


def _learn(names: _Names, node: Node) -> None:
    if node.type == "variable_declarator":
        _learn_value(names, node.child_by_field_name("name"), node.child_by_field_name("value"))
    elif node.type == "pair":
        _learn_value(names, node.child_by_field_name("key"), node.child_by_field_name("value"))
    elif node.type in ("public_field_definition", "field_definition"):
        key = node.child_by_field_name("name") or node.child_by_field_name("property")
        _learn_value(names, key, node.child_by_field_name("value"))
    elif node.type == "return_statement" or is_function(node):
        _learn_function(names, node)
    for base, suffix in _built(names, node):
        _learn_wrapper(names, base, suffix)
    if node.type in ("call_expression", "new_expression"):
        _learn_forwarding(names, node)


def _learn_value(names: _Names, key: Node | None, value: Node | None) -> None:
    if key is None or value is None or is_function(value):
        return
    if key.type in ("object_pattern", "array_pattern"):
        if is_environment(value):
            names.bases |= {name: _Base(name) for name in map(source_of, key.named_children) if name.isidentifier()}
        return
    base = _base_of(names, value)
    if base and not any(one.type == "await_expression" for one in walk(value)):
        names.bases.setdefault(_plain_name(key), base)


def _plain_name(node: Node) -> str:
    """A name without quotes, or the `#` of a private field."""
    return source_of(node).strip("\"'#")


def _learn_function(names: _Names, node: Node) -> None:
    """A function that returns a base is one when it is called."""
    if node.type == "return_statement":
        function, value = _enclosing_function(node), node.named_children[0] if node.named_children else None
    else:
        body = node.child_by_field_name("body")
        function, value = node, body if body and body.type != "statement_block" else None
    name = function_name(function) if function else ""
    if not name or value is None or value.type not in ("identifier", "member_expression", "binary_expression"):
        return
    base = _base_of(names, value)
    if base:
        names.bases.setdefault(name, base)


def _base_of(names: _Names, value: Node) -> _Base | None:
    """Return what an initializer stands for: a URL built on a base, or the first base mentioned in it."""
    built = next(_built(names, value), None)
    if built:
        return _Base(built[0].variable, built[0].path + _path(built[1]))
    for node in walk(value):
        if is_function(node):
            return None
        base = _named_base(names, node)
        if base:
            return base
    return None


def _named_base(names: _Names, node: Node) -> _Base | None:
    variable = variable_read(node)
    if variable:
        return _Base(variable)
    if node.type == "identifier":
        return names.bases.get(source_of(node))
    if node.type == "member_expression":
        property_ = node.child_by_field_name("property")
        return names.bases.get(_plain_name(property_)) if property_ else None
    if node.type == "call_expression":
        callee = node.child_by_field_name("function")
        return _named_base(names, callee) if callee and callee.type == "identifier" else None
    return None


def _parts(node: Node) -> list[Node]:
    """Return the pieces text is put together from: of a template, a sum, or `new URL(path, base)`."""
    if node.type == "template_string":
        return [one.named_children[0] if one.type == "template_substitution" else one for one in node.named_children]
    if node.type == "binary_expression" and source_of(node.child_by_field_name("operator")) == "+":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        return [*(_parts(left) if left else []), *([right] if right else [])]
    if node.type == "new_expression" and called_name(node) == "URL":
        arguments = node.child_by_field_name("arguments")
        given = arguments.named_children if arguments else []
        return [given[1], given[0]] if len(given) > 1 else list(given)
    if node.type == "parenthesized_expression" and node.named_children:
        return _parts(node.named_children[0])
    return [node]


def _built(names: _Names, node: Node) -> Iterator[tuple[_Base, list[Node]]]:
    """Yield base and suffix of a URL that begins with a base."""
    if node.type not in ("template_string", "binary_expression", "new_expression"):
        return
    parts = _parts(node)
    base = _first_base(names, parts[0]) if len(parts) > 1 else None
    if base:
        yield base, parts[1:]


def _first_base(names: _Names, node: Node) -> _Base | None:
    """The base may be wrapped: `BASE.replace(...)`, `(BASE ?? "")`, `BASE!`."""
    named = _named_base(names, node)
    if named or node.type in ("string", "template_string"):
        return named
    if node.type == "call_expression":
        callee = node.child_by_field_name("function")
        inner = callee.child_by_field_name("object") if callee and callee.type == "member_expression" else None
        return _first_base(names, inner) if inner else None
    if node.type in ("binary_expression", "parenthesized_expression", "non_null_expression", "as_expression"):
        return _first_base(names, node.named_children[0]) if node.named_children else None
    return None


def _path(parts: Iterable[Node]) -> str:
    """Return the text of a suffix up to its query."""
    written = "".join(_text(part) for part in parts)
    return written.partition("?")[0].partition("#")[0]


def _text(part: Node) -> str:
    if part.type == "string_fragment":
        return source_of(part)
    literal = string_value(part)
    if literal is not None:
        return literal
    pieces = _parts(part)
    if part.type == "template_string" and pieces:
        return "".join(_text(piece) for piece in pieces)
    return WILDCARD


def _enclosing_function(node: Node) -> Node | None:
    current = node.parent
    while current and not is_function(current):
        current = current.parent
    return current


def _parameter_of(node: Node) -> tuple[str, int] | None:
    """Return function and position of the parameter a node names, through enclosing functions."""
    name = source_of(node) if node.type == "identifier" else ""
    function = _enclosing_function(node) if name else None
    while function:
        parameters = parameter_names(function)
        if name in parameters:
            own_name = function_name(function)
            return (own_name, parameters.index(name)) if own_name else None
        function = _enclosing_function(function)
    return None


def _learn_wrapper(names: _Names, base: _Base, suffix: list[Node]) -> None:
    """`BASE + "/v1" + path` makes the function a wrapper that adds the path behind `/v1`."""
    for index, part in enumerate(suffix):
        parameter = _parameter_of(part)
        if parameter:
            before = _path(suffix[:index])
            names.wrappers.setdefault(parameter, _Base(base.variable, base.path + before))
        if parameter or WILDCARD in _text(part):
            return


def _learn_forwarding(names: _Names, node: Node) -> None:
    """A function that hands its parameter to a wrapper or a client is a wrapper itself."""
    for index, argument in enumerate(_arguments(node)):
        base = names.wrappers.get((called_name(node), index)) or (_client(names, node) if index == 0 else None)
        parameter = _parameter_of(argument)
        if base and parameter:
            names.wrappers.setdefault(parameter, base)


def _arguments(node: Node) -> list[Node]:
    arguments = node.child_by_field_name("arguments")
    return list(arguments.named_children) if arguments else []


def _client(names: _Names, node: Node) -> _Base | None:
    """Return the base of the object a method is called on: `api.get(...)` where `api` has a base URL."""
    callee = node.child_by_field_name("function")
    target = callee.child_by_field_name("object") if callee and callee.type == "member_expression" else None
    return names.bases.get(source_of(target)) if target and target.type == "identifier" else None


def _uses(names: _Names, script: Script, node: Node) -> Iterator[UrlUse]:
    is_socket = _is_in_socket(node)
    for base, suffix in _built(names, node) if not _is_part_of_sum(node) else ():
        if not _is_handed_in(names, suffix):
            yield UrlUse(base.variable, base.path + _path(suffix), is_socket, script.at(node))
    if node.type not in ("call_expression", "new_expression"):
        return
    for index, argument in enumerate(_arguments(node)):
        base_ = names.wrappers.get((called_name(node), index)) or (_client(names, node) if index == 0 else None)
        path = _literal_path(argument)
        if base_ and path is not None and (path[:1] in ("", "/") or base_.path.endswith("/")):
            yield UrlUse(base_.variable, base_.path + path, is_socket, script.at(node))
        direct = _named_base(names, argument) if index == 0 and called_name(node) in _DIRECT else None
        if direct:
            socket = "WebSocket" in called_name(node)
            yield UrlUse(direct.variable, direct.path, socket, script.at(node))


def _is_part_of_sum(node: Node) -> bool:
    """`a + b` in `a + b + c` is no URL of its own."""
    parent = node.parent
    return parent is not None and parent.type == "binary_expression" and node.type == "binary_expression"


def _is_handed_in(names: _Names, suffix: list[Node]) -> bool:
    """Tell whether callers complete the URL: `BASE + "/v1" + path`, unlike `BASE + "/items/" + id`."""
    before = ""
    for part in suffix:
        parameter = _parameter_of(part)
        if parameter in names.wrappers and not before.endswith("/"):
            return True
        before += _text(part)
    return False


def _literal_path(argument: Node) -> str | None:
    if argument.type not in ("string", "template_string", "binary_expression"):
        return None
    return _path(_parts(argument)) if argument.type != "string" else _path([argument])


def _is_in_socket(node: Node) -> bool:
    current: Node | None = node
    while current and current.type not in ("statement_block", "program"):
        if current.type in ("new_expression", "call_expression") and "WebSocket" in called_name(current):
            return True
        current = current.parent
    return False


def deduce_prefix(uses: Iterable[UrlUse], routes: Iterable[Route], preferred: str) -> tuple[str, int]:
    """Return the path the variable's value must end with so that the most URLs meet a route, and how many do.

    Args:
        uses: what the frontend puts behind the variable.
        routes: what the backend serves.
        preferred: the path of a sample value; it wins a tie, and over a loose match.
    """
    known = list(routes)
    paths = sorted({(use.path, use.is_websocket) for use in uses if _says_something(use)})
    candidates = {prefix for route in known for prefix in _prefixes(route.path)} | {"", preferred}
    for is_loose in (False, True):
        scores = {one: _score(one, paths, known, is_loose=is_loose) for one in candidates}
        best = max(candidates, key=lambda one: (scores[one], one == preferred, -len(one), one))
        if scores[best]:
            return best, scores[best]
        if preferred:
            break
    return preferred, 0


def _says_something(use: UrlUse) -> bool:
    """A bare address or a path that is all unknown meets too many routes; a socket's bare address is whole."""
    return use.is_websocket or use.path.strip("/") not in ("", WILDCARD)


def _prefixes(path: str) -> Iterator[str]:
    parts = path.rstrip("/").split("/")
    for length in range(1, len(parts) + 1):
        if not any("{" in part for part in parts[:length]):
            yield "/".join(parts[:length])


def _score(prefix: str, paths: list[tuple[str, bool]], routes: list[Route], *, is_loose: bool) -> int:
    return sum(
        any(
            route.is_websocket == is_websocket and _meets(prefix + path, route.path, is_loose=is_loose)
            for route in routes
        )
        for path, is_websocket in paths
    )


def _meets(path: str, pattern: str, *, is_loose: bool) -> bool:
    """Tell whether a path meets a route; loosely, a fixed part may stand for a parameter."""
    ours, theirs = path.strip("/").split("/"), pattern.strip("/").split("/")
    return len(ours) == len(theirs) and all(
        one == other or (other.startswith("{") and bool(one) and (is_loose or WILDCARD in one))
        for one, other in zip(ours, theirs, strict=True)
    )
