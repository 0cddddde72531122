"""References are found, braces escape, the platform's own syntax passes, and what dangles is refused."""

from __future__ import annotations

import pytest

from tests.plan.plans import EVERYTHING, SMALL, Refuse
from wizard.plan.loader import parse as parse_plan
from wizard.plan.references import ReferenceSyntaxError, escape, parse, uses
from wizard.platform.values import Literal, OutputRef, Reference

URL = OutputRef("backend", "url")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", Literal("")),
        ("plain", Literal("plain")),
        ("{backend.url}", Reference((URL,))),
        ("{backend.url}/api", Reference((URL, "/api"))),
        ("a{backend.url},{my-db.PG_HOST}b", Reference(("a", URL, ",", OutputRef("my-db", "PG_HOST"), "b"))),
        ("{{backend.url}}", Literal("{backend.url}")),
        ('{{"a": 1}}', Literal('{"a": 1}')),
        ("${{shared.KEY}}", Literal("${{shared.KEY}}")),
        ("${{a.B}}{backend.url}", Reference(("${{a.B}}", URL))),
        ("${HOME}", Literal("${HOME}")),
        ("{{{backend.url}}}", Reference(("{", URL, "}"))),
        ("{shared.LEVEL}", Reference((OutputRef("shared", "LEVEL"),))),
    ],
)
def test_a_value_becomes_text_and_outputs(text: str, value: Literal | Reference) -> None:
    assert parse(text) == value


@pytest.mark.parametrize("text", ["{", "}", "{backend}", "{a b.c}", '{"a": 1}', "{backend.url", "{.url}", "{}"])
def test_a_brace_that_is_neither_is_refused(text: str) -> None:
    with pytest.raises(ReferenceSyntaxError):
        parse(text)


@pytest.mark.parametrize("text", ["plain", '{"a": {"b": 1}}', "{backend.url}", "${{a.B}} {x}", "${HOME}{", "}}", "{{"])
def test_an_escaped_text_means_itself(text: str) -> None:
    assert parse(escape(text)) == Literal(text)


def test_uses_name_the_place_that_refers() -> None:
    found = [(use.path[1:], use.output.resource, use.output.output) for use in uses(parse_plan(SMALL))]
    assert found == [
        (("backend", "variables", "DATABASE_URL"), "postgres", "DATABASE_URL"),
        (("backend", "variables", "CORS_ORIGINS"), "frontend", "urls"),
        (("frontend", "variables", "API_URL"), "backend", "url"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "nearest"),
    [
        ("{frontent.urls}", "plan.dangling-reference", "{frontend.urls}"),
        ("{postgre.DATABASE_URL}", "plan.dangling-reference", "{postgres.DATABASE_URL}"),
        ("{frontend.ulrs}", "plan.unknown-output", "{frontend.urls}"),
        ("{postgres.DATABASE_ULR}", "plan.unknown-output", "{postgres.DATABASE_URL}"),
        ("{shared.X}", "plan.dangling-reference", "{backend.host}"),
    ],
)
def test_a_dangling_reference_is_refused_with_the_nearest(text: str, code: str, nearest: str, refuse: Refuse) -> None:
    error = refuse(SMALL.replace("{frontend.urls}", text))
    assert (error.code, error.params["line"]) == (code, 15)
    if "shared" not in text:
        assert error.params["nearest"] == nearest


def test_a_shared_variable_is_known_by_name(refuse: Refuse) -> None:
    error = refuse(EVERYTHING.replace('"{postgres.DATABASE_URL}"', '"{shared.LOG_LEVL}"'))
    assert (error.code, error.params["nearest"]) == ("plan.unknown-output", "{shared.LOG_LEVEL}")


def test_a_worker_has_no_address(refuse: Refuse) -> None:
    error = refuse(SMALL.replace("port = 3000", "public = false\nport = 3000"))
    assert (error.code, error.params["name"]) == ("plan.no-public-address", "frontend")
    private = SMALL.replace("{frontend.urls}", "{frontend.internal_url}")
    assert refuse(private.replace("port = 3000", "")).code == "plan.no-port"
    assert parse_plan(private.replace("port = 3000", "public = false\nport = 3000"))


def test_a_stray_brace_in_a_variable_is_refused(refuse: Refuse) -> None:
    error = refuse(SMALL.replace("{frontend.urls}", "['{a}']"))
    assert (error.code, error.params["text"]) == ("plan.reference-syntax", "{a}")
