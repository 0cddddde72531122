"""`railwizard teardown`: the end of an environment, after its project's name was typed."""

from __future__ import annotations

import click

from wizard.cli.documents import print_json, setter_for
from wizard.cli.mode import Mode
from wizard.cli.options import answers, engine_options, faces, invocation_of, session_of, target
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.compose import session
from wizard.errors import ExitCode, RefusedError
from wizard.lock import exclusive
from wizard.messages import Message, message
from wizard.operations.teardown import TeardownPlan, check_confirmation, plan_teardown, refuse_shared, tear_down, undo
from wizard.options import Faces
from wizard.phases.run import Run
from wizard.platform.handles import Handle, Kind
from wizard.questions import Text


@declare("teardown", help="help.teardown")
@target
@option("--confirm", help="help.confirm", metavar="NAME")
@option("--undo", "undoes", help="help.undo", is_flag=True)
@answers
@faces
@click.pass_context
def command(ctx: click.Context, /, *, confirm: str | None, undoes: bool, **_: object) -> int:
    """Say what would go, ask for the name, do it; or take a scheduled deletion back."""
    invocation = invocation_of(ctx)

    def tell(text: Message) -> int:
        if invocation.mode is Mode.JSON:
            print_json({"teardown": text})
        else:
            setter_for(invocation).write(invocation.say(text))
        return ExitCode.SUCCESS

    async def work(faces: Faces) -> int:
        async with session(engine_options(ctx), faces) as run:
            with exclusive(run.journal.path):
                return await change(run, faces)

    async def change(run: Run, faces: Faces) -> int:
        if undoes:
            project = _recorded(run)
            await undo(run, project)
            return tell(message("cli.teardown-undone", project=project.name))
        plan = plan_teardown(run)
        await refuse_shared(run, plan)
        typed = confirm if confirm is not None else str(await faces.asker.ask(_question(plan)))
        check_confirmation(plan, typed)
        await tear_down(run, plan)
        return tell(_done(plan))

    return session_of(ctx, streams=False).run(work)


def _recorded(run: Run) -> Handle:
    """Return the project this wizard made, from its own records: one that is being deleted is found nowhere else."""
    made = [handle for handle in run.journal.resources() if handle.kind is Kind.PROJECT]
    if not made:
        raise RefusedError("operations.nothing-ours", project=run.plan.project.name)
    return made[-1]


def _question(plan: TeardownPlan) -> Text:
    names = ", ".join(f"{handle.kind} {handle.name}" for handle in plan.resources)
    what = (
        message("cli.teardown-whole", project=plan.project.name, id=plan.project.id)
        if plan.whole
        else message("cli.teardown-parts", project=plan.project.name, resources=names)
    )
    return Text(id="teardown.confirm", prompt=message("cli.ask-teardown", project=plan.project.name), help=what)


def _done(plan: TeardownPlan) -> Message:
    if plan.whole:
        return message("cli.teardown-scheduled", project=plan.project.name)
    return message("cli.teardown-removed", count=len(plan.resources), project=plan.project.name)
