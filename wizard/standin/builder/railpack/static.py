"""Railpack's provider for static files: which folder is served.

Source: Railpack's page on static sites.
"""

from __future__ import annotations

from dataclasses import replace

from wizard.messages import message
from wizard.standin.builder.bases import plain_base
from wizard.standin.builder.contents.families import RUNTIME
from wizard.standin.builder.railpack import caddy
from wizard.standin.builder.railpack.app import App
from wizard.standin.builder.railpack.blueprint import Blueprint
from wizard.standin.builder.railpack.config import Config, Variables
from wizard.standin.builder.tools import Toolbox

_STATICFILE = "Staticfile"


def detect(app: App, variables: Variables) -> bool:
    """Say whether there is something to serve."""
    return bool(_root(app, variables))


def plan(app: App, variables: Variables, _config: Config, _toolbox: Toolbox) -> Blueprint:
    """Plan a server of files; nothing is installed and nothing built."""
    root = _root(app, variables)
    base = replace(plain_base("railpack static"), differences=(), family=RUNTIME)
    return Blueprint(
        provider="Staticfile",
        base=caddy.served_by(base),
        start=caddy.START.format(config="Caddyfile"),
        files=caddy.files(app, root, fallback=bool(index_fallback(app)), of_node=False),
        notes=(f"Using staticfile root dir: {root}",),
        differences=(message("builder.caddy"),),
    )


def index_fallback(app: App) -> bool | None:
    """Return what a Staticfile says of unknown paths, None where it says nothing."""
    value = app.flat_yaml(_STATICFILE).get("index_fallback", "").lower()
    return {"true": True, "yes": True, "false": False, "no": False}.get(value)


def _root(app: App, variables: Variables) -> str:
    named = variables.get("STATIC_FILE_ROOT") or app.flat_yaml(_STATICFILE).get("root", "")
    if named:
        return named
    if app.has_folder("public"):
        return "public"
    return "." if app.has("index.html") else ""
