"""What `railwizard init` asks about an administrator, and what an answer comes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.applications import TINY
from wizard.cli.answers import Answer
from wizard.cli.asker import ChainAsker
from wizard.cli.drafting import draft_plan
from wizard.errors import UsageError
from wizard.plan.model import Admin
from wizard.questions import Choice, Question, Text
from wizard.source.detect import detect
from wizard.source.tree import working_tree


class Person:
    """Takes every default, except where an answer is given here; an answer the question refuses is none."""

    def __init__(self, email: str) -> None:
        self.email = email
        self.asked: list[str] = []

    async def prompt(self, question: Question) -> Answer:
        assert isinstance(question, Text | Choice)
        self.asked.append(question.id)
        answer = self.email if question.id == "admin.email" else question.default or "given"
        if isinstance(question, Text):
            assert question.validate(answer) is None
        return answer


async def drafted(
    email: str, *, take_defaults: bool = False, pairs: tuple[str, ...] = ()
) -> tuple[Admin | None, Person]:
    person = Person(email)
    asker = ChainAsker(pairs=pairs, environment={}, file=None, take_defaults=take_defaults, prompter=person)
    draft = await draft_plan(Path(TINY), detect(working_tree(TINY)), asker, asks=True)
    return draft.plan.admin, person


async def test_an_empty_address_means_no_administrator() -> None:
    admin, person = await drafted(" ")
    assert "admin.email" in person.asked
    assert admin is None


async def test_an_address_means_one() -> None:
    admin, _ = await drafted("ops@example.com")
    assert admin is not None
    assert admin.email == "ops@example.com"


async def test_defaults_alone_ask_for_nobody() -> None:
    admin, person = await drafted("ops@example.com", take_defaults=True)
    assert "admin.email" not in person.asked
    assert admin is None


async def test_what_is_no_address_is_still_refused() -> None:
    with pytest.raises(UsageError) as raised:
        await drafted("", pairs=("admin.email=nobody",))
    assert raised.value.why.id == "cli.no-email"
