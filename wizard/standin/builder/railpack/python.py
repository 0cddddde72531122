"""Railpack's Python provider with requirements.txt."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from wizard.standin.builder.bases import python_base
from wizard.standin.builder.image import BuildFailed, BuildRequest
from wizard.standin.builder.interpreters import minor_of
from wizard.standin.builder.railpack.recipe import Recipe, first_line, procfile_web
from wizard.standin.builder.steps import BuildPlan

_DEFAULT_MINOR = "3.13"
_REFERENCE = re.compile(r"^\s*(?:-r|--requirement|-c|--constraint)[\s=]+(\S+)", re.MULTILINE)
_LOCAL = re.compile(r"^\s*(?:(?:-e|--editable)\s+)?(?:\.{0,2}/|\.\s*$|file:)", re.MULTILINE)
_ENVIRONMENT = {"PYTHONUNBUFFERED": "1", "PYTHONFAULTHANDLER": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def plan(request: BuildRequest, secret: bytes) -> BuildPlan:
    """Install the requirements, copy the code, start by Procfile, framework or `main.py`."""
    context = request.context
    recipe = Recipe(request, python_base("railpack python", _minor(request)), secret)
    needed, local = _requirements(context, "requirements.txt", set())
    recipe.copy(*([""] if local else sorted(needed)))
    recipe.run("pip install -r requirements.txt", {})
    if not local:
        recipe.copy("")
    if request.settings.build_command:
        recipe.run(request.settings.build_command, {**_ENVIRONMENT, **request.variables})
    start = request.settings.start_command or procfile_web(context) or _start(context, needed)
    if not start:
        raise BuildFailed("Railpack", ("No start command was found.",))
    return recipe.result("Railpack (Python)", _ENVIRONMENT, start)


def _minor(request: BuildRequest) -> str:
    context = request.context
    asked = (
        request.variables.get("RAILPACK_PYTHON_VERSION")
        or first_line(context / ".python-version")
        or first_line(context / "runtime.txt").removeprefix("python-")
    )
    return minor_of(asked) or _DEFAULT_MINOR


def _requirements(context: Path, name: str, seen: set[str]) -> tuple[set[str], bool]:
    """Return the requirement files that belong together, and whether they install something of the context."""
    path = context / name
    if name in seen or not path.is_file():
        return seen, False
    seen.add(name)
    text = path.read_text(errors="replace")
    local = bool(_LOCAL.search(text))
    for reference in _REFERENCE.findall(text):
        inner = (path.parent / reference).resolve()
        if inner.is_relative_to(context.resolve()):
            local = _requirements(context, inner.relative_to(context.resolve()).as_posix(), seen)[1] or local
    return seen, local


def _start(context: Path, needed: set[str]) -> str | None:
    """Return the start command by convention: FastAPI's `main:app`, Flask's, Django's, else `main.py`."""
    text = "\n".join((context / name).read_text(errors="replace").lower() for name in needed)
    entry = next((name for name in ("main.py", "app.py", "app/main.py") if (context / name).is_file()), None)
    if re.search(r"^\s*fastapi\b", text, re.MULTILINE) and entry and (app := _application(context / entry, "FastAPI")):
        module = entry.removesuffix(".py").replace("/", ".")
        return f"uvicorn {module}:{app} --host 0.0.0.0 --port ${{PORT:-8000}}"
    if entry and re.search(r"^\s*flask\b", text, re.MULTILINE) and re.search(r"^\s*gunicorn\b", text, re.MULTILINE):
        return f"gunicorn --bind 0.0.0.0:${{PORT:-8000}} {entry.removesuffix('.py').replace('/', '.')}:app"
    return f"python {entry}" if entry else None


def _application(path: Path, framework: str) -> str | None:
    """Return the name that the application object is assigned to at the top of a module."""
    try:
        tree = ast.parse(path.read_text(errors="replace"))
    except SyntaxError:
        return None
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            called = node.value.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name == framework and isinstance(node.targets[0], ast.Name):
                return node.targets[0].id
    return None
