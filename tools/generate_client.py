"""Generates wizard/railway/client from operations.graphql and the stand-in's SDL.

`python tools/generate_client.py` rewrites it; `--check` fails when the committed one differs. The generator pins
older versions of ruff and graphql-core than ours, so it lives in `.venv-gen`, which is made on demand.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "wizard/railway/client"
GENERATOR = ROOT / ".venv-gen"
REQUIREMENTS = ("ariadne-codegen==0.19.0", "graphql-core==3.2.14", "ruff==0.15.22")
"""Exact: another version may write another client. The generator needs ruff<0.16 and graphql-core<3.3."""

CONFIGURATION = """
[tool.ariadne-codegen]
schema_path = "{root}/wizard/standin/api/schema.graphql"
queries_path = "{root}/wizard/railway/operations.graphql"
target_package_path = "{folder}"
target_package_name = "client"
client_name = "RailwayClient"
base_client_name = "BaseClient"
base_client_file_path = "{root}/tools/base_client.py"
include_comments = "none"
include_all_inputs = false
include_all_enums = false
plugins = ["railwizard_codegen.RailwizardPlugin"]

[tool.ariadne-codegen.scalars.DateTime]
type = "str"
"""


def generator() -> Path:
    """Return the generator's program, installing it first where it is missing."""
    program = GENERATOR / "bin/ariadne-codegen"
    if not program.exists():
        venv.create(GENERATOR, with_pip=True)
        pip = [GENERATOR / "bin/pip", "install", "--quiet", "--disable-pip-version-check", *REQUIREMENTS]
        subprocess.run(pip, check=True)
    return program


def generate(folder: Path) -> Path:
    """Write a fresh client below the folder and return its path."""
    configuration = folder / "pyproject.toml"
    configuration.write_text(CONFIGURATION.format(root=ROOT, folder=folder), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tools"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [generator(), "--config", configuration]
    subprocess.run(command, check=True, env=environment, cwd=folder, stdout=subprocess.DEVNULL)
    return folder / "client"


def different(fresh: Path) -> list[str]:
    """Return the names of files that differ from the committed client."""
    names = {path.name for folder in (fresh, TARGET) for path in folder.glob("*.py")}
    _, mismatched, missing = filecmp.cmpfiles(fresh, TARGET, sorted(names), shallow=False)
    return sorted([*mismatched, *missing])


def main(arguments: list[str]) -> int:
    """Rewrite the client, or compare it with `--check`; 1 when it was out of date."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = generate(Path(folder))
        changed = different(fresh) if TARGET.exists() else ["all"]
        if "--check" in arguments:
            sys.stderr.writelines(f"out of date: {name}\n" for name in changed)
            return int(bool(changed))
        shutil.rmtree(TARGET, ignore_errors=True)
        shutil.copytree(fresh, TARGET)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
