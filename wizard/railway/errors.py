"""Railway's errors by their message: the HTTP status and `extensions.code` do not tell them apart.

"Not Authorized" arrives as HTTP 200 with code INTERNAL_SERVER_ERROR, like any refusal with a reason; mistakes in a
document arrive as HTTP 400. The messages are those other clients recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wizard.errors import CredentialError, FailedError, PlatformError, WizardError
from wizard.text import clean

_RULES: tuple[tuple[str, str, type[WizardError]], ...] = (
    ("Two Factor Authentication Required", "railway.two-factor", CredentialError),
    ("Project Token not found", "railway.project-token-not-found", CredentialError),
    ("Not Authorized", "railway.not-authorized", CredentialError),
    ("resource provision limit exceeded", "railway.plan-limit", FailedError),
    ("Your account is on a limited plan", "railway.limited-plan", FailedError),
    ("workspace has been restricted", "railway.restricted", FailedError),
    ("already exists in this project", "railway.name-taken", FailedError),
    ("Project not found", "railway.project-not-found", FailedError),
    ("ServiceInstance not found", "railway.instance-not-found", FailedError),
    ("VolumeInstance not found", "railway.volume-not-found", FailedError),
    ("Invalid project name", "railway.project-name", FailedError),
    ("is not a valid domain", "railway.bad-domain", FailedError),
    ("Failed to create service domain", "railway.domain-not-ready", FailedError),
    ("Cannot redeploy without a snapshot", "railway.no-snapshot", FailedError),
    ("Cannot redeploy yet", "railway.still-building", FailedError),
    ("Commit not found", "railway.commit-not-found", FailedError),
    ("Error in preDeployCommand", "railway.pre-deploy-refused", FailedError),
    ("operation already in progress", "railway.in-progress", FailedError),
    ("Config as Code", "railway.config-as-code", FailedError),
    ("Problem processing request", "railway.problem", FailedError),
    ("An unknown error occurred", "railway.unknown-error", FailedError),
)
"""Substring of the message, our code, who has to act; the first that fits."""

_COOLDOWNS = ("too quickly", "can be created per user every")
_BY_CODE: Mapping[str, tuple[str, type[WizardError]]] = {
    "GRAPHQL_VALIDATION_FAILED": ("railway.schema-changed", PlatformError),
    "GRAPHQL_PARSE_FAILED": ("railway.schema-changed", PlatformError),
    "BAD_USER_INPUT": ("railway.bad-input", FailedError),
}

UNCERTAIN = frozenset({"railway.problem", "railway.unknown-error"})
"""Internal failures: a write may have been applied before it broke."""

ABSENT = frozenset(
    {
        "railway.not-authorized",
        "railway.problem",
        "railway.project-not-found",
        "railway.instance-not-found",
        "railway.volume-not-found",
    }
)
"""How Railway answers about something that is gone; each can mean something else too, so look before believing."""


@dataclass(frozen=True, slots=True)
class GraphQLError:
    """One error of an answer, decoded tolerantly."""

    message: str
    code: str
    trace: str

    @classmethod
    def parse(cls, raw: Any) -> GraphQLError:
        """Read an error object; whatever it lacks is empty."""
        error = raw if isinstance(raw, dict) else {"message": str(raw)}
        extensions = error.get("extensions")
        extensions = extensions if isinstance(extensions, dict) else {}
        trace = error.get("traceId") or extensions.get("traceId") or ""
        return cls(clean(str(error.get("message") or "")), str(extensions.get("code") or ""), str(trace))

    @property
    def cooldown(self) -> bool:
        """Refused because another was created a moment ago: nothing happened, waiting helps."""
        return any(words in self.message for words in _COOLDOWNS)


def classified(error: GraphQLError, operation: str) -> WizardError:
    """Return the error to raise, in the operator's words."""
    told = {"operation": operation, "message": error.message or error.code or "?", "trace": error.trace or "-"}
    for words, code, kind in _RULES:
        if words.lower() in error.message.lower():
            return kind(code, **told)
    code, kind = _BY_CODE.get(error.code, ("railway.refused", FailedError))
    return kind(code, **told)
