"""The guided set-up without a face: what each step shows, what it takes, what it refuses, and the plan it writes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.applications import TINY, copy_application
from wizard.clock import SystemClock
from wizard.errors import CredentialError, UsageError
from wizard.locale import Language, render
from wizard.options import Options
from wizard.plan.loader import load
from wizard.plan.model import RepoSource
from wizard.plan.writer import set_value
from wizard.questions import Question, Text
from wizard.secrets import Secret
from wizard.setup.platforms import forecast
from wizard.setup.steps import setup_steps
from wizard.setup.view import Answer, SetupStep, StepView
from wizard.standin.server import serve
from wizard.standin.settings import Settings

SAMPLE = Path(__file__).parents[2] / "examples" / "vision-mvp" / "wizard.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tiny application before anybody wrote a plan for it."""
    application = copy_application(TINY, tmp_path / "app")
    application.plan.unlink()
    return application.folder


def steps_of(folder: Path, **given: object) -> dict[str, SetupStep]:
    options = Options(folder=folder, command="setup", variables={"HOME": str(folder)}, **given)  # type: ignore[arg-type]
    return {step.id: step for step in setup_steps(options, SystemClock(), Language.ENGLISH)}


def defaults(view: StepView) -> dict[str, Answer]:
    return {question.id: getattr(question, "default", "") or "" for question in view.questions}


def questions(view: StepView) -> dict[str, Question]:
    return {question.id: question for question in view.questions}


def said(view: StepView) -> str:
    texts = [row.label for section in view.sections for row in section.rows]
    texts += [text for section in view.sections for row in section.rows for text in row.texts]
    return "\n".join(text if isinstance(text, str) else render(text) for text in texts)


async def through(steps: Mapping[str, SetupStep], *ids: str, **answers: Answer) -> None:
    """Take the steps with their defaults, and these answers where a step asks for them."""
    for id_ in ids:
        view = await steps[id_].view()
        given = {name.replace("__", "."): answer for name, answer in answers.items()}
        await steps[id_].take({**defaults(view), **{k: v for k, v in given.items() if k in questions(view)}})


async def test_detection_is_a_form_with_sources_and_choices_write_the_plan(folder: Path) -> None:
    steps = steps_of(folder)
    form = questions(await steps["detection"].view())
    port = form["plan.services.backend.port"]
    assert isinstance(port, Text)
    assert (port.default, port.help and render(port.help)) == ("8000", "read at backend/Dockerfile:10")

    await steps["detection"].take({"plan.services.backend.port": "9000"})
    await through(steps, "choices", project__name="shop", project__region="us-west2", admin__email="ops@example.com")

    plan = load(folder / "wizard.toml")
    assert (plan.project.name, plan.project.region, plan.services["backend"].port) == ("shop", "us-west2", 9000)
    assert plan.admin is not None
    assert "backend/Dockerfile" in (folder / "wizard.toml").read_text()


@pytest.mark.parametrize(("place", "answer"), [("port", "99999"), ("root", "../elsewhere"), ("health.path", "health")])
async def test_a_correction_no_plan_can_hold_is_refused_and_not_kept(folder: Path, place: str, answer: str) -> None:
    steps = steps_of(folder)
    await steps["detection"].view()
    with pytest.raises(UsageError) as refused:
        await steps["detection"].take({f"plan.services.backend.{place}": answer})
    assert refused.value.code == "setup.does-not-fit"
    await through(steps, "detection", "choices")
    assert load(folder / "wizard.toml").services["backend"].port == 8000


async def test_a_port_that_is_no_number_is_a_problem_of_its_field(folder: Path) -> None:
    port = questions(await steps_of(folder)["detection"].view())["plan.services.backend.port"]
    assert isinstance(port, Text)
    assert port.validate("eighty") is not None
    assert port.validate("80") is None


async def test_without_redis_everything_that_refers_to_it_goes(tmp_path: Path) -> None:
    application = copy_application(TINY.parents[2] / "examples" / "vision-mvp", tmp_path / "app")
    application.plan.unlink()
    steps = steps_of(application.folder)
    await steps["detection"].view()
    view = await steps["choices"].view()
    await steps["choices"].take({**defaults(view), "setup.redis": False, "setup.domain": "app.example.com"})

    plan = load(application.plan)
    assert list(plan.databases) == ["postgres"]
    assert "REDIS_URL" not in plan.services["backend"].variables
    assert plan.services["frontend"].domains == ("app.example.com",)


async def test_a_plan_that_is_there_is_taken_as_it_is(tmp_path: Path) -> None:
    application = copy_application(TINY, tmp_path / "app")
    before = application.plan.read_bytes()
    steps = steps_of(application.folder)
    for step in ("detection", "choices"):
        view = await steps[step].view()
        assert view.questions == ()
        await steps[step].take({})
    assert application.plan.read_bytes() == before


async def test_a_folder_with_nothing_to_deploy_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        await steps_of(tmp_path)["detection"].view()
    assert refused.value.code == "plan.nothing-detected"


def test_the_forecast_of_the_sample_is_what_small_applications_cost() -> None:
    costs = forecast(load(SAMPLE))
    assert [one.service for one in costs] == ["postgres", "redis", "backend", "frontend"]
    assert 11 < sum(one.dollars for one in costs) < 15


async def test_the_price_plans_that_do_not_hold_the_stack_are_named(tmp_path: Path) -> None:
    application = copy_application(TINY.parents[2] / "examples" / "vision-mvp", tmp_path / "app")
    view = await steps_of(application.folder)["platforms"].view()
    assert "does not hold this stack: 3 volumes (1 allowed), 4 services" in said(view)


async def test_waiting_for_the_github_app_can_be_bridged_by_upload(tmp_path: Path) -> None:
    application = copy_application(TINY, tmp_path / "app")
    set_value(application.plan, "project.source", RepoSource(repo="acme/shop"))
    steps = steps_of(application.folder)
    view = await steps["needs"].view()
    assert "acme/shop" in said(view)
    await steps["needs"].take({"setup.meanwhile": True})
    assert not isinstance(load(application.plan).project.source, RepoSource)
    assert (await steps["needs"].view()).questions == ()


async def test_a_token_is_tried_as_it_is_given_and_kept_only_on_yes(tmp_path: Path) -> None:
    application = copy_application(TINY, tmp_path / "app")
    async with serve(Settings(read_lag=0), tmp_path / "platform") as standin:
        steps = steps_of(application.folder, endpoint=standin.url)
        with pytest.raises(CredentialError):
            await steps["token"].take({"token": Secret("wrong"), "setup.keep-token": False})
        with pytest.raises(UsageError):
            await steps["token"].take({"token": Secret(" "), "setup.keep-token": False})
        await steps["token"].take({"token": Secret(standin.tokens.account), "setup.keep-token": False})
        place = questions(await steps["place"].view())["workspace"]
        assert [option.value for option in place.options] == ["Local"]  # type: ignore[attr-defined]
        assert "Local" not in said(await steps["welcome"].view())
        assert standin.tokens.account not in repr(steps["token"])
    assert [
        path
        for path in tmp_path.rglob("*")
        if path.is_file() and standin.tokens.account.encode() in path.read_bytes() and "platform" not in path.parts
    ] == []


async def test_a_credential_at_hand_is_used_and_a_refused_one_is_asked_for_anew(tmp_path: Path) -> None:
    application = copy_application(TINY, tmp_path / "app")
    async with serve(Settings(read_lag=0), tmp_path / "platform") as standin:
        for token, asked in ((standin.tokens.account, []), ("refused", ["token", "setup.keep-token"])):
            variables = {"HOME": str(tmp_path), "RAILWIZARD_TOKEN": token}
            options = Options(folder=application.folder, command="setup", endpoint=standin.url, variables=variables)
            steps = {step.id: step for step in setup_steps(options, SystemClock(), Language.ENGLISH)}
            assert list(questions(await steps["token"].view())) == asked
