"""An empty virtual environment with pip: by uv where it is on PATH, else by the interpreter itself."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from wizard.standin.builder.image import BuildFailed, BuildRequest
from wizard.standin.builder.interpreters import Interpreter
from wizard.standin.processes import RUN_ID, Command, LogSink, run
from wizard.standin.processes.machine import build_tools


async def make_environment(interpreter: Interpreter, folder: Path, request: BuildRequest, log: LogSink) -> None:
    """Make it in `folder`; raises BuildFailed where the interpreter cannot."""
    uv = shutil.which("uv")
    argv: tuple[str, ...] = (interpreter.program, "-m", "venv", str(folder))
    if uv:
        argv = (uv, "venv", "--quiet", "--seed", "--python", interpreter.program, str(folder))
    environment = {**build_tools(), "PATH": os.environ.get("PATH", os.defpath), RUN_ID: request.run_id}
    environment["HOME"] = str(request.work)
    command = Command(argv, folder.parent, environment, records=request.records)
    if code := await run(command, log):
        raise BuildFailed("FROM python", (f"no virtual environment could be made: exit code {code}",))
