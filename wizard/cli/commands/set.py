"""`railwizard set SERVICE.NAME[=VALUE]`: one new value, with what it does to what is running said first."""

from __future__ import annotations

import sys

import click

from wizard.cli.options import answers, engine_options, faces, invocation_of, reports, session_of, target
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.clock import SystemClock
from wizard.errors import ExitCode, UsageError
from wizard.messages import message
from wizard.options import Faces
from wizard.questions import Confirm, SecretText
from wizard.secrets import Secret
from wizard.source.dotenv import is_sensitive_name
from wizard.text import clean
from wizard.variable_edits import effect_of, rotate_variable, set_variables


@declare("set", help="help.set")
@click.argument("variable", metavar="SERVICE.NAME[=VALUE]")
@target
@option("--generate", help="help.set-generate", is_flag=True)
@reports
@answers
@faces
@click.pass_context
def command(ctx: click.Context, /, *, variable: str, generate: bool, yes: bool, **_: object) -> int:
    """Ask for what is missing, say the effect, set, send."""
    service, name, given = _parsed(variable)
    if given is not None and is_sensitive_name(name):
        raise UsageError("edits.secret-on-the-line", name=name)
    options, session = engine_options(ctx), session_of(ctx)
    confirm = Confirm(id="set.apply", prompt=message("edits.ask-apply", service=service, name=name))

    async def work(faces: Faces) -> int:
        value: str | Secret | None = given
        if value is None and not generate:
            value = await _asked(faces, service, name)
        sys.stderr.write(f"{session.invocation.say(effect_of(name).told(service, name))}\n")
        if invocation_of(ctx).mode.asks and not yes and not await faces.asker.ask(confirm):
            return int(ExitCode.SUCCESS)
        if value is None:
            return (await rotate_variable(options, faces, service, name, SystemClock())).exit_code
        return (await set_variables(options, faces, service, {name: value}, SystemClock())).exit_code

    return session.run(work)


async def _asked(faces: Faces, service: str, name: str) -> Secret:
    question = SecretText(
        id=f"variable.{service}.{name}", prompt=message("phases.ask-variable", service=service, name=name)
    )
    answer = await faces.asker.ask(question)
    return answer if isinstance(answer, Secret) else Secret(str(answer))


def _parsed(variable: str) -> tuple[str, str, str | None]:
    place, equals, value = variable.partition("=")
    service, dot, name = place.partition(".")
    if not (dot and service and name.isidentifier()):
        raise UsageError("edits.no-variable", given=clean(place)[:60])
    return service, name, value if equals else None
