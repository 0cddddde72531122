from __future__ import annotations

import json
from pathlib import Path

import pytest

from wizard.cli.answers import Answer
from wizard.cli.asker import ChainAsker
from wizard.errors import ExitCode, NeedsInputError, UsageError
from wizard.events import Event, QuestionAnswered, QuestionAsked
from wizard.locale import Language, render
from wizard.messages import message
from wizard.questions import Choice, Confirm, MultiChoice, Option, Question, SecretText, Text
from wizard.secrets import Secret

WORD = message("questions.empty")
EMAIL = Text(id="admin.email", prompt=WORD)
PORT = Text(id="port", prompt=WORD, default="8000", validate=lambda text: None if text.isdigit() else WORD)
GO = Confirm(id="go", prompt=WORD, default=True)
DESTROY = Confirm(id="destroy", prompt=WORD)
KEY = SecretText(id="variables.GOOGLE_API_KEY", prompt=WORD)
REGION = Choice(id="region", prompt=WORD, options=(Option("asia", WORD), Option("europe", WORD)))
EXTRAS = MultiChoice(id="extras", prompt=WORD, options=(Option("redis", WORD), Option("cron", WORD)), default=())


class Person:
    """Answers everything the same and remembers what was asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.heard: list[str] = []

    async def prompt(self, question: Question) -> Answer:
        self.heard.append(question.id)
        return self.answer


def asker(file: Path | None = None, *, person: Person | None = None, yes: bool = False, **given: object) -> ChainAsker:
    pairs = given.get("pairs", ())
    environment = given.get("environment", {})
    assert isinstance(pairs, tuple)
    assert isinstance(environment, dict)
    return ChainAsker(pairs=pairs, environment=environment, file=file, take_defaults=yes, prompter=person)


def answers_file(folder: Path, text: str, name: str = "answers.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


async def test_each_source_wins_over_those_behind_it(tmp_path: Path) -> None:
    file = answers_file(tmp_path, '"admin.email" = "file"')
    environment = {"RAILWIZARD_ANSWER_ADMIN_EMAIL": "environment"}
    person = Person("prompt")
    heard: list[Event] = []
    for chain, expected, source in [
        (asker(file, person=person, pairs=("admin.email=flag",), environment=environment), "flag", "flag"),
        (asker(file, person=person, environment=environment), "environment", "environment"),
        (asker(file, person=person), "file", "file"),
        (asker(person=person), "prompt", "prompt"),
    ]:
        chain.emit = heard.append
        assert await chain.ask(EMAIL) == expected
        assert heard[-2:] == [QuestionAsked("admin.email", WORD), QuestionAnswered("admin.email", source)]
    assert person.heard == ["admin.email"]


async def test_a_person_is_asked_once_in_a_run() -> None:
    person, heard = Person(Secret("typed-secret")), list[Event]()
    chain = asker(person=person)
    chain.emit = heard.append
    assert await chain.ask(KEY) == await chain.ask(KEY) == Secret("typed-secret")
    assert person.heard == [KEY.id]
    assert heard[-1] == QuestionAnswered(KEY.id, "memory")
    assert "typed-secret" not in repr(heard)


async def test_without_anybody_the_missing_answer_is_named_with_its_variable() -> None:
    with pytest.raises(NeedsInputError) as caught:
        await asker().ask(KEY)
    assert caught.value.exit_code is ExitCode.NEEDS_INPUT
    text = render(caught.value.what)
    assert "variables.GOOGLE_API_KEY" in text
    assert "RAILWIZARD_ANSWER_VARIABLES_GOOGLE_API_KEY" in text


async def test_yes_takes_defaults_but_never_turns_a_no_into_a_yes() -> None:
    chain = asker(yes=True)
    assert await chain.ask(GO) is True
    assert await chain.ask(PORT) == "8000"
    assert await chain.ask(EXTRAS) == ()
    for question in (DESTROY, REGION, EMAIL, KEY):
        assert not chain.knows(question)
        with pytest.raises(NeedsInputError):
            await chain.ask(question)


async def test_defaults_are_no_answer_without_yes() -> None:
    with pytest.raises(NeedsInputError):
        await asker().ask(PORT)


@pytest.mark.parametrize(("word", "meaning"), [("yes", True), ("Y", True), ("1", True), ("예", True), ("no", False)])
async def test_words_for_yes_and_no(word: str, *, meaning: bool) -> None:
    assert await asker(pairs=(f"destroy={word}",)).ask(DESTROY) is meaning


async def test_several_options_from_a_line_and_from_a_list(tmp_path: Path) -> None:
    assert await asker(pairs=("extras=redis, cron",)).ask(EXTRAS) == ("redis", "cron")
    file = answers_file(tmp_path, 'extras = ["cron"]')
    assert await asker(file).ask(EXTRAS) == ("cron",)


async def test_a_json_file_with_nested_tables_numbers_and_truth(tmp_path: Path) -> None:
    file = answers_file(tmp_path, json.dumps({"admin": {"email": "a@b.kr"}, "port": 8080, "go": True}), "a.json")
    chain = asker(file)
    assert [await chain.ask(question) for question in (EMAIL, PORT, GO)] == ["a@b.kr", "8080", True]


@pytest.mark.parametrize(
    ("question", "pair", "named"),
    [
        (GO, "go=perhaps", ("--answer go", "perhaps")),
        (REGION, "region=asla", ("--answer region", "asia", "europe")),
        (EXTRAS, "extras=redis,kron", ("--answer extras", "cron")),
        (PORT, "port=eighty", ("--answer port", "An answer is needed here.")),
    ],
)
async def test_a_wrong_answer_is_a_usage_error_naming_its_place(
    question: Question, pair: str, named: tuple[str, ...]
) -> None:
    with pytest.raises(UsageError) as caught:
        await asker(pairs=(pair,)).ask(question)
    for language in Language:
        assert all(render(part, language) for part in (caught.value.what, caught.value.why, caught.value.fix))
    text = " ".join(map(render, (caught.value.what, caught.value.why, caught.value.fix)))
    assert all(part in text for part in named)


async def test_a_wrong_answer_in_the_environment_names_the_variable() -> None:
    with pytest.raises(UsageError) as caught:
        await asker(environment={"RAILWIZARD_ANSWER_REGION": "mars"}).ask(REGION)
    assert "RAILWIZARD_ANSWER_REGION" in render(caught.value.what)


async def test_secrets_come_from_the_environment_but_from_no_file_and_no_argument(tmp_path: Path) -> None:
    environment = {KEY.variable: "s3cret-value"}
    assert await asker(environment=environment).ask(KEY) == Secret("s3cret-value")
    file = answers_file(tmp_path, 'variables.GOOGLE_API_KEY = "s3cret-value"')
    for chain, code in [
        (asker(file), "answers.secret-in-file"),
        (asker(pairs=(f"{KEY.id}=s3cret-value",)), "answers.secret-in-flag"),
    ]:
        with pytest.raises(UsageError) as caught:
            await chain.ask(KEY)
        assert caught.value.code == code
        texts = [render(part) for part in (caught.value.what, caught.value.why, caught.value.fix)]
        assert "s3cret-value" not in " ".join([*texts, str(caught.value), repr(caught.value)])
        assert KEY.variable in texts[2]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("absent.toml", None, "answers.file-unreadable"),
        ("broken.toml", b"admin = ", "answers.file-invalid"),
        ("broken.json", b"{", "answers.file-invalid"),
        ("deep.json", b"[" * 100_000, "answers.file-invalid"),
        ("binary.toml", b"\xff\xfe\x00", "answers.file-invalid"),
        ("list.json", b"[1]", "answers.file-no-table"),
        ("date.toml", b"day = 2026-01-01", "answers.file-value"),
        ("huge.toml", b"#" * (1024 * 1024 + 1), "answers.file-too-large"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, name: str, content: bytes | None, code: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        asker(path)
    assert caught.value.code == code
    assert name in render(caught.value.what)


def test_an_answer_without_an_equals_sign_is_refused() -> None:
    with pytest.raises(UsageError, match="no-equals"):
        asker(pairs=("admin.email",))


async def test_answers_nobody_asked_for_are_told(tmp_path: Path) -> None:
    chain = asker(answers_file(tmp_path, 'port = "80"\nprot = "81"'), pairs=("admin.emial=x", "go=yes"))
    await chain.ask(PORT)
    await chain.ask(GO)
    assert chain.unused() == ("admin.emial", "prot")
