"""Builds of the sandbox tier: a Dockerfile's commands write to the image alone, as the users it names, once."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio

from wizard.standin.builder import BuildFailed, BuildRequest, BuildSettings, Image
from wizard.standin.processes import LogLine
from wizard.standin.runner import Launch
from wizard.standin.sandbox.tier import SandboxTier, open_sandbox

pytestmark = pytest.mark.asyncio(loop_scope="module")

WATCHED = ("/etc", "/usr/local", "/usr/bin", "/usr/lib/python3", "/opt", "/srv", "/var/lib", "/home", "/app")


def listing(folders: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """Return every path below these folders with its size and time of change."""
    found = {}
    for folder in folders:
        for here, names, files in os.walk(folder):
            for path in (Path(here, name) for name in (*names, *files)):
                status = path.lstat()
                found[str(path)] = (status.st_size, status.st_mtime_ns)
    return found


@dataclass
class Yard:
    """A tier with a folder for contexts and deployments."""

    tier: SandboxTier
    folder: Path
    lines: list[str] = field(default_factory=list)
    count: int = 0

    def _log(self, line: LogLine) -> None:
        self.lines.append(line.text)

    async def build(self, dockerfile: str, files: dict[str, str] | None = None) -> Image:
        self.count += 1
        context = self.folder / f"context-{self.count}"
        context.mkdir()
        for name, text in {"Dockerfile": dockerfile, **(files or {})}.items():
            (context / name).parent.mkdir(parents=True, exist_ok=True)
            (context / name).write_text(text)
        self.lines.clear()
        work = self.folder / f"work-{self.count}"
        request = BuildRequest(context, BuildSettings(), {}, self.tier.cache, work, "images", None, isolated=True)
        return await self.tier.build(request, self._log)

    async def run(self, image: Image, command: str, **volumes: Path) -> tuple[int, list[str]]:
        self.count += 1
        self.lines.clear()
        mounts = {f"/{name}": folder for name, folder in volumes.items()}
        launch = Launch(self.folder / f"run-{self.count}", {}, 0, mounts, "environment")
        return await self.tier.run(image, launch, command, self._log), list(self.lines)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def yard(tmp_path_factory: pytest.TempPathFactory, sandbox_cache: Path) -> AsyncIterator[Yard]:
    folder = tmp_path_factory.mktemp("yard")
    tier = await open_sandbox(sandbox_cache, folder, "images")
    yield Yard(tier, folder)
    await tier.close()


MARKED = """FROM python:3.11-slim
WORKDIR /app
RUN echo x > /usr/local/marker && echo y > /etc/marker && echo z > /usr/share/marker && rm /etc/services
RUN mkdir /opt/deep && ln -s /opt/deep /opt/link && touch /srv/here
COPY data /opt/link/data
CMD python -V
"""


async def test_commands_write_to_the_image_alone(yard: Yard) -> None:
    before = listing(WATCHED)
    image = await yard.build(MARKED, {"data": "copied"})
    told = "cat /usr/local/marker /etc/marker /usr/share/marker /opt/deep/data; echo; ls /etc/services 2>&1"
    _, lines = await yard.run(image, f"{told}; rm -rf /usr/bin/env /etc /opt")
    lines = [line for line in lines if not line.startswith("rm:")]
    assert lines[:4] == ["x", "y", "z", "copied"]
    assert "No such file" in lines[4]
    assert listing(WATCHED) == before
    assert not Path("/usr/local/marker").exists()
    assert not Path("/opt/deep").exists()


async def test_a_deployment_writes_to_its_own_copy_alone(yard: Yard) -> None:
    image = await yard.build(MARKED, {"data": "copied"})
    assert (await yard.run(image, "echo changed > /etc/marker; rm -rf /usr/local/lib"))[0] == 0
    assert (await yard.run(image, "cat /etc/marker; python -c 'import pip'"))[1] == ["y"]


async def test_python_lies_where_the_image_has_it(yard: Yard) -> None:
    image = await yard.build("FROM python:3.11-slim\nCMD python\n")
    question = "import sys, site; print(sys.prefix, site.getsitepackages()[0], sys.version_info[:2])"
    code, lines = await yard.run(image, f'which python pip; python -c "{question}"; pip list --format=freeze')
    assert code == 0
    expected = "/usr/local /usr/local/lib/python3.11/site-packages (3, 11)"
    assert lines[:3] == ["/usr/local/bin/python", "/usr/local/bin/pip", expected]
    assert {line.partition("==")[0] for line in lines[3:]} <= {"pip", "setuptools", "wheel"}


USERS = """FROM python:3.11-slim
RUN groupadd -g 1500 web && useradd -m -u 1500 -g web web && mkdir /data && chown web:web /data
WORKDIR /srv/app
COPY --chown=web:web app.py .
COPY other.py .
USER web
RUN touch /data/built && ! touch /srv/refused 2>/dev/null
CMD python app.py
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root maps more than one user")
async def test_users_and_owners_are_as_the_dockerfile_says(yard: Yard) -> None:
    image = await yard.build(USERS, {"app.py": "", "other.py": ""})
    code, lines = await yard.run(image, "id -un; echo $HOME; stat -c '%U %n' app.py other.py /data/built; touch /x")
    assert (code, image.user) == (1, "web")
    assert lines[:5] == ["web", "/home/web", "web app.py", "root other.py", "web /data/built"]
    assert image.differences == () or not any(one.id == "builder.user" for one in image.differences)


STAGES = """FROM python:3.11-slim AS builder
WORKDIR /build
COPY pkg /build/pkg
RUN pip install --user --no-deps /build/pkg && mkdir out && echo made > out/file && ln -s file out/link
FROM python:3.11-slim
COPY --from=builder /root/.local /root/.local
COPY --from=builder /build/out /srv/out
CMD python -m tinypkg
"""
PACKAGE = {
    "pkg/pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    '[project]\nname = "tinypkg"\nversion = "1"\n',
    "pkg/backend.py": """
import zipfile, pathlib
def build_wheel(folder, config_settings=None, metadata_directory=None):
    name = "tinypkg-1-py3-none-any.whl"
    with zipfile.ZipFile(pathlib.Path(folder, name), "w") as wheel:
        wheel.writestr("tinypkg.py", "print('tiny runs')")
        wheel.writestr("tinypkg-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tinypkg\\nVersion: 1\\n")
        tags = "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
        wheel.writestr("tinypkg-1.dist-info/WHEEL", tags)
        wheel.writestr("tinypkg-1.dist-info/RECORD", "")
    return name
""",
}


async def test_what_a_user_installed_is_copied_from_stage_to_stage(yard: Yard) -> None:
    image = await yard.build(STAGES, PACKAGE)
    code, lines = await yard.run(image, "python -m tinypkg; cat /srv/out/link; readlink /srv/out/link; ls /build")
    assert lines[:3] == ["tiny runs", "made", "file"]
    assert code != 0


async def test_a_second_build_runs_nothing(yard: Yard) -> None:
    first = await yard.build(MARKED, {"data": "copied again"})
    second = await yard.build(MARKED, {"data": "copied again"})
    assert second.layers == first.layers
    assert all(line.endswith(" cached") for line in yard.lines if line.startswith("["))
    assert any("all cached" in line for line in yard.lines)


async def test_changed_code_keeps_the_layers_below_it(yard: Yard) -> None:
    first = await yard.build(MARKED, {"data": "one"})
    second = await yard.build(MARKED, {"data": "two"})
    assert second.layers[:-1] == first.layers[:-1]
    assert second.layers != first.layers
    assert (await yard.run(second, "cat /opt/deep/data"))[1] == ["two"]


async def test_a_failing_command_fails_the_build_in_the_builders_words(yard: Yard) -> None:
    before = set(yard.tier.cache.rglob("layer.json"))
    with pytest.raises(BuildFailed) as failed:
        await yard.build("FROM python:3.11-slim\nRUN echo nearly && exit 9\n")
    assert failed.value.detail[-1].endswith("did not complete successfully: exit code: 9")
    assert "nearly" in failed.value.detail
    assert set(yard.tier.cache.rglob("layer.json")) - before <= set(yard.tier.cache.glob("sandbox/layers/*/layer.json"))
    assert not list(yard.tier.cache.glob("sandbox/layers/.*"))


async def test_a_missing_source_of_a_stage_fails_the_build(yard: Yard) -> None:
    text = "FROM python:3.11-slim AS a\nRUN true\nFROM python:3.11-slim\nCOPY --from=a /nowhere /x\n"
    with pytest.raises(BuildFailed, match="nowhere"):
        await yard.build(text)


async def test_a_volume_outlives_the_container(yard: Yard, tmp_path: Path) -> None:
    image = await yard.build("FROM python:3.11-slim\nCMD true\n")
    await yard.run(image, "echo kept > /uploads/file", uploads=tmp_path / "volume")
    assert (await yard.run(image, "cat /uploads/file", uploads=tmp_path / "volume"))[1] == ["kept"]
    assert (tmp_path / "volume" / "file").read_text() == "kept\n"


async def test_nothing_of_a_box_remains(yard: Yard) -> None:
    image = await yard.build("FROM python:3.11-slim\nCMD true\n")
    await yard.run(image, "true")
    assert not [path for path in yard.folder.glob("run-*") if path.exists()]


def digest(folder: Path) -> str:
    """Return one text for all files of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


async def test_a_layer_is_never_written_to_again(yard: Yard) -> None:
    image = await yard.build(MARKED, {"data": "sealed"})
    before = [digest(layer) for layer in image.layers[1:]]
    await yard.run(image, "find / -xdev -name marker -delete; echo more > /opt/deep/data")
    assert [digest(layer) for layer in image.layers[1:]] == before
    assert shutil.disk_usage(yard.folder).free


async def test_a_full_disk_is_said_before_anything_is_made(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wizard.standin.sandbox.carrier._LEAST_DISK", 2**62)
    with pytest.raises(BuildFailed, match="no space left on device"):
        await yard.build("FROM python:3.11-slim\nRUN true\n")


async def test_too_little_memory_is_said_too(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wizard.standin.sandbox.carrier._LEAST_MEMORY", 2**62)
    with pytest.raises(BuildFailed, match="cannot allocate memory"):
        await yard.build("FROM python:3.11-slim\nRUN true\n")
