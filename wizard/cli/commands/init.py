"""`railwizard init`: reads the repository and writes wizard.toml, each value with where it was read."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click

from wizard.cli.documents import print_json, setter_for
from wizard.cli.drafting import draft_plan
from wizard.cli.invocation import Invocation
from wizard.cli.mode import Mode
from wizard.cli.options import answers, faces, invocation_of, path_argument, session_of
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.errors import ExitCode, UsageError
from wizard.messages import message
from wizard.options import PLAN_FILE, Faces
from wizard.plan.draft import Draft
from wizard.plan.writer import write
from wizard.questions import Confirm
from wizard.source.detect import detect
from wizard.source.detection import Detection
from wizard.source.location import Unreadable
from wizard.source.tree import Tree, working_tree

_SOURCES = (".py", "package.json", "Dockerfile")
_MOST_TOLD = 10
_WRITE = Confirm(id="init.write", prompt=message("cli.ask-write"), default=True)


@declare("init", help="help.init")
@path_argument
@option("--force", help="help.force", is_flag=True)
@answers
@faces
@click.pass_context
def command(ctx: click.Context, /, *, path: Path, force: bool, yes: bool, **_: object) -> int:
    """Detect, ask what the repository does not say, show, write."""
    invocation, file = invocation_of(ctx), path.absolute() / PLAN_FILE
    if file.exists() and not force:
        raise UsageError("plan.exists", file=str(file))

    async def work(faces: Faces) -> int:
        tree = working_tree(path.absolute())
        detection = detect(tree)
        if not detection.services:
            raise _nothing_detected(invocation, tree)
        draft = await draft_plan(path.absolute(), detection, faces.asker, asks=invocation.mode.asks)
        _show(invocation, file, draft, detection)
        if invocation.mode.asks and not yes and not await faces.asker.ask(_WRITE):
            return ExitCode.SUCCESS
        heading = [invocation.say(message("plan.draft-heading"))]
        write(file, draft.plan, draft.comments(invocation.language), heading, overwrite=force)
        _told(invocation, file, draft)
        return ExitCode.SUCCESS

    return session_of(ctx, streams=False).run(work)


def _nothing_detected(invocation: Invocation, tree: Tree) -> UsageError:
    """Say which source files could not be read: the application may be in one of them."""
    sources = (path for path in tree.paths if path.endswith(_SOURCES))
    unread = (text for text in map(tree.text, sources) if isinstance(text, Unreadable))
    error = UsageError("plan.nothing-detected")
    error.lines = tuple(invocation.say(one.reason) for one in islice(unread, _MOST_TOLD))
    return error


def _show(invocation: Invocation, file: Path, draft: Draft, detection: Detection) -> None:
    if invocation.mode is Mode.JSON:
        print_json(
            {
                "file": str(file),
                "plan": draft.plan.model_dump(mode="json", by_alias=True, exclude_none=True),
                "sources": {
                    place: {"why": r.reason, "where": str(r.location or "")} for place, r in draft.remarks.items()
                },
                "open": [{"question": value.question, "example": value.example} for value in draft.open],
                "left_out": draft.left_out,
                "unreadable": [{"path": one.path, "why": one.reason} for one in detection.unreadable],
            }
        )
        return
    setter = setter_for(invocation)
    for service in detection.services:
        setter.write(f"  {service.name} ", f"{service.framework} · {service.source.value} · {len(service.variables)}")
    for place, remark in draft.remarks.items():
        setter.write(f"    {place}: ", " ".join(filter(None, (str(remark.location or ""), setter.say(remark.reason)))))
    for unread in detection.unreadable:
        setter.write("  ! ", setter.say(unread.reason))


def _told(invocation: Invocation, file: Path, draft: Draft) -> None:
    if invocation.mode is Mode.JSON:
        return
    setter = setter_for(invocation)
    setter.write(invocation.say(message("cli.wrote", file=str(file))))
    if draft.open:
        setter.write(invocation.say(message("cli.open-values", names=", ".join(v.question for v in draft.open))))
    for place in draft.left_out:
        setter.write(invocation.say(message("cli.left-out", place=place)))
    setter.write(invocation.say(message("cli.after-init")))
