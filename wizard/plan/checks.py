"""What a plan asks verification to prove beyond what every application is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, JsonValue, Strict

from wizard.plan.types import HeaderName, JsonPath, Label, Name, Placeholder, PlanModel, Route, Text, Timeout
from wizard.plan.variables import PlainText

Actor = Literal["admin", "user", "nobody"]
"""Who asks."""
Effect = Literal["read", "write", "disruptive"]
"""What a check does to the deployment."""
Weight = Literal["must", "should"]
"""`must` decides the exit code, `should` warns."""
Method = Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
Status = Annotated[int, Strict(), Field(ge=100, le=599)]
JsonBody = Mapping[str, JsonValue] | list[JsonValue]


class Expectation(PlanModel):
    """What an answer must be."""

    status: Status = 200
    fields: Mapping[JsonPath, JsonValue] = Field(default_factory=dict, alias="json")
    """Values at JSON paths, for example `{ "$.role" = "admin" }`."""
    contains: str | None = None
    """Text somewhere in the body."""


class Request(PlanModel):
    """One HTTP request and what it must answer; `{name}` stands for a value kept before, `{nonce}` for a fresh one."""

    method: Method = "GET"
    path: Route
    body: JsonBody | None = Field(default=None, alias="json")
    form: Mapping[str, PlainText] | None = None
    headers: Mapping[HeaderName, Text] = Field(default_factory=dict)
    expect: Expectation = Expectation()


class Step(Request):
    """A request of a flow."""

    keep: Mapping[Placeholder, JsonPath] = Field(default_factory=dict)
    """Values of the answer that later steps use."""


class CheckBase(PlanModel):
    """What every check says about itself."""

    name: Label
    service: Name | None = None
    """Whom it asks; None leaves the choice to `Plan.service_of`."""
    actor: Actor = Field(default="nobody", alias="as")
    effect: Effect = "read"
    needs: tuple[str, ...] = ()
    """`internet`, or databases and services of the plan."""
    weight: Weight = "must"
    timeout: Timeout = 30
    """Seconds for the whole check."""


class HttpCheck(CheckBase, Request):
    """One request."""

    kind: Literal["http"]


class PageCheck(CheckBase):
    """A page loads, and with it what it names."""

    kind: Literal["page"]
    path: Route = "/"
    contains: str | None = None


class WebSocketCheck(CheckBase):
    """A socket opens and answers."""

    kind: Literal["websocket"]
    path: Route
    send: JsonBody | str | None = None
    """What is sent after opening; `{nonce}` in it is made fresh."""
    contains: str | None = None
    """Text some answer must have; the nonce where one was sent and this is not given."""
    origin: Name | None = None
    """The service from whose address it connects."""


class LoginCheck(CheckBase):
    """An account logs in, and a wrong password is refused."""

    kind: Literal["login"]
    path: Route
    email_field: str | None = None
    """Name of the field; read from the code where it is not given."""
    password_field: str | None = None
    encoding: Literal["json", "form"] | None = None
    token: JsonPath | None = None
    """Where the answer carries the token."""


class FlowCheck(CheckBase):
    """Requests in order, each using what the ones before it left."""

    kind: Literal["flow"]
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


Check = Annotated[
    HttpCheck | PageCheck | WebSocketCheck | LoginCheck | FlowCheck,
    Field(discriminator="kind"),
]
"""A check of the plan, told apart by its kind."""
CHECK_KINDS = ("http", "page", "websocket", "login", "flow")
