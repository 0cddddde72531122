"""The one HTTP transport: the platform's API and every check of a deployed application go through it.

Nothing else imports httpx, so that it can be replaced in one place. `*.localhost` names connect to loopback whatever
the resolver says (browsers do so too), with the Host header kept. Cookies are off and redirects are followed only
when asked, without carrying a credential to another origin.
"""

from __future__ import annotations

import json
import ssl
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ipaddress import ip_address
from typing import Any
from urllib.parse import urljoin, urlsplit

from wizard.clock import Clock
from wizard.errors import PlatformError
from wizard.messages import Param

sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # its command line drags in rich, click, pygments
import httpx  # noqa: E402 - after its command line was blocked

LOOPBACK = "127.0.0.1"
CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0
WRITE_SECONDS = 90.0
"""What a mutation may take: duplicating an environment outlasted the usual 30 s."""

LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes of a body, unpacked: more than any page, bundle or answer of an API has."""

_MOST_REDIRECTS = 10
_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.InvalidURL,
    httpx.UnsupportedProtocol,
)
_SENSITIVE = frozenset({"authorization", "cookie", "project-access-token"})


class UnreachableError(PlatformError):
    """No readable answer came.

    Attributes:
        sent: the request may have reached the server, which may have acted on it.
    """

    def __init__(self, code: str, /, *, sent: bool, **params: Param) -> None:
        super().__init__(code, **params)
        self.sent = sent


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What a server answered; header names are in lower case.

    Attributes:
        url: where it came from, after redirects.
        seconds: real time from sending to the last byte.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes
    url: str
    seconds: float = 0.0

    @property
    def text(self) -> str:
        """The body as text; undecodable bytes are replaced."""
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """Parse the body; raises ValueError where it is not JSON."""
        return json.loads(self.content)


@dataclass(slots=True)
class HttpClient:
    """Sends requests and counts them; close it when done.

    Attributes:
        requests: how many were sent, redirects included.
    """

    clock: Clock
    requests: int = 0
    _plain: httpx.AsyncClient | None = field(default=None, repr=False)
    _secure: httpx.AsyncClient | None = field(default=None, repr=False)

    async def request(  # noqa: PLR0913 - the parts of a request
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        form: Mapping[str, str] | None = None,
        content: bytes | None = None,
        follow_redirects: bool = False,
        timeout: float = READ_SECONDS,  # noqa: ASYNC109 - a limit between two bytes, not a deadline
    ) -> HttpAnswer:
        """Send one request and read its answer whole; raises UnreachableError where none comes.

        Args:
            method: GET, POST and so on.
            url: absolute, http or https.
            headers: added to the usual ones.
            json: body as JSON; `form` as form fields, `content` as it is.
            form: see `json`.
            content: see `json`.
            follow_redirects: at most ten; the method becomes GET where browsers do so.
            timeout: seconds without a byte before giving up; connecting has ten of its own.
        """
        body: dict[str, Any] = {"json": json, "data": form, "content": content}
        sent = dict(headers or {})
        answer = await self._once(method, url, sent, body, timeout)
        for _ in range(_MOST_REDIRECTS if follow_redirects else 0):
            if (target := _redirect(answer)) is None:
                break
            method, body = _redirected(method, answer.status, body)
            sent = sent if _origin(target) == _origin(answer.url) else _harmless(sent)
            answer = await self._once(method, target, sent, body, timeout)
        return answer

    async def close(self) -> None:
        """Close kept connections."""
        for client in (self._plain, self._secure):
            if client is not None:
                await client.aclose()
        self._plain = self._secure = None

    async def _once(
        self, method: str, url: str, headers: Mapping[str, str], body: Mapping[str, Any], patience: float
    ) -> HttpAnswer:
        target, extra, extensions = _addressed(url)
        self.requests += 1
        limits = httpx.Timeout(patience, connect=min(CONNECT_SECONDS, patience))
        with self.clock.busy():
            try:
                async with self._client(url).stream(
                    method, target, headers={**headers, **extra}, timeout=limits, extensions=extensions, **body
                ) as answer:
                    content = await _body(answer, url)
            except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
                raise unreachable(url, error) from error
        return HttpAnswer(answer.status_code, _lowered(answer.headers), content, url, answer.elapsed.total_seconds())

    def _client(self, url: str) -> httpx.AsyncClient:
        """Return the client for the scheme: loading certificates is for those who need them."""
        if urlsplit(url).scheme == "https":
            self._secure = self._secure or _new_client(trust_env=not is_loopback(url), verify=True)
            return self._secure
        self._plain = self._plain or _new_client(trust_env=False, verify=False)
        return self._plain


async def _body(answer: httpx.Response, url: str) -> bytes:
    """Read the body whole; raises UnreachableError for one without an end, before it fills the memory."""
    content = bytearray()
    async for part in answer.aiter_bytes():
        content += part
        if len(content) > LARGEST_ANSWER:
            raise UnreachableError("http.too-large", sent=True, host=_host(url), limit=LARGEST_ANSWER)
    return bytes(content)


def _new_client(*, trust_env: bool, verify: bool) -> httpx.AsyncClient:
    no_cookies = CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
    return httpx.AsyncClient(trust_env=trust_env, verify=verify, cookies=no_cookies)


def is_loopback(url: str) -> bool:
    """Tell whether a URL or a bare host can only mean this machine."""
    host = (urlsplit(url).hostname if "//" in url else url) or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def connect_host(host: str) -> str:
    """Return where to connect for a host name: loopback for `*.localhost`, which no resolver needs to know."""
    return LOOPBACK if host.endswith(".localhost") or host == "localhost" else host


def _addressed(url: str) -> tuple[str, dict[str, str], dict[str, Any]]:
    """Return the URL to connect to, the Host header that keeps its name, and the name TLS asks for."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if connect_host(host) == host:
        return url, {}, {}
    port = f":{parts.port}" if parts.port else ""
    target = parts._replace(netloc=f"{LOOPBACK}{port}").geturl()
    return target, {"Host": parts.netloc.rpartition("@")[2]}, {"sni_hostname": host}


def _redirect(answer: HttpAnswer) -> str | None:
    location = answer.headers.get("location")
    return urljoin(answer.url, location) if location and answer.status in {301, 302, 303, 307, 308} else None


def _redirected(method: str, status: int, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    becomes_get = status == httpx.codes.SEE_OTHER or (status in {301, 302} and method == "POST")
    return ("GET", {}) if becomes_get and method != "HEAD" else (method, body)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _harmless(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in _SENSITIVE}


def _lowered(headers: httpx.Headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def unreachable(url: str, error: Exception) -> UnreachableError:
    """Turn a library's complaint into one the operator can act on."""
    reason = str(error) or type(error).__name__
    sent = not isinstance(error, _NEVER_SENT)
    return UnreachableError(_code(error, reason), sent=sent, host=_host(url), reason=reason)


def _host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2] or url


def _code(error: Exception, reason: str) -> str:
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
        return "http.bad-url"
    if isinstance(error, httpx.TimeoutException):
        return "http.timeout"
    if "WRONG_VERSION_NUMBER" in reason:
        return "http.no-tls"
    if isinstance(error, ssl.SSLError) or "CERTIFICATE" in reason.upper() or "SSL" in reason.upper():
        return "http.certificate"
    if isinstance(error, httpx.ConnectError):
        unresolved = ("Name or service not known", "getaddrinfo", "nodename nor servname", "name resolution")
        return "http.unresolved" if any(words in reason for words in unresolved) else "http.refused"
    return "http.broken"
