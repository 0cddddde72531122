"""Contexts written in a few lines, wheels made by hand so that nothing is downloaded, one layer cache for all."""

import zipfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from wizard.standin.builder import BuildRequest, BuildSettings, Image, build
from wizard.standin.processes import LogLine


@dataclass
class Built:
    image: Image
    lines: list[str]

    @property
    def app(self) -> Path:
        return self.image.root / "app"

    def ran(self, text: str) -> bool:
        """Whether a step with that text really ran, not from a layer."""
        return any(text in line and line.startswith("[") and not line.endswith(" cached") for line in self.lines)


class Workbench:
    """A context and everything a build of it needs."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.context = folder / "context"
        self.context.mkdir(parents=True)
        self.folder = folder
        self.cache = cache
        self.count = 0
        self.lines: list[str] = []

    def write(self, files: Mapping[str, str]) -> "Workbench":
        for name, text in files.items():
            path = self.context / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return self

    def wheel(self, name: str, version: str = "1.0") -> None:
        """Write an installable package with a module and a console script."""
        folder = self.context / "wheels"
        folder.mkdir(exist_ok=True)
        info = f"{name}-{version}.dist-info"
        with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
            for path, text in {
                f"{name}.py": f"VERSION = {version!r}\n\ndef main():\n    print('{name}', VERSION)\n",
                f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
                f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
                f"{info}/entry_points.txt": f"[console_scripts]\n{name}-cli = {name}:main\n",
                f"{info}/RECORD": "",
            }.items():
                wheel.writestr(zipfile.ZipInfo(path, (2020, 1, 1, 0, 0, 0)), text)

    def request(
        self, variables: Mapping[str, str] | None = None, settings: BuildSettings | None = None
    ) -> BuildRequest:
        self.count += 1
        work = self.folder / f"work-{self.count}"
        return BuildRequest(
            self.context, settings or BuildSettings(), variables or {}, self.cache, work, "builder-tests"
        )

    def log(self, line: LogLine) -> None:
        self.lines.append(line.text)

    async def build(self, variables: Mapping[str, str] | None = None, settings: BuildSettings | None = None) -> Built:
        self.lines = []
        image = await build(self.request(variables, settings), self.log)
        return Built(image, self.lines)


Bench = Callable[[Mapping[str, str]], Workbench]
Build = Callable[[], Awaitable[Built]]


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("layers")


@pytest.fixture
def bench(tmp_path: Path, shared_cache: Path) -> Bench:
    return lambda files: Workbench(tmp_path / "bench", shared_cache).write(files)
