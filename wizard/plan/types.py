"""The texts and numbers a plan is made of, each with its shape, so that a wrong one is refused where it is written."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, Strict
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

SHAPE_ERROR = "plan_shape"
"""Type of the validation error of a text of the wrong shape; its context has `kind`."""


class PlanModel(BaseModel):
    """What every table of the plan has in common: frozen, and no key nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of a text: metadata for `Annotated[str, Shape(...)]`.

    Attributes:
        kind: its name; an error of it is told under the code `plan.invalid-<kind>`.
        pattern: must match the whole text; within the dialect JSON Schema shares with Python.
        longest: in characters.
    """

    kind: str
    pattern: str
    longest: int = 4096

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "pattern": f"^{self.pattern}$", "maxLength": self.longest}

    def check(self, text: str) -> str:
        """Return the text as it is stored; raises a validation error for another shape."""
        if not self.fits(text):
            raise PydanticCustomError(SHAPE_ERROR, "not a valid {kind}", {"kind": self.kind})
        return text

    def fits(self, text: str) -> bool:
        """Tell whether a text has this shape."""
        return len(text) <= self.longest and re.fullmatch(self.pattern, text) is not None


class FolderShape(Shape):
    """A path inside the project, stored in its shortest form: `./mvp/` is `mvp`."""

    __slots__ = ()

    def check(self, text: str) -> str:
        """Return the path normalised."""
        return posixpath.normpath(Shape.check(self, text))


Name = Annotated[str, Shape("name", r"[a-z]([a-z0-9-]{0,30}[a-z0-9])?")]
"""A service or database: lower case, digits and hyphens, at most 32 characters; it becomes a host name."""
Label = Annotated[str, Shape("label", r"[\w][\w .-]{0,62}[\w]|[\w]")]
"""A project or environment as people call it."""
Region = Annotated[str, Shape("region", r"[a-z0-9][a-z0-9-]{1,62}")]
VariableName = Annotated[str, Shape("variable-name", r"[A-Za-z_][A-Za-z0-9_]{0,254}")]
Placeholder = Annotated[str, Shape("placeholder-name", r"[a-z_][a-z0-9_]{0,63}")]
"""A value kept from one step of a flow for the next."""
RelativePath = Annotated[str, FolderShape("path", r"(?![/~])(?![A-Za-z]:)(?!(.*/)?\.\.(/.*)?$)[^\\\u0000-\u001f]+")]
"""`/`-separated, relative to the project root, never above it."""
MountPath = Annotated[str, FolderShape("mount-path", r"/(?!(.*/)?\.\.(/.*)?$)[^\\\u0000-\u001f]+")]
"""An absolute path inside the container."""
Route = Annotated[str, Shape("route", r"/(?!/)[^\s#]*")]
"""The path of a URL, from its first slash."""
Host = Annotated[
    str, Shape("domain", r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", 253)
]
Endpoint = Annotated[str, Shape("endpoint", r"https?://[A-Za-z0-9.\[\]:-]+(/[^\s?#@]*)?", 2000)]
"""A platform's API: http or https, no credentials, query or fragment in it."""
Repository = Annotated[str, Shape("repository", r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}")]
Branch = Annotated[str, Shape("branch", r"(?![/.-])(?!.*(\.\.|//|@\{))[^\s~^:?*\[\\\u0000-\u001f]+(?<![/.])", 255)]
EMAIL = Shape("email", r"[^@\s]+@[^@\s]+\.[^@\s.]+", 254)
Email = Annotated[str, EMAIL]
Key = Annotated[str, Shape("key", r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
"""A UUID in lower case."""
Cron = Annotated[str, Shape("cron", r"[\d*/,A-Z-]+( +[\d*/,A-Z-]+){4}", 100)]
"""Five fields, UTC."""
JsonPath = Annotated[str, Shape("json-path", r"\$(\.[A-Za-z_][\w-]*|\[\d+\])*")]
"""The way to a value in a JSON answer: `$`, `$.user.id`, `$[0].name`."""
HeaderName = Annotated[str, Shape("header-name", r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", 200)]
Command = Annotated[str, Shape("command", r"[^\u0000-\u0008\u000b-\u001f]*\S[^\u0000-\u0008\u000b-\u001f]*")]
Text = Annotated[str, Shape("text", r"[^\u0000]*", 65536)]
"""Any text the environment of a process can carry."""
Pattern = Annotated[str, Shape("pattern", r"[^\\\u0000-\u001f]+")]
"""A file pattern as .gitignore writes it, from the project root."""

Flag = Annotated[bool, Strict()]
Port = Annotated[int, Strict(), Field(ge=1, le=65535)]
Seconds = Annotated[int, Strict(), Field(ge=0, le=86400)]
Timeout = Annotated[int, Strict(), Field(ge=1, le=3600)]
"""Seconds to wait for something."""
Count = Annotated[int, Strict(), Field(ge=0, le=100)]
