"""What a FastAPI handler takes: dependencies, body fields and their encoding, query and path parameters."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from wizard.source.pydantic_models import is_model, model_fields
from wizard.source.python_module import FunctionNode, argument, parameters
from wizard.source.python_sources import Found, PythonSources, Scope, annotation_names
from wizard.source.routes import BodyEncoding, BodyField, Parameter

_DEPENDS = frozenset({"Depends", "Security"})
_PLACES = {"Query": "query", "Path": "path", "Header": "header", "Cookie": "cookie"}
_BODIES = {"Form": BodyEncoding.FORM, "File": BodyEncoding.MULTIPART, "Body": BodyEncoding.JSON}
_INJECTED = frozenset({"Request", "Response", "WebSocket", "BackgroundTasks", "HTTPConnection", "SecurityScopes"})
_LOGIN_FORMS = frozenset({"OAuth2PasswordRequestForm", "OAuth2PasswordRequestFormStrict"})
_DEPTH = 8


@dataclass(slots=True)
class Signature:
    """What one handler takes, dependencies followed."""

    dependencies: list[str] = field(default_factory=list)
    models: list[tuple[str, Found]] = field(default_factory=list)
    fields: list[BodyField] = field(default_factory=list)
    encodings: set[BodyEncoding] = field(default_factory=set)
    parameters: list[Parameter] = field(default_factory=list)

    @property
    def encoding(self) -> BodyEncoding:
        """The body's encoding: a file makes a form multipart, a form overrules JSON."""
        order = (BodyEncoding.MULTIPART, BodyEncoding.FORM, BodyEncoding.JSON)
        return next((one for one in order if one in self.encodings), BodyEncoding.NONE)


@dataclass(frozen=True, slots=True)
class _Declared:
    """A parameter with the calls that say where it comes from."""

    scope: Scope
    name: str
    annotation: ast.expr | None
    default: ast.expr | None
    markers: tuple[tuple[str, ast.Call], ...]

    @property
    def type(self) -> str:
        return ast.unparse(self.annotation) if self.annotation else "str"

    def marker(self, *names: str) -> ast.Call | None:
        return next((call for name, call in self.markers if name in names), None)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One handler being read: what is found goes into the signature."""

    sources: PythonSources
    path: str
    signature: Signature


def read_signature(sources: PythonSources, scope: Scope, handler: FunctionNode, path: str) -> Signature:
    """Read a handler's parameters."""
    signature = Signature()
    _read_parameters(_Reading(sources, path, signature), scope, handler, _DEPTH)
    _merge_models(sources, signature)
    return signature


def dependencies_of(sources: PythonSources, scope: Scope, expressions: ast.expr | None) -> list[str]:
    """Return the names in a `dependencies=[Depends(...)]` list, transitively."""
    signature = Signature()
    elements = expressions.elts if isinstance(expressions, ast.List | ast.Tuple) else []
    for element in elements:
        found = sources.resolve(scope, element) if isinstance(element, ast.Name | ast.Attribute) else None
        call = found.node if found else element
        if isinstance(call, ast.Call):
            _depend(_Reading(sources, "", signature), found.scope if found else scope, call, None, _DEPTH)
    return signature.dependencies


def _read_parameters(reading: _Reading, scope: Scope, function: FunctionNode, depth: int) -> None:
    for arg, default in parameters(function):
        if arg.arg not in ("self", "cls"):
            _read_parameter(reading, _declared(reading.sources, scope, arg, default), depth)


def _declared(sources: PythonSources, scope: Scope, arg: ast.arg, default: ast.expr | None) -> _Declared:
    place, annotation = _followed(sources, scope, arg.annotation)
    inside = _metadata(annotation)
    calls = [(place, node) for node in inside] + ([(scope, default)] if isinstance(default, ast.Call) else [])
    markers = tuple(
        ((sources.qualified(where, call.func) or "").rpartition(".")[2], call)
        for where, call in calls
        if isinstance(call, ast.Call)
    )
    return _Declared(place, arg.arg, _plain(annotation), default, markers)


def _followed(sources: PythonSources, scope: Scope, annotation: ast.expr | None) -> tuple[Scope, ast.expr | None]:
    """An alias such as `CurrentUser = Annotated[User, Depends(...)]` stands for what it names."""
    found = sources.resolve(scope, annotation) if isinstance(annotation, ast.Name | ast.Attribute) else None
    is_alias = found and isinstance(found.node, ast.Subscript | ast.BinOp)
    return (found.scope, found.node) if found and is_alias and isinstance(found.node, ast.expr) else (scope, annotation)


def _metadata(annotation: ast.expr | None) -> list[ast.expr]:
    if isinstance(annotation, ast.Subscript) and isinstance(annotation.slice, ast.Tuple) and _is_annotated(annotation):
        return annotation.slice.elts[1:]
    return []


def _plain(annotation: ast.expr | None) -> ast.expr | None:
    if isinstance(annotation, ast.Subscript) and isinstance(annotation.slice, ast.Tuple) and _is_annotated(annotation):
        return annotation.slice.elts[0]
    return annotation


def _is_annotated(annotation: ast.Subscript) -> bool:
    return ast.unparse(annotation.value).rpartition(".")[2] == "Annotated"


def _read_parameter(reading: _Reading, declared: _Declared, depth: int) -> None:
    signature = reading.signature
    depends = declared.marker(*_DEPENDS)
    if depends:
        _depend(reading, declared.scope, depends, declared.annotation, depth)
    elif body := next(((name, call) for name, call in declared.markers if name in _BODIES), None):
        _read_body(reading.sources, declared, _BODIES[body[0]], body[1], signature)
    elif _names(declared) & _INJECTED:
        if "Request" in _names(declared):
            signature.encodings.add(BodyEncoding.UNKNOWN)
    elif "UploadFile" in _names(declared):
        signature.encodings.add(BodyEncoding.MULTIPART)
        signature.fields.append(BodyField(declared.name, declared.type, _is_required(declared, None)))
    else:
        _read_plain(reading.sources, declared, reading.path, signature)


def _names(declared: _Declared) -> set[str]:
    return {ast.unparse(name).rpartition(".")[2] for name in annotation_names(declared.annotation)}


def _depend(reading: _Reading, scope: Scope, call: ast.Call, annotation: ast.expr | None, depth: int) -> None:
    signature = reading.signature
    target = argument(call, 0, "dependency") or annotation
    named = target.func if isinstance(target, ast.Call) else target
    name = reading.sources.qualified(scope, named)
    if name is None or name in signature.dependencies:
        return
    signature.dependencies.append(name)
    if name.rpartition(".")[2] in _LOGIN_FORMS:
        signature.encodings.add(BodyEncoding.FORM)
        signature.fields += [BodyField("username", "str", required=True), BodyField("password", "str", required=True)]
    for function in callables(reading.sources, scope, named):
        if depth and isinstance(function.node, FunctionNode):
            _read_parameters(reading, function.scope, function.node, depth - 1)


def callables(sources: PythonSources, scope: Scope, target: ast.expr | None) -> list[Found]:
    """Return the functions a dependency runs: itself, an instance's `__call__`, the one a factory returns."""
    found = sources.resolve(scope, target)
    if found is None:
        return []
    if isinstance(found.node, ast.Call):
        return callables(sources, found.scope, found.node.func)
    if isinstance(found.node, ast.ClassDef):
        members = (sources.definition(f"{found.name}.{name}") for name in ("__call__", "__init__"))
        return [one for one in members if one]
    if isinstance(found.node, FunctionNode):
        inner = [node for node in found.node.body if isinstance(node, FunctionNode)]
        return [found, *(Found(found.inner(), node, f"{found.name}.{node.name}") for node in inner)]
    return []


def _read_body(
    sources: PythonSources, declared: _Declared, encoding: BodyEncoding, call: ast.Call, signature: Signature
) -> None:
    model = sources.class_of(declared.scope, declared.annotation)
    if encoding is BodyEncoding.FORM and "UploadFile" in _names(declared):
        encoding = BodyEncoding.MULTIPART
    signature.encodings.add(encoding)
    if model and is_model(sources, model):
        signature.models.append((declared.name, model))
    else:
        signature.fields.append(BodyField(declared.name, declared.type, _is_required(declared, call)))


def _read_plain(sources: PythonSources, declared: _Declared, path: str, signature: Signature) -> None:
    model = sources.class_of(declared.scope, declared.annotation)
    if model and is_model(sources, model):
        signature.models.append((declared.name, model))
        signature.encodings.add(BodyEncoding.JSON)
        return
    if _names(declared) & {"dict", "Dict", "Any"}:
        signature.encodings.add(BodyEncoding.JSON)
        return
    marker = next(((name, call) for name, call in declared.markers if name in _PLACES), None)
    where = "path" if f"{{{declared.name}}}" in path or f"{{{declared.name}:" in path else "query"
    place = _PLACES[marker[0]] if marker else where
    required = place == "path" or _is_required(declared, marker[1] if marker else None)
    signature.parameters.append(Parameter(declared.name, place, declared.type, required))


def _is_required(declared: _Declared, marker: ast.Call | None) -> bool:
    default = declared.default
    if marker is not None and default is marker:
        default = argument(marker, 0, "default")
    return default is None or (isinstance(default, ast.Constant) and default.value is ...)


def _merge_models(sources: PythonSources, signature: Signature) -> None:
    """One body model is the body itself; several are embedded under their parameters' names."""
    if len(signature.models) == 1 and not (signature.fields and signature.encoding is BodyEncoding.JSON):
        fields = model_fields(sources, signature.models[0][1])
        signature.fields += [BodyField(one.name, one.type, one.required) for one in fields]
    else:
        signature.fields += [
            BodyField(name, model.name.rpartition(".")[2], required=True) for name, model in signature.models
        ]
