"""The routes of a service as facts: what to send where, what comes back, who may."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wizard.source.location import SourceLocation


class BodyEncoding(StrEnum):
    """How a request body is written."""

    NONE = "none"
    JSON = "json"
    FORM = "form"
    MULTIPART = "multipart"
    UNKNOWN = "unknown"
    """The handler reads the request itself."""


@dataclass(frozen=True, slots=True)
class BodyField:
    """A field of a request body.

    Attributes:
        type: the annotation as written, `str` where there is none.
    """

    name: str
    type: str
    required: bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value outside the body; `where` is path, query, header or cookie."""

    name: str
    where: str
    type: str
    required: bool


@dataclass(frozen=True, slots=True)
class Route:
    """One method on one path.

    Attributes:
        method: in capitals, `WEBSOCKET` for a socket.
        path: full, with `{name}` for parameters.
        handler: full dotted name of the function, empty where it is none of the service's.
        dependencies: full dotted names of every dependency, transitively, of application, routers and handler.
        response_fields: fields of the answer where a model names them.
    """

    method: str
    path: str
    handler: str
    location: SourceLocation
    dependencies: tuple[str, ...] = ()
    encoding: BodyEncoding = BodyEncoding.NONE
    body: tuple[BodyField, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    response_fields: tuple[str, ...] = ()
    in_schema: bool = True

    @property
    def is_websocket(self) -> bool:
        """Whether it is a socket."""
        return self.method == "WEBSOCKET"

    @property
    def required_query(self) -> tuple[str, ...]:
        """Query parameters without which the route refuses."""
        return tuple(one.name for one in self.parameters if one.where == "query" and one.required)
