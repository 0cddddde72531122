"""The server that stands in for Caddy, as a program of its own, against what Railpack's Caddyfile says."""

import gzip
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from wizard.standin.builder.railpack import static_server

PAGE = "<p>" + "page " * 200


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("site")
    files = {
        "index.html": "home",
        "about.html": PAGE,
        "docs/index.html": "docs",
        "404.html": "nothing here",
        "app.js": "x",
        ".env": "SECRET=1",
        ".git/config": "x",
    }
    for name, text in files.items():
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(text)
    (site.parent / "outside.txt").write_text("outside")
    return site


@pytest.fixture(params=["site", "app"], scope="module")
def served(request: pytest.FixtureRequest, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A started server: a static site with pages for errors, or a single-page application with its fallback."""
    is_app = request.param == "app"
    config = tmp_path_factory.mktemp("config") / "Caddyfile"
    config.write_text(json.dumps({"root": ".", "index_fallback": is_app, "error_pages": not is_app}))
    port = free_port()
    argv = [sys.executable, str(static_server.__file__), "run", "--config", str(config), "--adapter", "caddyfile"]
    environment = {**os.environ, "PORT": str(port)}
    with subprocess.Popen(argv, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "serving initial configuration" in process.stderr.readline()

        def ask(path: str, method: str = "GET", **headers: str) -> Any:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request(method, path, headers={name.replace("_", "-"): text for name, text in headers.items()})
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            return answer, body

        ask.is_app = is_app  # type: ignore[attr-defined]
        yield ask
        process.terminate()


def test_paths_are_tried_as_they_are_with_html_and_as_folders(served: Any) -> None:
    for path, body in (("/", b"home"), ("/about", PAGE.encode()), ("/docs", b"docs"), ("/app.js?v=1", b"x")):
        answer, content = served(path)
        assert (answer.status, content) == (200, body)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Server"] is None


@pytest.mark.parametrize("path", ["/missing", "/.env", "/.git/config", "/../outside.txt", "/%2e%2e/outside.txt"])
def test_what_is_not_there_or_hidden(served: Any, path: str) -> None:
    answer, content = served(path)
    assert (answer.status, content) == ((200, b"home") if served.is_app else (404, b"nothing here"))


def test_the_health_path_always_answers(served: Any) -> None:
    assert served("/health")[0].status == 200


def test_text_is_compressed_for_those_who_can_read_it(served: Any) -> None:
    answer, content = served("/about", Accept_Encoding="gzip, br")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(content).decode() == PAGE
    assert "Content-Encoding" not in served("/about")[0].headers


def test_an_unchanged_file_is_not_sent_again(served: Any) -> None:
    changed = served("/about")[0].headers["Last-Modified"]
    answer, content = served("/about", If_Modified_Since=changed)
    assert (answer.status, content) == (304, b"")


def test_head_gives_headers_alone(served: Any) -> None:
    answer, content = served("/about", method="HEAD")
    assert (answer.status, content) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(PAGE))
