"""What an edited plan changes on a platform that has the plan of before."""

from __future__ import annotations

from tests.support.quiet_project import PLAN, QuietProject
from wizard.errors import ExitCode
from wizard.events import ChangeApplied, Finding, Result, Severity
from wizard.phases.step import Phase
from wizard.secrets import MASK


def edit(project: QuietProject, before: str, after: str) -> None:
    assert before in PLAN
    for name in ("Dockerfile", "Dockerfile.prod"):
        (project.application.folder / "backend" / name).write_text("FROM python:3.12\n", "utf-8")
    (project.application.folder / "wizard.toml").write_text(PLAN.replace(before, after), "utf-8")


async def test_back_to_the_usual_dockerfile_is_a_change(quiet: QuietProject) -> None:
    edit(quiet, "port = 8000", 'port = 8000\ndockerfile = "Dockerfile.prod"')
    await quiet.deploy(Phase.PROJECT)
    assert quiet.instance("backend").dockerfile_path == "Dockerfile.prod"
    edit(quiet, "port = 8000", 'port = 8000\ndockerfile = "Dockerfile"')
    heard = await quiet.deploy(Phase.PROJECT)
    [applied] = heard.of(ChangeApplied)
    assert (applied.change.field, applied.change.before, applied.change.after) == (
        "dockerfile",
        "Dockerfile.prod",
        "Dockerfile",
    )
    assert quiet.instance("backend").dockerfile_path == "Dockerfile"


async def test_the_usual_dockerfile_need_not_be_written(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    edit(quiet, "port = 8000", 'port = 8000\ndockerfile = "Dockerfile"')
    heard = await quiet.deploy(Phase.PROJECT)
    assert heard.finished.result is Result.UNCHANGED
    assert quiet.instance("backend").dockerfile_path is None


async def test_a_value_the_plan_leaves_empty_is_set_empty(quiet: QuietProject) -> None:
    edit(quiet, 'QUEUE = "jobs"', 'QUEUE = ""')
    heard = await quiet.deploy(Phase.PROJECT, Phase.VARIABLES)
    assert heard.finished.result is Result.APPLIED, heard.why()
    again = await quiet.deploy(Phase.PROJECT, Phase.VARIABLES)
    assert (again.finished.result, again.finished.mutations) == (Result.UNCHANGED, 0)


async def test_a_reference_that_renders_to_nothing_is_refused(quiet: QuietProject) -> None:
    edit(quiet, 'QUEUE = "jobs"', 'QUEUE = "${{nobody.QUEUE}}"')
    heard = await quiet.deploy(Phase.PROJECT, Phase.VARIABLES)
    assert [error.code for error in heard.errors] == ["phases.empty-reference"]


async def test_a_port_that_a_host_does_not_lead_to_is_refused(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    edit(quiet, "port = 8000", "port = 9000")
    since = quiet.since()
    heard = await quiet.deploy(Phase.PROJECT, Phase.VARIABLES)
    [finding] = [one for one in heard.of(Finding) if one.severity is Severity.ERROR]
    assert (finding.rule, finding.text.params["port"], finding.text.params["wanted"]) == ("domain-port", 8000, 9000)
    assert (heard.finished.exit_code, since.writes) == (ExitCode.PREFLIGHT, [])


async def test_a_volume_of_another_size_is_told(quiet: QuietProject) -> None:
    edit(quiet, "port = 8000", 'port = 8000\nvolumes = [{ path = "/data", size_mb = 300 }]')
    assert [one.rule for one in (await quiet.deploy(Phase.PROJECT)).of(Finding)].count("volume-size") == 0
    edit(quiet, "port = 8000", 'port = 8000\nvolumes = [{ path = "/data", size_mb = 400 }]')
    heard = await quiet.deploy(Phase.PROJECT)
    [finding] = [one for one in heard.of(Finding) if one.rule == "volume-size"]
    assert (finding.text.params["size"], finding.text.params["wanted"]) == (300, 400)
    assert heard.finished.result is Result.UNCHANGED


async def test_a_setting_taken_out_of_the_plan_stays_and_is_told(quiet: QuietProject) -> None:
    edit(quiet, "port = 8000", 'port = 8000\npre_deploy = "echo ready"\ncron = "0 3 * * *"')
    await quiet.deploy(Phase.PROJECT)
    edit(quiet, "port = 8000", "port = 8000")
    heard = await quiet.deploy(Phase.PROJECT)
    [finding] = [one for one in heard.of(Finding) if one.rule == "unplanned-setting"]
    assert finding.text.params == {"service": "backend", "settings": "pre_deploy, cron"}
    assert (heard.finished.result, quiet.instance("backend").cron_schedule) == (Result.UNCHANGED, "0 3 * * *")


async def test_words_of_the_plan_are_no_secrets(quiet: QuietProject) -> None:
    edit(quiet, 'QUEUE = "jobs"', 'QUEUE = "production"\nKEY = { generate = "token_hex", bytes = 16 }')
    await quiet.deploy(Phase.PROJECT, Phase.VARIABLES)
    async with quiet.session() as run:
        key = (await run.rendered("worker"))["KEY"].reveal()
        assert run.redactor.clean(f"no module production.settings, {key}") == f"no module production.settings, {MASK}"
