"""What a Dockerfile does, seen in the folders it leaves."""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wizard.standin.builder import BuildFailed, BuildSettings

INSTALL = """
FROM python:3.11-slim
WORKDIR /app
COPY requirements.txt ./
COPY wheels /wheels
RUN pip install --no-cache-dir --no-index --find-links=/wheels -r requirements.txt
COPY . .
CMD uvicorn main:app --port $PORT
"""


def output_of(program: Path) -> str:
    return subprocess.run([program], capture_output=True, text=True, check=True).stdout


async def test_dependencies_are_installed_once_whatever_happens_to_the_code(bench: Any) -> None:
    work = bench({"Dockerfile": INSTALL, "requirements.txt": "alpha\n", "main.py": "1"})
    work.wheel("alpha")
    first = await work.build()
    assert first.ran("pip install")
    work.write({"main.py": "2"})
    second = await work.build()
    assert not second.ran("pip install")
    assert any("pip install" in line and line.endswith(" cached") for line in second.lines)
    assert (second.app / "main.py").read_text() == "2"
    assert second.image.python == first.image.python
    work.wheel("beta")
    work.write({"requirements.txt": "alpha\nbeta\n"})
    third = await work.build()
    assert third.ran("pip install")
    assert third.image.python != first.image.python
    assert output_of(third.image.python / "bin/beta-cli") == "beta 1.0\n"
    assert not (first.image.python / "bin/beta-cli").exists()


async def test_the_image_tells_how_it_starts(bench: Any) -> None:
    work = bench(
        {"Dockerfile": "FROM python:3.11-slim\nEXPOSE 8000/tcp 9000\nENV A=1\nWORKDIR /srv/x\nCMD serve $PORT\n"}
    )
    image = (await work.build()).image
    assert image.command == ("/bin/sh", "-c", "serve $PORT")
    assert image.ports == (8000, 9000)
    assert image.workdir == "/srv/x"
    assert image.environment["A"] == "1"
    assert image.plan == "Dockerfile"


@pytest.mark.parametrize(
    ("tail", "start", "expected"),
    [
        ('CMD ["a", "$PORT"]', None, ("a", "$PORT")),
        ('ENTRYPOINT ["e"]\nCMD ["a"]', None, ("e", "a")),
        ("ENTRYPOINT e x\nCMD a", None, ("/bin/sh", "-c", "e x")),
        ('CMD ["a"]\nENTRYPOINT ["e"]', None, ("e", "a")),
        ('SHELL ["/bin/bash", "-c"]\nCMD a', None, ("/bin/bash", "-c", "a")),
        ('ENTRYPOINT ["e"]\nCMD ["a"]', "run --port $PORT", ("run", "--port", "$PORT")),
    ],
)
async def test_entrypoint_command_and_start_command(
    bench: Any, tail: str, start: str | None, expected: tuple[str, ...]
) -> None:
    work = bench({"Dockerfile": f"FROM debian\n{tail}\n"})
    assert (await work.build(settings=BuildSettings(start_command=start))).image.command == expected


@pytest.mark.parametrize("source", ["../shared", "missing.txt", "/../shared/x.py", "secret.env", "./sub/../../shared"])
async def test_what_the_context_does_not_hold_cannot_be_copied(bench: Any, source: str) -> None:
    work = bench(
        {"Dockerfile": f"FROM debian\nWORKDIR /app\nCOPY {source} .\n", ".dockerignore": "*.env\n", "secret.env": ""}
    )
    outside = work.context.parent / "shared"
    outside.mkdir()
    (outside / "x.py").write_text("")
    with pytest.raises(BuildFailed) as failed:
        await work.build()
    assert failed.value.step.startswith("COPY ")
    assert failed.value.detail[-1].endswith("not found")
    assert "failed to compute cache key" in failed.value.detail[-1]


async def test_copy_puts_files_where_the_builder_would(bench: Any) -> None:
    dockerfile = """
FROM debian
WORKDIR /app
COPY one.txt renamed.txt
COPY one.txt folder/
COPY tree .
COPY tree /app/kept/
COPY *.txt missing*.lock all/
COPY --chmod=755 one.txt run
COPY ["with space.txt", "spaced/"]
COPY <<EOF <<'RAW' /app/docs/
value $GREETING
EOF
raw $GREETING
RAW
"""
    files = {
        "Dockerfile": dockerfile.replace("<<'RAW'", "<<'RAW'"),
        "one.txt": "1",
        "two.txt": "2",
        "tree/a/b.txt": "b",
    }
    work = bench({**files, "with space.txt": "s", ".dockerignore": "two.txt\n"})
    app = (await work.build()).app
    found = sorted(path.relative_to(app).as_posix() for path in app.rglob("*") if path.is_file())
    assert found == [
        *("a/b.txt", "all/one.txt", "all/with space.txt", "docs/EOF", "docs/RAW", "folder/one.txt", "kept/a/b.txt"),
        *("renamed.txt", "run", "spaced/with space.txt"),
    ]
    assert (app / "run").stat().st_mode & 0o777 == 0o755
    assert (app / "docs/EOF").read_text() == "value \n"
    assert (app / "docs/RAW").read_text() == "raw $GREETING\n"


async def test_empty_folders_are_copied_too(bench: Any) -> None:
    work = bench({"Dockerfile": "FROM debian\nWORKDIR /app\nCOPY . .\nCOPY empty other\n", ".dockerignore": "gone\n"})
    for name in ("empty/inner", "gone"):
        (work.context / name).mkdir(parents=True)
    app = (await work.build()).app
    found = sorted(path.relative_to(app).as_posix() for path in app.rglob("*") if path.is_dir())
    assert found == ["empty", "empty/inner", "other", "other/inner"]


async def test_only_declared_variables_are_seen_and_each_stage_declares_its_own(bench: Any) -> None:
    dockerfile = """
ARG BASE=debian
FROM $BASE AS first
ARG SEEN
ARG DEFAULTED=fallback
RUN mkdir -p /app && echo "$SEEN|$HIDDEN|$DEFAULTED" > /app/first
FROM first
ENV FROM_ENV=${SEEN:-unseen}
RUN echo "$SEEN|$FROM_ENV" > /app/second
"""
    built = await bench({"Dockerfile": dockerfile}).build({"SEEN": "yes", "HIDDEN": "no"})
    assert (built.app / "first").read_text() == "yes||fallback\n"
    assert (built.app / "second").read_text() == "|unseen\n"


async def test_a_variable_of_the_build_is_part_of_a_layers_key_but_not_of_its_name(bench: Any) -> None:
    work = bench({"Dockerfile": 'FROM debian\nARG TOKEN\nRUN mkdir -p /app && echo "$TOKEN" > /app/token\n'})
    assert (await work.build({"TOKEN": "first-sentinel"})).ran("RUN")
    changed = await work.build({"TOKEN": "second-sentinel"})
    assert changed.ran("RUN")
    assert (changed.app / "token").read_text() == "second-sentinel\n"
    assert not any("sentinel" in path.name for path in work.cache.rglob("*"))
    assert not (await work.build({"TOKEN": "first-sentinel", "OTHER": "x"})).ran("RUN")


@pytest.mark.parametrize(
    "dockerfile",
    [
        """
FROM python:3.11-slim AS build
COPY wheels /wheels
RUN pip install --no-index --find-links=/wheels --prefix=/install alpha
FROM python:3.11-slim
COPY --from=build /install /usr/local
WORKDIR /app
RUN alpha-cli > out && python -c "import alpha" && which alpha-cli > where
""",
        """
FROM python:3.11-slim AS build
COPY wheels /wheels
RUN pip install --user --no-index --find-links=/wheels alpha
FROM python:3.11-slim
COPY --from=build /root/.local /root/.local
ENV PATH=/root/.local/bin:$PATH
WORKDIR /app
RUN alpha-cli > out && which alpha-cli > where
""",
        """
FROM python:3.11-slim AS build
COPY wheels /wheels
RUN pip install --no-index --find-links=/wheels alpha
FROM python:3.11-slim
COPY --from=build /usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/site-packages
COPY --from=build /usr/local/bin /usr/local/bin
WORKDIR /app
RUN alpha-cli > out && which alpha-cli > where
""",
        """
FROM python:3.11-slim AS build
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY wheels /wheels
RUN pip install --no-index --find-links=/wheels alpha
FROM python:3.11-slim
COPY --from=build /opt/venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
WORKDIR /app
RUN alpha-cli > out && which alpha-cli > where
""",
    ],
    ids=["prefix", "user", "site-packages", "venv"],
)
async def test_packages_move_from_stage_to_stage_and_still_run(bench: Any, dockerfile: str) -> None:
    work = bench({"Dockerfile": dockerfile})
    work.wheel("alpha")
    built = await work.build()
    assert (built.app / "out").read_text() == "alpha 1.0\n"
    where = Path((built.app / "where").read_text().strip())
    assert built.image.python is not None
    assert where.is_relative_to(work.cache) or where.is_relative_to(work.folder)


@pytest.fixture
def operators_file() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        path = Path(folder) / "operators-file"
        path.write_text("precious")
        yield path


async def test_the_machine_is_not_the_images_to_change(bench: Any, operators_file: Path) -> None:
    victim = operators_file
    dockerfile = f"""
FROM python:3.11-slim
RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
RUN groupadd app && useradd -g app app && mkdir -p /app && chown -R app /app
RUN rm -f {victim}; cp /etc/hostname /app/copied; cp /app/copied {victim}
RUN echo kept > /app/kept && sed -i s/kept/changed/ /app/kept && rm -rf /app/copied
USER app
"""
    built = await bench({"Dockerfile": dockerfile}).build()
    assert victim.read_text() == "precious"
    assert (built.app / "kept").read_text() == "changed\n"
    assert not (built.app / "copied").exists()
    skipped = [item.params["command"] for item in built.image.differences if item.id == "builder.skipped"]
    assert "apt-get update" in skipped
    assert "useradd -g app app" in skipped
    assert "chown -R app /app" in skipped
    assert f"rm -f {victim}" in skipped
    assert any(item.id == "builder.user" and item.params["user"] == "app" for item in built.image.differences)


async def test_a_run_does_not_see_the_callers_secrets(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAILWAY_API_TOKEN", "sentinel-token")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "sentinel-key")
    built = await bench({"Dockerfile": "FROM debian\nWORKDIR /app\nRUN env > seen\n"}).build()
    seen = (built.app / "seen").read_text()
    assert "sentinel" not in seen
    assert "RAILWIZARD_RUN_ID=builder-tests" in seen


async def test_a_failing_run_fails_the_build_with_its_last_lines(bench: Any) -> None:
    work = bench({"Dockerfile": "FROM debian\nWORKDIR /app\nRUN echo before && echo the cause >&2 && exit 3\n"})
    with pytest.raises(BuildFailed) as failed:
        await work.build()
    assert "RUN echo before" in failed.value.step
    assert "the cause" in failed.value.detail
    assert failed.value.detail[-1].endswith("did not complete successfully: exit code: 3")
    assert any("ERROR: failed to build" in line for line in work.lines)


async def test_scripts_heredocs_and_bind_mounts(bench: Any) -> None:
    dockerfile = """
FROM python:3.11-slim
WORKDIR /app
RUN <<EOF
echo one > a
echo two >> a
EOF
RUN python - <<EOF
open('b', 'w').write('from python')
EOF
RUN --mount=type=cache,id=s/0-pip,target=/root/.cache --mount=type=bind,source=list.txt,target=list.txt cat list.txt > c
RUN ["sh", "-c", "echo exec > d"]
"""
    app = (await bench({"Dockerfile": dockerfile, "list.txt": "bound"}).build()).app
    assert {path.name: path.read_text() for path in app.iterdir()} == {
        "a": "one\ntwo\n",
        "b": "from python",
        "c": "bound",
        "d": "exec\n",
    }


@pytest.mark.parametrize(
    ("dockerfile", "settings", "reason"),
    [
        ("FROM scratch\n", None, "scratch cannot be rehearsed here"),
        ("FROM nginx:alpine\n", None, "nginx:alpine cannot be rehearsed here"),
        ("FROM debian\nADD https://example.org/x /x\n", None, "ADD from an address"),
        ("FROM debian\nRUN --mount=type=secret,id=x true\n", None, "mount cannot be rehearsed here"),
        ("FROM debian\nCOPY --from=nginx /etc /etc\n", None, "COPY --from=nginx"),
        ("FROM debian\nFRMO x\n", None, "FRMO"),
        ("FROM debian\n", BuildSettings(dockerfile_path="docker/Dockerfile"), "couldn't locate the dockerfile"),
        ("FROM debian\n", BuildSettings(dockerfile_path="../Dockerfile"), "couldn't locate the dockerfile"),
    ],
)
async def test_what_cannot_be_built_is_named(
    bench: Any, dockerfile: str, settings: BuildSettings | None, reason: str
) -> None:
    work = bench({"Dockerfile": dockerfile})
    (work.context.parent / "Dockerfile").write_text("FROM debian\n")
    with pytest.raises(BuildFailed) as failed:
        await work.build(settings=settings)
    assert reason in failed.value.detail[-1]


async def test_another_python_than_the_images_is_named(bench: Any) -> None:
    differences = (await bench({"Dockerfile": "FROM python:3.99-slim\n"}).build()).image.differences
    assert [item.params["wanted"] for item in differences if item.id == "builder.other-python"] == ["3.99"]


async def test_packages_never_reach_the_machines_own_python(bench: Any) -> None:
    dockerfile = """
FROM ubuntu:24.04
RUN apt-get update && apt-get install -y python3 python3-pip
COPY wheels /wheels
RUN pip install --break-system-packages --no-index --find-links=/wheels alpha && mkdir -p /app && alpha-cli > /app/out
"""
    work = bench({"Dockerfile": dockerfile})
    work.wheel("alpha")
    built = await work.build()
    assert (built.app / "out").read_text() == "alpha 1.0\n"
    assert built.image.python.is_relative_to(work.cache)


@pytest.mark.full
async def test_an_image_without_python_cannot_install_into_the_machines(bench: Any) -> None:
    work = bench({"Dockerfile": "FROM node:20\nCOPY wheels /wheels\nRUN pip install --no-index -f /wheels alpha\n"})
    work.wheel("alpha")
    with pytest.raises(BuildFailed) as failed:
        await work.build()
    assert any("virtualenv" in line for line in failed.value.detail)


async def test_a_build_log_names_paths_as_the_image_does(bench: Any) -> None:
    built = await bench({"Dockerfile": "FROM debian\nWORKDIR /app\nRUN pwd && echo $PWD/x\n"}).build()
    assert built.lines[-3:-1] == ["/app", "/app/x"]
