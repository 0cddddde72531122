from __future__ import annotations

import pytest

from tests.source.conftest import MakeTree
from tests.source.facts import auth_of
from wizard.source.passwords import PasswordScheme
from wizard.source.routes import BodyEncoding

HEAD = """
import enum
from fastapi import APIRouter, Depends, FastAPI, HTTPException
from pydantic import BaseModel
class Role(enum.Enum):
    member = "member"
    boss = "administrator"
def current(): ...
app = FastAPI()
"""


def guard_of(make_tree: MakeTree, code: str) -> tuple[str, tuple[str | bool, ...], tuple[str, ...]] | None:
    guard = auth_of(make_tree({"main.py": HEAD + code})).guard
    return (guard.attribute, guard.values, guard.routes) if guard else None


@pytest.mark.parametrize(
    ("code", "attribute", "values"),
    [
        ('def g(u=Depends(current)):\n    if u.role != "admin":\n        raise HTTPException(403)', "role", ("admin",)),
        ("def g(u=Depends(current)):\n    if not u.is_admin:\n        raise HTTPException(403)", "is_admin", (True,)),
        (
            "def g(u=Depends(current)):\n    if u.role == Role.boss:\n        return u\n    raise HTTPException(403)",
            "role",
            ("administrator",),
        ),
        (
            'def g(u=Depends(current)):\n    if u.role.value not in ("editor", "superadmin"):\n        raise X()',
            "role",
            ("superadmin", "editor"),
        ),
        (
            'def g(claims=Depends(current)):\n    if claims["role"] != "admin":\n        raise HTTPException(403)',
            "role",
            ("admin",),
        ),
        (
            (
                "class User:\n    pass\ndef is_owner(u):\n    return u.level == 'owner'\n"
                "def g(u=Depends(current)):\n    if not is_owner(u):\n        raise HTTPException(403)"
            ),
            "level",
            ("owner",),
        ),
        (
            (
                "def require(role):\n    def check(u=Depends(current)):\n        if u.role != role:\n"
                '            raise HTTPException(403)\n    return check\ng = require("admin")'
            ),
            "role",
            ("admin",),
        ),
    ],
)
def test_the_guard_is_read_in_many_styles(
    make_tree: MakeTree, code: str, attribute: str, values: tuple[str | bool, ...]
) -> None:
    routes = '\n@app.get("/admin/all")\ndef all_(u=Depends(g)): ...\n@app.get("/open")\ndef open_(): ...\n'
    assert guard_of(make_tree, code + routes) == (attribute, values, ("/admin/all",))


def test_a_guard_made_where_it_is_used(make_tree: MakeTree) -> None:
    code = """
def require(*roles):
    def check(u=Depends(current)):
        if u.role not in roles:
            raise HTTPException(403)
    return check
@app.get("/a", dependencies=[Depends(require("member", "admin"))])
def a(): ...
"""
    assert guard_of(make_tree, code) == ("role", ("admin", "member"), ("/a",))


def test_an_inactive_account_is_refused_but_that_makes_no_administrator(make_tree: MakeTree) -> None:
    code = """
def g(u=Depends(current)):
    if not u.is_active:
        raise HTTPException(400)
@app.get("/a")
def a(u=Depends(g)): ...
"""
    assert guard_of(make_tree, code) is None


def test_a_handler_that_checks_for_itself_is_the_last_resort(make_tree: MakeTree) -> None:
    code = """
@app.get("/a")
def a(u=Depends(current)):
    if u.role != "admin":
        raise HTTPException(403)
"""
    assert guard_of(make_tree, code) == ("role", ("admin",), ("/a",))


def test_register_login_and_me(make_tree: MakeTree) -> None:
    code = """
class New(BaseModel):
    email: str
    password: str
    age: int
class Old(BaseModel):
    login: str
    password: str
@app.post("/password/reset")
def reset(data: Old): ...
@app.post("/users")
def create(data: New): ...
@app.post("/users/{id}")
def change(data: New): ...
@app.post("/oauth/token")
def token(data: Old) -> dict:
    return {"accessToken": "x"}
@app.get("/users/me")
def me(u=Depends(current)): ...
@app.get("/me")
def nobody(): ...
"""
    auth = auth_of(make_tree({"main.py": HEAD + code}))
    assert auth.login is not None
    assert (auth.login.route.path, auth.login.identifier, auth.login.encoding) == (
        "/oauth/token",
        "login",
        BodyEncoding.JSON,
    )
    assert auth.register is not None
    assert (auth.register.route.path, auth.register.extra_required) == ("/users", (("age", "int"),))
    assert auth.me is not None
    assert auth.me.path == "/users/me"
    assert auth.token_field == "accessToken"


def scheme_of(make_tree: MakeTree, code: str) -> PasswordScheme | None:
    return auth_of(make_tree({"main.py": code})).passwords


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("import bcrypt\ndef h(p):\n    return bcrypt.hashpw(p.encode(), bcrypt.gensalt())", "bcrypt"),
        ("from bcrypt import hashpw, gensalt\ndef h(p):\n    return hashpw(p, gensalt())", "bcrypt"),
        ("from argon2 import PasswordHasher\ndef h(p):\n    return PasswordHasher().hash(p)", "argon2"),
        ("from passlib.hash import argon2\ndef h(p):\n    return argon2.hash(p)", "argon2"),
        (
            (
                "from passlib.context import CryptContext as C\nS = ['pbkdf2_sha256']\nc = C(schemes=S)\n"
                "def h(p):\n    return c.hash(p)"
            ),
            "pbkdf2_sha256",
        ),
        (
            (
                "from pwdlib import PasswordHash\nfrom pwdlib.hashers.bcrypt import BcryptHasher\n"
                "ph = PasswordHash((BcryptHasher(),))\ndef h(p):\n    return ph.hash(p)"
            ),
            "bcrypt",
        ),
        ("import hashlib\ndef h(p):\n    return hashlib.pbkdf2_hmac('sha256', p, b's', 1)", "pbkdf2"),
    ],
)
def test_password_schemes(make_tree: MakeTree, code: str, name: str) -> None:
    scheme = scheme_of(make_tree, code)
    assert scheme is not None
    assert (scheme.name, scheme.function, scheme.is_plain) == (name, "main:h", True)


def test_a_digest_before_the_hash_is_seen(make_tree: MakeTree) -> None:
    code = """
        import base64, bcrypt, hashlib
        def h(p):
            digest = base64.b64encode(hashlib.sha256(p.encode()).digest())
            return bcrypt.hashpw(digest, bcrypt.gensalt())
        def check(p, stored):
            return bcrypt.checkpw(p, stored)
    """
    scheme = scheme_of(make_tree, code)
    assert scheme is not None
    assert (scheme.is_plain, scheme.verify) == (False, "main:check")


def test_a_hash_of_something_else_is_no_password_scheme(make_tree: MakeTree) -> None:
    assert scheme_of(make_tree, "class X:\n    def hash(self): ...\nx = X()\ny = x.hash()\n") is None


def test_a_key_written_in_the_code_signs_without_a_variable(make_tree: MakeTree) -> None:
    code = 'import jwt\nKEY = "hunter2"\ndef t():\n    return jwt.encode({}, KEY)\n'
    (signing,) = auth_of(make_tree({"main.py": code})).signing
    assert (signing.variable, str(signing.location)) == ("", "main.py:4")
