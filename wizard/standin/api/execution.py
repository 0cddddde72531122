"""One GraphQL request from its text to its answer, with the statuses and error shapes of Railway's API.

| case | status | code |
|---|---|---|
| unparsable | 400 | GRAPHQL_PARSE_FAILED |
| against the schema | 400 | GRAPHQL_VALIDATION_FAILED, no `data` key |
| variables of the wrong shape | 400 | BAD_USER_INPUT |
| refused, not authorized, internal | 200 | INTERNAL_SERVER_ERROR, `traceId` |
| a field the local Railway leaves out | 200 | NOT_IMPLEMENTED |
"""

from __future__ import annotations

import inspect
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    execute,
    parse,
    validate,
)
from graphql.execution.values import get_variable_values
from graphql.language import FieldNode

from wizard.standin.api.context import Context
from wizard.standin.state.refusals import PROBLEM, Refused

_LOGGER = logging.getLogger(__name__)
_TRACE_DIGITS = 19


@dataclass(frozen=True, slots=True)
class Operation:
    """A request that parsed, validated and whose variables fit."""

    schema: GraphQLSchema
    document: DocumentNode
    node: OperationDefinitionNode
    variables: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The operation's name; that of its first root field where it has none."""
        return self.node.name.value if self.node.name else self.root_fields[0]

    @property
    def kind(self) -> str:
        """`query`, `mutation` or `subscription`."""
        return self.node.operation.value

    @property
    def root_fields(self) -> list[str]:
        """The root fields selected directly."""
        chosen = self.node.selection_set.selections
        return [one.name.value for one in chosen if isinstance(one, FieldNode)] or ["?"]


class BadRequestError(Exception):
    """The request never reached a resolver: HTTP 400 with these errors and no data."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(errors)
        self.errors = errors


def prepare(schema: GraphQLSchema, body: object) -> Operation:
    """Parse, validate and coerce a request body; raises BadRequestError."""
    if not isinstance(body, dict) or not isinstance(body.get("query"), str):
        raise _bad("BAD_REQUEST", [GraphQLError("GraphQL operations must contain a non-empty `query`.")])
    document = _judged(schema, body["query"])
    node = _chosen(document, body.get("operationName"))
    given = body.get("variables") or {}
    if not isinstance(given, dict):
        raise _bad("BAD_USER_INPUT", [GraphQLError("Variables must be an object.")])
    coerced = get_variable_values(schema, node.variable_definitions, given)
    if isinstance(coerced, list):
        raise _bad("BAD_USER_INPUT", coerced)
    return Operation(schema, document, node, given)


@lru_cache(maxsize=512)
def _judged(schema: GraphQLSchema, text: str) -> DocumentNode:
    """Parse and validate a document once: clients send the same few again and again."""
    try:
        document = parse(text, no_location=False)
    except GraphQLSyntaxError as error:
        raise _bad("GRAPHQL_PARSE_FAILED", [error]) from None
    found = validate(schema, document)
    if found:
        raise _bad("GRAPHQL_VALIDATION_FAILED", found)
    return document


async def answer(operation: Operation, context: Context) -> dict[str, Any]:
    """Execute a query or a mutation and return its body; refusals and defects alike are errors in it."""
    reads = operation.node.operation is OperationType.QUERY
    context.lagging = context.railway.store.replica if reads else None
    outcome = execute(
        operation.schema,
        operation.document,
        context_value=context,
        variable_values=dict(operation.variables),
        operation_name=operation.node.name.value if operation.node.name else None,
    )
    result = await outcome if inspect.isawaitable(outcome) else outcome
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body = {"errors": [resolver_error(error) for error in result.errors], **body}
    return body


def resolver_error(error: GraphQLError) -> dict[str, Any]:
    """Return an error of a resolver in Railway's shape; a defect of ours says no more than the platform would."""
    cause = error.original_error
    told = isinstance(cause, Refused)
    if cause and not told:
        _LOGGER.error("resolver %s failed", error.path, exc_info=cause)
    shown = error.formatted
    return {
        "message": shown["message"] if told or not cause else PROBLEM,
        "locations": shown.get("locations", []),
        "path": shown.get("path", []),
        "extensions": {"code": Refused.code, **(cause.extensions if isinstance(cause, Refused) else {})},
        "traceId": _trace_id(),
    }


def _chosen(document: DocumentNode, name: object) -> OperationDefinitionNode:
    nodes = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    named = [node for node in nodes if node.name and node.name.value == name] if name else nodes
    if len(named) != 1:
        said = f'Unknown operation named "{name}".' if name else "Must provide operation name if query contains many."
        raise _bad("OPERATION_RESOLUTION_FAILURE", [GraphQLError(said)])
    return named[0]


def _bad(code: str, errors: list[GraphQLError]) -> BadRequestError:
    shaped = [
        {
            "message": error.message,
            "locations": error.formatted.get("locations", []),
            "extensions": {"code": code},
            "traceId": _trace_id(),
        }
        for error in errors
    ]
    return BadRequestError(shaped)


def _trace_id() -> str:
    return str(secrets.randbelow(9 * 10 ** (_TRACE_DIGITS - 1)) + 10 ** (_TRACE_DIGITS - 1))
