"""What the generated client is made of: tolerant enums, answers built when first parsed, and arguments left out."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel as PydanticBaseModel
from pydantic import ConfigDict, ValidationError

from wizard.errors import PlatformError


class TolerantEnum(StrEnum):
    """An enum that keeps words the schema did not know when the client was generated: Railway's enums grow."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        unknown = str.__new__(cls, value)
        unknown._name_ = value
        unknown._value_ = value
        return unknown


class UnsetType:
    """The type of an argument that was left out, which to Railway is not the same as null."""

    def __bool__(self) -> bool:
        return False


UNSET = UnsetType()


class BaseModel(PydanticBaseModel):
    """An answer or an input; validators are built at first use, so that importing the client is cheap."""

    model_config = ConfigDict(
        populate_by_name=True,
        defer_build=True,
        extra="ignore",
        protected_namespaces=(),
    )

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """Parse; raises PlatformError for an answer of another shape, naming the place and never the value."""
        try:
            return super().model_validate(obj, **options)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            told = {"operation": cls.__name__, "message": f"{place}: {first['type']}", "trace": "-"}
        raise PlatformError("railway.schema-changed", **told)
