"""What a reference of the plan comes to today: compared with a value that somebody wrote out by hand."""

from __future__ import annotations

from wizard.phases.run import Run
from wizard.platform.states import GroupState
from wizard.platform.values import SERVICE_OUTPUTS, OutputRef, Reference
from wizard.secrets import Secret

_SHARED = "shared"


async def render_reference(run: Run, reference: Reference, state: GroupState) -> Secret | None:
    """Return the text a reference renders to; None where a part of it is not known from here."""
    parts = [part if isinstance(part, str) else await _output(run, part, state) for part in reference.parts]
    known = [part for part in parts if part]
    return Secret("".join(known)) if len(known) == len(parts) else None


async def _output(run: Run, output: OutputRef, state: GroupState) -> str | None:
    if output.resource == _SHARED:
        shared = state.shared.get(output.output)
        return shared.raw.reveal() if shared and shared.raw else None
    if output.resource not in state.services:
        return None
    if output.output in SERVICE_OUTPUTS:
        return _address(run, output, state)
    value = (await run.rendered(output.resource)).get(output.output)
    return value.reveal() if value else None


def _address(run: Run, output: OutputRef, state: GroupState) -> str | None:
    """Return a public address; a private one is the platform's own to name."""
    hosts, scheme = [domain.host for domain in state.services[output.resource].domains], run.platform.scheme
    if not hosts:
        return None
    known = {
        "host": hosts[0],
        "url": f"{scheme}://{hosts[0]}",
        "ws_url": f"{scheme.replace('http', 'ws')}://{hosts[0]}",
        "urls": ",".join(f"{scheme}://{host}" for host in hosts),
    }
    return known.get(output.output)
