"""The documentation against the product: links lead somewhere, both languages exist, commands and options are real."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from screens.app import WizardApp
from tools import keys_reference, picture, plan_reference
from tools.plan_words import KOREAN, MEANINGS, SECTIONS
from wizard.cli.app import app
from wizard.errors import ExitCode
from wizard.locale import Language, render
from wizard.messages import Message
from wizard.phases.step import Phase
from wizard.plan.checklist import State
from wizard.plan.loader import load

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")])
GENERATED = {"commands.md", "commands.ko.md"}
"""Written by the command line itself; its own test holds what is in them."""
ENGLISH = [page for page in PAGES if not page.name.endswith(".ko.md")]
HANGUL = re.compile("[가-힣]")
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
ANCHOR = re.compile(r'<a id="(?P<id>[^"]+)">')
HEADING = re.compile(r"^#+\s+(?P<title>.+)$", re.MULTILINE)
FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<body>.*?)^```", re.MULTILINE | re.DOTALL)
MENTION = re.compile(r"railwizard(?! backboard)(?P<words>(?: [^\s`|&#]+)+)")
"""A command line; the keyring's name of our entries is none."""
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u26ff]")


class Said(NamedTuple):
    """A command line of the documentation."""

    page: str
    line: str


def shown(page: Path) -> str:
    return str(page.relative_to(ROOT))


def slug(title: str) -> str:
    """The anchor a forge makes of a heading."""
    kept = re.sub(r"[^\w\- ]", "", title.replace("`", "").strip().lower())
    return kept.replace(" ", "-")


def anchors(page: Path) -> set[str]:
    text = FENCE.sub("", page.read_text("utf-8"))
    return {match["id"] for match in ANCHOR.finditer(text)} | {slug(m["title"]) for m in HEADING.finditer(text)}


def links(page: Path) -> Iterator[str]:
    for match in LINK.finditer(FENCE.sub("", page.read_text("utf-8"))):
        if "://" not in match["target"]:
            yield match["target"]


def commands() -> Iterator[Said]:
    """Every `railwizard ...` in a code block or between backticks of a written page."""
    for page in (page for page in PAGES if page.name not in GENERATED):
        text = page.read_text("utf-8")
        code = [match["body"] for match in FENCE.finditer(text)]
        code += re.findall(r"`([^`\n]+)`", FENCE.sub("", text))
        for snippet in code:
            for match in MENTION.finditer(snippet):
                yield Said(shown(page), match["words"].strip().rstrip(')"'))


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_relative_link_leads_to_a_file_and_to_a_place_in_it(page: Path) -> None:
    broken = []
    for target in links(page):
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert not broken


@pytest.mark.parametrize("page", ENGLISH, ids=shown)
def test_every_page_has_a_korean_twin_of_the_same_shape(page: Path) -> None:
    twin = page.with_name(f"{page.stem}.ko.md")
    assert HANGUL.search(twin.read_text("utf-8"))
    for one, other in ((page, twin), (twin, page)):
        assert page.name in GENERATED or f"({other.name})" in one.read_text("utf-8").partition("\n## ")[0]
    levels = [re.findall(r"^#+(?= )", FENCE.sub("", one.read_text("utf-8")), re.MULTILINE) for one in (page, twin)]
    assert levels[0] == levels[1]


def test_both_languages_name_the_same_commands() -> None:
    def named(page: Path) -> set[str]:
        return {said.line.split()[0] for said in commands() if said.page == shown(page)}

    for page in ENGLISH:
        assert named(page) == named(page.with_name(f"{page.stem}.ko.md")), shown(page)


@pytest.mark.parametrize("said", sorted(set(commands())), ids=lambda said: f"{said.page}: {said.line}")
def test_every_command_and_option_named_exists(said: Said) -> None:
    words = shlex.split(said.line.replace("'", "").replace('"', ""))
    ctx = click.Context(app)
    command: click.Command = app
    if not words[0].startswith("-"):
        found = app.get_command(ctx, words[0])
        assert found is not None, f"no command {words[0]}"
        command = found
    known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}
    assert not {word.partition("=")[0] for word in words if word.startswith("-") and len(word) > 1} - known


def test_every_command_is_explained_to_its_users() -> None:
    named = {said.line.split()[0] for said in commands()}
    assert set(app.list_commands(click.Context(app))) <= named


def test_the_whole_of_what_is_counted_is_told() -> None:
    troubleshooting = (ROOT / "docs/troubleshooting.md").read_text("utf-8")
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", troubleshooting, re.MULTILINE)] == sorted(ExitCode)
    phases = (ROOT / "docs/phases.md").read_text("utf-8")
    assert re.findall(r"^## (\w+)$", phases, re.MULTILINE) == [phase.value for phase in Phase]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_state_of_the_checklist_is_explained(language: str) -> None:
    page = ROOT / "docs" / ("checklist.md" if language == "en" else "checklist.ko.md")
    rows = {row.partition(" | ")[0] for row in re.findall(r"^\| (.+) \|$", page.read_text("utf-8"), re.MULTILINE)}
    assert {render(Message(f"checklist.state.{state}"), Language(language)) for state in State} <= rows


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_keys_of_the_plan_file_are_those_of_the_models(language: str) -> None:
    text = plan_reference.FILES[language].read_text("utf-8")
    assert text == plan_reference.spliced(text, language), "run `make gen`"


@pytest.mark.parametrize("language", list(Language))
def test_the_keys_of_the_screens_are_those_of_the_code(language: Language) -> None:
    assert keys_reference.FILES[language].read_text("utf-8") == keys_reference.page(language), "run `make gen`"


def test_every_place_is_listed_with_its_keys() -> None:
    listed = {one.__module__ for one in keys_reference.PAGES}
    assert len(listed) == len(WizardApp.MODES)


@pytest.mark.parametrize("file", sorted(picture.PICTURE.parent.glob("*.svg")), ids=lambda file: file.name)
def test_a_picture_of_a_screen_loads_nothing_and_is_small(file: Path) -> None:
    drawing = file.read_text("utf-8")
    assert len(drawing.encode()) < 80_000
    assert "@font-face" not in drawing
    assert "url(http" not in drawing


def test_every_model_of_the_plan_is_described_once() -> None:
    described = set(plan_reference.MODELS.values())
    for model in plan_reference.reachable():
        owners = {plan_reference.owner(model, name) for name in model.model_fields if name != "kind"}
        assert owners <= described, model.__name__


def test_no_meaning_outlives_its_key() -> None:
    places = set(plan_reference.described_places())
    said = {
        field.description
        for section in plan_reference.MODELS
        for name, field in plan_reference.own_fields(section).items()
        if f"{section}.{name}" not in MEANINGS
    }
    assert set(MEANINGS) <= places
    assert set(KOREAN) == said
    assert set(SECTIONS) == set(plan_reference.MODELS)


def test_a_changed_sentence_of_a_model_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(KOREAN, "Where its code is.")
    with pytest.raises(KeyError, match="Where its code is"):
        plan_reference.tables("en")


@pytest.mark.parametrize("page", [ROOT / "docs/plan-file.md", ROOT / "docs/plan-file.ko.md"], ids=shown)
def test_the_plan_file_that_is_shown_is_a_valid_plan(page: Path, tmp_path: Path) -> None:
    blocks = [match["body"] for match in FENCE.finditer(page.read_text("utf-8")) if match["language"] == "toml"]
    (tmp_path / "wizard.toml").write_text("\n".join(blocks), "utf-8")
    plan = load(tmp_path / "wizard.toml")
    assert list(plan.services) == ["api", "web"]
    assert [check.name for check in plan.checks] == ["order"]


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_no_page_has_an_emoji_or_a_bare_pip_install(page: Path) -> None:
    text = page.read_text("utf-8")
    assert not EMOJI.search(text)
    assert not re.search(r"(?<![\w/.])pip install", text)


def test_the_picture_loads_nothing_and_is_small() -> None:
    drawing = picture.PICTURE.read_text("utf-8")
    assert len(drawing.encode()) < 80_000
    assert "@font-face" not in drawing
    addresses = set(re.findall(r"https?://([\w.-]+)", drawing))
    assert all(host in {"www.w3.org", "127.0.0.1"} or host.endswith(".localhost") for host in addresses)
    assert "verified" in drawing


def test_the_picture_keeps_colours_and_leaves_out_what_it_does_not_show() -> None:
    said = "\r\n\x1b[1mResult\x1b[0m\r\n  \x1b[32mverified\x1b[0m\r\n\r\n\x1b[1mChanges\x1b[0m\r\n  left out\r\n"
    drawing = picture.draw(said)
    assert "verified" in drawing
    assert "left" not in drawing
    assert "#176b38" in drawing
