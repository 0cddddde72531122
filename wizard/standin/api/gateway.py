"""What all routes share: credentials, budget, recorder, and the chain of hooks around every operation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLSchema
from starlette.responses import JSONResponse, Response

from wizard.standin.api.budget import Allowance, Budget, CooldownGate
from wizard.standin.api.context import Context
from wizard.standin.api.credentials import Tokens, Viewer, identify
from wizard.standin.api.execution import Operation, answer
from wizard.standin.api.masking import Masker, masked
from wizard.standin.api.record import Record
from wizard.standin.api.recorder import Recorder, Request
from wizard.standin.api.schema import executable_schema
from wizard.standin.faults.book import Faults
from wizard.standin.faults.operations import around_operation, around_upload, operation_call
from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.rows import Deployment, Environment, Project, Service, Variable

Next = Callable[[], Awaitable[Response]]
Hook = Callable[[Operation, Next], Awaitable[Response]]
"""Stands around one GraphQL operation over HTTP: it may wait before or after, answer instead, or change the answer.

`await proceed()` carries the operation out; what the operation did stays done whatever the hook then answers.
"""


@dataclass(slots=True)
class Gateway:
    """The stand-in as its routes see it."""

    railway: LocalRailway
    tokens: Tokens
    recorder: Recorder = field(init=False)
    exchanges: Record = field(init=False)
    budget: Budget = field(init=False)
    cooldowns: CooldownGate = field(init=False)
    hooks: list[Hook] = field(default_factory=list)

    def __post_init__(self) -> None:
        cloud = self.railway.cloud
        self.tokens.issued_at = cloud.clock.monotonic()
        self.recorder = Recorder()
        file = cloud.settings.record or cloud.folder / "requests.jsonl"
        self.exchanges = Record(file, cloud.clock, Masker(self._secrets, self._names))
        cloud.faults.listeners.append(self.exchanges.struck)
        self.budget = Budget(cloud.settings, cloud.clock)
        self.cooldowns = CooldownGate(cloud.settings, cloud.clock)

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose."""
        return self.railway.cloud.faults

    @property
    def schema(self) -> GraphQLSchema:
        """The schema requests are judged by; raises UnusableSchemaError for a file that holds none."""
        return executable_schema(self.railway.cloud.settings.schema_file)

    def _secrets(self) -> Iterator[str]:
        yield from (self.tokens.account, self.tokens.workspace)
        yield from (row.value for row in self.railway.tables.all(Variable))

    def _names(self) -> Iterator[str]:
        tables = self.railway.tables
        yield from (row.name for row in tables.all(Project))
        yield from (row.name for row in tables.all(Environment))
        yield from (row.name for row in tables.all(Service))

    def names(self) -> tuple[list[str], list[str]]:
        """Return the root fields of queries and mutations, and those of subscriptions."""
        asked = [type_.fields for type_ in (self.schema.query_type, self.schema.mutation_type) if type_]
        streams = self.schema.subscription_type
        return [name for fields in asked for name in fields], list(streams.fields) if streams else []

    def viewer(self, headers: Mapping[str, str]) -> Viewer:
        """Return who asks."""
        return identify(headers, self.tokens, self.railway.cloud)

    def context(self, viewer: Viewer) -> Context:
        """Return a resolver's context for one operation."""
        return Context(self.railway, viewer, self.budget, self.cooldowns)

    async def carry_out(self, operation: Operation, viewer: Viewer) -> Response:
        """Execute a query or mutation inside the hooks and return the answer."""

        async def innermost() -> Response:
            with self.railway.cloud.clock.busy():
                return JSONResponse(await answer(operation, self.context(viewer)))

        proceed: Next = innermost
        for hook in reversed(self.hooks):
            proceed = _around(hook, operation, proceed)
        concerned = self.service_of(operation.variables)
        call = operation_call(operation.kind, operation.root_fields, operation.variables, concerned)
        return await around_operation(self.faults, call, proceed)

    async def take_upload(self, variables: Mapping[str, Any], proceed: Next) -> Response:
        """Take an archive that has arrived and return the answer."""

        async def taking() -> Response:
            with self.railway.cloud.clock.busy():
                return await proceed()

        return await around_upload(self.faults, variables, self.service_of(variables), taking)

    def service_of(self, variables: Mapping[str, Any]) -> str | None:
        """Return the name of the service that a request's variables point to, where they point to one."""
        for id_ in _texts(variables):
            deployment = self.railway.tables.get(Deployment, id_)
            service = self.railway.tables.get(Service, deployment.service_id if deployment else id_)
            if service:
                return service.name
        return None

    def record(self, began: float, viewer: Viewer, status: int, **told: Any) -> None:
        """Record a request: `kind`, `name`, `roots`, `variables`, `errors` as far as they are known."""
        now = self.railway.cloud.clock.monotonic()
        self.recorder.add(
            Request(
                at=began,
                kind=told["kind"],
                name=told["name"],
                roots=told.get("roots", []),
                variables=masked(told.get("variables") or {}),
                status=status,
                errors=told.get("errors", []),
                seconds=now - began,
                credential=viewer.kind.value,
            )
        )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)


def _around(hook: Hook, operation: Operation, proceed: Next) -> Next:
    async def step() -> Response:
        return await hook(operation, proceed)

    return step


def too_many_requests(allowance: Allowance) -> Response:
    """Return the answer to a token whose budget is spent."""
    error = {"message": "Rate limit exceeded", "extensions": {"code": "RATE_LIMITED"}}
    return JSONResponse({"errors": [error]}, 429, allowance.headers())
