"""What the plan expects of an answer, and the values one request leaves to the next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from wizard.checks.check import Outcome, excerpt, failed
from wizard.checks.json_path import AbsentError, at_path
from wizard.checks.session import Session
from wizard.checks.surface import Surface
from wizard.http import HttpAnswer
from wizard.plan.checks import Expectation, Request

_PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


@dataclass(slots=True)
class Values:
    """What requests of one check kept, by name; `nonce` is always there."""

    kept: dict[str, object] = field(default_factory=dict)

    def text(self, template: str, *, in_path: bool = False) -> str:
        """Fill placeholders; names nobody kept stay as they are written."""

        def value(found: re.Match[str]) -> str:
            if found[1] not in self.kept:
                return found[0]
            return quote(str(self.kept[found[1]]), safe="") if in_path else str(self.kept[found[1]])

        return _PLACEHOLDER.sub(value, template)

    def json(self, template: object) -> object:
        """Fill placeholders in a JSON value; one that is a whole text keeps the value's type."""
        if isinstance(template, str):
            whole = _PLACEHOLDER.fullmatch(template)
            return self.kept[whole[1]] if whole and whole[1] in self.kept else self.text(template)
        if isinstance(template, Mapping):
            return {name: self.json(inner) for name, inner in template.items()}
        return [self.json(inner) for inner in template] if isinstance(template, list) else template

    def keep(self, answer: HttpAnswer, wanted: Mapping[str, str]) -> None:
        """Keep values of an answer; raises AbsentError, ValueError for an answer that is no JSON."""
        for name, path in wanted.items():
            self.kept[name] = at_path(answer.json(), path)


async def perform(surface: Surface, url: str, request: Request, session: Session, values: Values) -> HttpAnswer:
    """Send one request of the plan as somebody."""
    headers = {name: values.text(text) for name, text in request.headers.items()}
    form = {name: values.text(text) for name, text in request.form.items()} if request.form is not None else None
    return await surface.http.request(
        request.method,
        url + values.text(request.path, in_path=True),
        headers={**session.headers, **headers},
        json=values.json(request.body) if request.body is not None else None,
        form=form,
    )


def disappointment(request: Request, answer: HttpAnswer, values: Values) -> Outcome | None:
    """Say what is not as expected; None where all is."""
    expect: Expectation = request.expect
    what = f"{request.method} {request.path}"
    if answer.status != expect.status:
        body = excerpt(answer.text)
        return failed("failures.other-status", request=what, status=answer.status, wanted=expect.status, body=body)
    if expect.contains is not None and values.text(expect.contains) not in answer.text:
        wanted = values.text(expect.contains)
        return failed("failures.not-contained", request=what, wanted=wanted, body=excerpt(answer.text))
    for path, value in expect.fields.items():
        found = _field(answer, path)
        if found != values.json(value):
            return failed(
                "failures.other-value", request=what, path=path, seen=excerpt(repr(found)), wanted=repr(value)
            )
    return None


def _field(answer: HttpAnswer, path: str) -> object:
    try:
        return at_path(answer.json(), path)
    except (AbsentError, ValueError):
        return None
