from __future__ import annotations

import pytest

from wizard.checks.accounts import Accounts
from wizard.checks.forms import credentials_body, registration_body
from wizard.checks.html import read_page
from wizard.checks.json_path import AbsentError, at_path
from wizard.checks.openapi import routes_of
from wizard.checks.surface import Credential
from wizard.http import HttpAnswer
from wizard.secrets import Secret
from wizard.source.auth import CredentialsRoute, find_credentials
from wizard.source.location import SourceLocation
from wizard.source.routes import BodyEncoding, BodyField, Route

WHO = Credential(email="probe@example.com", username="probe", password=Secret("Pr0be-word"))


def route(*fields: tuple[str, str, bool], identifier: str = "email") -> CredentialsRoute:
    body = tuple(BodyField(*field) for field in fields)
    posted = Route("POST", "/join", "", SourceLocation("main.py"), encoding=BodyEncoding.JSON, body=body)
    extra = tuple(
        (name, type_) for name, type_, required in fields if required and name not in (identifier, "password")
    )
    return CredentialsRoute(posted, identifier, "password", BodyEncoding.JSON, extra)


def test_registration_fills_what_is_required_and_what_names_the_account() -> None:
    fields = route(
        ("email", "EmailStr", True),
        ("password", "str", True),
        ("password_confirm", "str", True),
        ("username", "str | None", False),
        ("full_name", "str", True),
        ("age", "int", True),
        ("newsletter", "bool", False),
        ("terms", "bool", True),
        ("plan", "Literal['free', 'paid']", True),
        ("tags", "list[str]", True),
        ("born", "date", True),
        ("phone", "str", True),
    )
    assert registration_body(fields, WHO) == {
        "email": "probe@example.com",
        "password": "Pr0be-word",
        "password_confirm": "Pr0be-word",
        "username": "probe",
        "full_name": "Railwizard Probe",
        "age": 1,
        "terms": True,
        "plan": "free",
        "tags": [],
        "born": "2000-01-01",
        "phone": "01012345678",
    }


def test_an_account_without_mail_goes_by_its_name() -> None:
    fields = route(("username", "str", True), ("password", "str", True), identifier="username")
    assert registration_body(fields, WHO) == {"username": "probe", "password": "Pr0be-word"}


def test_a_login_form_may_want_its_grant_type() -> None:
    fields = route(
        ("username", "str", True), ("password", "str", True), ("grant_type", "str", True), identifier="username"
    )
    sent = credentials_body(fields, "probe", WHO.password)
    assert sent == {"username": "probe", "password": "Pr0be-word", "grant_type": "password"}


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ({}, b'{"data": {"accessToken": "t1"}}', {"Authorization": "Bearer t1"}),
        ({}, b'{"token": ""}', None),
        (
            {"set-cookie": "sid=abc; Path=/; HttpOnly, csrf=x; Expires=Wed, 01"},
            b"",
            {"Cookie": "sid=abc; csrf=x"},
        ),
        ({}, b"plain", None),
    ],
)
def test_a_session_is_a_token_or_a_cookie(
    surface: object, headers: dict[str, str], body: bytes, expected: dict[str, str] | None
) -> None:
    accounts = Accounts(surface, surface.services["api"])  # type: ignore[arg-type, attr-defined]  # the fixture's
    session = accounts.session_of("user", HttpAnswer(200, headers, body, "http://x"))
    assert (dict(session.headers) if session else None) == expected
    assert accounts.session_of("user", HttpAnswer(401, headers, body, "http://x")) is None


def test_json_paths() -> None:
    content = {"a": [{"b-c": 1}], "x": None}
    assert at_path(content, "$") == content
    assert at_path(content, "$.a[0].b-c") == 1
    assert at_path(content, "$.x") is None
    for path in ("$.y", "$.a[1]", "$.a.b", "$[0]"):
        with pytest.raises(AbsentError):
            at_path(content, path)


def test_a_page_is_read_through_broken_markup() -> None:
    page = read_page("<title>A &amp; B</title><a href='/x#y'>x<a href=mailto:q><script src=s.js>", "http://h/p/")
    assert (page.title, page.assets, page.links) == ("A & B", ("http://h/p/s.js",), ("http://h/x",))


def test_routes_of_a_document_with_references_and_forms() -> None:
    form = {"application/x-www-form-urlencoded": {"schema": {"$ref": "#/components/schemas/Login"}}}
    document = {
        "paths": {
            "/session": {"post": {"requestBody": {"content": form}}},
            "/items/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": True}],
                "get": {"security": [{}], "parameters": [{"$ref": "#/components/parameters/q"}]},
            },
        },
        "components": {
            "schemas": {
                "Login": {"required": ["username", "password"], "properties": {"username": {}, "password": {}}},
            },
            "parameters": {"q": {"name": "q", "in": "query", "required": True, "schema": {"type": "integer"}}},
        },
    }
    login, item = routes_of(document)
    assert (login.encoding, [field.name for field in login.body]) == (BodyEncoding.FORM, ["username", "password"])
    assert item.required_query == ("q",)
    found, register = find_credentials((login, item))
    assert found is not None
    assert (found.identifier, register) == ("username", None)
