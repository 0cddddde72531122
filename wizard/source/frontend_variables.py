"""What a frontend's variables should hold: mostly addresses of the backend, with the path its code expects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from wizard.messages import message
from wizard.source.detection import (
    AskedValue,
    GeneratedValue,
    SecretValue,
    ServiceKind,
    SuggestedValue,
    SuggestedVariable,
    TextValue,
)
from wizard.source.dotenv import is_placeholder, is_sensitive_name
from wizard.source.drafts import Draft
from wizard.source.env_reads import EnvRead
from wizard.source.frontend_urls import UrlUse, deduce_prefix
from wizard.source.location import Sourced
from wizard.source.routes import Route

_SECRET_BYTES = 48
_SOCKET_WORDS = frozenset({"WS", "WSS", "SOCKET", "WEBSOCKET"})
_ADDRESS_WORDS = frozenset({"URL", "URI", "ENDPOINT", "HOST", "ORIGIN", "BASE", "API", "BACKEND", "SERVER"})
_BACKEND_WORDS = frozenset({"API", "BACKEND", "SERVER", "WS", "WSS", "SOCKET", "WEBSOCKET"})
_OWN_WORDS = frozenset({"SITE", "APP", "FRONTEND", "WEB", "NEXTAUTH", "AUTH", "CANONICAL"})
_OWN_SECRETS = frozenset({"NEXTAUTH_SECRET", "AUTH_SECRET", "SESSION_SECRET", "COOKIE_SECRET", "JWT_SECRET"})


@dataclass(frozen=True, slots=True)
class _Variable:
    """A variable of a frontend with all that hints at its value."""

    name: str
    draft: Draft
    backends: Sequence[Draft]
    reads: tuple[EnvRead, ...]
    uses: tuple[UrlUse, ...]

    @property
    def words(self) -> set[str]:
        return set(self.name.split("_"))

    @property
    def sample(self) -> str:
        """A value the code or an example file shows."""
        entry = self.draft.example(self.name)
        shown = [read.default for read in self.reads if read.default] + ([entry.value] if entry else [])
        return next((value for value in shown if value), "")

    @property
    def is_socket(self) -> bool:
        """Whether it holds the address of a socket."""
        written = self.sample.startswith(("ws:", "wss:")) or bool(self.words & _SOCKET_WORDS)
        return written or (bool(self.uses) and all(use.is_websocket for use in self.uses))

    @property
    def is_address(self) -> bool:
        """Whether it holds an address at all."""
        return bool(self.uses) or "://" in self.sample or bool(self.words & _ADDRESS_WORDS)

    @property
    def is_required(self) -> bool:
        """Whether the frontend fails without it."""
        return any(read.required for read in self.reads)


def suggest_frontend_variables(draft: Draft, drafts: Sequence[Draft]) -> tuple[SuggestedVariable, ...]:
    """Suggest a value for every variable of a frontend that needs one."""
    backends = [one for one in drafts if one.kind is ServiceKind.BACKEND]
    suggested = []
    for name in draft.variables:
        uses = tuple(use for use in draft.uses if use.variable == name)
        variable = _Variable(name, draft, backends, draft.reads_of(name), uses)
        value = _value(variable)
        if value:
            suggested.append(SuggestedVariable(name, value, variable.is_required, variable.reads))
    return tuple(suggested)


def _value(variable: _Variable) -> Sourced[SuggestedValue] | None:
    for decide in (_address, _generated, _secret, _asked):
        value = decide(variable)
        if value:
            return value
    return None


def _address(variable: _Variable) -> Sourced[SuggestedValue] | None:
    foreign = bool(variable.sample) and not is_placeholder(variable.sample, variable.name)
    if not variable.is_address or foreign or is_sensitive_name(variable.name.removeprefix("NEXT_PUBLIC_")):
        return None
    best = _best_backend(variable)
    location = variable.reads[0].location
    if best is None or (not best.score and _is_own(variable)):
        own = TextValue(f"{{{variable.draft.name}.url}}")
        return Sourced(own, location, message("source.reason-own-url")) if _is_own(variable) else None
    if not best.score and not variable.words & _BACKEND_WORDS and not variable.uses:
        return None
    reason = message("source.reason-other-url", service=best.service)
    if best.score:
        fitting = "source.reason-paths" if best.prefix else "source.reason-paths-plain"
        reason = message(fitting, prefix=best.prefix, count=best.score, service=best.service)
    return Sourced(TextValue(_reference(variable, best)), best.use.location if best.use else location, reason)


def _reference(variable: _Variable, best: _Match) -> str:
    if variable.words & {"HOST"} and "://" not in variable.sample:
        return f"{{{best.service}.host}}"
    return f"{{{best.service}.{'ws_url' if variable.is_socket else 'url'}}}{best.prefix}"


@dataclass(frozen=True, slots=True)
class _Match:
    """How well a backend serves what is built on a variable."""

    service: str
    prefix: str
    score: int
    use: UrlUse | None


def _best_backend(variable: _Variable) -> _Match | None:
    matches = [_match(variable, backend) for backend in variable.backends]
    return max(matches, key=lambda one: one.score, default=None)


def _match(variable: _Variable, backend: Draft) -> _Match:
    app = backend.backend.app if backend.backend else None
    routes: tuple[Route, ...] = app.routes if app else ()
    prefix, score = deduce_prefix(variable.uses, routes, _path(variable.sample))
    return _Match(backend.name, prefix, score, next(iter(variable.uses), None))


def _path(sample: str) -> str:
    try:
        return urlsplit(sample).path.rstrip("/") if "://" in sample else ""
    except ValueError:
        return ""


def _is_own(variable: _Variable) -> bool:
    """Tell whether it holds the frontend's own address: by its name, and by the port of its sample."""
    named = bool(variable.words & _OWN_WORDS) and not variable.words & _BACKEND_WORDS
    try:
        port = urlsplit(variable.sample).port
    except ValueError:
        port = None
    own_port = variable.draft.port.value if variable.draft.port else None
    return named and not variable.uses and port in (None, own_port)


def _generated(variable: _Variable) -> Sourced[SuggestedValue] | None:
    if variable.name not in _OWN_SECRETS:
        return None
    reason = message("source.reason-generated-name")
    return Sourced(GeneratedValue("token_urlsafe", _SECRET_BYTES), variable.reads[0].location, reason)


def _secret(variable: _Variable) -> Sourced[SuggestedValue] | None:
    if not is_sensitive_name(variable.name) or not variable.is_required:
        return None
    entry = variable.draft.example(variable.name)
    value = SecretValue(MappingProxyType({}), entry.comment if entry else "")
    return Sourced(value, variable.reads[0].location, message("source.reason-secret"))


def _asked(variable: _Variable) -> Sourced[SuggestedValue] | None:
    if not variable.is_required:
        return None
    location = variable.reads[0].location
    if variable.sample and not is_placeholder(variable.sample, variable.name):
        text = variable.sample.replace("{", "{{").replace("}", "}}")
        return Sourced(TextValue(text), location, message("source.reason-example"))
    return Sourced(AskedValue(variable.sample, ()), location, message("source.reason-no-value"))
