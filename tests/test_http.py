"""The one HTTP transport against raw servers on loopback."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator

import pytest

from tests.support.raw_http import answered, raw_server
from wizard.clock import SystemClock
from wizard.errors import ExitCode
from wizard.http import HttpClient, UnreachableError, connect_host, is_loopback
from wizard.locale import Language, render


@pytest.fixture
async def client() -> AsyncIterator[HttpClient]:
    client = HttpClient(SystemClock())
    yield client
    await client.close()


async def test_a_localhost_name_reaches_loopback_with_its_host_header(client: HttpClient) -> None:
    async with raw_server(lambda _: answered(b'{"a": 1}')) as (port, seen):
        answer = await client.request("GET", f"http://backend-ab12.localhost:{port}/health")
    assert answer.json() == {"a": 1}
    assert f"host: backend-ab12.localhost:{port}\r\n".encode() in seen[0].lower()
    assert answer.url == f"http://backend-ab12.localhost:{port}/health"


async def test_cookies_are_never_sent_back(client: HttpClient) -> None:
    async with raw_server(lambda _: answered(b"{}", b"set-cookie: session=abc; Path=/")) as (port, seen):
        first = await client.request("GET", f"http://127.0.0.1:{port}/")
        await client.request("GET", f"http://127.0.0.1:{port}/")
    assert first.headers["set-cookie"].startswith("session=abc")
    assert b"cookie" not in seen[1].lower()


async def test_redirects_are_followed_only_when_asked(client: HttpClient) -> None:
    def answer(request: bytes) -> bytes:
        moved = b"HTTP/1.1 302 Found\r\nlocation: /there\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        return moved if b"/here" in request else answered(b"arrived")

    async with raw_server(answer) as (port, seen):
        stays = await client.request("POST", f"http://127.0.0.1:{port}/here", json={"a": 1})
        goes = await client.request("POST", f"http://127.0.0.1:{port}/here", json={"a": 1}, follow_redirects=True)
    assert (stays.status, goes.text, goes.url) == (302, "arrived", f"http://127.0.0.1:{port}/there")
    assert seen[2].startswith(b"GET /there")
    assert client.requests == 3


async def test_a_credential_does_not_follow_a_redirect_to_another_origin(client: HttpClient) -> None:
    async with raw_server(lambda _: answered()) as (elsewhere, seen):
        moved = b"HTTP/1.1 307 x\r\nlocation: http://127.0.0.1:%d/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        async with raw_server(lambda _: moved % elsewhere) as (port, _):
            headers = {"Authorization": "Bearer sentinel", "X-Kept": "yes"}
            await client.request("GET", f"http://127.0.0.1:{port}/", headers=headers, follow_redirects=True)
    assert b"sentinel" not in seen[0]
    assert b"x-kept: yes" in seen[0].lower()


@pytest.mark.parametrize(
    ("url", "code", "sent"),
    [
        ("http://127.0.0.1:1/", "http.refused", False),
        ("http://nobody.invalid/", "http.unresolved", False),
        ("ftp://127.0.0.1/", "http.bad-url", False),
    ],
)
async def test_no_answer_is_told_as_what_why_and_fix(client: HttpClient, url: str, code: str, *, sent: bool) -> None:
    with pytest.raises(UnreachableError) as raised:
        await client.request("GET", url)
    assert (raised.value.code, raised.value.sent) == (code, sent)
    assert raised.value.exit_code is ExitCode.PLATFORM
    for language in Language:
        assert all(render(text, language) for text in (raised.value.what, raised.value.why, raised.value.fix))


async def test_a_cut_answer_may_have_been_acted_on(client: HttpClient) -> None:
    async with raw_server(lambda _: b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this") as (port, _):
        with pytest.raises(UnreachableError) as raised:
            await client.request("POST", f"http://127.0.0.1:{port}/", json={})
    assert (raised.value.code, raised.value.sent) == ("http.broken", True)


async def test_a_silent_server_times_out(client: HttpClient) -> None:
    async def never(_: bytes) -> bytes:
        await asyncio.Event().wait()
        return b""

    async with raw_server(never) as (port, _):
        with pytest.raises(UnreachableError) as raised:
            await client.request("GET", f"http://127.0.0.1:{port}/", timeout=0.05)
    assert (raised.value.code, raised.value.sent) == ("http.timeout", True)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:80/", True),
        ("http://[::1]:80/", True),
        ("http://a.localhost/", True),
        ("localhost", True),
        ("https://localhost.example.com/", False),
        ("https://127.0.0.1.example.com/", False),
        ("https://backboard.railway.com/graphql/v2", False),
        ("", False),
    ],
)
def test_loopback_is_recognised_by_host_alone(url: str, *, expected: bool) -> None:
    assert is_loopback(url) is expected


def test_only_localhost_names_are_redirected_to_loopback() -> None:
    assert connect_host("db.localhost") == "127.0.0.1"
    assert connect_host("localhost.example.com") == "localhost.example.com"


def test_importing_it_leaves_the_terminal_libraries_alone() -> None:
    script = "import sys, wizard.http; print([m for m in ('rich', 'click', 'pygments') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
