"""Railpack's Python provider: its package managers, versions and start commands.

Source: Railpack's page on Python, and the provider's own order where the page is silent: the first of
`requirements.txt`, `uv.lock`, `poetry.lock`, `pdm.lock` and `Pipfile` decides, and a `pyproject.toml` without a lock
file installs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from wizard.messages import message
from wizard.standin.builder.bases import Base, python_base
from wizard.standin.builder.contents.families import BUILDER
from wizard.standin.builder.image import BuildFailed
from wizard.standin.builder.interpreters import minor_of
from wizard.standin.builder.railpack.app import App
from wizard.standin.builder.railpack.blueprint import Blueprint, Package, same
from wizard.standin.builder.railpack.config import Config, Variables
from wizard.standin.builder.railpack.versions import mise_version, tool_version
from wizard.standin.builder.tools import Toolbox

DEFAULT_VERSION = "3.13"
MAIN_FILES = ("main.py", "app.py", "start.py", "bot.py", "hello.py", "server.py")
_MANIFESTS = ("requirements.txt", "pyproject.toml", "Pipfile")
_INSTALL_FILES = (*_MANIFESTS, "poetry.lock", "uv.lock", "pdm.lock")
_INSTALL_PREFIXES = ("PYTHON", "PIP", "PIPX", "UV", "PDM", "POETRY")
_ENVIRONMENT = {
    "PYTHONFAULTHANDLER": "1",
    "PYTHONUNBUFFERED": "1",
    "PYTHONHASHSEED": "random",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_DEFAULT_TIMEOUT": "100",
}
_VENV = "/usr/local"
"""Stands for Railpack's `/app/.venv`, which is a link to it."""
_WSGI = re.compile(r"WSGI_APPLICATION = [\"'](.*)\.application[\"']")
_PIPFILE = re.compile(r"python_(?:full_)?version\s*=\s*['\"]([0-9.]*)")
_RUNTIME_PACKAGES = {"pycairo": ("libcairo2",), "pdf2image": ("poppler-utils",), "pydub": ("ffmpeg",)}
_HELP = (
    "To start your Python application, Railpack will automatically:",
    "1. Start FastHTML projects with uvicorn",
    "2. Start FastAPI projects with uvicorn",
    "3. Start Flask projects with gunicorn",
    "4. Start Django projects with the gunicorn production server",
    "Otherwise, it will run the main.py or app.py file in your project root",
)


def detect(app: App, _variables: Variables) -> bool:
    """Say whether it is a Python application."""
    return any(app.has(name) for name in (*MAIN_FILES, *_MANIFESTS))


def plan(app: App, variables: Variables, config: Config, toolbox: Toolbox) -> Blueprint:
    """Plan the installation and the start; raises BuildFailed for a package manager that cannot be had."""
    version, source = _version(app, variables, config)
    base = replace(python_base("railpack python", minor_of(version)), family=BUILDER)
    differences = tuple(item for item in base.differences if item.id != "builder.host-tools")
    start, notes = _start(app, variables)
    drawn = Blueprint(
        provider="Python",
        base=replace(base, differences=differences),
        install_files=("",) if _needs_everything(app) else tuple(name for name in _INSTALL_FILES if app.has(name)),
        install_variables=variables.beginning(*_INSTALL_PREFIXES),
        environment={**_ENVIRONMENT, "UV_NO_SYNC": "1", "UV_PROJECT_ENVIRONMENT": _VENV},
        start=start,
        help=_HELP,
        packages=(Package("python", base.interpreter.version if base.interpreter else "", source),),
        deploy_packages=_deploy_packages(app),
        notes=notes,
        link_environment=True,
    )
    manager = _manager(app)
    if manager is None:
        return drawn
    path = f"/app/.venv/bin:{dict(base.environment)['PATH']}"
    return manager(app, replace(drawn, environment={**drawn.environment, "PATH": path}), toolbox)


def _version(app: App, variables: Variables, config: Config) -> tuple[str, str]:
    """Return the version asked for and its source, in Railpack's order."""
    pipfile = _PIPFILE.search(app.read("Pipfile"))
    runtime = re.search(r"\d+(?:\.\d+)*", app.read("runtime.txt"))
    candidates = (
        (config.packages.get("python", ""), "custom config"),
        (variables.get("PYTHON_VERSION"), "RAILPACK_PYTHON_VERSION"),
        mise_version(app, "python", ".python-version"),
        (runtime[0] if runtime else "", "runtime.txt"),
        (pipfile[1] if pipfile else "", "Pipfile"),
    )
    asked, source = next(((text, name) for text, name in candidates if text), (DEFAULT_VERSION, "railpack default"))
    return (asked if minor_of(asked) else DEFAULT_VERSION), f"{source} ({asked})"


def _manager(app: App) -> Callable[[App, Blueprint, Toolbox], Blueprint] | None:
    if app.has("requirements.txt"):
        return _pip
    if app.has("pyproject.toml"):
        for lock, manager in (("uv.lock", _uv), ("poetry.lock", _poetry), ("pdm.lock", _pdm)):
            if app.has(lock):
                return manager
    return _pipenv if app.has("Pipfile") else None


def _pip(_app: App, drawn: Blueprint, _toolbox: Toolbox) -> Blueprint:
    return replace(drawn, install=same("pip install -r requirements.txt"), notes=("Using pip", *drawn.notes))


def _uv(app: App, drawn: Blueprint, toolbox: Toolbox) -> Blueprint:
    base = _with_tool(drawn.base, toolbox, "uv", tool_version(app, "uv"), "uv", "uvx")
    environment = {"UV_LINK_MODE": "copy", "UV_PYTHON": f"{_VENV}/bin/python", "UV_PYTHON_DOWNLOADS": "never"}
    return replace(
        drawn,
        base=base,
        install=same("uv sync --locked --no-dev --no-install-project"),
        build=same("uv sync --locked --no-dev --no-editable"),
        environment={**drawn.environment, **environment},
        notes=("Using uv", *drawn.notes),
        differences=(message("builder.uv-run"),),
    )


def _poetry(app: App, drawn: Blueprint, toolbox: Toolbox) -> Blueprint:
    base = _with_tool(drawn.base, toolbox, "poetry", tool_version(app, "poetry"), "poetry")
    shown = "poetry install --no-interaction --no-ansi --only main --no-root"
    inside = f"VIRTUAL_ENV={_VENV} POETRY_VIRTUALENVS_CREATE=false POETRY_CACHE_DIR=/tmp/poetry {shown}"
    line = f"{inside} && rm -rf /tmp/poetry"
    return replace(drawn, base=base, install=((line, shown),), notes=("Using poetry", *drawn.notes))


def _pdm(app: App, drawn: Blueprint, toolbox: Toolbox) -> Blueprint:
    base = _with_tool(drawn.base, toolbox, "pdm", tool_version(app, "pipx:pdm"), "pdm")
    shown = "pdm install --check --prod --no-editable"
    line = f"VIRTUAL_ENV={_VENV} PDM_CHECK_UPDATE=false PDM_IGNORE_SAVED_PYTHON=1 {shown}"
    return replace(drawn, base=base, install=((line, shown),), notes=("Using pdm", *drawn.notes))


def _pipenv(app: App, drawn: Blueprint, toolbox: Toolbox) -> Blueprint:
    base = _with_tool(drawn.base, toolbox, "pipenv", tool_version(app, "pipx:pipenv"), "pipenv")
    locked = app.has("Pipfile.lock")
    shown = "pipenv install --deploy --ignore-pipfile" if locked else "pipenv install --skip-lock"
    line = f"VIRTUAL_ENV={_VENV} PIPENV_VERBOSITY=-1 PIPENV_CACHE_DIR=/tmp/pipenv {shown} && rm -rf /tmp/pipenv"
    files = (*(name for name in ("Pipfile", "Pipfile.lock") if app.has(name)),)
    return replace(
        drawn, base=base, install_files=files, install=((line, shown),), notes=("Using pipenv", *drawn.notes)
    )


def _with_tool(base: Base, toolbox: Toolbox, name: str, version: str, *programs: str) -> Base:
    requirement = f"{name}=={version}" if re.fullmatch(r"\d+\.\d+\.\d+", version) else name
    tool = toolbox.python(requirement, *programs)
    if tool is None:
        why = toolbox.why_not(requirement) or "the package index is not asked"
        raise BuildFailed("Railpack", (f"Railpack builds this with {name}, which is not here: {why}",))
    return base.with_tool(toolbox, tool)


def _needs_everything(app: App) -> bool:
    """Say whether the installation needs all files; Railpack judges a `requirements.txt` alone where there is one."""
    if app.has("requirements.txt"):
        return "file://" in app.read("requirements.txt")
    text = app.read("pyproject.toml")
    return (
        "file://" in text
        or "path = " in text
        or "workspace" in app.toml("pyproject.toml").get("tool", {}).get("uv", {})
    )


def uses(app: App, dependency: str) -> bool:
    """Say whether any manifest holds that text, which is how Railpack judges it."""
    return any(dependency in path.read_text(errors="replace").lower() for path in app.walk(*_MANIFESTS))


def _start(app: App, variables: Variables) -> tuple[str, tuple[str, ...]]:
    """Return the start command: of Flask, FastAPI, FastHTML, else Django, else the main file."""
    main = next((name for name in MAIN_FILES if app.has(name)), None)
    if main and uses(app, "flask") and uses(app, "gunicorn"):
        return "gunicorn --bind 0.0.0.0:${PORT:-8000} main:app", ()
    if main and (uses(app, "fastapi") or uses(app, "python-fasthtml")) and uses(app, "uvicorn"):
        return "uvicorn main:app --host 0.0.0.0 --port ${PORT:-8000}", ()
    if app.has("manage.py") and uses(app, "django") and (name := _django_app(app, variables)):
        line = f"python manage.py migrate && gunicorn --bind 0.0.0.0:${{PORT:-8000}} {name}:application"
        return line, (f"Using Django app: {name}",)
    return (f"python {main}" if main else ""), ()


def _django_app(app: App, variables: Variables) -> str:
    if named := variables.get("DJANGO_APP_NAME"):
        return named
    texts = (path.read_text(errors="replace") for path in app.walk(".py"))
    return next((match[1] for text in texts if (match := _WSGI.search(text))), "")


def _deploy_packages(app: App) -> tuple[str, ...]:
    found = [name for dependency, names in _RUNTIME_PACKAGES.items() if uses(app, dependency) for name in names]
    binary = uses(app, "psycopg2-binary") or uses(app, "psycopg[binary]")
    if not binary and (uses(app, "psycopg") or _mentions(app, "django.db.backends.postgresql")):
        found.append("libpq5")
    if uses(app, "mysqlclient") or _mentions(app, "django.db.backends.mysql"):
        found.append("default-mysql-client")
    return tuple(dict.fromkeys(found))


def _mentions(app: App, text: str) -> bool:
    return any(text in path.read_text(errors="replace") for path in app.walk(".py"))
