"""Serves a folder as Railpack's Caddyfile has it: the path, the path with `.html`, its index, at last the root's index.

Run as a program of its own (`caddy run --config FILE`); FILE holds JSON: `root`, `index_fallback`, `error_pages`.
Imports the standard library only. Answers `/health` with 200, hides `.git` and `.env*`, compresses text.
"""

import email.utils
import gzip
import json
import mimetypes
import os
import posixpath
import socketserver
import sys
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

_SMALLEST = 512
_TEXT = ("text/", "application/javascript", "application/json", "application/xml", "image/svg+xml")


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    root = Path()
    index_fallback = False
    error_pages = False

    def do_GET(self) -> None:
        """Answer with a file."""
        path = unquote(urlsplit(self.path).path)
        if path == "/health":
            self._send(HTTPStatus.OK, b"", "text/plain")
            return
        file = self._file(path)
        if file is None:
            self._send_missing()
        elif self._unchanged(file):
            self._send(HTTPStatus.NOT_MODIFIED, b"", "")
        else:
            self._send_file(HTTPStatus.OK, file)

    def do_HEAD(self) -> None:
        """Answer with a file's headers."""
        self.do_GET()

    def _file(self, path: str) -> Path | None:
        clean = posixpath.normpath("/" + path).lstrip("/")
        names = [clean, f"{clean}.html", f"{clean}/index.html"] if clean else ["index.html"]
        if self.index_fallback:
            names.append("index.html")
        for name in names:
            file = self.root / name
            if not self._is_hidden(name) and file.is_file():
                return file
        return None

    def _is_hidden(self, name: str) -> bool:
        return any(part == ".git" or part.startswith(".env") for part in name.split("/"))

    def _unchanged(self, file: Path) -> bool:
        since = email.utils.parsedate_to_datetime(self.headers["If-Modified-Since"]) if self._asks_since() else None
        return since is not None and int(file.stat().st_mtime) <= since.timestamp()

    def _asks_since(self) -> bool:
        return email.utils.parsedate(self.headers.get("If-Modified-Since", "")) is not None

    def _send_missing(self) -> None:
        page = self.root / "404.html"
        if self.error_pages and page.is_file():
            self._send_file(HTTPStatus.NOT_FOUND, page)
        else:
            self._send(HTTPStatus.NOT_FOUND, b"", "")

    def _send_file(self, status: HTTPStatus, file: Path) -> None:
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        changed = email.utils.formatdate(file.stat().st_mtime, usegmt=True)
        self._send(status, file.read_bytes(), f"{kind}{charset}", {"Last-Modified": changed})

    def _send(self, status: HTTPStatus, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response_only(status)
        self.send_header("Date", self.date_time_string())
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if kind:
            self.send_header("Content-Type", kind)
        if kind.startswith(_TEXT) and len(body) >= _SMALLEST and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.log_request(status)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write one line of JSON, as Caddy does."""
        del size
        request = {"method": self.command, "uri": self.path, "host": self.headers.get("Host", "")}
        line = {"level": "info", "ts": time.time(), "msg": "handled request", "request": request, "status": int(code)}
        sys.stderr.write(json.dumps(line) + "\n")
        sys.stderr.flush()


class Server(ThreadingHTTPServer):
    """All connections."""

    daemon_threads = True
    request_queue_size = 128

    def server_bind(self) -> None:
        """Bind without asking anybody for this machine's name."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", self.server_address[1]


def main(arguments: list[str]) -> None:
    """Serve until ended."""
    settings: dict[str, Any] = json.loads(Path(arguments[arguments.index("--config") + 1]).read_text())
    Handler.root = Path(settings["root"]).resolve()
    Handler.index_fallback = settings["index_fallback"]
    Handler.error_pages = settings["error_pages"]
    port = int(os.environ.get("PORT") or 80)
    server = Server(("0.0.0.0", port), Handler)  # noqa: S104 - the deployment's own network
    sys.stderr.write(json.dumps({"level": "info", "msg": "serving initial configuration", "port": port}) + "\n")
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])
