"""Where the API is served and with which credential: the one place that builds addresses and headers."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from wizard.errors import CredentialError, RefusedError
from wizard.http import is_loopback
from wizard.platform.states import CredentialKind
from wizard.secrets import Secret
from wizard.text import clean

RAILWAY = "https://backboard.railway.com"
"""The platform itself."""

_GRAPHQL_PATH = "/graphql/v2"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server of Railway's API by its origin, without a path."""

    origin: str

    @classmethod
    def parse(cls, url: str) -> Endpoint:
        """Accept an origin or the whole GraphQL address; raises RefusedError where a credential would travel openly."""
        scheme, host, netloc = _parts(url.strip())
        origin = f"{scheme}://{netloc}"
        if scheme not in {"http", "https"} or not host or "@" in netloc:
            raise RefusedError("railway.bad-endpoint", endpoint=host or clean(url.rpartition("@")[2]) or "''")
        if scheme == "http" and not is_loopback(origin):
            raise RefusedError("railway.open-endpoint", endpoint=origin)
        return cls(origin)

    @property
    def loopback(self) -> bool:
        """It is served on this machine."""
        return is_loopback(self.origin)

    @property
    def scheme(self) -> str:
        """The scheme of the public addresses of what is deployed there."""
        return "http" if self.loopback else "https"

    @property
    def graphql(self) -> str:
        """Queries and mutations."""
        return self.origin + _GRAPHQL_PATH

    @property
    def websocket(self) -> str:
        """Subscriptions: the same path."""
        return "ws" + self.graphql.removeprefix("http")

    def upload(self, project_id: str, environment_id: str, service_id: str, message: str) -> str:
        """Return the address an archive is sent to."""
        query = urlencode({"serviceId": service_id, "message": message})
        return f"{self.origin}/project/{project_id}/environment/{environment_id}/up?{query}"


def _parts(url: str) -> tuple[str, str, str]:
    """Return scheme, host and network location; no host where a bracket does not close or a port is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "", "", ""
    return parts.scheme, (parts.hostname or "") if port != 0 else "", parts.netloc


@dataclass(frozen=True, slots=True)
class Credential:
    """A token and how it is presented: a project token has a header of its own and is never a bearer."""

    token: Secret
    kind: CredentialKind

    def headers(self) -> dict[str, str]:
        """Return the header that carries it; raises CredentialError for what cannot be a token."""
        value = self.token.reveal()
        if not value:
            raise CredentialError("railway.no-token")
        if not (value.isascii() and value.isprintable() and " " not in value):
            raise CredentialError("railway.malformed-token")
        if self.kind is CredentialKind.PROJECT:
            return {"Project-Access-Token": value}
        return {"Authorization": f"Bearer {value}"}
