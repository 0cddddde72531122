"""Variables changed from outside: plain text goes into the plan, secrets never do, both reach the platform."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.quiet_project import QuietProject, quiet_project
from tests.support.runs import Heard, asker
from wizard.errors import FailedError, UsageError
from wizard.events import Effect
from wizard.options import Faces
from wizard.phases.step import Phase
from wizard.plan.loader import load
from wizard.plan.pasting import pasted_lines
from wizard.plan.placeholders import Placeholder
from wizard.plan.variables import GeneratedSecret, KeyringSecret
from wizard.secrets import Secret
from wizard.variable_edits import effect_of, rotate_variable, set_variables, take_from_platform


@pytest_asyncio.fixture
async def quiet(tmp_path: Path) -> AsyncIterator[QuietProject]:
    async with quiet_project(tmp_path) as project:
        heard = await project.deploy(Phase.PROJECT, Phase.VARIABLES)
        assert heard.finished.exit_code == 0, heard.why()
        yield project


def faces(heard: Heard | None = None) -> Faces:
    return Faces(listeners=(heard or Heard(),), asker=asker())


async def value_of(quiet: QuietProject, service: str, name: str) -> str | None:
    have = (await quiet.state()).services[service].variables
    raw = have[name].raw if name in have else None
    return raw.reveal() if raw else None


async def test_plain_text_is_the_plans_word_and_reaches_the_platform(quiet: QuietProject) -> None:
    heard = Heard()
    await set_variables(
        quiet.client.options(quiet.application), faces(heard), "worker", {"QUEUE": "mails", "NEW": "{x}"}, quiet.clock
    )

    assert heard.finished.exit_code == 0, heard.why()
    variables = load(quiet.application.plan).services["worker"].variables
    assert (variables["QUEUE"], variables["NEW"]) == ("mails", "{{x}}")
    assert (await value_of(quiet, "worker", "QUEUE"), await value_of(quiet, "worker", "NEW")) == ("mails", "{x}")


async def test_a_secret_is_kept_and_sent_and_never_written_into_the_plan(quiet: QuietProject) -> None:
    heard = Heard()
    options = quiet.client.options(quiet.application)
    await set_variables(options, faces(heard), "worker", {"MAIL_API_KEY": Secret("s3ntinel-key")}, quiet.clock)

    assert heard.finished.exit_code == 0, heard.why()
    assert isinstance(load(quiet.application.plan).services["worker"].variables["MAIL_API_KEY"], KeyringSecret)
    assert await value_of(quiet, "worker", "MAIL_API_KEY") == "s3ntinel-key"
    assert "s3ntinel" not in quiet.application.plan.read_text() + repr(heard.stamped)


async def test_a_generated_secret_is_rotated(quiet: QuietProject) -> None:
    before = await value_of(quiet, "backend", "SESSION_KEY")
    await rotate_variable(quiet.client.options(quiet.application), faces(), "backend", "SESSION_KEY", quiet.clock)

    after = await value_of(quiet, "backend", "SESSION_KEY")
    assert before
    assert after
    assert before != after
    assert isinstance(load(quiet.application.plan).services["backend"].variables["SESSION_KEY"], GeneratedSecret)


async def test_what_the_platform_has_is_taken_into_the_plan(quiet: QuietProject) -> None:
    options = quiet.client.options(quiet.application)
    await set_variables(options, faces(), "worker", {"QUEUE": "mails"}, quiet.clock)
    quiet.application.edit("wizard.toml", 'QUEUE = "mails"', 'QUEUE = "jobs"')
    since = quiet.since()

    await take_from_platform(options, faces(), "worker", "QUEUE", quiet.clock)

    assert load(quiet.application.plan).services["worker"].variables["QUEUE"] == "mails"
    assert since.writes == []
    with pytest.raises(FailedError):
        await take_from_platform(options, faces(), "worker", "NOWHERE", quiet.clock)


async def test_an_unknown_service_is_named_with_the_nearest(quiet: QuietProject) -> None:
    with pytest.raises(UsageError) as refused:
        await set_variables(quiet.client.options(quiet.application), faces(), "werker", {"A": "b"}, quiet.clock)
    assert (refused.value.code, refused.value.params["nearest"]) == ("edits.no-such-service", "worker")


@pytest.mark.parametrize(
    ("name", "effect", "logs_out"),
    [
        ("LOG_LEVEL", Effect.RESTART, False),
        ("NEXT_PUBLIC_API_URL", Effect.REBUILD, False),
        ("JWT_SECRET", Effect.RESTART, True),
    ],
)
def test_the_effect_is_known_before_the_change(name: str, effect: Effect, *, logs_out: bool) -> None:
    assert (effect_of(name).effect, effect_of(name).logs_out) == (effect, logs_out)


def test_a_pasted_block_is_judged_line_by_line() -> None:
    block = (
        "# database\r\nDATABASE_URL=sqlite:///./app.db\r\nexport API=http://localhost:8000\nDATA=C:\\data\nSELF=${SELF}\n"
        "EMPTY=\nKEY='s3cret value'\nLEVEL=info\nLEVEL=debug\nnot a line\nOPENAI_API_KEY=sk-real-0123456789abcdef\n"
    )
    lines = {line.name: line for line in pasted_lines(block, {"LEVEL": "info", "KEY": KeyringSecret(secret="keyring")})}

    problems = {name: line.problem for name, line in lines.items()}
    assert problems == {
        "DATABASE_URL": Placeholder.SQLITE,
        "API": Placeholder.LOCALHOST,
        "DATA": Placeholder.WINDOWS_PATH,
        "SELF": Placeholder.SELF,
        "EMPTY": Placeholder.EXAMPLE,
        "KEY": None,
        "LEVEL": None,
        "OPENAI_API_KEY": None,
    }
    assert lines["LEVEL"].value == Secret("debug")
    assert [name for name, line in lines.items() if line.secret] == ["KEY", "OPENAI_API_KEY"]
    assert [name for name, line in lines.items() if line.planned] == ["KEY", "LEVEL"]
