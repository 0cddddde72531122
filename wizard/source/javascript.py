"""JavaScript and TypeScript files as syntax trees, and the environment variables they read.

A bundler replaces `process.env.NAME` in the text, so only the spelled-out forms count as reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import tree_sitter_javascript
import tree_sitter_typescript
from tree_sitter import Language, Node, Parser

from wizard.source.env_reads import EnvRead, ReadKind
from wizard.source.location import SourceLocation, Unreadable
from wizard.source.tree import Tree

SUFFIXES = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts")
_SKIPPED_FOLDERS = frozenset(
    {"node_modules", ".next", "dist", "build", "out", "__tests__", "__mocks__", "e2e", "cypress", "coverage", "public"}
)
_TEST_MARKS = (".test.", ".spec.", ".stories.", ".d.ts", ".min.")
_ENVIRONMENTS = frozenset({"process.env", "import.meta.env", "Deno.env", "Bun.env"})
_FUNCTIONS = frozenset({"arrow_function", "function_declaration", "function_expression", "method_definition"})


@dataclass(frozen=True, slots=True)
class Script:
    """One parsed file."""

    path: str
    root: Node

    def at(self, node: Node) -> SourceLocation:
        """Return where a node stands."""
        return SourceLocation(self.path, node.start_point.row + 1)


def script_paths(tree: Tree, root: str) -> tuple[str, ...]:
    """Return the source files of a package, without tests, builds and declarations."""
    paths = tree.below(root, *SUFFIXES)
    return tuple(
        path
        for path in paths
        if _SKIPPED_FOLDERS.isdisjoint(path.split("/")) and not any(mark in path for mark in _TEST_MARKS)
    )


def read_script(tree: Tree, path: str) -> Script | Unreadable:
    """Parse one file; a mistake in it hides only the statement it is in."""
    text = tree.text(path)
    if isinstance(text, Unreadable):
        return text
    return Script(path, _parser(path.rpartition(".")[2]).parse(text.encode()).root_node)


@cache
def _parser(suffix: str) -> Parser:
    if suffix in ("ts", "mts", "cts"):
        return Parser(Language(tree_sitter_typescript.language_typescript()))
    if suffix == "tsx":
        return Parser(Language(tree_sitter_typescript.language_tsx()))
    return Parser(Language(tree_sitter_javascript.language()))


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and everything below it, in order of the text."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(current.named_children))


def source_of(node: Node | None) -> str:
    """Return the text of a node."""
    return node.text.decode("utf-8", "replace") if node and node.text else ""


def string_value(node: Node | None) -> str | None:
    """Return the value of a string literal, or of a template without substitutions."""
    if node is None or node.type not in ("string", "template_string"):
        return None
    if any(child.type == "template_substitution" for child in node.named_children):
        return None
    return source_of(node)[1:-1]


def variable_read(node: Node) -> str | None:
    """Return the variable a node reads: `process.env.NAME` or `process.env["NAME"]`."""
    if node.type == "member_expression" and source_of(node.child_by_field_name("object")) in _ENVIRONMENTS:
        return source_of(node.child_by_field_name("property")) or None
    if node.type == "subscript_expression" and source_of(node.child_by_field_name("object")) in _ENVIRONMENTS:
        return string_value(node.child_by_field_name("index"))
    return None


def environment_reads(script: Script) -> Iterator[EnvRead]:
    """Yield every variable a file reads."""
    for node in walk(script.root):
        name = variable_read(node)
        if name:
            default = _fallback(node)
            required = default is None and not _is_tested(node)
            yield EnvRead(name, script.at(node), required, default, ReadKind.SCRIPT)
        elif node.type == "variable_declarator":
            yield from _destructured(script, node)


def _destructured(script: Script, node: Node) -> Iterator[EnvRead]:
    """`const { NAME, OTHER = "x" } = process.env`."""
    pattern, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if pattern is None or pattern.type != "object_pattern" or source_of(value) not in _ENVIRONMENTS:
        return
    for part in pattern.named_children:
        key = part.child_by_field_name("key") or part.child_by_field_name("left") or part
        default = string_value(part.child_by_field_name("right"))
        yield EnvRead(source_of(key), script.at(part), default is None, default, ReadKind.SCRIPT)


def _fallback(node: Node) -> str | None:
    """Return the text in `process.env.NAME ?? "text"`; an expression that is no text counts as empty."""
    parent = _unwrapped_parent(node)
    if parent is None or parent.type != "binary_expression":
        return None
    if source_of(parent.child_by_field_name("operator")) not in ("??", "||"):
        return None
    left, right = parent.child_by_field_name("left"), parent.child_by_field_name("right")
    is_left = left is not None and left.end_byte >= node.end_byte
    return (string_value(right) or "") if is_left else None


def _unwrapped_parent(node: Node) -> Node | None:
    parent = node.parent
    while parent and parent.type in ("parenthesized_expression", "as_expression", "satisfies_expression"):
        parent = parent.parent
    return parent


def _is_tested(node: Node) -> bool:
    """Tell whether the program copes without: a condition, a comparison, a negation, an optional chain."""
    parent = _unwrapped_parent(node)
    if parent is None:
        return False
    if parent.type in ("if_statement", "unary_expression", "binary_expression", "while_statement"):
        return True
    if parent.type == "ternary_expression":
        return parent.child_by_field_name("condition") == node
    return parent.type == "member_expression" and "?." in source_of(parent)


def is_environment(node: Node) -> bool:
    """Tell whether a node is the environment itself: `process.env`."""
    return source_of(node) in _ENVIRONMENTS


def is_function(node: Node) -> bool:
    """Tell whether a node is a function of any kind."""
    return node.type in _FUNCTIONS


def function_name(node: Node) -> str:
    """Return the name a function is called by: its own, its variable's, or its property's."""
    own = node.child_by_field_name("name")
    if own:
        return source_of(own)
    parent = node.parent
    if parent and parent.type in ("variable_declarator", "public_field_definition", "field_definition"):
        return source_of(parent.child_by_field_name("name") or parent.child_by_field_name("property"))
    if parent and parent.type == "pair":
        return source_of(parent.child_by_field_name("key"))
    return ""


def parameter_names(node: Node) -> list[str]:
    """Return a function's parameters by name, patterns as an empty name."""
    single = node.child_by_field_name("parameter")
    if single:
        return [source_of(single)]
    listed = node.child_by_field_name("parameters")
    return [_parameter_name(one) for one in listed.named_children] if listed else []


def _parameter_name(node: Node) -> str:
    inner = node.child_by_field_name("pattern") or node.child_by_field_name("left") or node
    return source_of(inner) if inner.type == "identifier" else ""


def called_name(node: Node) -> str:
    """Return the last name of what a call or `new` calls: `get` for `api.get(...)`."""
    callee = node.child_by_field_name("function") or node.child_by_field_name("constructor")
    if callee and callee.type == "member_expression":
        return source_of(callee.child_by_field_name("property"))
    return source_of(callee)
