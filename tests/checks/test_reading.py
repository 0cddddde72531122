from __future__ import annotations

from dataclasses import replace

import pytest

from tests.checks.conftest import Deployed, outcome, plan, shop_facts, with_facts
from wizard.checks.facts import ApiFacts
from wizard.checks.surface import Surface


async def test_health_passes_with_what_it_said(surface: Surface) -> None:
    verdict, seen = await outcome(surface, "health.api")
    assert verdict == "passed"
    assert seen.startswith("200 in ")
    assert '"status":"ok"' in seen


@pytest.mark.parametrize(("fault", "words"), [("unwell", "503 from api"), ("ailing", "cache: unreachable")])
async def test_health_fails(surface: Surface, shop: Deployed, fault: str, words: str) -> None:
    shop.faults.write_text(fault)
    verdict, seen = await outcome(surface, "health.api")
    assert (verdict, words in seen) == ("failed", True)


async def test_a_service_that_is_not_there_fails_by_what_happened(surface: Surface) -> None:
    nowhere = {"api": replace(surface.services["api"], urls=("http://api-abcd.localhost:1",))}
    verdict, seen = await outcome(replace(surface, services=nowhere), "health.api")
    assert (verdict, "Nothing answers at api-abcd.localhost:1" in seen) == ("failed", True)


async def test_docs(surface: Surface, shop: Deployed) -> None:
    assert (await outcome(surface, "docs.api"))[0] == "passed"
    shop.faults.write_text("no-documentation")
    assert (await outcome(surface, "docs.api"))[0] == "warned"


async def test_openapi_has_every_route_of_the_code(surface: Surface, shop: Deployed) -> None:
    verdict, seen = await outcome(surface, "openapi.api")
    assert (verdict, "routes: 14" in seen) == ("passed", True)
    shop.faults.write_text("no-documentation")
    assert (await outcome(surface, "openapi.api"))[0] == "failed"


async def test_openapi_notices_an_older_build(surface: Surface) -> None:
    facts = shop_facts()
    assert facts.app
    newer = replace(facts.app.routes[0], method="GET", path="/brand-new")
    app = replace(facts.app, routes=(*facts.app.routes, newer))
    verdict, seen = await outcome(with_facts(surface, replace(facts, app=app)), "openapi.api")
    assert (verdict, "GET /brand-new" in seen) == ("failed", True)


async def test_without_a_document_the_routes_themselves_are_asked(surface: Surface) -> None:
    facts = shop_facts()
    assert facts.app
    known = tuple(
        route for route in facts.app.routes if route.path in ("/health", "/auth/me") and route.method == "GET"
    )
    quiet = replace(facts.app, openapi_url=None, docs_url=None, routes=known)
    assert (await outcome(with_facts(surface, replace(facts, app=quiet)), "openapi.api"))[0] == "passed"
    lost = replace(quiet, routes=(*quiet.routes, replace(quiet.routes[0], path="/lost")))
    assert (await outcome(with_facts(surface, replace(facts, app=lost)), "openapi.api"))[0] == "failed"


async def test_a_service_without_readable_code_is_learnt_from_its_document(surface: Surface) -> None:
    blank = with_facts(surface, ApiFacts())
    assert (await outcome(blank, "openapi.api", "register.api"))[0] == "passed"
    assert (await outcome(blank, "login.api"))[0] == "passed"
    routes = {(route.method, route.path) for route in blank.routes_of(blank.services["api"])}
    assert ("DELETE", "/auth/me") in routes


async def test_sweep_asks_every_readable_route(surface: Surface, shop: Deployed) -> None:
    verdict, seen = await outcome(surface, "sweep.api")
    assert verdict == "passed"
    assert "/search (term)" in seen
    assert "/orders/{order_id} (order_id)" in seen
    assert "Without end: /events" in seen
    assert "/auth/logout (GET)" in seen
    shop.faults.write_text("orders-crash")
    verdict, seen = await outcome(surface, "sweep.api")
    assert (verdict, "/orders (500)" in seen) == ("failed", True)
    shop.faults.write_text("orders-forbidden")
    verdict, seen = await outcome(surface, "sweep.api")
    assert (verdict, "Forbidden to the administrator: /orders" in seen) == ("failed", True)


async def test_what_the_world_may_read_is_listed(surface: Surface, shop: Deployed) -> None:
    verdict, seen = await outcome(surface, "open.api")
    assert (verdict, "/health" in seen, "/orders" in seen) == ("passed", True, False)
    facts = shop_facts()
    assert facts.app
    route = facts.app.find("GET", "/admin/users")
    assert route
    shop.faults.write_text("administration-open")
    moved = replace(facts.app, routes=(*facts.app.routes, replace(route, path="/admin/open")))
    verdict, seen = await outcome(with_facts(surface, replace(facts, app=moved)), "open.api")
    assert (verdict, "/admin/open" in seen) == ("failed", True)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("", ""),
        ("cors-everybody", "Every origin"),
        ("cors-closed", "allowed origin -"),
        ("cors-preflight-only", "the answer itself lacks the header"),
        ("cors-no-credentials", "may not send credentials"),
        ("cors-mirror", "A foreign origin is let in"),
    ],
)
async def test_cors(surface: Surface, shop: Deployed, fault: str, words: str) -> None:
    shop.faults.write_text(fault)
    verdict, seen = await outcome(surface, "cors.api")
    assert (verdict, words in seen) == ("failed" if fault else "passed", True)


async def test_without_pages_the_origins_that_the_plan_lets_in_are_asked_for(surface: Surface, shop: Deployed) -> None:
    api = replace(surface.services["api"], urls=(shop.api, shop.site))
    own = plan()
    spec = own.services["api"].model_copy(update={"variables": {"CORS_ORIGINS": "{api.urls}"}})
    own = own.model_copy(update={"services": {**own.services, "api": spec}})
    alone = replace(surface, plan=own, services={"api": api})
    assert (await outcome(alone, "cors.api.site"))[0] == "passed"
    assert (await outcome(alone, "cors.api.api"))[0] == "failed"
