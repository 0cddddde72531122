"""`railwizard standin`: serves the local Railway for other clients until it is told to stop."""

from __future__ import annotations

import asyncio
import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from wizard.cli.documents import setter_for
from wizard.cli.invocation import Invocation
from wizard.cli.mode import Mode
from wizard.cli.options import faces, invocation_of, session_of
from wizard.cli.session import Session
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.clock import SystemClock
from wizard.errors import ExitCode, FailedError, UsageError
from wizard.messages import message
from wizard.options import Faces, state_folder
from wizard.text import clean

_LOOK_S = 1.0


@declare("standin", help="help.standin")
@option("--folder", help="help.standin-folder", type=click.Path(file_okay=False, path_type=Path))
@option("--settings", help="help.standin-settings", type=click.Path(path_type=Path), metavar="FILE")
@option("--repo", "repositories", help="help.standin-repo", multiple=True, metavar="OWNER/NAME=PATH")
@option("--schema", help="help.standin-schema", type=click.Path(path_type=Path), metavar="FILE")
@option("--fault", "faults", help="help.standin-fault", multiple=True, metavar="ON=KIND[,NAME=VALUE]")
@option("--record", help="help.standin-record", type=click.Path(path_type=Path), metavar="FILE")
@option("--port", help="help.standin-port", type=click.IntRange(0, 65535), default=0)
@faces
@click.pass_context
def command(ctx: click.Context, /, *, folder: Path | None, **given: Any) -> int:
    """Start it as a child process, print where it is, end it with this process."""
    invocation, session = invocation_of(ctx), session_of(ctx, streams=False)
    place = (folder or state_folder(invocation.environment) / "standin").absolute()
    wanted = _settings(given)

    async def work(faces: Faces) -> int:
        del faces
        from wizard.rehearsal.server import local_railway  # noqa: PLC0415 - needs the rehearsal's packages

        async with local_railway(place, SystemClock(), settings=wanted) as local:
            tokens = {"account": local.token.reveal()}
            address = {"url": local.url, "control_url": local.control_url, "pid": local.pid}
            _tell(invocation, {**address, "folder": str(local.folder), "tokens": tokens})
            return await _until_told(session, local.pid)

    return session.run(work)


async def _until_told(session: Session, pid: int) -> int:
    """Return at a signal; raises FailedError where the child ended by itself."""
    told, clock = asyncio.Event(), SystemClock()
    session.on_interrupt = told.set
    while not told.is_set():
        try:
            async with clock.timeout(_LOOK_S):
                await told.wait()
        except TimeoutError:
            if not _runs(pid):
                raise FailedError("cli.standin-ended") from None
    return ExitCode.SUCCESS


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def _tell(invocation: Invocation, ready: dict[str, Any]) -> None:
    """Print one JSON line, or the lines another shell needs."""
    if invocation.mode is Mode.JSON:
        click.echo(json.dumps(ready))
        return
    setter = setter_for(invocation)
    setter.write(invocation.say(message("cli.standin-serves", url=ready["url"])))
    setter.write(f"export RAILWIZARD_ENDPOINT={ready['url']}")
    setter.write(f"export RAILWIZARD_TOKEN={ready['tokens']['account']}")
    setter.console.file.flush()


def _settings(given: Mapping[str, Any]) -> dict[str, Any]:
    settings = _read(given["settings"]) if given["settings"] else {}
    if given["port"]:
        settings["port"] = given["port"]
    if given["schema"]:
        settings["schema_file"] = str(given["schema"].absolute())
    if given["record"]:
        settings["record"] = str(given["record"].absolute())
    if given["faults"]:
        settings["faults"] = [*settings.get("faults", ()), *given["faults"]]
    for pair in given["repositories"]:
        name, separator, path = pair.partition("=")
        if not separator or name.count("/") != 1:
            raise UsageError("cli.bad-repo", given=clean(pair)[:80])
        settings.setdefault("repositories", {})[name] = {"path": str(Path(path).absolute())}
    return settings


def _read(file: Path) -> dict[str, Any]:
    if file.exists() and not file.is_file():
        raise UsageError("answers.file-no-file", file=str(file))
    try:
        text = file.read_text("utf-8")
        document = json.loads(text) if file.suffix.lower() == ".json" else tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise UsageError("cli.bad-settings", file=str(file), detail=clean(str(error))) from error
    if not isinstance(document, dict):
        raise UsageError("cli.bad-settings", file=str(file), detail=type(document).__name__)
    return document
