"""What may be written down of a request or an answer: names are kept, values that may be secret are not.

Two nets: values lie under names that tell (variables, tokens, passwords), and every value that is known to be secret
is replaced wherever else it appears, in a log line or an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import (
    ArgumentNode,
    GraphQLError,
    Node,
    ObjectFieldNode,
    StringValueNode,
    VariableNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

from wizard.secrets import MASK, Redactor, Secret

_SECRET_KEYS = {"value", "defaultvalue", "projecttokencreate", "apitokencreate"}
_SECRET_ENDS = ("password", "token", "secret")
_SECRET_MAPS = {"variables", "sharedvariables", "variablesforservicedeployment", "headers"}
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_REFERENCE = re.compile(r"\$\{\{[^{}]*\}\}")
"""A variable that is nothing but a reference to another holds no secret."""


def masked(value: Any, *, secret: bool = False) -> Any:
    """Return a document with every value that may be secret masked by its name, names kept."""
    if isinstance(value, dict):
        return {key: masked(inner, secret=secret or _hides(key, inner)) for key, inner in value.items()}
    if isinstance(value, list):
        return [masked(inner, secret=secret) for inner in value]
    return MASK if secret and isinstance(value, str) and not _REFERENCE.fullmatch(value) else value


def hidden(value: Any, *, secret: bool = False) -> Iterator[str]:
    """Yield the strings that `masked` takes away."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from hidden(inner, secret=secret or _hides(key, inner))
    elif isinstance(value, list):
        for inner in value:
            yield from hidden(inner, secret=secret)
    elif secret and isinstance(value, str) and not _REFERENCE.fullmatch(value):
        yield value


def _hides(key: str, inner: object) -> bool:
    return _tells(key) or (key.lower() in _SECRET_MAPS and isinstance(inner, dict))


def _tells(key: str) -> bool:
    return key.lower() in _SECRET_KEYS or key.lower().endswith(_SECRET_ENDS)


def strings(value: Any) -> Iterator[str]:
    """Yield every string of a document, and what stands between quotes in each."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value
        yield from _QUOTED.findall(value)


class Masker:
    """Masks documents by names, then by every secret value known so far.

    Args:
        secrets: returns what the platform holds now: values of variables, credentials.
        harmless: returns names that are no secret even where a variable has one as its value.
    """

    def __init__(self, secrets: Callable[[], Iterable[str]], harmless: Callable[[], Iterable[str]]) -> None:
        self._secrets = secrets
        self._harmless = harmless
        self._known: set[str] = set()
        self._redactor = Redactor()

    def learn(self, values: Iterable[str]) -> None:
        """Know these from now on."""
        fresh = set(values) - self._known
        if fresh:
            self._known |= fresh
            self._redactor.learn(*map(Secret, fresh - set(self._harmless())))

    def question(self, variables: Any, secret: Container[str] = ()) -> Any:
        """Return a request's variables, those named `secret` masked whole; what is hidden is known from now on."""
        if not isinstance(variables, dict):
            return None
        told = {key: (value, key in secret or _hides(key, value)) for key, value in variables.items()}
        self.learn(one for value, all_of_it in told.values() for one in hidden(value, secret=all_of_it))
        return self.cleaned({key: masked(value, secret=all_of_it) for key, (value, all_of_it) in told.items()})

    def answer(self, body: Any, echoed: Any = None) -> Any:
        """Return the body of an answer; nothing of `echoed`, a request that was not understood, is repeated in it."""
        own = Redactor(Secret(text) for text in strings(echoed))
        return _each_string(self.cleaned(masked(body)), own.clean)

    def cleaned(self, value: Any) -> Any:
        """Return a document without any known secret."""
        self.learn(one for one in self._secrets() if not _REFERENCE.fullmatch(one))
        return _each_string(value, self._redactor.clean)


def _each_string(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {key: _each_string(inner, change) for key, inner in value.items()}
    if isinstance(value, list):
        return [_each_string(inner, change) for inner in value]
    return change(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class MaskedQuery:
    """A GraphQL document without its string literals, and its variables that stand where secrets go."""

    text: str
    secret: frozenset[str]


@lru_cache(maxsize=256)
def masked_query(text: str) -> MaskedQuery | None:
    """Return what may be written down of a document; None for what is none."""
    try:
        document = parse(text)
    except GraphQLError:
        return None
    found = _SecretPlaces()
    visit(document, found)
    return MaskedQuery(print_ast(visit(document, _Literals())), frozenset(found.names))


class _Literals(Visitor):
    """Takes the text out of a document's string literals."""

    def enter_string_value(self, node: StringValueNode, *_: Any) -> StringValueNode:
        return StringValueNode(value=MASK, block=False, loc=node.loc)


class _SecretPlaces(Visitor):
    """Finds the variables below an argument or an input field whose name tells of a secret."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self._depth = 0

    def enter(self, node: Node, *_: Any) -> None:
        if _is_secret_place(node):
            self._depth += 1
        elif isinstance(node, VariableNode) and self._depth:
            self.names.add(node.name.value)

    def leave(self, node: Node, *_: Any) -> None:
        if _is_secret_place(node):
            self._depth -= 1


def _is_secret_place(node: Node) -> bool:
    if not isinstance(node, ArgumentNode | ObjectFieldNode):
        return False
    return _tells(node.name.value) or node.name.value.lower() in _SECRET_MAPS
