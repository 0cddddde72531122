"""What a variable of the plan can be: text with references, a secret somebody keeps, or a secret to generate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Strict, Tag

from wizard.plan.types import PlanModel, Text, VariableName
from wizard.secrets import Generator


def as_text(value: object) -> object:
    """Turn a TOML number or boolean into the text a process would read; leave the rest to validation."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else value


PlainText = Annotated[Text, BeforeValidator(as_text, json_schema_input_type=str | int | float | bool)]
"""Text; numbers and booleans become text."""


class KeyringSecret(PlanModel):
    """A secret a person has: asked for once, kept in the keyring and on the platform."""

    secret: Literal["keyring"]
    help: str = ""
    """What it is and where to get one."""
    unless: Mapping[VariableName, PlainText] = Field(default_factory=dict)
    """Not needed while these variables of the same service have these values."""


class GeneratedSecret(PlanModel):
    """A secret nobody needs to know: generated once, kept while it exists."""

    generate: Generator
    bytes: Annotated[int, Strict(), Field(ge=12, le=1024)] = 48
    """Bytes of entropy; characters for a password."""


TEXT, KEYRING, GENERATED = "<text>", "<keyring>", "<generated>"
VALUE_TAGS = frozenset({TEXT, KEYRING, GENERATED})
"""Words pydantic puts into the place of an error that are no keys of the plan."""


def _kind_of_value(value: object) -> str:
    if isinstance(value, GeneratedSecret) or (isinstance(value, Mapping) and "generate" in value):
        return GENERATED
    return KEYRING if isinstance(value, KeyringSecret | Mapping) else TEXT


VariableValue = Annotated[
    Annotated[PlainText, Tag(TEXT)]
    | Annotated[KeyringSecret, Tag(KEYRING)]
    | Annotated[GeneratedSecret, Tag(GENERATED)],
    Discriminator(_kind_of_value),
]
"""The value of a variable as the plan writes it."""
Variables = Mapping[VariableName, VariableValue]
"""A table of variables."""
