"""A plan that deploys from GitHub, rehearsed with the changes nobody has committed, and the reports that remain."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.support.applications import TINY, Application, copy_application
from tests.support.quiet_project import git

CHECK = """
[[checks]]
name = "fresh"
kind = "flow"
as = "nobody"
steps = [{ method = "GET", path = "/fresh", expect = { status = 200 } }]
effect = "read"
weight = "must"
"""
ROUTE = '\n\n@app.get("/fresh")\ndef fresh() -> dict[str, str]:\n    return {"status": "not committed"}\n'


@pytest.fixture
def application(tmp_path: Path) -> Application:
    """A clone whose work tree has a route, and a check of it, that its commit has not."""
    application = copy_application(TINY, tmp_path / "app")
    application.edit("wizard.toml", 'source = { upload = "." }', 'source = { repo = "acme/tiny", branch = "main" }')
    git(application.folder, "init", "-q", "-b", "main")
    git(application.folder, "add", ".")
    git(application.folder, "commit", "-q", "-m", "all of it")
    main = application.folder / "backend/app/main.py"
    main.write_text(main.read_text("utf-8") + ROUTE, "utf-8")
    application.plan.write_text(application.plan.read_text("utf-8") + CHECK, "utf-8")
    return application


def rehearse(application: Application, *options: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME"} or key.startswith("COVERAGE")}
    kept |= {"LANG": "C.UTF-8", "RAILWIZARD_STATE": str(application.folder.parent / "state")}
    return subprocess.run(
        [sys.executable, "-m", "wizard", "rehearse", str(application.folder), *options],
        env=kept | {"PYTHONPATH": str(Path(__file__).parents[2])},
        cwd=application.folder.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@pytest.mark.full
def test_the_files_on_disk_are_rehearsed_and_reported(application: Application) -> None:
    folder = application.folder.parent
    ended = rehearse(application, "--worktree", "--report", "run.md", "--report", "run.json", "--report", "run.xml")

    assert ended.returncode == 0, ended.stdout + ended.stderr
    document = json.loads((folder / "run.json").read_text("utf-8"))
    verdicts = {check["title"]["text"]: check["verdict"] for check in document["result"]["checks"]}
    assert verdicts["fresh"] == "passed"
    said = [event["text"]["id"] for event in document["events"] if event["type"] == "Note"]
    assert "secret_store.passing-keeps" in said, "a generated password says how long it lasts"
    assert ET.parse(folder / "run.xml").getroot().get("failures") == "0"  # noqa: S314 - our own text
    assert "verified" in (folder / "run.md").read_text("utf-8")
    for name in ("run.md", "run.json", "run.xml"):
        assert "postgresql://" not in (folder / name).read_text("utf-8")


@pytest.mark.full
def test_without_it_changes_that_are_not_committed_are_refused_and_reported(application: Application) -> None:
    ended = rehearse(application, "--report", "run.xml")

    assert ended.returncode == 6
    suite = ET.parse(application.folder.parent / "run.xml").getroot()  # noqa: S314 - our own text
    assert int(suite.get("failures", "0")) + int(suite.get("errors", "0")) >= 1
