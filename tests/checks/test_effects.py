from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from tests.checks.conftest import NONCE, Deployed, outcome, plan, run, shop_facts, with_facts
from wizard.checks.registry import select_checks
from wizard.checks.surface import READ_ONLY, Surface
from wizard.clock import SystemClock
from wizard.events import Verdict
from wizard.locale import render

FLOW = {
    "name": "order",
    "kind": "flow",
    "as": "admin",
    "effect": "write",
    "steps": [
        {
            "method": "POST",
            "path": "/orders",
            "json": {"article": "cup {nonce}"},
            "expect": {"status": 201, "json": {"$.lines[0].name": "cup {nonce}"}},
            "keep": {"order": "$.id"},
        },
        {"path": "/orders/{order}", "expect": {"json": {"$.id": "{order}", "$.status": "open"}, "contains": "7"}},
    ],
}


async def test_a_flow_keeps_values_from_step_to_step(surface: Surface) -> None:
    verdict, seen = await outcome(replace(surface, plan=plan(FLOW)), "flow.1")
    assert (verdict, "requests as admin: 2, the last GET /orders/{order} 200" in seen) == ("passed", True), seen


async def test_a_flow_says_which_step_disappoints(surface: Surface, shop: Deployed) -> None:
    shop.faults.write_text("order-lost")
    verdict, seen = await outcome(replace(surface, plan=plan(FLOW)), "flow.1")
    assert (verdict, "GET /orders/{order}: $.status is 'lost', wanted 'open'" in seen) == ("failed", True)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ({"path": "/orders/8"}, "404, wanted 200"),
        ({"path": "/orders/7", "expect": {"contains": "closed"}}, "“closed” is not in"),
        ({"path": "/orders/7", "keep": {"x": "$.absent"}}, "nothing at $.absent"),
    ],
)
async def test_each_expectation_can_fail(surface: Surface, step: dict[str, object], words: str) -> None:
    verdict, seen = await outcome(replace(surface, plan=plan({**FLOW, "steps": [step]})), "flow.1")
    assert (verdict, words in seen) == ("failed", True), seen


async def test_one_request_of_the_plan(surface: Surface) -> None:
    declared = {
        "kind": "http",
        "name": "me",
        "path": "/auth/me",
        "as": "admin",
        "expect": {"json": {"$.role": "admin"}},
    }
    assert (await outcome(replace(surface, plan=plan(declared)), "http.1"))[0] == "passed"
    nobody = {**declared, "as": "nobody", "weight": "should"}
    assert (await outcome(replace(surface, plan=plan(nobody)), "http.1"))[0] == "warned"


async def test_a_flow_of_somebody_who_cannot_log_in(surface: Surface) -> None:
    declared = {"kind": "http", "name": "me", "path": "/auth/me", "as": "user"}
    verdict, seen = await outcome(replace(surface, plan=plan(declared)), "http.1")
    assert (verdict, seen) == ("failed", "Nobody could log in as user")
    reading = replace(surface, plan=plan(declared), allow=READ_ONLY)
    assert (await outcome(reading, "http.1"))[0] == "not-checked"


async def test_the_socket_of_the_code_echoes(surface: Surface, shop: Deployed) -> None:
    verdict, seen = await outcome(surface, "register.api", "websocket.api")
    assert (verdict, "sent our text back" in seen) == ("passed", True), seen
    shop.faults.write_text("socket-deaf")
    verdict, seen = await outcome(surface, "websocket.api")
    assert (verdict, "I did not understand" in seen) == ("not-checked", True), seen
    shop.faults.write_text("socket-closed")
    verdict, seen = await outcome(surface, "websocket.api")
    assert (verdict, "with 403" in seen) == ("failed", True), seen


async def test_the_socket_of_the_plan(surface: Surface, shop: Deployed) -> None:
    declared = {"kind": "websocket", "name": "talk", "path": "/ws", "as": "admin", "send": {"text": "{nonce}"}}
    mine = replace(surface, plan=plan(declared))
    ids = {check.id for check in select_checks(mine)[0]}
    assert "websocket.1" in ids
    assert not any(id_.startswith("websocket.api") for id_ in ids)
    assert (await outcome(mine, "websocket.1"))[0] == "passed"
    shop.faults.write_text("socket-deaf")
    verdict, seen = await outcome(mine, "websocket.1")
    assert (verdict, NONCE in seen) == ("failed", True)


async def test_a_socket_nobody_listens_at(surface: Surface) -> None:
    away = replace(surface.services["api"], urls=("http://api-abcd.localhost:1",))
    declared = {"kind": "websocket", "name": "talk", "path": "/ws"}
    lost = replace(surface, plan=plan(declared), services={**surface.services, "api": away})
    verdict, seen = await outcome(lost, "websocket.1")
    assert (verdict, "did not open" in seen) == ("failed", True)


async def test_redis_is_the_plans_own(surface: Surface, shop: Deployed) -> None:
    verdict, seen = await outcome(surface, "redis.api.cache")
    assert verdict == "passed", seen
    assert "commands that arrived in cache while the application was asked: 2" in seen
    shop.faults.write_text("no-redis")
    verdict, seen = await outcome(surface, "redis.api.cache")
    assert (verdict, seen) == ("failed", "No command of api arrived in cache")


async def test_redis_is_asked_about_only_where_code_reads_it(surface: Surface) -> None:
    blind = with_facts(surface, replace(shop_facts(), reads=frozenset({"DATABASE_URL"})))
    assert not [check for check in select_checks(blind)[0] if check.id.startswith("redis")]


ASK = {"kind": "http", "name": "ask", "method": "POST", "path": "/ask", "needs": ["internet"]}


async def test_third_parties_come_last_and_only_when_allowed(surface: Surface) -> None:
    asking = replace(surface, plan=plan(ASK, {"kind": "http", "name": "h", "path": "/health"}), internet=True)
    results = await run(asking, "http.1", "http.2", "cleanup")
    assert [result.check for result in results] == ["http.2", "http.1", "cleanup.api"]
    assert results[1].verdict is Verdict.PASSED
    _, left = select_checks(replace(asking, internet=False))
    assert "http.1" in {one.subject for one in left}


async def test_a_process_frozen_by_a_third_party_is_reported(surface: Surface, shop: Deployed) -> None:
    shop.faults.write_text("blocking-call")
    asking = replace(surface, plan=plan(ASK), internet=True)
    verdict, seen = await outcome(asking, "http.1")
    assert (verdict, "the whole process is frozen" in seen) == ("failed", True)
    shop.faults.write_text("")
    deadline = time.monotonic() + 60
    while (await outcome(replace(asking, clock=SystemClock()), "health.api"))[0] != "passed":
        assert time.monotonic() < deadline


async def test_a_check_that_takes_too_long(surface: Surface) -> None:
    declared = {"kind": "http", "name": "events", "path": "/events", "timeout": 10}
    verdict, seen = await outcome(replace(surface, plan=plan(declared)), "http.1")
    assert (verdict, seen) == ("failed", "No answer after 10 s")


async def test_what_cannot_run_is_named_with_its_reason(surface: Surface) -> None:
    declared = {"kind": "http", "name": "x", "path": "/", "needs": ["warehouse"]}
    _, left = select_checks(replace(surface, plan=plan(declared)))
    reasons = {one.subject: render(one.why) for one in left}
    assert reasons["http.1"] == "It needs warehouse, which the plan does not have"
    assert reasons["outage.api"] == "This target cannot stop a database"
    hidden = replace(surface, services={"api": surface.services["api"]})
    assert "site" in {one.subject for one in select_checks(hidden)[1]}


async def test_health_notices_a_dead_database(surface: Surface, shop: Deployed) -> None:
    """The outage here is the shop's own word for it: what counts is that health is watched while it lasts."""

    @asynccontextmanager
    async def outage(database: str) -> AsyncIterator[None]:
        assert database == "main"
        shop.faults.write_text("unwell")
        yield
        shop.faults.write_text("")

    stopping = replace(surface, outage=outage, allow=frozenset({"read", "disruptive"}))
    verdict, seen = await outcome(stopping, "outage.api")
    assert (verdict, "With main stopped health failed" in seen) == ("passed", True)


class LeapingClock(SystemClock):
    """Ten seconds pass in every short wait."""

    ahead = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead

    async def sleep(self, seconds: float) -> None:
        self.ahead += 10 + seconds
        await asyncio.sleep(0)


async def test_health_that_never_notices(surface: Surface) -> None:
    @asynccontextmanager
    async def outage(_database: str) -> AsyncIterator[None]:
        yield

    clock = LeapingClock()
    stopping = replace(surface, clock=clock, outage=outage, allow=frozenset({"read", "disruptive"}))
    verdict, seen = await outcome(stopping, "outage.api")
    assert (verdict, "stayed well" in seen) == ("warned", True)
