from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.checks.conftest import Deployed, outcome, plan
from wizard.checks.surface import Surface

PAGE = """<!doctype html><html><head><title>Shop</title><link rel="stylesheet" href="/_next/static/a.css">
<script src="/_next/static/chunks/main.js" async></script></head>
<body>Welcome <a href="/about.html">about</a> <a href="https://elsewhere.example/">out</a></body></html>"""
ABOUT = '<html><script src="/_next/static/chunks/about.js"></script></html>'


def build(root: Path, api: str, *, inner: str = "", about: str = "") -> None:
    """Leave what a build leaves: a page, its script, a script only that script names, and a second page."""
    chunks = root / "_next" / "static" / "chunks"
    chunks.mkdir(parents=True, exist_ok=True)
    (root / "index.html").write_text(PAGE)
    (root / "about.html").write_text(ABOUT)
    (root / "_next" / "static" / "a.css").write_text("body{}")
    (chunks / "main.js").write_text(
        'e=["static/chunks/lazy-1.js"];base="http://localhost";x="https://react.dev/errors/1"'
    )
    socket = api.replace("http", "ws", 1)
    (chunks / "lazy-1.js").write_text(f'fetch("{api}/v1/login");new WebSocket("{socket}/ws");{inner}')
    (chunks / "about.js").write_text(f"about={about!r}")


async def test_a_page_with_all_it_names(surface: Surface, shop: Deployed) -> None:
    build(shop.root, shop.api)
    verdict, seen = await outcome(surface, "page.site")
    assert (verdict, seen.endswith("“Shop”, scripts and style sheets: 2")) == ("passed", True)
    (shop.root / "_next" / "static" / "chunks" / "main.js").unlink()
    verdict, seen = await outcome(surface, "page.site")
    assert (verdict, "main.js" in seen) == ("failed", True)
    (shop.root / "index.html").unlink()
    assert (await outcome(surface, "page.site"))[0] == "failed"


async def test_a_page_of_the_plan(surface: Surface, shop: Deployed) -> None:
    build(shop.root, shop.api)
    declared = {"kind": "page", "name": "greeting", "service": "site", "path": "/", "contains": "Welcome"}
    assert (await outcome(replace(surface, plan=plan(declared)), "page.1"))[0] == "passed"
    absent = {**declared, "contains": "Farewell"}
    verdict, seen = await outcome(replace(surface, plan=plan(absent)), "page.1")
    assert (verdict, "Farewell" in seen) == ("failed", True)
    json = {**declared, "service": "api", "path": "/health"}
    verdict, seen = await outcome(replace(surface, plan=plan(json)), "page.1")
    assert (verdict, "application/json" in seen) == ("failed", True)


async def test_the_bundle_names_the_deployed_addresses(surface: Surface, shop: Deployed) -> None:
    build(shop.root, shop.api)
    verdict, seen = await outcome(surface, "bundle.site")
    assert verdict == "passed", seen
    named = f"{shop.api}, {shop.api.replace('http', 'ws', 1)}"
    assert f"scripts name {named}, and no other application (scripts: 3, pages: 2)" in seen


async def test_a_foreign_address_in_a_chunk_of_a_chunk(surface: Surface, shop: Deployed) -> None:
    build(shop.root, shop.api, inner='x="http://localhost:8000/v1"')
    verdict, seen = await outcome(surface, "bundle.site")
    assert (verdict, "http://localhost:8000 (lazy-1.js)" in seen) == ("failed", True)


async def test_a_foreign_address_on_another_page(surface: Surface, shop: Deployed) -> None:
    build(shop.root, shop.api, about="https://older-production.up.railway.app")
    verdict, seen = await outcome(surface, "bundle.site")
    assert (verdict, "older-production.up.railway.app (about.js)" in seen) == ("failed", True)


async def test_a_build_that_never_saw_the_variable(surface: Surface, shop: Deployed) -> None:
    build(shop.root, "https://unknown.example")
    verdict, seen = await outcome(surface, "bundle.site")
    assert (verdict, f"{shop.api} (NEXT_PUBLIC_API)" in seen) == ("failed", True)


async def test_a_variable_nobody_reads_is_not_expected(surface: Surface, shop: Deployed) -> None:
    build(shop.root, "https://unknown.example")
    site = replace(surface.services["site"], reads=frozenset({"OTHER"}))
    verdict, _ = await outcome(replace(surface, services={**surface.services, "site": site}), "bundle.site")
    assert verdict == "not-checked"
