"""Every recogniser against logs as their programs write them: cause, decisive line, what to do, both languages."""

from __future__ import annotations

import pytest

from tests.diagnosis import build_cases, data_cases, python_cases, running_cases
from tests.diagnosis.cases import Case
from tests.diagnosis.conftest import Logged
from wizard.diagnosis.evidence import Diagnosis
from wizard.diagnosis.registry import RECOGNISERS, diagnose
from wizard.locale import Language, render
from wizard.messages import Message

CASES = [*python_cases.CASES, *data_cases.CASES, *build_cases.CASES, *running_cases.CASES]


def explained(logged: Logged, case: Case) -> Diagnosis | None:
    evidence = logged(
        build=case.build, deploy=case.deploy, step=case.step, reason=case.reason, files=case.files, spec=case.spec
    )
    first = next((one.name for one in RECOGNISERS if one.look(evidence)), None)
    assert first == case.recogniser
    return diagnose(evidence)


def said(found: Diagnosis, language: Language) -> str:
    return " ".join(render(sentence, language) for sentence in (found.cause, *found.fixes))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_log_is_explained(logged: Logged, case: Case) -> None:
    found = explained(logged, case)

    assert found is not None
    assert found.cause.id == f"diagnosis.{case.cause}"
    assert found.fixes
    english = said(found, Language.ENGLISH)
    assert [word for word in case.says if word not in english] == [], english
    assert any(case.shows in line.text for line in found.lines), found.lines
    assert len(found.lines) <= 8
    assert all(line.number > 0 for line in found.lines)
    assert render(found.cause, Language.KOREAN) != render(found.cause, Language.ENGLISH)
    assert "{" not in render(Message(found.cause.id, found.cause.params), Language.KOREAN)


def test_every_recogniser_has_a_log_it_knows() -> None:
    names = [one.name for one in RECOGNISERS]
    assert len(names) == len(set(names))
    assert {case.recogniser for case in CASES} == set(names)


def test_a_log_nobody_knows_is_explained_by_nobody(logged: Logged) -> None:
    assert diagnose(logged(build="Using detected Dockerfile!\nBuild complete", step="PUBLISH_IMAGE")) is None
    assert diagnose(logged()) is None


def test_a_served_process_that_logged_a_trouble_is_judged_by_its_health_check(logged: Logged) -> None:
    """A driver that tries again, a broken optional cache: what the check was answered tells more."""
    trouble = "redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.\n"
    build = running_cases.HEALTH.format(answer="status 404")
    found = diagnose(logged(build=build, deploy=trouble + running_cases.UVICORN.format(address="0.0.0.0:8000")))
    assert found is not None
    assert found.cause.id == "diagnosis.health-path"


def test_a_process_that_died_after_it_listened_is_judged_by_what_killed_it(logged: Logged) -> None:
    deploy = running_cases.UVICORN.format(address="0.0.0.0:8000") + "\n" + data_cases.KEY
    found = diagnose(logged(build=running_cases.AWAY, deploy=deploy, step="HEALTHCHECK"))
    assert found is not None
    assert found.cause.id == "diagnosis.variable-missing"


def test_lines_keep_the_number_and_the_time_of_their_log(logged: Logged) -> None:
    case = next(case for case in CASES if case.cause == "module-missing")
    found = explained(logged, case)
    assert found is not None
    assert [line.place for line in found.lines] == ["api/app/main.py:5", "deploy:4", "deploy:5", "deploy:6"]
    assert all(line.at for line in found.lines if line.source == "deploy")
