"""Addresses written into code instead of read from variables: named with file, line and the answer that shows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.checks.conftest import Deployed, run, shop_facts, with_facts
from tests.checks.test_frontend import build
from wizard.checks.facts import read_api_facts
from wizard.checks.surface import Surface
from wizard.locale import render
from wizard.source.python_sources import PythonSources
from wizard.source.tree import working_tree
from wizard.source.written_addresses import written_addresses

MAIN = """from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

ORIGINS = [
    "https://old.example.com",
]
app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=ORIGINS, allow_credentials=True)
"""
CLIENT = """// http://localhost:9999 is only talked about
export const API = "http://localhost:8000/v1";
export const OTHER = `http://localhost:8000/other`;
"""


async def test_origins_written_in_the_code_are_named_with_their_line(
    surface: Surface, shop: Deployed, tmp_path: Path
) -> None:
    (tmp_path / "main.py").write_text(MAIN)
    read = read_api_facts(PythonSources.of_service(working_tree(tmp_path), "."))
    assert read.written_origins == ("https://old.example.com",)
    own = shop_facts().app
    assert own is not None
    assert read.app is not None
    app = replace(own, cors=read.app.cors)
    shop.faults.write_text("cors-closed")

    [result] = await run(with_facts(surface, replace(shop_facts(), app=app, cors_lines=read.cors_lines)), "cors.api")

    assert (result.verdict.value, result.seen.id) == ("failed", "failures.cors-written")
    assert "main.py:4" in render(result.seen)
    assert result.fix is not None
    assert "CORS_ORIGINS" in render(result.fix)
    assert [quote.place for quote in result.quotes] == ["OPTIONS", "OPTIONS", "main.py:4"]
    assert f"Origin: {shop.site}" in result.quotes[0].text
    assert "Origin: https://old.example.com" in result.quotes[1].text


@pytest.mark.parametrize(
    "found",
    [
        ("src/client.ts", CLIENT, 2),
        (".env.production", "# a comment\nNEXT_PUBLIC_API=http://localhost:8000\n", 2),
        ("Dockerfile", "FROM node:20\nENV NEXT_PUBLIC_API=http://localhost:8000/v1\n", 2),
    ],
)
async def test_an_address_in_a_bundle_is_traced_to_the_file_that_holds_it(
    surface: Surface, shop: Deployed, tmp_path: Path, found: tuple[str, str, int]
) -> None:
    file, text, line = found
    path = tmp_path / "site" / file
    path.parent.mkdir(parents=True)
    path.write_text(text)
    written = written_addresses(working_tree(tmp_path), "site")
    build(shop.root, shop.api, inner='x="http://localhost:8000/v1"')
    site = replace(surface.services["site"], written=written)

    [result] = await run(replace(surface, services={**surface.services, "site": site}), "bundle.site")

    assert (result.verdict.value, result.seen.id) == ("failed", "failures.bundle-written")
    said = render(result.seen)
    assert "http://localhost:8000 (lazy-1.js)" in said
    assert f"site/{file}:{line}" in said
    assert [quote.source for quote in result.quotes][:2] == ["/_next/static/chunks/lazy-1.js", f"site/{file}"]
    assert 'x="http://localhost:8000/v1"' in result.quotes[0].text
    assert not any("9999" in one.origin for one in written)


async def test_an_address_nobody_wrote_is_told_without_a_file(surface: Surface, shop: Deployed) -> None:
    build(shop.root, shop.api, inner='x="http://localhost:8000/v1"')
    [result] = await run(surface, "bundle.site")
    assert result.seen.id == "failures.bundle-foreign"
    assert 'x="http://localhost:8000/v1"' in result.quotes[0].text
