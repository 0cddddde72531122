"""What stands in for Caddy where Railpack serves files with it: a small server, started by Railpack's own line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from wizard.standin.builder.bases import Base
from wizard.standin.builder.image import BuildFailed
from wizard.standin.builder.interpreters import find
from wizard.standin.builder.railpack.app import App

START = "caddy run --config {config} --adapter caddyfile 2>&1"
_OWN = ("Caddyfile.template", "Caddyfile")
_SERVER = Path(__file__).with_name("static_server.py")


def served_by(base: Base) -> Base:
    """Return the base with the server in `/usr/local/bin`."""
    program = base.interpreter.program if base.interpreter else find(None).program
    script = f"#!{program}\n{_SERVER.read_text()}"
    home = str(Path(program).resolve().parent.parent)
    return replace(
        base,
        identity=f"{base.identity} caddy",
        placed=(*base.placed, ("/usr/local/bin/caddy", script)),
        tools=(*base.tools, *([] if home == "/usr" else [home])),
        programs=(*base.programs, program),
    )


def files(app: App, root: str, *, fallback: bool, of_node: bool) -> tuple[tuple[str, str], ...]:
    """Return the server's configuration; raises BuildFailed for a Caddyfile of the project's own."""
    own = next((name for name in _OWN if app.has(name)), None)
    if own:
        raise BuildFailed("Railpack", (f"A {own} of the project's own cannot be rehearsed here: Caddy is not here.",))
    settings = {"root": root, "index_fallback": fallback, "error_pages": not of_node}
    return (("/Caddyfile" if of_node else "/app/Caddyfile", json.dumps(settings)),)
