"""How a service hashes passwords: the scheme, and the functions that hash and verify."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from wizard.source.location import SourceLocation
from wizard.source.python_module import argument, keyword
from wizard.source.python_sources import PythonSources, Scope
from wizard.source.python_values import constant

_FUNCTIONS = {
    "bcrypt.hashpw": "bcrypt",
    "hashlib.pbkdf2_hmac": "pbkdf2",
    "hashlib.scrypt": "scrypt",
    "werkzeug.security.generate_password_hash": "werkzeug",
    "django.contrib.auth.hashers.make_password": "django",
    "passlib.hash.bcrypt.hash": "bcrypt",
    "passlib.hash.argon2.hash": "argon2",
    "passlib.hash.bcrypt_sha256.hash": "bcrypt_sha256",
    "passlib.hash.pbkdf2_sha256.hash": "pbkdf2_sha256",
    "passlib.hash.sha256_crypt.hash": "sha256_crypt",
}
"""Functions that hash, by the scheme of what they return."""
_VERIFIERS = frozenset({"bcrypt.checkpw", "werkzeug.security.check_password_hash", "hmac.compare_digest"})
_MODERN = {"PasswordHasher": "argon2", "Argon2Hasher": "argon2", "BcryptHasher": "bcrypt"}
_PREPARATIONS = ("hashlib.", "hmac.", "base64.")


@dataclass(frozen=True, slots=True)
class PasswordScheme:
    """How passwords are stored.

    Attributes:
        name: `bcrypt`, `argon2`, or the library's own name for another scheme.
        library: the module that does it.
        function: `module:function` that hashes a plain password, None where the call stands in no plain function.
        verify: `module:function` that checks one, None where it was not found.
        is_plain: whether the password goes into the scheme as it is typed: no digest, pepper or encoding before.
    """

    name: str
    library: str
    function: str | None
    verify: str | None
    is_plain: bool
    location: SourceLocation


def read_password_scheme(sources: PythonSources) -> PasswordScheme | None:
    """Return the scheme of the first place that hashes a password; one in a named helper wins."""
    found: list[tuple[bool, PasswordScheme]] = []
    verify = _verifier(sources)
    for scope, node in sources.nodes():
        named = _hashing(sources, scope, node) if isinstance(node, ast.Call) else None
        if named and isinstance(node, ast.Call):
            scheme, library = named
            function = _target(sources, scope)
            plain = _is_plain(sources, scope, node)
            found.append((function is None, PasswordScheme(scheme, library, function, verify, plain, scope.at(node))))
    return min(found, key=lambda one: (one[0], one[1].location))[1] if found else None


def _hashing(sources: PythonSources, scope: Scope, call: ast.Call) -> tuple[str, str] | None:
    name = sources.qualified(scope, call.func)
    if name in _FUNCTIONS:
        return _FUNCTIONS[name], name.partition(".")[0]
    if isinstance(call.func, ast.Attribute) and call.func.attr in ("hash", "encrypt"):
        return _hasher(sources, scope, call.func.value)
    return None


def _hasher(sources: PythonSources, scope: Scope, target: ast.expr) -> tuple[str, str] | None:
    """Return scheme and library of the object a `.hash()` is called on."""
    found = sources.resolve(scope, target) if isinstance(target, ast.Name | ast.Attribute) else None
    made = found.node if found else target
    if not isinstance(made, ast.Call):
        return None
    where = found.scope if found else scope
    name = sources.qualified(where, made.func) or ""
    library, last = name.partition(".")[0], name.rpartition(".")[2]
    if library == "argon2" and last in _MODERN:
        return "argon2", library
    if last == "CryptContext":
        return _context_scheme(sources, where, made), library
    if library == "pwdlib":
        return _pwdlib_scheme(sources, where, made, last), library
    return None


def _context_scheme(sources: PythonSources, scope: Scope, call: ast.Call) -> str:
    default = constant(sources, scope, keyword(call, "default"))
    schemes = constant(sources, scope, argument(call, 0, "schemes"))
    first = schemes[0] if isinstance(schemes, tuple) and schemes else None
    chosen = default if isinstance(default, str) else first
    return chosen if isinstance(chosen, str) else "unknown"


def _pwdlib_scheme(sources: PythonSources, scope: Scope, call: ast.Call, last: str) -> str:
    if last == "recommended":
        return "argon2"
    hashers = argument(call, 0, "hashers")
    first = hashers.elts[0] if isinstance(hashers, ast.Tuple | ast.List) and hashers.elts else None
    name = sources.qualified(scope, first.func) if isinstance(first, ast.Call) else None
    return _MODERN.get((name or "").rpartition(".")[2], "unknown")


def _verifier(sources: PythonSources) -> str | None:
    for scope, node in sources.nodes():
        if not isinstance(node, ast.Call) or not scope.functions:
            continue
        is_known = sources.qualified(scope, node.func) in _VERIFIERS
        is_method = isinstance(node.func, ast.Attribute) and node.func.attr in ("verify", "verify_and_update")
        if is_known or (
            is_method and isinstance(node.func, ast.Attribute) and _hasher(sources, scope, node.func.value)
        ):
            return _target(sources, scope)
    return None


def _target(sources: PythonSources, scope: Scope) -> str | None:
    """Name the function a place is in, if it can be imported and called with nothing but texts."""
    if not scope.functions or sources.definition(scope.name) is None:
        return None
    function = scope.functions[-1]
    decorators = {ast.unparse(one) for one in function.decorator_list}
    is_method = "." in scope.labels[-1] and "staticmethod" not in decorators
    if isinstance(function, ast.AsyncFunctionDef) or is_method or decorators - {"staticmethod"}:
        return None
    return f"{scope.module.name}:{scope.name.removeprefix(f'{scope.module.name}.')}"


def _is_plain(sources: PythonSources, scope: Scope, call: ast.Call) -> bool:
    """Tell whether nothing but the hashing call works on the password in its function."""
    if not scope.functions:
        return True
    calls = (node for node in ast.walk(scope.functions[-1]) if isinstance(node, ast.Call) and node is not call)
    names = (sources.qualified(scope, one.func) or "" for one in calls)
    return not any(name.startswith(_PREPARATIONS) for name in names)
