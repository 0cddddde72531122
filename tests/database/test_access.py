from __future__ import annotations

import asyncio

import pytest

from tests.support.database_platform import Memory, Platform, access
from tests.support.database_servers import Running
from tests.support.manual_clock import ManualClock
from wizard.clock import SystemClock
from wizard.database.connect import Endpoint, Login, connect_postgres, login_of
from wizard.database.redis import RedisError
from wizard.errors import FailedError, RefusedError
from wizard.secrets import Secret


@pytest.fixture
def platform(postgres_server: Running, valkey_server: Running) -> Platform:
    return Platform({"main": postgres_server, "cache": valkey_server})


async def test_opens_at_first_use_once_and_closes_at_the_end(platform: Platform) -> None:
    journal = Memory()
    async with access(platform, journal) as databases:
        assert platform.calls == []
        first, second = await asyncio.gather(databases.postgres("main"), databases.postgres("main"))
        answer = await (await first.execute("SELECT current_user::text, current_database()::text")).fetchone()
        assert answer == ("owner", "app")
        assert first.autocommit
        await first.close()
        await second.close()
        assert platform.calls == ["open main 5432"]
    assert platform.calls == ["open main 5432", "close main"]
    assert journal.written == ["opening main", "opened main proxy-main", "closed main"]


async def test_what_a_database_refuses_is_told_and_the_connection_closed(platform: Platform) -> None:
    async with access(platform) as databases:
        with pytest.raises(FailedError) as refused:
            async with databases.session("main") as connection:
                await connection.execute("SELECT * FROM nothing_of_that_name")
        assert connection.closed
    assert refused.value.code == "database.broken"
    assert refused.value.params == {"name": "main", "reason": 'relation "nothing_of_that_name" does not exist'}


async def test_redis_answers_through_it(platform: Platform) -> None:
    async with access(platform) as databases, await databases.redis("cache") as connection:
        await connection.command("SET", "name", "값")
        assert await connection.command("GET", "name") == "값"
        assert await connection.command("GET", "none") is None
        assert await connection.command("KEYS", "*") == ["name"]
        assert await connection.command("DEL", "name") == 1
        assert int((await connection.section("clients"))["connected_clients"]) >= 1
        with pytest.raises(RedisError, match="unknown command"):
            await connection.command("NONSENSE")


async def test_somebody_elses_proxy_is_used_and_stays(platform: Platform) -> None:
    platform.standing["main"] = platform.proxy("main", 5432)
    async with access(platform) as databases:
        await (await databases.postgres("main")).close()
        assert databases.opened == ()
    assert platform.calls == []


async def test_a_proxy_of_ours_that_was_closed_is_not_used_though_readings_still_show_it(platform: Platform) -> None:
    left = platform.standing["main"] = platform.proxy("main", 5432)
    async with access(platform, Memory(closed=frozenset({left.handle.id}))) as databases:
        await (await databases.postgres("main")).close()
        assert databases.opened == ("main",)
    assert platform.calls[0] == "open main 5432"


async def test_an_error_inside_still_closes(platform: Platform) -> None:
    async def use() -> None:
        async with access(platform) as databases:
            await (await databases.postgres("main")).close()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await use()
    assert platform.standing == {}


async def test_a_cancellation_while_opening_closes_what_was_opened(platform: Platform) -> None:
    platform.opening, platform.hold = asyncio.Event(), asyncio.Event()
    journal = Memory()

    async def use() -> None:
        async with access(platform, journal) as databases:
            await databases.postgres("main")

    task = asyncio.create_task(use())
    await platform.opening.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert platform.calls[-1] == "close main"
    assert platform.standing == {}
    assert journal.written == ["opening main", "closed main"]


@pytest.mark.parametrize(("hidden", "calls"), [(2, ["close main"]), (99, [])], ids=["shown-late", "never-shown"])
async def test_an_opening_cut_short_is_looked_for_and_else_left_to_the_sweep(hidden: int, calls: list[str]) -> None:
    platform = Platform({"main": Running("postgres", 5432, "owner")})
    platform.opening, platform.hold, platform.hidden = asyncio.Event(), asyncio.Event(), hidden
    journal = Memory()
    async with ManualClock() as clock:
        databases = access(platform, journal, clock)
        task = asyncio.create_task(databases.postgres("main"))
        await platform.opening.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await databases.close()
    assert platform.calls[1:] == calls
    assert databases.opened == (() if calls else ("main",))
    assert journal.written == ["opening main", *(["closed main"] if calls else [])]


async def test_a_refused_opening_leaves_nothing_to_look_for() -> None:
    platform = Platform(
        {"main": Running("postgres", 5432, "owner")}, refuses=RefusedError("railway.staged-by-others", count=1)
    )
    journal = Memory()
    with pytest.raises(RefusedError):
        async with access(platform, journal) as databases:
            await databases.postgres("main")
    assert databases.opened == ()
    assert platform.calls == ["open main 5432"]
    assert journal.written == ["opening main", "closed main"]


async def test_sweep_closes_what_a_killed_run_left(platform: Platform) -> None:
    platform.standing = {"main": platform.proxy("main", 5432), "cache": platform.proxy("cache", 6379)}
    left = [("main", platform.standing["main"].handle), ("cache", None), ("gone", None)]
    assert await access(platform).sweep(left) == ("main", "cache", "gone")
    assert platform.standing == {}


async def test_an_unknown_database_is_named(platform: Platform) -> None:
    with pytest.raises(FailedError) as raised:
        await access(platform).postgres("other")
    assert raised.value.code == "database.absent"


async def test_a_wrong_password_is_refused_at_once_and_not_shown(postgres_server: Running) -> None:
    login = Login("owner", Secret("sentinel-wrong"), "app")
    with pytest.raises(FailedError) as raised:
        await connect_postgres(postgres_server.endpoint, login, SystemClock())
    assert raised.value.code == "database.refused"
    assert "sentinel" not in str(raised.value)


async def test_silence_ends_on_the_clock() -> None:
    class Hurried(SystemClock):
        """Every wait takes no time and half an hour."""

        elapsed = 0.0

        def monotonic(self) -> float:
            return self.elapsed

        async def sleep(self, seconds: float) -> None:
            self.elapsed += 1800 + seconds

    with pytest.raises(FailedError) as raised:
        await connect_postgres(Endpoint("main", "127.0.0.1", 1), Login("a", Secret("b")), Hurried())
    assert raised.value.code == "database.unreachable"


def test_login_from_the_url_where_single_variables_are_gone() -> None:
    url = Secret("postgresql://some%40one:p%2Fw@db.internal:5432/shop")
    login = login_of("postgres", "main", {"DATABASE_URL": url})
    assert (login.user, login.password.reveal(), login.database) == ("some@one", "p/w", "shop")
    with pytest.raises(FailedError, match="no-credential"):
        login_of("redis", "cache", {"REDISHOST": Secret("x")})
