"""`railwizard deploy`: all phases against a target, or the part that was asked for."""

from __future__ import annotations

import click

from wizard.cli.options import answers, engine_options, faces, internet, invocation_of, reports, session_of, target
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.compose import deploy, rehearse
from wizard.errors import ExitCode, UsageError
from wizard.messages import message
from wizard.options import Faces, Options
from wizard.phases.run import Scope
from wizard.phases.step import Phase
from wizard.questions import Confirm
from wizard.secret_store import is_railway

_PHASES = click.Choice([phase.value for phase in Phase])
_REHEARSE = Confirm(
    id="deploy.rehearse-first",
    prompt=message("cli.ask-rehearsal"),
    help=message("cli.ask-rehearsal-help"),
    default=True,
)


@declare("deploy", help="help.deploy")
@target
@option("--only", help="help.only", type=_PHASES, multiple=True)
@option("--from", "start", help="help.from", type=_PHASES)
@option("--dry-run", help="help.dry-run", is_flag=True)
@option("--skip-rehearsal", help="help.skip-rehearsal", is_flag=True)
@internet
@reports
@answers
@faces
@click.pass_context
def command(ctx: click.Context, /, **_: object) -> int:
    """Deploy; on a terminal a whole deployment to the cloud is offered a rehearsal first."""
    session, given = session_of(ctx), ctx.params
    scope = Scope(phases=chosen_phases(given["only"], given["start"]), apply=not given["dry_run"])
    options = engine_options(ctx, scope)
    offers = invocation_of(ctx).mode.asks and not (given["skip_rehearsal"] or given["yes"]) and _whole(options)

    async def work(faces: Faces) -> int:
        if offers and await faces.asker.ask(_REHEARSE):
            code = (await rehearse(options, faces)).exit_code
            if code != ExitCode.SUCCESS:
                return code
        return (await deploy(options, faces)).exit_code

    return session.run(work)


def chosen_phases(only: tuple[str, ...], start: str | None) -> frozenset[Phase]:
    """Return the phases of `--only`, or those from `--from` on; raises UsageError for both at once."""
    if only and start:
        raise UsageError("cli.exclusive-options", first="--only", second="--from")
    if only:
        return frozenset(map(Phase, only))
    order = list(Phase)
    return frozenset(order[order.index(Phase(start)) :]) if start else frozenset(order)


def _whole(options: Options) -> bool:
    """Tell whether this is a whole deployment to the cloud: what is worth rehearsing."""
    endpoint = options.named_endpoint
    return options.scope.whole and options.scope.apply and (endpoint is None or is_railway(endpoint))
