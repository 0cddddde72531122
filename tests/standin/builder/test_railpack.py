"""Railpack's rules: what is detected, installed, built and started; nothing is executed and nothing fetched."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from wizard.standin.builder import BuildFailed, BuildSettings
from wizard.standin.builder.image import BuildRequest
from wizard.standin.builder.railpack import plan
from wizard.standin.builder.steps import BuildPlan, CopyFiles, RunCommand
from wizard.standin.builder.tools import Toolbox
from wizard.standin.processes import LogLine, discard

LOCKED_POETRY = {"pyproject.toml": "[project]\nname='x'", "poetry.lock": ""}
DJANGO = {
    "requirements.txt": "Django\ngunicorn",
    "manage.py": "",
    "shop/settings.py": "WSGI_APPLICATION = 'shop.wsgi.application'",
}
NEXT = '{"scripts": {"build": "next build", "start": "next start"}, "dependencies": {"next": "16"}}'
ASTRO = '{"scripts": {"build": "astro build", "start": "node x"}, "dependencies": {"@astrojs/node": "9"}}'
VITE = '{"scripts": {"build": "vite build"}, "devDependencies": {"vite": "7"}}'


class Planned:
    """A plan of a few files, with what the log said."""

    def __init__(
        self,
        folder: Path,
        files: Mapping[str, str],
        variables: Mapping[str, str] | None = None,
        settings: BuildSettings | None = None,
    ) -> None:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self.lines: list[str] = []
        request = BuildRequest(folder, settings or BuildSettings(), variables or {}, folder, folder)
        toolbox = Toolbox(folder.parent / "never-fetched-here")
        self.plan: BuildPlan = plan(request, b"key", self.log, toolbox)
        self.stage = self.plan.stages[-1]

    def log(self, line: LogLine) -> None:
        self.lines.append(line.text.strip().removeprefix("↳ "))

    @property
    def start(self) -> str:
        return self.stage.command[2]

    @property
    def ran(self) -> list[str]:
        return [step.title for step in self.stage.steps if isinstance(step.action, RunCommand)]

    @property
    def copied(self) -> list[tuple[str, ...]]:
        return [step.action.files for step in self.stage.steps if isinstance(step.action, CopyFiles)]

    def seen_by(self, title: str) -> Mapping[str, str]:
        return next(
            step.action.environment
            for step in self.stage.steps
            if step.title == title and isinstance(step.action, RunCommand)
        )


@pytest.mark.parametrize(
    ("files", "provider", "start"),
    [
        ({"requirements.txt": "requests", "app.py": ""}, "Python", "python app.py"),
        ({"bot.py": "", "server.py": ""}, "Python", "python bot.py"),
        (
            {"requirements.txt": "flask\ngunicorn", "app.py": ""},
            "Python",
            "gunicorn --bind 0.0.0.0:${PORT:-8000} main:app",
        ),
        ({"requirements.txt": "flask", "app.py": ""}, "Python", "python app.py"),
        (
            {"requirements.txt": "FastAPI\nuvicorn", "main.py": ""},
            "Python",
            "uvicorn main:app --host 0.0.0.0 --port ${PORT:-8000}",
        ),
        ({"requirements.txt": "fastapi[standard]", "main.py": ""}, "Python", "python main.py"),
        (DJANGO, "Python", "python manage.py migrate && gunicorn --bind 0.0.0.0:${PORT:-8000} shop.wsgi:application"),
        ({"package.json": '{"scripts": {"start": "next start"}}', "index.html": ""}, "Node", "npm run start"),
        ({"package.json": '{"main": "server.js"}'}, "Node", "node server.js"),
        ({"package.json": "{}", "index.ts": ""}, "Node", "node index.ts"),
        ({"package.json": '{"dependencies": {"nuxt": "4"}}'}, "Node", "node .output/server/index.mjs"),
        ({"package.json": '{"main": "a.ts"}', "bun.lock": ""}, "Node", "bun a.ts"),
        ({"package.json": VITE}, "Node", "caddy run --config /Caddyfile --adapter caddyfile 2>&1"),
        ({"index.html": ""}, "Staticfile", "caddy run --config Caddyfile --adapter caddyfile 2>&1"),
        ({"start.sh": "#!/usr/bin/env bash\n"}, "Shell", "bash start.sh"),
        ({"start.sh": "echo"}, "Shell", "sh start.sh"),
        ({"main.py": "", "package.json": "{}"}, "Python", "python main.py"),
    ],
)
def test_the_provider_and_what_starts(tmp_path: Path, files: dict[str, str], provider: str, start: str) -> None:
    planned = Planned(tmp_path / "app", files)
    assert planned.plan.name == f"Railpack ({provider})"
    assert planned.start == start
    assert f"Detected {provider}" in planned.lines


@pytest.mark.parametrize(
    ("files", "ran"),
    [
        ({"requirements.txt": "x", "main.py": ""}, ["pip install -r requirements.txt"]),
        (
            {"pyproject.toml": "", "uv.lock": "", "main.py": ""},
            ["uv sync --locked --no-dev --no-install-project", "uv sync --locked --no-dev --no-editable"],
        ),
        (
            {**LOCKED_POETRY, "main.py": ""},
            ["poetry install --no-interaction --no-ansi --only main --no-root"],
        ),
        ({"pyproject.toml": "", "pdm.lock": "", "main.py": ""}, ["pdm install --check --prod --no-editable"]),
        ({"Pipfile": "", "Pipfile.lock": "", "main.py": ""}, ["pipenv install --deploy --ignore-pipfile"]),
        ({"Pipfile": "", "main.py": ""}, ["pipenv install --skip-lock"]),
        ({"pyproject.toml": "[project]\ndependencies = ['flask']", "main.py": ""}, []),
        ({**LOCKED_POETRY, "requirements.txt": "x", "main.py": ""}, ["pip install -r requirements.txt"]),
    ],
)
def test_python_installs_with_the_manager_of_the_lock_file(
    tmp_path: Path, files: dict[str, str], ran: list[str]
) -> None:
    assert Planned(tmp_path / "app", files).ran == [*ran, "virtual environment"]


@pytest.mark.parametrize(
    ("files", "ran"),
    [
        ({"package.json": '{"scripts": {"build": "b", "start": "s"}}'}, ["npm install", "npm run build"]),
        (
            {"package.json": '{"main": "a.js"}', "pnpm-lock.yaml": "lockfileVersion: '9.0'\n"},
            ["pnpm install --frozen-lockfile --prefer-offline"],
        ),
        ({"package.json": '{"main": "a.js", "packageManager": "pnpm@10.1.0"}'}, ["pnpm install"]),
        ({"package.json": '{"main": "a.js"}', "yarn.lock": ""}, ["yarn install --frozen-lockfile"]),
        ({"package.json": '{"main": "a.js"}', "yarn.lock": "", ".yarnrc.yml": ""}, ["yarn install --check-cache"]),
        ({"package.json": '{"main": "a.js", "packageManager": "yarn@4.1.0+sha"}'}, ["yarn install --check-cache"]),
        ({"package.json": '{"main": "a.js"}', "bun.lockb": ""}, ["bun install --frozen-lockfile"]),
        ({"package.json": '{"main": "a.js", "engines": {"yarn": "1.x"}}'}, ["yarn install --frozen-lockfile"]),
    ],
)
def test_node_installs_with_the_manager_it_names(tmp_path: Path, files: dict[str, str], ran: list[str]) -> None:
    assert Planned(tmp_path / "app", files).ran == ran


@pytest.mark.parametrize(
    ("files", "requirement"),
    [
        ({"pnpm-lock.yaml": "lockfileVersion: '6.0'\n"}, "pnpm@8"),
        ({"pnpm-lock.yaml": "lockfileVersion: 5.4\n"}, "pnpm@7"),
        ({"pnpm-lock.yaml": "lockfileVersion: '9.0'\n", "engines": "pnpm"}, "pnpm@10"),
        ({"yarn.lock": ""}, "yarn@1"),
        ({"bun.lock": ""}, "bun@latest"),
    ],
)
def test_the_release_of_a_package_manager(tmp_path: Path, files: dict[str, str], requirement: str) -> None:
    engines = ', "engines": {"pnpm": "^10.3.0"}' if files.pop("engines", None) else ""
    planned = Planned(tmp_path / "app", {"package.json": f'{{"main": "a.js"{engines}}}', **files})
    assert requirement in [tool.requirement for tool in planned.plan.tools]


@pytest.mark.parametrize(
    ("files", "folder"),
    [
        ({"package.json": VITE}, "dist"),
        ({"package.json": VITE, "vite.config.ts": "build: { outDir: 'public/out' }"}, "public/out"),
        (
            {"package.json": '{"scripts": {"build": "react-scripts build"}, "dependencies": {"react-scripts": "5"}}'},
            "build",
        ),
        (
            {"package.json": '{"scripts": {"build": "astro build"}}', "astro.config.mjs": ""},
            "dist",
        ),
        (
            {
                "package.json": NEXT,
                "next.config.js": "output: 'export'",
            },
            "out",
        ),
        (
            {
                "package.json": '{"scripts": {"build": "react-router build"}}',
                "react-router.config.ts": "export default {\n  ssr: false,\n}",
            },
            "build/client/",
        ),
    ],
)
def test_a_static_build_is_served_from_its_folder(tmp_path: Path, files: dict[str, str], folder: str) -> None:
    planned = Planned(tmp_path / "app", files)
    assert planned.start.startswith("caddy run")
    assert f"Output directory: {folder}" in planned.lines
    assert "builder.caddy" in [item.id for item in planned.plan.differences]


@pytest.mark.parametrize(
    ("files", "variables"),
    [
        ({"package.json": VITE.replace('"scripts": {', '"scripts": {"start": "node x", ')}, {}),
        ({"package.json": VITE, "index.js": ""}, {"RAILPACK_NO_SPA": "1"}),
        ({"package.json": VITE}, {"RAILPACK_START_CMD": "node x"}),
        (
            {
                "package.json": ASTRO,
                "astro.config.mjs": "",
            },
            {},
        ),
    ],
)
def test_what_starts_a_server_is_not_a_static_site(
    tmp_path: Path, files: dict[str, str], variables: dict[str, str]
) -> None:
    assert "caddy" not in Planned(tmp_path / "app", files, variables).start


def test_an_installation_sees_its_own_files_and_variables_alone(tmp_path: Path) -> None:
    files = {"requirements.txt": "-r more.txt", "more.txt": "x", "main.py": "", "requirements/dev.txt": ""}
    variables = {"PIP_INDEX_URL": "here", "SECRET": "s"}
    planned = Planned(tmp_path / "app", files, variables, BuildSettings(build_command="make all"))
    assert planned.copied[0] == ("requirements.txt",)
    assert planned.ran == ["pip install -r requirements.txt", "make all", "virtual environment"]
    installing, building = planned.seen_by("pip install -r requirements.txt"), planned.seen_by("make all")
    assert installing["PIP_INDEX_URL"] == "here"
    assert "SECRET" not in installing
    assert building["SECRET"] == "s"
    assert "SECRET" not in planned.stage.environment
    assert planned.stage.environment["PATH"].startswith("/app/.venv/bin:/usr/local/bin:")


def test_lifecycle_scripts_install_with_everything(tmp_path: Path) -> None:
    package = '{"main": "a.js", "scripts": {"postinstall": "node b.js"}}'
    planned = Planned(tmp_path / "app", {"package.json": package, "b.js": ""}, {"SECRET": "s"})
    assert planned.copied[0] == ("b.js", "package.json")
    assert planned.seen_by("npm install")["SECRET"] == "s"


def test_workspace_manifests_are_copied_to_where_they_are(tmp_path: Path) -> None:
    files = {
        "package.json": '{"main": "a.js", "workspaces": ["packages/*"]}',
        "packages/one/package.json": "{}",
        "packages/one/index.js": "",
        "prisma/schema.prisma": "",
    }
    planned = Planned(tmp_path / "app", files)
    copies = [step.action for step in planned.stage.steps if isinstance(step.action, CopyFiles)][:-1]
    assert {(copy.files, copy.target) for copy in copies} == {
        (("package.json",), "/app"),
        (("packages/one/package.json",), "/app/packages/one"),
        (("prisma/schema.prisma",), "/app/prisma"),
    }
    assert "Found workspace with 1 packages" in planned.lines


@pytest.mark.parametrize(
    ("files", "variables", "wanted"),
    [
        ({".python-version": "3.12\n", "runtime.txt": "python-3.10.1"}, {}, ".python-version (3.12)"),
        ({"runtime.txt": "python-3.10.1"}, {}, "runtime.txt (3.10.1)"),
        ({".tool-versions": "python 3.11.4\n"}, {}, ".tool-versions (3.11.4)"),
        ({"mise.toml": "[tools]\npython = '3.9'\n"}, {}, "mise.toml (3.9)"),
        ({".python-version": "3.12\n"}, {"RAILPACK_PYTHON_VERSION": "3.14"}, "RAILPACK_PYTHON_VERSION (3.14)"),
        ({"pyproject.toml": "[project]\nrequires-python = '>=3.10'"}, {}, "railpack default (3.13)"),
    ],
)
def test_pythons_version(tmp_path: Path, files: dict[str, str], variables: dict[str, str], wanted: str) -> None:
    planned = Planned(tmp_path / "app", {"main.py": "", **files}, variables)
    assert any(line.startswith("python  │") and line.endswith(wanted) for line in planned.lines)


@pytest.mark.parametrize(
    ("files", "variables", "wanted"),
    [
        ({".nvmrc": "v20\n", ".node-version": "18"}, {}, ".nvmrc (v20)"),
        ({".nvmrc": "lts/*\n"}, {}, ".nvmrc (lts/*)"),
        ({".nvmrc": "20", "engine": ">=22 <25"}, {}, "package.json > engines > node (>=22 <25)"),
        ({"engine": "18"}, {"RAILPACK_NODE_VERSION": "20"}, "RAILPACK_NODE_VERSION (20)"),
        ({}, {}, "railpack default (lts)"),
    ],
)
def test_nodes_version(tmp_path: Path, files: dict[str, str], variables: dict[str, str], wanted: str) -> None:
    engine = files.pop("engine", None)
    engines = f', "engines": {{"node": "{engine}"}}' if engine else ""
    planned = Planned(tmp_path / "app", {"package.json": f'{{"main": "a.js"{engines}}}', **files}, variables)
    assert any(line.startswith("node  │") and line.endswith(wanted) for line in planned.lines)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("worker: w\nweb: gunicorn app:app --bind 0.0.0.0:$PORT\n", "gunicorn app:app --bind 0.0.0.0:$PORT"),
        ("worker: w\n", "w"),
        ("api: 'quoted'\nother: x\n", "quoted"),
    ],
)
def test_a_procfile_decides_what_starts(tmp_path: Path, text: str, start: str) -> None:
    assert Planned(tmp_path / "app", {"main.py": "", "Procfile": text}).start == start


def test_commands_of_the_service_of_variables_and_of_the_file_win_in_that_order(tmp_path: Path) -> None:
    files = {"main.py": "", "Procfile": "web: procfile"}
    settings = BuildSettings(start_command="service", build_command="service-build")
    assert Planned(tmp_path / "a", files, settings=settings).start == "service"
    variables = {"RAILPACK_START_CMD": "variable", "RAILPACK_BUILD_CMD": "variable-build", "RAILPACK_INSTALL_CMD": "in"}
    planned = Planned(tmp_path / "b", files, variables, settings)
    assert (planned.start, planned.ran[:2]) == ("variable", ["in", "variable-build"])
    config = """{
      // comments are allowed
      "deploy": {"startCommand": "file", "variables": {"A": "1"}, "paths": ["bin"],},
      "steps": {"build": {"commands": ["...", "PATH:tools", {"cmd": "after", "customName": "Afterwards"}]}},
    }"""
    planned = Planned(tmp_path / "c", {**files, "railpack.json": config, "tools/x": ""}, variables)
    assert planned.start == "file"
    assert planned.ran == ["in", "Afterwards", "virtual environment"]
    assert planned.stage.environment["A"] == "1"
    assert planned.stage.environment["PATH"].startswith("/app/bin:/app/tools:")
    assert "Using config file `railpack.json`" in planned.lines


def test_a_provider_can_be_forced(tmp_path: Path) -> None:
    files = {"main.py": "", "package.json": '{"main": "a.js"}', "railpack.json": '{"provider": "Node"}'}
    planned = Planned(tmp_path / "app", files)
    assert planned.plan.name == "Railpack (Node)"
    assert "Using provider Node from config" in planned.lines


@pytest.mark.parametrize(
    ("files", "variables", "reason"),
    [
        ({}, {}, "could not determine how to build"),
        ({"go.mod": "", "main.py": ""}, {}, "Detected Go: it cannot be rehearsed here"),
        ({"composer.json": "{}", "package.json": "{}"}, {}, "Detected PHP"),
        ({"Gemfile": ""}, {}, "Detected Ruby"),
        ({"app.csproj": ""}, {}, "Detected .NET"),
        ({"package.json": "{"}, {}, "error reading package.json"),
        ({"package.json": "[]"}, {}, "error reading package.json"),
        ({"package.json": "{}"}, {}, "No start command detected"),
        ({"requirements.txt": "x"}, {}, "No start command detected"),
        ({"index.html": "", "Caddyfile": ":80"}, {}, "A Caddyfile of the project's own"),
        ({"main.py": "", "railpack.json": '{"steps": {"lint": {}}}'}, {}, "The step lint of railpack.json"),
        ({"main.py": "", "railpack.json": '{"deploy": {"base": {"image": "x"}}}'}, {}, "deploy.base of railpack.json"),
        ({"main.py": ""}, {"RAILPACK_CONFIG_FILE": "other.json"}, 'config file "other.json" not found'),
        ({"package.json": "{}", "nx.json": "{}"}, {}, "Detected an Nx workspace"),
    ],
)
def test_what_is_not_emulated_is_named(
    tmp_path: Path, files: dict[str, str], variables: dict[str, str], reason: str
) -> None:
    (tmp_path / "app").mkdir()
    with pytest.raises(BuildFailed) as failed:
        Planned(tmp_path / "app", files, variables)
    assert reason in failed.value.detail[-1]


def test_a_tool_that_may_not_be_fetched_is_named(tmp_path: Path) -> None:
    (tmp_path / "poetry.lock").write_text("")
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "main.py").write_text("")
    request = BuildRequest(tmp_path, BuildSettings(), {}, tmp_path, tmp_path)
    with pytest.raises(BuildFailed) as failed:
        plan(request, b"key", discard)
    assert "Railpack builds this with poetry" in failed.value.detail[-1]


def test_tools_that_nothing_here_brings_are_named(tmp_path: Path) -> None:
    planned = Planned(tmp_path / "app", {"main.py": ""}, {"RAILPACK_PACKAGES": "jq@1.7 python@3.12 node"})
    told = [dict(item.params) for item in planned.plan.differences if item.id == "builder.mise-package"]
    assert told == [{"package": "jq"}, {"package": "node"}]
