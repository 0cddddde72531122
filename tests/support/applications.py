"""Copies of applications that a test may change, each with a key of its own: the same name, another project."""

from __future__ import annotations

import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
TINY = TESTS / "apps" / "tiny"
SAMPLE = TESTS.parent / "examples" / "vision-mvp"

_LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules", ".next", ".venv", "*.pyc")


@dataclass(frozen=True, slots=True)
class Application:
    """A folder with a plan; what it was copied from says how it was."""

    folder: Path
    key: str

    @property
    def plan(self) -> Path:
        return self.folder / "wizard.toml"

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace one place of a file; a place that is not there is the test's mistake."""
        path = self.folder / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, (file, old, text.count(old))
        path.write_text(text.replace(old, new), "utf-8")

    def write(self, file: str, text: str) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def set_variable(self, name: str, value: str, service: str = "backend") -> None:
        """Add a variable to a service's table of the plan."""
        table = f"[services.{service}.variables]\n"
        self.edit("wizard.toml", table, f'{table}{name} = "{value}"\n')

    def snapshot(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}

    def restore(self, files: dict[Path, bytes]) -> None:
        """Bring every file back to what it was; others go."""
        for path in self.snapshot().keys() - files.keys():
            path.unlink()
        for path, content in files.items():
            path.write_bytes(content)


def copy_application(source: Path, folder: Path, name: str | None = None) -> Application:
    """Copy an application under a new key, and under a new project name where one is given."""
    shutil.copytree(source, folder, ignore=_LEFT_OUT)
    plan, key = folder / "wizard.toml", str(uuid.uuid4())
    lines = plan.read_text("utf-8").splitlines()
    lines[_line(lines, "key = ")] = f'key = "{key}"'
    if name:
        lines[_line(lines, "name = ")] = f'name = "{name}"'
    plan.write_text("\n".join(lines) + "\n", "utf-8")
    return Application(folder, key)


def _line(lines: list[str], start: str) -> int:
    return next(index for index, line in enumerate(lines) if line.startswith(start))
