"""PostgreSQL: initialised once, a foreground process, scram passwords, data that survive a restart.

The wheel's binaries know no SSL and no contrib extensions; an application that needs them needs the machine's own
PostgreSQL. The password travels to initdb in a file that is removed at once, and to a changed role by a connection.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
from psycopg import sql

from wizard.errors import FailedError
from wizard.secrets import Secret
from wizard.standin.addresses import LOOPBACK
from wizard.standin.datastores import binaries
from wizard.standin.datastores.privileges import Runner, runner
from wizard.standin.datastores.server import Server, Site, Tail, answering, environment
from wizard.standin.processes import Child, Command, LogSink
from wizard.standin.processes import run as run_command
from wizard.standin.processes import start as start_child

_CONNECT_SECONDS = 2
_EVERYBODY = "host all all all scram-sha-256"


@dataclass(frozen=True, slots=True)
class _Place:
    """One server's files and names."""

    folder: Path
    programs: Path
    prefix: tuple[str, ...]
    site: Site
    door: int
    user: str
    password: Secret
    database: str
    run_id: str

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def command(self, program: str, *arguments: str, records: Path | None = None) -> Command:
        argv = (*self.prefix, str(self.programs / program), *arguments)
        return Command(argv, self.folder, environment(self.run_id), records=records)


async def start(  # noqa: PLR0913 - a database has that many properties
    *,
    folder: Path,
    site: Site,
    user: str,
    password: Secret,
    database: str,
    major: int,
    log: LogSink,
    run_id: str = "",
    records: Path | None = None,
) -> Server:
    """Start PostgreSQL of that major at `site` with its data in `folder`.

    Data of another major are refused (FailedError), as the platform's own image refuses them.
    """
    chosen, way = await asyncio.to_thread(_choose, major)
    await asyncio.to_thread(folder.mkdir, mode=0o700, parents=True, exist_ok=True)
    programs = await asyncio.to_thread(way.programs, chosen.folder)
    home = await asyncio.to_thread(way.home, folder)
    tail = Tail(log)
    async with site.door() as door:
        place = _Place(home, programs, way.prefix, site, door, user, password, database, run_id)
        await _initialise(place, way, chosen.major, tail)
        child = await start_child(_server(place, records), tail)
        await answering(child, lambda: _answers(place), tail, chosen.version)
        try:
            await _ensure_database(place)
        except BaseException:
            child.kill()
            await child.wait()
            raise
    return Server(_leader(child), site.reached, chosen.version, child, chosen.differences)


def _choose(major: int) -> tuple[binaries.Binaries, Runner]:
    return binaries.postgres(major), runner()


def _leader(child: Child) -> int:
    return next(iter(child.members()), child.pid)


def _server(place: _Place, records: Path | None) -> Command:
    settings = {
        "listen_addresses": place.site.listens_on,
        "port": str(place.site.port),
        "unix_socket_directories": "",
        "log_min_messages": "warning",
        "fsync": "off",
    }
    options = [option for name, value in settings.items() for option in ("-c", f"{name}={value}")]
    command = place.command("postgres", "-D", str(place.data), *options, records=records)
    return replace(command, argv=(*place.site.prefix, *command.argv))


async def _initialise(place: _Place, way: Runner, major: int, tail: Tail) -> None:
    """Make the data folder under another name and rename it: one that exists is complete."""
    if place.data.exists():
        found = int((place.data / "PG_VERSION").read_text())
        if found != major:
            raise FailedError("datastores.data-of-other-major", found=found, wanted=major, folder=str(place.folder))
        return
    fresh = place.folder / f"data.{os.getpid()}.new"
    password_file = place.folder / "password"
    await asyncio.to_thread(_prepare, fresh, password_file, place.password, way)
    options = ("--auth=scram-sha-256", "--locale=C", "--encoding=UTF8", "--no-sync", "--no-instructions")
    names = (f"--username={place.user}", f"--pwfile={password_file}", f"--pgdata={fresh}")
    try:
        code = await run_command(place.command("initdb", *options, *names), tail)
    finally:
        password_file.unlink(missing_ok=True)
    if code:
        raise FailedError("datastores.not-initialised", lines=str(tail))
    await asyncio.to_thread(_admit, fresh / "pg_hba.conf")
    fresh.rename(place.data)


def _admit(rules: Path) -> None:
    """Let in whoever knows a password, from wherever the server can be reached at all."""
    with rules.open("a") as file:
        file.write(f"{_EVERYBODY}\n")


def _prepare(fresh: Path, password_file: Path, password: Secret, way: Runner) -> None:
    password_file.touch(mode=0o600)
    password_file.write_text(password.reveal())
    fresh.mkdir(mode=0o700, exist_ok=True)
    way.own(fresh.parent)


async def _connect(place: _Place, database: str) -> psycopg.AsyncConnection[tuple[object, ...]]:
    return await psycopg.AsyncConnection.connect(
        host=LOOPBACK,
        port=place.door,
        user=place.user,
        password=place.password.reveal(),
        dbname=database,
        connect_timeout=_CONNECT_SECONDS,
        autocommit=True,
    )


async def _answers(place: _Place) -> bool:
    """Say whether it answers a query; a refused password is an answer too, and an error here."""
    try:
        async with await _connect(place, "postgres") as connection:
            await connection.execute("SELECT 1")
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise FailedError("datastores.password", user=place.user, folder=str(place.folder)) from None
        return False
    return True


async def _ensure_database(place: _Place) -> None:
    async with await _connect(place, "postgres") as connection:
        with suppress(psycopg.errors.DuplicateDatabase):
            await connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(place.database)))
