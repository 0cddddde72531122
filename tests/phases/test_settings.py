"""Every setting of a service is written once, read back equal, frozen into its deployment, and then left alone."""

from __future__ import annotations

from dataclasses import fields

from tests.support.quiet_project import QuietProject
from wizard.events import ChangePlanned
from wizard.phases.step import Phase
from wizard.phases.wanted import settings
from wizard.plan.loader import load
from wizard.platform.states import ServiceSettings

EVERYTHING = """
dockerfile = "deploy/Dockerfile"
build_command = "python -m compileall ."
start_command = "python main.py --jobs"
pre_deploy = "python prepare.py"
watch = ["worker/**", "shared/*.py"]
restart = "always"
restart_retries = 4
replicas = 2
cron = "*/15 * * * *"
sleep = false
memory = 0.75
draining = 12
overlap = 7
"""
NOT_FOR_A_WORKER = {"health_path", "health_timeout"}


def ask_for_everything(quiet: QuietProject) -> None:
    quiet.application.write("worker/deploy/Dockerfile", "FROM python:3.12-slim\nCOPY . .\n")
    quiet.application.edit("wizard.toml", 'root = "worker"\n', 'root = "worker"\n' + EVERYTHING)
    quiet.application.edit(
        "wizard.toml", 'environment = "production"\n', 'environment = "production"\nregion = "europe"\n'
    )
    quiet.application.edit("wizard.toml", '{ path = "/health" }', '{ path = "/health", timeout = 90 }')


async def wanted(quiet: QuietProject, service: str) -> ServiceSettings:
    plan = load(quiet.application.plan)
    async with quiet.session() as run:
        return settings(plan, run.repository, service)


async def test_every_setting_is_written_and_read_back_equal(quiet: QuietProject) -> None:
    ask_for_everything(quiet)
    heard = await quiet.deploy(Phase.PROJECT, Phase.VARIABLES, Phase.DEPLOY)
    assert heard.finished.exit_code == 0, heard.why()

    state = await quiet.state()

    for service in ("worker", "backend"):
        asked = await wanted(quiet, service)
        have, built = state.services[service].settings, state.services[service].active
        named = {one.name for one in fields(asked) if getattr(asked, one.name) not in (None, ())}
        assert {name: getattr(have, name) for name in named} == {name: getattr(asked, name) for name in named}
        assert built is not None
        assert built.settings is not None
        assert {name: getattr(built.settings, name) for name in named} == {name: getattr(asked, name) for name in named}
    asked = await wanted(quiet, "worker")
    unnamed = {one.name for one in fields(asked) if getattr(asked, one.name) in (None, ())}
    assert unnamed == NOT_FOR_A_WORKER
    assert (state.services["backend"].settings.health_path, state.services["backend"].settings.health_timeout) == (
        "/health",
        90,
    )


async def test_again_nothing_is_written(quiet: QuietProject) -> None:
    ask_for_everything(quiet)
    await quiet.deploy(Phase.PROJECT, Phase.VARIABLES, Phase.DEPLOY)
    since = quiet.since()

    heard = await quiet.deploy(Phase.PROJECT, Phase.VARIABLES, Phase.DEPLOY)

    assert since.writes == []
    assert heard.of(ChangePlanned) == []
    assert heard.phases["deploy"] == heard.phases["project"] == "unchanged"


async def test_a_changed_setting_is_the_only_thing_written_and_deploys_its_service_alone(quiet: QuietProject) -> None:
    ask_for_everything(quiet)
    await quiet.deploy(Phase.PROJECT, Phase.VARIABLES, Phase.DEPLOY)
    quiet.application.edit("wizard.toml", "memory = 0.75", "memory = 1.5")
    quiet.application.edit("wizard.toml", "overlap = 7", "overlap = 9")
    since = quiet.since()

    heard = await quiet.deploy(Phase.PROJECT, Phase.VARIABLES, Phase.DEPLOY)

    assert heard.finished.exit_code == 0, heard.why()
    assert {one.change.field for one in heard.of(ChangePlanned)} == {"memory_gb", "overlap"}
    [update] = since.named("serviceInstanceUpdate")
    assert update.variables["input"] == {"overlapSeconds": 9}
    assert [request.kind for request in since.requests if request.kind == "upload"] == ["upload"]
    assert (await quiet.state()).services["worker"].settings.memory_gb == 1.5
    assert len(quiet.deployments("backend")) == 1


async def test_a_setting_changed_by_hand_is_changed_back(quiet: QuietProject) -> None:
    ask_for_everything(quiet)
    await quiet.deploy(Phase.PROJECT)
    await quiet.change(quiet.instance("worker"), start_command="sleep 1", watch_patterns=[])
    since = quiet.since()

    await quiet.deploy(Phase.PROJECT)

    [update] = since.named("serviceInstanceUpdate")
    assert update.variables["input"].keys() == {"startCommand", "watchPatterns"}
    assert quiet.instance("worker").start_command == "python main.py --jobs"
