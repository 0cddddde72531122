"""Railway as the engine sees it: the ports bound to one endpoint and one credential."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from wizard.clock import Clock
from wizard.errors import UsageError
from wizard.http import HttpClient
from wizard.platform.capabilities import Capabilities, EndpointKnown
from wizard.platform.ports import Pauses, Renew, UploadListener
from wizard.platform.states import CredentialKind, RateBudgetState
from wizard.railway.client.client import RailwayClient
from wizard.railway.datastores import RailwayDatastores
from wizard.railway.deployments import RailwayDeployments
from wizard.railway.endpoint import Credential, Endpoint
from wizard.railway.groups import RailwayGroups
from wizard.railway.identity import RailwayCredentials
from wizard.railway.ledger import Ledger
from wizard.railway.mapping import PROVIDER
from wizard.railway.renewal import CredentialGuard
from wizard.railway.services import RailwayServices
from wizard.railway.session import Session
from wizard.railway.streams import Streams
from wizard.railway.transport import Transport
from wizard.secrets import Secret

USUAL_DEPLOYMENT_S, USUAL_DATABASE_S = 240.0, 60.0
"""What builds and databases take on Railway itself; a local platform is as fast as its machine."""


@dataclass(slots=True)
class RailwayPlatform:
    """The adapter; close it when done.

    Attributes:
        scheme: of the public addresses of what is deployed.
        ledger: everything that was sent, in order.
    """

    scheme: str
    capabilities: Capabilities
    ledger: Ledger
    credentials: RailwayCredentials
    groups: RailwayGroups
    services: RailwayServices
    deployments: RailwayDeployments
    datastores: RailwayDatastores
    _transport: Transport
    _streams: Streams
    provider: str = field(default=PROVIDER)

    @property
    def requests(self) -> int:
        """Requests, sockets and subscribes so far."""
        return self.ledger.requests

    @property
    def mutations(self) -> int:
        """Those of them that write."""
        return self.ledger.mutations

    @property
    def budget(self) -> RateBudgetState | None:
        """The rate budget as last seen."""
        return self._transport.budget

    async def close(self) -> None:
        """Close connections and streams."""
        await self._streams.close()
        await self._transport.http.close()


def capabilities(*, bills: bool) -> Capabilities:
    """Return what Railway can do."""
    return Capabilities(
        native_references=True,
        endpoint_known=EndpointKnown.BEFORE_DEPLOY,
        deploys_on_create=True,
        variable_change_deploys=True,
        pre_deploy_command=True,
        private_datastores=True,
        tcp_proxy=True,
        remote_shell=False,
        one_off_command=False,
        stop_database=False,
        sleep=True,
        rollback=True,
        cost=bills,
        services_span_environments=True,
        usual_deployment_s=USUAL_DEPLOYMENT_S if bills else None,
        usual_database_s=USUAL_DATABASE_S if bills else None,
    )


def _differing(usual: Capabilities, differing: Mapping[str, bool | str]) -> Capabilities:
    """Lay a profile's facts over the usual ones; raises UsageError for a name nobody knows.

    No profile can let a database be stopped that somebody pays for: people use it.
    """
    known = {field.name for field in fields(Capabilities)}
    if unknown := sorted(set(differing) - known):
        raise UsageError("railway.capability", name=unknown[0], known=", ".join(sorted(known)))
    chosen = replace(usual, **differing)  # type: ignore[arg-type]  # the plan says bool or text, the names were checked
    return replace(chosen, stop_database=chosen.stop_database and not usual.cost)


def connect(  # noqa: PLR0913 - two that say where, one clock, three that may be left out
    endpoint: str,
    token: Secret,
    clock: Clock,
    *,
    kind: CredentialKind | None = None,
    pauses: Pauses | None = None,
    renew: Renew | None = None,
    uploads: UploadListener | None = None,
    scheme: str | None = None,
    differing: Mapping[str, bool | str] | None = None,
) -> RailwayPlatform:
    """Bind the ports; nothing is sent yet.

    Args:
        endpoint: origin or GraphQL address of the server; the token is never sent anywhere else.
        token: the credential.
        clock: for every wait.
        kind: which kind of credential it is, None to find out.
        pauses: hears when the connection waits.
        renew: asked for another credential where this one is accepted no more.
        uploads: hears of uploads before they are sent.
        scheme: of public addresses, None for what follows from the endpoint.
        differing: capabilities that are not the usual ones, by name.

    Raises:
        RefusedError: the endpoint is no address, or one where the token would travel openly.
    """
    where, ledger = Endpoint.parse(endpoint), Ledger(clock)
    credential = Credential(token, kind or CredentialKind.ACCOUNT)
    transport = Transport(HttpClient(clock), where, credential, clock, ledger, pauses)
    streams = Streams(transport, ledger)
    session = Session(RailwayClient(transport, streams), transport, clock, uploads)
    credentials = RailwayCredentials(session, kind)
    transport.guard = CredentialGuard(transport, credentials.verify, renew) if renew else None
    return RailwayPlatform(
        scheme=scheme or where.scheme,
        capabilities=_differing(capabilities(bills=not where.loopback), differing or {}),
        ledger=ledger,
        credentials=credentials,
        groups=RailwayGroups(session),
        services=RailwayServices(session, scheme or where.scheme),
        deployments=RailwayDeployments(session),
        datastores=RailwayDatastores(session),
        _transport=transport,
        _streams=streams,
    )
