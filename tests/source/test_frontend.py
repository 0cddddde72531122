from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.source.conftest import MakeTree
from tests.source.facts import written_values
from wizard.source.detect import detect
from wizard.source.env_reads import EnvRead
from wizard.source.frontend_urls import url_uses
from wizard.source.javascript import Script, environment_reads, read_script, script_paths
from wizard.source.location import Unreadable
from wizard.source.node_package import read_node_package
from wizard.source.tree import Tree


def scripts_of(tree: Tree) -> list[Script]:
    read = [read_script(tree, path) for path in script_paths(tree, ".")]
    return [one for one in read if isinstance(one, Script)]


def reads_of(make_tree: MakeTree, code: str, path: str = "a.ts") -> dict[str, EnvRead]:
    tree = make_tree({path: code})
    return {read.name: read for script in scripts_of(tree) for read in environment_reads(script)}


def test_reads_and_what_stands_in(make_tree: MakeTree) -> None:
    code = """
        const a = process.env.A!;
        const b = process.env["B"] ?? "b";
        const c = (process.env.C as string) || 'c';
        const { D, E = "e", F: renamed } = process.env;
        if (process.env.G) start();
        const h = process.env.H ? 1 : 2;
        const i = import.meta.env.I;
        const dynamic = process.env[name];
        const text = "process.env.NOT_READ"; // process.env.NEITHER
    """
    reads = reads_of(make_tree, code)
    assert sorted(reads) == ["A", "B", "C", "D", "E", "F", "G", "H", "I"]
    assert {name for name, read in reads.items() if read.required} == {"A", "D", "F", "I"}
    assert {name: read.default for name, read in reads.items() if read.default} == {"B": "b", "C": "c", "E": "e"}
    assert str(reads["D"].location) == "a.ts:4"


@pytest.mark.parametrize("path", ["a.tsx", "a.jsx", "a.js", "a.mjs", "next.config.ts"])
def test_every_kind_of_script_is_read(make_tree: MakeTree, path: str) -> None:
    assert list(reads_of(make_tree, "export default { x: process.env.X };", path)) == ["X"]


def test_a_mistake_hides_only_its_statement(make_tree: MakeTree) -> None:
    assert "X" in reads_of(make_tree, "const = (;\nexport const x = process.env.X;\n")


def test_tests_builds_and_libraries_are_no_source(make_tree: MakeTree) -> None:
    paths = ("a.test.ts", "node_modules/m/i.js", ".next/b.js", "types.d.ts", "e2e/x.ts", "src/ok.ts")
    assert script_paths(make_tree(dict.fromkeys(paths, "process.env.X")), ".") == ("src/ok.ts",)


@pytest.mark.parametrize(
    ("files", "paths"),
    [
        ({"a.ts": "const U = process.env.U; fetch(`${U}/a/${id}/b?x=${y}`);"}, {"/a/{}/b"}),
        ({"a.ts": "fetch(process.env.U + '/a/' + id);"}, {"/a/{}"}),
        ({"a.ts": "export const U = process.env.U;", "b.ts": "fetch(`${U}/b`);"}, {"/b"}),
        ({"a.ts": "const base = `${process.env.U}/v1`; fetch(base + '/x');"}, {"/v1", "/v1/x"}),
        ({"a.ts": "const config = { url: process.env.U ?? '' }; fetch(`${config.url}/x`);"}, {"/x"}),
        (
            {"a.ts": "const call = p => fetch(process.env.U + p); call('/x'); call(`/y/${id}`);"},
            {"/x", "/y/{}"},
        ),
        (
            {
                "a.ts": "function request(method: string, p: string) { return fetch(`${process.env.U}/v1${p}`); }\n"
                "export const get = (p: string) => request('GET', p);",
                "b.ts": "get('/x');",
            },
            {"/v1/x"},
        ),
        (
            {"a.ts": "const a = axios.create({ baseURL: process.env.U }); a.get('/x'); a.post(`/y`, {});"},
            {"/x", "/y"},
        ),
        ({"a.ts": "function base() { return process.env.U || 'http://localhost'; } fetch(`${base()}/x`);"}, {"/x"}),
        ({"a.ts": "fetch(new URL('/x', process.env.U));"}, {"/x"}),
        ({"a.ts": "const U = process.env.U; const r = await fetch(U);"}, {""}),
        ({"a.ts": "const other = 'http://x'; fetch(`${other}/x`);"}, set()),
    ],
)
def test_paths_behind_a_variable_are_followed(make_tree: MakeTree, files: Mapping[str, str], paths: set[str]) -> None:
    assert {use.path for use in url_uses(scripts_of(make_tree(files)))} == paths


def test_sockets_are_told_apart(make_tree: MakeTree) -> None:
    code = "const U = process.env.U; new WebSocket(`${U}/live`); fetch(`${U}/plain`);"
    assert {use.path: use.is_websocket for use in url_uses(scripts_of(make_tree({"a.ts": code})))} == {
        "/live": True,
        "/plain": False,
    }


BACKEND = {
    "api/requirements.txt": "fastapi",
    "api/main.py": """
        from fastapi import APIRouter, FastAPI
        app = FastAPI()
        router = APIRouter(prefix="/api/v2")
        @router.get("/items/{id}")
        def item(id: int): ...
        @router.get("/items")
        def items(): ...
        @router.websocket("/feed/{room}")
        async def feed(websocket, room: str): ...
        app.include_router(router)
    """,
}
PACKAGE = '{"scripts": {"build": "next build"}, "dependencies": {"next": "16.0.0"}}'


@pytest.mark.parametrize(
    ("code", "sample", "expected"),
    [
        ("fetch(`${process.env.NEXT_PUBLIC_X}/items/${id}`)", "", "{api.url}/api/v2"),
        ("fetch(`${process.env.NEXT_PUBLIC_X}/api/v2/items`)", "", "{api.url}"),
        ("fetch(`${process.env.NEXT_PUBLIC_X}/v2/items`)", "", "{api.url}/api"),
        ("new WebSocket(`${process.env.NEXT_PUBLIC_X}/lobby?t=1`)", "", "{api.ws_url}/api/v2/feed"),
        ("new WebSocket(process.env.NEXT_PUBLIC_X + '/feed/' + room)", "", "{api.ws_url}/api/v2"),
        ("fetch(`${process.env.NEXT_PUBLIC_X}/unknown`)", "http://localhost:8000/base", "{api.url}/base"),
        ("const base = process.env.NEXT_PUBLIC_API_URL", "http://localhost:8000/api/v2", "{api.url}/api/v2"),
        ("const site = process.env.NEXT_PUBLIC_SITE_URL!", "http://localhost:3000", "{web.url}"),
        ("const key = process.env.NEXT_PUBLIC_MAP_STYLE!", "", "ask"),
        ("const secret = process.env.AUTH_SECRET!", "", "generate token_urlsafe 48"),
        ("const secret = process.env.CMS_TOKEN!", "", "secret"),
    ],
)
def test_what_a_variable_of_the_frontend_should_hold(
    make_tree: MakeTree, code: str, sample: str, expected: str
) -> None:
    name = code.partition("process.env.")[2].replace("}", " ").replace("!", " ").replace(")", " ").split()[0]
    files = {**BACKEND, "web/package.json": PACKAGE, "web/app/page.tsx": code, "web/.env.example": f"{name}={sample}\n"}
    frontend = detect(make_tree(files)).service("web")
    assert frontend is not None
    assert written_values(frontend) == {name: expected}


@pytest.mark.parametrize(
    "code",
    [
        "fetch(`${process.env.NEXT_PUBLIC_X ?? 'https://api.github.com'}/users`)",
        "const mode = process.env.NODE_ENV; const port = process.env.PORT",
        "const flag = process.env.NEXT_PUBLIC_FLAG ?? 'off'",
    ],
)
def test_a_variable_with_a_sound_value_of_its_own_is_left_alone(make_tree: MakeTree, code: str) -> None:
    frontend = detect(make_tree({**BACKEND, "web/package.json": PACKAGE, "web/a.ts": code})).service("web")
    assert frontend is not None
    assert frontend.variables == ()


def test_a_package_with_its_lock_file(make_tree: MakeTree) -> None:
    files = {"package.json": PACKAGE, "yarn.lock": "", "pnpm-lock.yaml": ""}
    package = read_node_package(make_tree(files), ".")
    assert package is not None
    assert not isinstance(package, Unreadable)
    assert (package.framework, package.framework_version, package.locks) == ("next", "16.0.0", ("pnpm", "yarn"))


@pytest.mark.parametrize("text", ["{", "[]", '"x"', '{"scripts": 3, "dependencies": ["next"]}'])
def test_a_package_that_is_none_is_no_service(make_tree: MakeTree, text: str) -> None:
    assert detect(make_tree({"package.json": text})).services == ()


def test_the_package_that_holds_the_workspaces_is_no_service(make_tree: MakeTree) -> None:
    files = {
        "package.json": '{"workspaces": ["web"], "scripts": {"start": "x"}, "devDependencies": {"next": "16"}}',
        "web/package.json": PACKAGE,
    }
    assert [one.name for one in detect(make_tree(files)).services] == ["web"]
