"""The interactive documentation loads."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wizard.checks.check import Check, Outcome, excerpt, failed, milliseconds, passed, unchecked
from wizard.checks.surface import ServiceSurface, Surface
from wizard.messages import message

_OK = 200


def docs_checks(surface: Surface) -> Iterator[Check]:
    """One check a service whose framework is known to bring documentation."""
    for service in surface.apis:
        if service.api and service.api.app:
            title = message("checks.docs", service=service.name)
            check = partial(_check, service=service, path=service.api.app.docs_url)
            yield Check(id=f"docs.{service.name}", title=title, run=check, weight="should")


async def _check(surface: Surface, *, service: ServiceSurface, path: str | None) -> Outcome:
    if path is None:
        return unchecked("checks.docs-off")
    answer = await surface.get(service.url + path)
    if answer.status == _OK and "html" in answer.headers.get("content-type", ""):
        return passed("checks.docs-ok", path=path, status=answer.status, ms=milliseconds(answer.seconds))
    return failed("failures.docs-missing", path=path, status=answer.status, body=excerpt(answer.text))
