"""Pages load for a person: the document, and every script and style sheet it names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wizard.checks.check import Check, Outcome, Stage, excerpt, failed, milliseconds, passed, unchecked
from wizard.checks.flow import asked
from wizard.checks.html import read_page
from wizard.checks.surface import ServiceSurface, Surface, origin_of
from wizard.messages import message
from wizard.plan.checks import PageCheck

_ERRORS = 400
_NAMED = 3


def page_checks(surface: Surface) -> Iterator[Check]:
    """The first page of every service of pages, and every page the plan names."""
    declared = [check for check in surface.plan.checks if isinstance(check, PageCheck)]
    for number, check in enumerate(declared, 1):
        yield Check(
            id=f"page.{number}",
            title=message("checks.plan-check", name=check.name),
            run=partial(_declared, declared=check),
            stage=Stage.READ if check.actor == "nobody" else Stage.SIGNED_IN,
            effect=check.effect,
            weight=check.weight,
            needs=check.needs,
            seconds=check.timeout,
        )
    first = {surface.plan.service_of(check) for check in declared if check.path == "/"}
    for service in surface.pages:
        if service.name not in first:
            title = message("checks.page", service=service.name)
            yield Check(id=f"page.{service.name}", title=title, run=partial(_check, service=service, path="/"))


async def _declared(surface: Surface, *, declared: PageCheck) -> Outcome:
    service = asked(surface, surface.plan.service_of(declared))
    if service is None:
        return unchecked("checks.no-service")
    return await _check(surface, service=service, path=declared.path, contains=declared.contains)


async def _check(surface: Surface, *, service: ServiceSurface, path: str, contains: str | None = None) -> Outcome:
    answer = await surface.get(service.url + path)
    if answer.status >= _ERRORS:
        return failed("failures.page-status", path=path, status=answer.status, body=excerpt(answer.text))
    if "html" not in answer.headers.get("content-type", ""):
        return failed("failures.page-no-html", path=path, type=answer.headers.get("content-type", "-"))
    if contains is not None and contains not in answer.text:
        return failed("failures.page-lacks", path=path, wanted=contains)
    page = read_page(answer.text, answer.url)
    own = [asset for asset in page.assets if origin_of(asset) == origin_of(answer.url)]
    broken = [asset for asset in own if (await surface.get(asset)).status >= _ERRORS]
    if broken:
        return failed("failures.page-assets", path=path, count=len(broken), assets=", ".join(broken[:_NAMED]))
    title = excerpt(page.title)
    return passed("checks.page-ok", status=answer.status, ms=milliseconds(answer.seconds), title=title, assets=len(own))
