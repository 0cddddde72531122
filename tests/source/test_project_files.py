from __future__ import annotations

import pytest

from tests.source.conftest import MakeTree
from wizard.source.compose_file import compose_images
from wizard.source.dotenv import is_env_example, is_env_file, is_placeholder, parse_env
from wizard.source.image import Image, command_port, container_path, read_image
from wizard.source.location import SourceLocation, Unreadable
from wizard.source.requirements import parse_requirement, read_requirements
from wizard.source.service_files import find_image, service_name


def test_requirements_with_includes_cycles_and_options(make_tree: MakeTree) -> None:
    tree = make_tree(
        {
            "requirements.txt": """
                --index-url https://pypi.example
                -r requirements/base.txt
                Flask_Cors==1.0  # comment
                pkg[One,two] >=1,<2 ; python_version<"3.12"
                ./local
                git+https://host/x.git
                https://host/y.whl
            """,
            "requirements/base.txt": "-r ../requirements.txt\nuvicorn[standard]\n",
        }
    )
    declared = read_requirements(tree, ".").declared
    assert [(one.name, one.extras, one.specifier, str(one.location)) for one in declared] == [
        ("uvicorn", ("standard",), "", "requirements/base.txt:2"),
        ("flask-cors", (), "==1.0", "requirements.txt:3"),
        ("pkg", ("one", "two"), ">=1,<2", "requirements.txt:4"),
    ]


def test_requirements_of_pyproject_and_poetry(make_tree: MakeTree) -> None:
    tree = make_tree(
        {
            "a/pyproject.toml": '[project]\ndependencies = ["fastapi>=0.1", "psycopg[binary]"]\n',
            "b/pyproject.toml": '[tool.poetry.dependencies]\npython = "3"\nredis = "^5"\nsqlmodel = {extras = ["x"]}\n',
            "c/pyproject.toml": "[project\n",
            "d/Pipfile": '[packages]\nfastapi = "*"\n',
        }
    )
    assert [one.name for one in read_requirements(tree, "a").declared] == ["fastapi", "psycopg"]
    assert [(one.name, one.extras) for one in read_requirements(tree, "b").declared] == [
        ("redis", ()),
        ("sqlmodel", ("x",)),
    ]
    assert [one.path for one in read_requirements(tree, "c").unreadable] == ["c/pyproject.toml"]
    assert read_requirements(tree, "d").find("fastapi") is not None


@pytest.mark.parametrize("text", ["", "-e .", "../x", "a/b", ".[dev]"])
def test_what_has_no_name_is_no_requirement(text: str) -> None:
    assert parse_requirement(text, SourceLocation("r", 1)) is None


def test_env_files() -> None:
    text = '# key\nexport KEY=\'a # b\'\nPLAIN=x y # hint\n\nMULTI="one\ntwo"\n# no\n\nEMPTY=\nno line\n1X=2\nOPEN="a\n'
    entries = {entry.name: entry for entry in parse_env(text, ".env")}
    assert {name: entry.value for name, entry in entries.items()} == {
        "KEY": "a # b",
        "PLAIN": "x y",
        "MULTI": "one\ntwo",
        "EMPTY": "",
        "OPEN": "a\n",
    }
    assert (entries["KEY"].comment, entries["PLAIN"].comment, entries["EMPTY"].comment) == ("key", "hint", "")
    assert str(entries["EMPTY"].location) == ".env:9"


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", "changeme", "your-key-here", "<token>", "http://localhost:3000", "sqlite:///x.db", "C:\\data"),
        *("${NAME}", "sk_test_xxxx", "redis://127.0.0.1", "Password", "..."),
    ],
)
def test_placeholders(value: str) -> None:
    assert is_placeholder(value, "NAME")


@pytest.mark.parametrize(
    "value", ["sk_live_4f9a8b", "https://api.acme.io", "0", "false", "${OTHER}", "production", "/data"]
)
def test_real_values(value: str) -> None:
    assert not is_placeholder(value, "NAME")


def test_env_files_and_their_examples_are_told_apart() -> None:
    assert [p for p in (".env", "a/.env.local", ".env.example", ".environment", "env.py") if is_env_file(p)] == [
        ".env",
        "a/.env.local",
    ]
    examples = (".env.example", "a/.env.production.sample", "env.template", "app.example", ".env")
    assert [p for p in examples if is_env_example(p)] == [".env.example", "a/.env.production.sample", "env.template"]


def image_of(make_tree: MakeTree, files: dict[str, str], path: str, code: str) -> Image:
    image = read_image(make_tree(files), path, code)
    assert isinstance(image, Image)
    return image


def test_the_context_is_where_every_copy_finds_its_source(make_tree: MakeTree) -> None:
    files = {
        "svc/api/Dockerfile": "FROM x AS b\nCOPY svc/api/*.txt shared .\nFROM x\nCOPY --from=b /a /b\nADD http://x z\n",
        "svc/api/a.txt": "",
        "shared/x.py": "",
    }
    image = image_of(make_tree, files, "svc/api/Dockerfile", "svc/api")
    assert (image.context, image.missing) == (".", ())
    assert [copy.source for copy in image.copies] == ["svc/api/*.txt", "shared"]


def test_what_no_context_has_is_named_with_its_line(make_tree: MakeTree) -> None:
    files = {
        "api/Dockerfile": "FROM x\nCOPY main.py ../other.py /app/\nCOPY secret.txt /\n",
        "api/.dockerignore": "secret.txt\n",
        "api/main.py": "",
        "api/secret.txt": "",
    }
    image = image_of(make_tree, files, "api/Dockerfile", "api")
    assert image.context == "api"
    assert [(copy.source, copy.line) for copy in image.missing] == [("../other.py", 2), ("secret.txt", 3)]


def test_files_are_found_again_in_the_container(make_tree: MakeTree) -> None:
    files = {
        "api/Dockerfile": "FROM x\nWORKDIR /srv\nWORKDIR app\nCOPY src /opt/code\nCOPY . .\nVOLUME /keep\nARG A=1 B\n",
        "api/src/m.py": "",
    }
    image = image_of(make_tree, files, "api/Dockerfile", "api")
    assert image.workdir == "/srv/app"
    assert container_path(image, "api", "api/uploads") == "/srv/app/uploads"
    assert container_path(None, "api", "api/uploads") == "/app/uploads"
    assert (image.volumes, image.arguments) == (("/keep",), ("A", "B"))


@pytest.mark.parametrize(
    ("command", "port"),
    [
        ("uvicorn a:b --port 9000", 9000),
        ("uvicorn a:b --port=${PORT:-8001}", 8001),
        ("sh -c 'exec gunicorn -b 0.0.0.0:$PORT a:b'", 7000),
        ("next start -p 4000", 4000),
        ("python main.py", None),
        ("uvicorn a:b --port 'open", None),
        ("uvicorn a:b --port", None),
    ],
)
def test_the_port_of_a_command(command: str, port: int | None) -> None:
    assert command_port(command, {"PORT": "7000"} if "gunicorn" in command else {}) == port


def test_the_dockerfile_for_production_wins(make_tree: MakeTree) -> None:
    tree = make_tree(
        {
            "api/Dockerfile.dev": "FROM dev\n",
            "api/Dockerfile.prod": "FROM prod\n",
            "api/x.py": "",
            "docker/web.Dockerfile": "FROM web\nCOPY web /web\n",
            "web/y.js": "",
        }
    )
    api, web = find_image(tree, "api", alone=False), find_image(tree, "web", alone=False)
    assert isinstance(api, Image)
    assert isinstance(web, Image)
    assert (api.base, web.base) == ("prod", "web")
    assert find_image(tree, "other", alone=False) is None


def test_a_dockerfile_without_a_stage_is_unreadable(make_tree: MakeTree) -> None:
    assert isinstance(read_image(make_tree({"Dockerfile": "ARG X=1\n"}), "Dockerfile", "."), Unreadable)


def test_images_of_compose_files(make_tree: MakeTree) -> None:
    text = "services:\n  a:\n    image: 'ghcr.io/a/postgres:v16.2-alpine@sha256:0'\n  b:\n    image: redis"
    found = compose_images(make_tree({"infra/compose.yaml": text}))
    assert [(one.name, one.major, str(one.location)) for one in found] == [
        ("postgres", 16, "infra/compose.yaml:3"),
        ("redis", None, "infra/compose.yaml:5"),
    ]


@pytest.mark.parametrize(
    ("folder", "taken", "name"),
    [
        ("apps/My_API", [], "my-api"),
        (".", [], "backend"),
        ("api", ["api"], "api-2"),
        ("2024", [], "backend-2024"),
        ("postgres", [], "backend-postgres"),
        ("서버", [], "backend"),
        ("a" * 60, [], "a" * 29),
    ],
)
def test_services_get_names_the_plan_takes(folder: str, taken: list[str], name: str) -> None:
    assert service_name(folder, "backend", taken) == name
