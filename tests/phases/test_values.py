"""Where values come from and what is written: typed, kept, generated, referred to; nothing else is touched."""

from __future__ import annotations

from tests.support.quiet_project import QuietProject
from tests.support.runs import Heard
from wizard.events import ChangePlanned, Note
from wizard.phases.run import Scope
from wizard.phases.step import Phase
from wizard.standin.state.rows import ServiceDomain, Variable

BACKEND = "[services.backend.variables]\n"


def plan(quiet: QuietProject, *lines: str) -> None:
    quiet.application.edit("wizard.toml", BACKEND, BACKEND + "".join(f"{line}\n" for line in lines))


async def variables(quiet: QuietProject, answers: dict[str, str] | None = None) -> Heard:
    heard = await quiet.deploy(Phase.PROJECT, Phase.VARIABLES, answers=answers)
    assert heard.finished.exit_code == 0, heard.why()
    return heard


def row(quiet: QuietProject, name: str, service: str | None = "backend") -> Variable:
    [found] = quiet.rows(Variable, name=name, service_id=quiet.service(service).id if service else None)
    assert isinstance(found, Variable)
    return found


def value(quiet: QuietProject, name: str, service: str | None = "backend") -> str:
    return row(quiet, name, service).value


def upserts(since: object) -> list[str]:
    named = since.named("variableCollectionUpsert")  # type: ignore[attr-defined]
    return sorted(name for request in named for name in request.variables["input"]["variables"])


async def test_a_generated_secret_is_kept_here_and_there_and_never_made_again(quiet: QuietProject) -> None:
    await variables(quiet)
    first = value(quiet, "SESSION_KEY")
    since = quiet.since()

    heard = await variables(quiet)

    assert value(quiet, "SESSION_KEY") == first == await quiet.kept("backend.SESSION_KEY")
    assert len(first) >= 32
    assert since.writes == []
    assert heard.phases["variables"] == "unchanged"


async def test_a_secret_that_was_lost_on_the_platform_comes_back_from_the_keyring(quiet: QuietProject) -> None:
    await quiet.keep("backend.SESSION_KEY", "kept-since-last-year-and-long-enough")
    await variables(quiet)
    assert value(quiet, "SESSION_KEY") == "kept-since-last-year-and-long-enough"


async def test_what_is_typed_now_wins_and_is_kept(quiet: QuietProject) -> None:
    await variables(quiet)
    answers = {"variable.backend.SESSION_KEY": "typed-just-now-and-long-enough"}
    since = quiet.since()

    heard = await variables(quiet, answers)

    assert value(quiet, "SESSION_KEY") == answers["variable.backend.SESSION_KEY"]
    assert await quiet.kept("backend.SESSION_KEY") == answers["variable.backend.SESSION_KEY"]
    assert upserts(since) == ["SESSION_KEY"]
    assert "typed-just-now" not in repr(heard.stamped)


async def test_a_typed_value_that_is_no_secret_is_written_into_the_plan(quiet: QuietProject) -> None:
    await variables(quiet, {"variable.worker.QUEUE": "mail"})
    assert value(quiet, "QUEUE", "worker") == "mail"
    assert 'QUEUE = "mail"' in quiet.application.plan.read_text("utf-8")


async def test_a_placeholder_on_the_platform_counts_as_nothing(quiet: QuietProject) -> None:
    plan(quiet, 'MAIL_KEY = { secret = "keyring" }')
    await variables(quiet, {"variable.backend.MAIL_KEY": "first-real-mail-key"})
    await quiet.change(row(quiet, "MAIL_KEY"), value="your-key-here")
    await quiet.change(row(quiet, "SESSION_KEY"), value="changeme")
    since = quiet.since()

    await variables(quiet)

    assert value(quiet, "MAIL_KEY") == "first-real-mail-key"
    assert value(quiet, "SESSION_KEY") == await quiet.kept("backend.SESSION_KEY")
    assert upserts(since) == ["MAIL_KEY", "SESSION_KEY"]


async def test_a_typed_placeholder_is_refused_before_anything_is_made(quiet: QuietProject) -> None:
    plan(quiet, 'MAIL_KEY = { secret = "keyring" }')
    since = quiet.since()

    heard = await quiet.deploy(answers={"variable.backend.MAIL_KEY": "your-key-here"})

    [error] = heard.errors
    assert (heard.finished.exit_code, error.code, error.what.params["id"]) == (
        2,
        "answers.invalid",
        "variable.backend.MAIL_KEY",
    )
    assert error.why.id == "phases.answer-stands-for-one"
    assert since.writes == []


async def test_a_sealed_secret_is_kept_and_only_a_typed_one_replaces_it(quiet: QuietProject) -> None:
    await variables(quiet)
    sealed = await quiet.change(row(quiet, "SESSION_KEY"), is_sealed=True)
    since = quiet.since()
    await variables(quiet)
    left = since.writes

    await variables(quiet, {"variable.backend.SESSION_KEY": "typed-over-the-sealed-one"})

    assert left == []
    assert sealed.value != value(quiet, "SESSION_KEY") == "typed-over-the-sealed-one"


async def test_shared_variables_are_written_once_for_all(quiet: QuietProject) -> None:
    quiet.application.edit("wizard.toml", "[databases.postgres]", '[shared]\nLEVEL = "info"\n\n[databases.postgres]')
    plan(quiet, 'LOG_LEVEL = "{shared.LEVEL}"')
    await variables(quiet)
    async with quiet.session() as run:
        rendered = await run.rendered("backend")
    since = quiet.since()
    quiet.application.edit("wizard.toml", 'LEVEL = "info"', 'LEVEL = "debug"')

    await variables(quiet)

    assert rendered["LOG_LEVEL"].reveal() == "info"
    assert value(quiet, "LOG_LEVEL") == "${{shared.LEVEL}}"
    assert value(quiet, "LEVEL", None) == "debug"
    assert upserts(since) == ["LEVEL"]


async def test_a_secret_is_not_asked_for_while_another_value_excuses_it(quiet: QuietProject) -> None:
    plan(quiet, 'PROVIDER = "echo"', 'MODEL_KEY = { secret = "keyring", unless = { PROVIDER = "echo" } }')
    await variables(quiet)
    excused = quiet.rows(Variable, name="MODEL_KEY")
    quiet.application.edit("wizard.toml", 'PROVIDER = "echo"\n', 'PROVIDER = "gemini"\n')

    heard = await quiet.deploy(Phase.PROJECT, Phase.VARIABLES)

    assert excused == []
    assert heard.finished.exit_code == 3
    assert "variable.backend.MODEL_KEY" in str(heard.errors[-1].what.params["ids"])


async def test_an_answer_of_now_can_excuse_a_secret(quiet: QuietProject) -> None:
    plan(quiet, 'PROVIDER = "gemini"', 'MODEL_KEY = { secret = "keyring", unless = { PROVIDER = "echo" } }')
    await variables(quiet, {"variable.backend.PROVIDER": "echo"})
    assert quiet.rows(Variable, name="MODEL_KEY") == []


async def test_a_reference_that_renders_to_nothing_is_refused(quiet: QuietProject) -> None:
    plan(quiet, 'CACHE = "${{cache.REDIS_URL}}"')

    heard = await quiet.deploy()

    assert (heard.finished.result.value, heard.finished.exit_code) == ("failed", 1)
    [error] = heard.errors
    assert (error.code, error.what.params["names"]) == ("phases.empty-reference", "CACHE")
    assert quiet.deployments("backend") == []


async def test_a_literal_that_equals_the_reference_stays_and_is_noted(quiet: QuietProject) -> None:
    plan(quiet, 'CORS = "{backend.urls}"')
    await variables(quiet)
    [domain] = quiet.rows(ServiceDomain)
    async with quiet.session() as run:
        database = (await run.rendered("backend"))["DATABASE_URL"].reveal()
    await quiet.change(row(quiet, "OWN_URL"), value=f"http://{domain.domain}")
    await quiet.change(row(quiet, "CORS"), value=f"http://{domain.domain}")
    await quiet.change(row(quiet, "DATABASE_URL"), value=database)
    since = quiet.since()

    heard = await variables(quiet)

    assert since.writes == []
    notes = {(str(one.text.params["service"]), str(one.text.params["name"])) for one in heard.of(Note)}
    assert notes == {("backend", "OWN_URL"), ("backend", "CORS"), ("backend", "DATABASE_URL")}
    assert database not in repr(heard.stamped)


async def test_a_literal_that_no_longer_equals_the_reference_is_replaced(quiet: QuietProject) -> None:
    await variables(quiet)
    await quiet.change(row(quiet, "OWN_URL"), value="http://moved.localhost:1")
    await quiet.change(row(quiet, "DATABASE_URL"), value="postgresql://old:old@old:5432/old")
    since = quiet.since()

    await variables(quiet)

    assert upserts(since) == ["DATABASE_URL", "OWN_URL"]
    assert value(quiet, "DATABASE_URL") == "${{postgres.DATABASE_URL}}"


async def test_a_dry_run_tells_changes_without_values(quiet: QuietProject) -> None:
    await variables(quiet)
    await quiet.change(row(quiet, "SESSION_KEY"), value="changeme")
    quiet.application.edit("wizard.toml", 'QUEUE = "jobs"', 'QUEUE = "tasks"')
    since = quiet.since()

    heard = await quiet.deploy(scope=Scope(phases=frozenset({Phase.VARIABLES}), apply=False))

    changes = {(one.change.resource, one.change.field): one.change.after for one in heard.of(ChangePlanned)}
    assert changes.keys() == {("backend", "SESSION_KEY"), ("worker", "QUEUE")}
    assert changes["worker", "QUEUE"] == "tasks"
    assert "changeme" not in repr(heard.stamped)
    assert since.writes == []


async def test_what_is_not_in_the_plan_stays(quiet: QuietProject) -> None:
    await variables(quiet)
    known = row(quiet, "QUEUE", "worker")
    await quiet.change(known, name="BY_HAND")

    await variables(quiet)

    assert value(quiet, "BY_HAND", "worker") == "jobs"
    assert value(quiet, "QUEUE", "worker") == "jobs"
