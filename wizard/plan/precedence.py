"""Where a variable's value comes from: typed now, then existing on the platform, then the keyring, then generated.

A text of the plan is what the plan says, and a platform that says otherwise is changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from wizard.plan.placeholders import missing
from wizard.plan.references import parse
from wizard.plan.variables import GeneratedSecret, KeyringSecret, VariableValue
from wizard.platform.values import Literal, Value
from wizard.secrets import Secret


class ValueSource(StrEnum):
    """Where a value comes from."""

    PLAN = "plan"
    REFERENCE = "reference"
    GENERATED = "generated"
    KEYRING = "keyring"
    TYPED = "typed"
    KEPT = "kept-from-platform"
    ENV_FILE = "env-file"
    PLATFORM = "platform"
    """The platform sets it by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """The values at hand for one variable.

    Attributes:
        typed: given now, by a person, a flag or the environment.
        from_env_file: the typed value was imported from a file.
        existing: what the platform has, unrendered.
        sealed: the platform has one nobody can read back.
        kept: what the keyring has.
    """

    typed: Secret | None = None
    from_env_file: bool = False
    existing: Secret | None = None
    sealed: bool = False
    kept: Secret | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a variable is to be.

    Attributes:
        value: to set; None where there is nothing to set: kept sealed, still to be generated or asked for.
        source: where it comes from; None where a person must be asked.
        generate: how to generate it, where nothing exists yet.
    """

    value: Value | None
    source: ValueSource | None
    generate: GeneratedSecret | None = None

    @property
    def asks(self) -> bool:
        """Whether only a person can give it."""
        return self.source is None


def decide(value: VariableValue, candidates: Candidates) -> Decision:
    """Decide one variable; raises ReferenceSyntaxError for a text that was not validated."""
    if not missing(candidates.typed):
        source = ValueSource.ENV_FILE if candidates.from_env_file else ValueSource.TYPED
        return Decision(_typed(value, candidates.typed), source)
    if isinstance(value, str):
        parsed = parse(value)
        return Decision(parsed, ValueSource.PLAN if isinstance(parsed, Literal) else ValueSource.REFERENCE)
    return _secret(value, candidates)


def needed(value: VariableValue, others: Mapping[str, str]) -> bool:
    """Tell whether a variable is needed, given the plain values of the service's other variables."""
    if not isinstance(value, KeyringSecret) or not value.unless:
        return True
    return any(others.get(name) != wanted for name, wanted in value.unless.items())


def plain_values(variables: Mapping[str, VariableValue]) -> dict[str, str]:
    """Return the variables whose text the plan alone decides: what `unless` is judged by."""
    parsed = {name: parse(value) for name, value in variables.items() if isinstance(value, str)}
    return {name: value.text for name, value in parsed.items() if isinstance(value, Literal)}


class Equality(StrEnum):
    """How a wanted value compares with the one on the platform."""

    SAME = "same"
    SAME_RENDERED = "same-rendered"
    """The platform has a literal where the plan has a reference; noted, not changed."""
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    """Sealed: it cannot be read back."""


@dataclass(frozen=True, slots=True)
class Written:
    """A value as the platform writes it, and as processes see it where that is known."""

    raw: Secret | None
    rendered: Secret | None = None
    sealed: bool = False


def compare(wanted: Written, existing: Written) -> Equality:
    """Compare unrendered texts, then what they render to."""
    if existing.sealed:
        return Equality.UNKNOWN
    if wanted.raw is not None and wanted.raw == existing.raw:
        return Equality.SAME
    if wanted.rendered is not None and wanted.rendered == existing.rendered:
        return Equality.SAME_RENDERED
    return Equality.DIFFERENT


def _typed(value: VariableValue, typed: Secret | None) -> Value | None:
    """A typed value is as secret as the plan says the variable is."""
    return Literal(typed.reveal()) if isinstance(value, str) and typed is not None else typed


def _secret(value: KeyringSecret | GeneratedSecret, candidates: Candidates) -> Decision:
    if candidates.sealed:
        return Decision(None, ValueSource.KEPT)
    if not missing(candidates.existing):
        return Decision(candidates.existing, ValueSource.KEPT)
    if not missing(candidates.kept):
        source = ValueSource.KEYRING if isinstance(value, KeyringSecret) else ValueSource.GENERATED
        return Decision(candidates.kept, source)
    if isinstance(value, GeneratedSecret):
        return Decision(None, ValueSource.GENERATED, value)
    return Decision(None, None)
