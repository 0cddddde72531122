from __future__ import annotations

import pytest

from wizard.cli.app import COMMANDS
from wizard.cli.reference import page, reference
from wizard.locale import Language


@pytest.mark.parametrize("language", list(Language))
def test_the_committed_page_is_what_the_commands_say(language: Language) -> None:
    assert page(language).read_text("utf-8") == reference(language), "run `python -m wizard.cli.reference`"


@pytest.mark.parametrize("language", list(Language))
def test_every_command_has_its_section(language: Language) -> None:
    text = reference(language)
    assert [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")] == list(COMMANDS)
