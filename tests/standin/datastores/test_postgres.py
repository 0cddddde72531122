"""PostgreSQL really runs: both majors, scram, persistence, loopback only, no leftovers."""

import contextlib
import os
import pwd
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from wizard.errors import FailedError
from wizard.secrets import Secret
from wizard.standin.datastores import Server, Site, postgres, privileges, start_postgres
from wizard.standin.processes import LogLine, discard, start_time

PASSWORD = Secret('p\'w with "quotes" and \\ 한글')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command_lines() -> list[bytes]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found.append(path.read_bytes())
    return found


async def start(folder: Path, major: int, password: Secret = PASSWORD) -> Server:
    return await start_postgres(
        folder=folder,
        site=Site(free_port()),
        user="app",
        password=password,
        database="railway",
        major=major,
        log=discard,
        run_id="postgres-tests",
    )


async def query(port: int, statement: str, password: str = PASSWORD.reveal()) -> list[tuple[object, ...]]:
    async with await psycopg.AsyncConnection.connect(
        host="127.0.0.1", port=port, user="app", password=password, dbname="railway", autocommit=True
    ) as connection:
        cursor = await connection.execute(statement)
        return await cursor.fetchall() if cursor.description else []


@pytest.mark.parametrize(("major", "version"), [(16, "16.14"), (18, "18.4")])
async def test_it_answers_by_scram_and_refuses_a_wrong_password(tmp_path: Path, major: int, version: str) -> None:
    server = await start(tmp_path / "pg", major)
    try:
        assert server.version == f"PostgreSQL {version}"
        assert server.differences == ()
        stored = await query(server.port, "SELECT rolpassword LIKE 'SCRAM-SHA-256%' FROM pg_authid WHERE rolname='app'")
        assert stored == [(True,)]
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            await query(server.port, "SELECT 1", password="wrong")
    finally:
        await server.stop()
    assert start_time(server.pid) is None


async def test_data_survive_a_restart_and_another_major_is_refused(tmp_path: Path) -> None:
    first = await start(tmp_path / "pg", 16)
    await query(first.port, "CREATE TABLE kept AS SELECT 42 AS answer")
    await first.stop()
    second = await start(tmp_path / "pg", 16)
    try:
        assert await query(second.port, "SELECT answer FROM kept") == [(42,)]
    finally:
        await second.stop()
    with pytest.raises(FailedError) as refused:
        await start(tmp_path / "pg", 18)
    assert refused.value.code == "datastores.data-of-other-major"
    with pytest.raises(FailedError) as wrong:
        await start(tmp_path / "pg", 16, Secret("another one"))
    assert wrong.value.code == "datastores.password"


async def test_the_password_is_in_no_argument_and_no_file_name(tmp_path: Path) -> None:
    lines: list[LogLine] = []
    server = await start_postgres(
        folder=tmp_path / "pg",
        site=Site(free_port()),
        user="app",
        password=Secret("sentinel-password"),
        database="railway",
        major=16,
        log=lines.append,
    )
    try:
        assert not any(b"sentinel-password" in cmdline for cmdline in command_lines())
        files = [path for path in (tmp_path / "pg").iterdir() if path.is_file()]
        assert files == []
    finally:
        await server.stop()
    assert not any("sentinel-password" in line.text for line in lines)


async def test_a_taken_port_fails_with_the_servers_own_words(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(FailedError) as failed:
            await start_postgres(
                folder=tmp_path / "pg",
                site=Site(taken.getsockname()[1]),
                user="app",
                password=PASSWORD,
                database="railway",
                major=16,
                log=discard,
            )
    assert failed.value.code == "datastores.not-answering"
    assert "in use" in str(failed.value.params["lines"])


async def test_a_major_nobody_has_is_stood_in_for_and_said(tmp_path: Path) -> None:
    server = await start(tmp_path / "pg", 17)
    await server.stop()
    assert [difference.id for difference in server.differences] == ["datastores.other-major"]


@pytest.fixture
def copies() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down")
async def test_root_without_user_namespaces_runs_it_as_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copies: Path
) -> None:
    monkeypatch.setattr(privileges, "_COPIES", copies)
    monkeypatch.setattr(privileges, "_works", lambda prefix: prefix[0] != "unshare")
    monkeypatch.setattr(postgres, "runner", privileges.runner.__wrapped__)
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    server = await start(private / "pg", 16)
    try:
        assert owner_of(server.pid) == pwd.getpwnam("nobody").pw_uid
        assert await query(server.port, "SELECT 1") == [(1,)]
    finally:
        await server.stop()
    again = await start(private / "pg", 16)
    await again.stop()


def owner_of(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid
