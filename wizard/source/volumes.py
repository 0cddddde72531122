"""Folders a service writes to: without a volume their files are gone at the next deployment."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from wizard.messages import message
from wizard.source.detection import SuggestedVolume
from wizard.source.env_reads import Environment
from wizard.source.image import Image, container_path
from wizard.source.location import Sourced, SourceLocation
from wizard.source.python_module import argument
from wizard.source.python_sources import PythonSources, Scope
from wizard.source.python_values import HERE, text

_MAKERS = frozenset({"os.makedirs", "os.mkdir"})
_WRITERS = frozenset({"write_bytes", "write_text"})
_PASSING = ("/tmp", "/var/tmp", "/dev", "/proc", "/run")  # noqa: S108 - folders that are meant to pass
_PASSING_NAMES = frozenset({"logs", "log", "tmp", "temp", "cache", ".cache", "__pycache__"})
_FILE_SUFFIXES = (".db", ".sqlite", ".sqlite3", ".log", ".json", ".txt", ".csv", ".pkl")


def written_folders(
    sources: PythonSources, environment: Environment, image: Image | None, root: str
) -> tuple[Sourced[SuggestedVolume], ...]:
    """Return the folders of the container the code creates or writes into, outermost ones only."""
    found: dict[str, SourceLocation] = {}
    for scope, node in sources.nodes():
        for expression in _written(sources, scope, node):
            path = _folder(sources, environment, scope, expression)
            place = _in_container(path, image, root) if path else None
            if place and _lasts(place):
                found.setdefault(place, scope.at(node))
    outer = [path for path in sorted(found) if not any(path.startswith(f"{other}/") for other in found)]
    return tuple(_suggested(path, found[path]) for path in outer)


def _suggested(path: str, location: SourceLocation) -> Sourced[SuggestedVolume]:
    return Sourced(SuggestedVolume(path), location, message("source.reason-written", path=path))


def _written(sources: PythonSources, scope: Scope, node: ast.AST) -> Iterator[ast.expr]:
    """Yield the expressions that name a folder the node creates or writes into."""
    if not isinstance(node, ast.Call):
        return
    if sources.qualified(scope, node.func) in _MAKERS and node.args:
        yield node.args[0]
    if isinstance(node.func, ast.Attribute) and node.func.attr in ("mkdir", *_WRITERS):
        yield node.func.value
    opens = isinstance(node.func, ast.Name) and node.func.id == "open"
    mode = argument(node, 1, "mode")
    if opens and isinstance(mode, ast.Constant) and set(str(mode.value)) & set("wax+") and node.args:
        yield node.args[0]


def _folder(sources: PythonSources, environment: Environment, scope: Scope, expression: ast.expr) -> str | None:
    """Return the path as far as the code fixes it: what is added while running falls away."""
    whole = text(sources, scope, expression)
    if whole is None:
        whole = _default_of_read(environment, scope, expression)
    if whole is None and isinstance(expression, ast.BinOp):
        return _folder(sources, environment, scope, expression.left)
    is_read = environment.read_at(scope, expression) is not None
    if whole is None and isinstance(expression, ast.Call) and expression.args and not is_read:
        return _folder(sources, environment, scope, expression.args[0])
    if whole and whole.lower().endswith(_FILE_SUFFIXES):
        return whole.rpartition("/")[0] or None
    return whole


def _default_of_read(environment: Environment, scope: Scope, expression: ast.expr) -> str | None:
    read = environment.read_at(scope, expression)
    return read.default if read else None


def _in_container(path: str, image: Image | None, root: str) -> str | None:
    if path.startswith(f"{HERE}/"):
        return container_path(image, root, path.removeprefix(f"{HERE}/"))
    if path.startswith("/"):
        return path
    workdir = image.workdir if image else "/app"
    return f"{workdir.rstrip('/')}/{path.removeprefix('./').strip('/')}" if path not in ("", ".") else None


def _lasts(path: str) -> bool:
    parts = path.strip("/").split("/")
    is_code = len(parts) < 2 and parts[0] in ("app", "src", "code", "")  # noqa: PLR2004 - the image's own root
    passing = any(path == one or path.startswith(f"{one}/") for one in _PASSING) or parts[-1] in _PASSING_NAMES
    return not (is_code or passing or ".." in parts)
