"""The guided set-up by key alone in a terminal: from a repository without a plan to a deployment that was verified."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.applications import TINY
from tests.support.shell import serving
from tests.support.terminal import CTRL_N, TAB, UP, Terminal, environment, terminal
from wizard.locale import Language, render
from wizard.messages import Message, message
from wizard.setup.account import Token
from wizard.setup.choices import Choices
from wizard.setup.deploying import Changes, Deployment, Verified
from wizard.setup.rehearsing import Findings, Rehearsal
from wizard.setup.welcome import Welcome

pytestmark = pytest.mark.full
RUN_S = 280
STEPS = (
    Welcome.id,
    "detection",
    Choices.id,
    Findings.id,
    Rehearsal.id,
    "platforms",
    "needs",
    Token.id,
    "place",
    Changes.id,
    Deployment.id,
    Verified.id,
)


class Walk:
    """One walk of a person who reads a language."""

    def __init__(self, shown: Terminal, language: Language, token: str) -> None:
        self.shown, self.language, self.token = shown, language, token

    def reads(self, text: Message, seconds: float = 60) -> None:
        self.shown.until(render(text, self.language), seconds=seconds)

    def arrives(self, step: str) -> None:
        name = render(Message(f"setup.{step}"), self.language)
        self.reads(message("screens.guided-at", step=STEPS.index(step) + 1, steps=len(STEPS), name=name))

    def goes_on(self) -> None:
        self.shown.type(CTRL_N)

    def runs(self) -> None:
        """Begin the step's run, see its end, go on."""
        self.reads(message("screens.guided-begin"))
        self.goes_on()
        self.ends()

    def ends(self) -> None:
        self.reads(message("screens.guided-done"), RUN_S)
        self.goes_on()

    def step(self, step: str) -> None:
        """Do what a step wants."""
        self.arrives(step)
        match step:
            case Findings.id | Rehearsal.id | Changes.id:
                self.runs()
            case Token.id:
                self.shown.paste(self.token)
                self.shown.until("•" * len(self.token))
                self.shown.type(TAB, TAB, UP)  # there and back: arrows and Tab move in the form
                self.goes_on()
            case Deployment.id:
                self.reads(message("screens.guided-begin"))
                self.goes_on()
                self.reads(message("screens.no"))
                self.shown.type("y")
                self.ends()
            case Verified.id:
                self.reads(message("screens.guided-end"))
            case _:
                self.goes_on()


@pytest.fixture(scope="module")
def standin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """An empty account on a local platform, as somebody else started it."""
    home = tmp_path_factory.mktemp("standin")
    with serving(environment(home)) as (ready, _):
        yield ready


@pytest.mark.parametrize(
    ("application", "size", "language"),
    [
        (TINY, (80, 24), Language.ENGLISH),
        (TINY, (120, 40), Language.KOREAN),
    ],
    ids=["tiny-80-en", "tiny-120-ko"],
)
def test_from_a_repository_to_a_verified_deployment_by_key_alone(
    tmp_path: Path, standin: dict[str, Any], application: Path, size: tuple[int, int], language: Language
) -> None:
    folder = tmp_path / f"{application.name}-{language}"
    shutil.copytree(application, folder, ignore=shutil.ignore_patterns("node_modules", ".next", "__pycache__"))
    (folder / "wizard.toml").unlink()
    token = standin["tokens"]["account"]
    given = ("setup", "--endpoint", standin["url"], "--lang", language.value)
    with terminal(*given, home=tmp_path / "home", folder=folder, size=size) as shown:
        walk = Walk(shown, language, token)
        for step in STEPS:
            walk.step(step)
        assert shown.leave() == 0

    plan = tomllib.loads((folder / "wizard.toml").read_text("utf-8"))
    assert plan["project"]["name"] == folder.name
    assert token.encode() not in shown.raw
    assert not [
        file for file in (tmp_path / "home").rglob("*") if file.is_file() and token.encode() in file.read_bytes()
    ]
