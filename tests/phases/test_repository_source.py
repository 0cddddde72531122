"""A plan whose source is a repository: what preflight refuses, what connecting starts, which commit deploys whom."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.responses import JSONResponse, Response

from tests.support.quiet_project import PLAN, QuietProject, git, quiet_project, write
from tests.support.runs import Heard
from wizard.events import Finding, Severity
from wizard.locale import render
from wizard.phases.run import Scope
from wizard.phases.step import Phase
from wizard.standin.api.execution import Operation
from wizard.standin.api.gateway import Next
from wizard.standin.settings import Repository

REPO_PLAN = PLAN.replace('{ upload = "." }', '{ repo = "acme/quiet", branch = "main" }')


@dataclass
class Cloned:
    """A project in a work tree whose branch a remote has; the platform reads that remote."""

    project: QuietProject
    top: Path

    @property
    def head(self) -> str:
        return git(self.top, "rev-parse", "HEAD")

    def write(self, path: str, text: str) -> None:
        (self.top / path).write_text(text, "utf-8")

    def commit(self) -> str:
        git(self.top, "add", ".")
        git(self.top, "commit", "-q", "-m", "more")
        return self.head

    def push(self) -> str:
        head = self.commit()
        git(self.top, "push", "-q", "origin", "main")
        return head

    async def findings(self) -> list[Finding]:
        heard = await self.project.deploy(Phase.PREFLIGHT)
        return heard.of(Finding)


@asynccontextmanager
async def cloned(
    folder: Path, *, below: str = "", plan: str = REPO_PLAN, private: bool = True, app_installed: bool = True
) -> AsyncIterator[Cloned]:
    top = folder / "app"
    remote = folder / "remote.git"
    write(top / below, plan)
    git(top, "init", "-q", "-b", "main")
    git(folder, "init", "-q", "--bare", "-b", "main", str(remote))
    git(top, "remote", "add", "origin", str(remote))
    git(top, "add", ".")
    git(top, "commit", "-q", "-m", "all of it")
    git(top, "push", "-q", "origin", "main")
    repository = Repository(path=remote, private=private, app_installed=app_installed)
    async with quiet_project(folder, plan, below=below, repositories={"acme/quiet": repository}) as project:
        yield Cloned(project, top)


@pytest.fixture
async def clone(tmp_path: Path) -> AsyncIterator[Cloned]:
    async with cloned(tmp_path) as found:
        yield found


def commits(clone: Cloned, service: str) -> list[str]:
    return [str(row.meta["commitHash"]) for row in clone.project.deployments(service)]


async def verified(clone: Cloned) -> Heard:
    heard = await clone.project.deploy()
    assert heard.finished.result.value == "verified", heard.why()
    return heard


def on_another_branch(clone: Cloned) -> None:
    git(clone.top, "switch", "-q", "-c", "feature")


def changed_by_hand(clone: Cloned) -> None:
    clone.write("backend/main.py", "print('else')\n")


def committed_only(clone: Cloned) -> None:
    clone.write("worker/main.py", "print('else')\n")
    clone.commit()


@pytest.mark.parametrize(
    ("spoil", "rule", "says"),
    [
        (changed_by_hand, "dirty", "Files that differ from the commit"),
        (on_another_branch, "other-branch", "is on feature; the plan deploys main"),
        (committed_only, "unpushed", "is not on the remote branch main"),
    ],
)
async def test_a_tree_the_platform_cannot_have_stops_before_anything_is_made(
    clone: Cloned, spoil: Callable[[Cloned], None], rule: str, says: str
) -> None:
    spoil(clone)
    since = clone.project.since()

    heard = await clone.project.deploy()

    errors = [one for one in heard.of(Finding) if one.severity is Severity.ERROR]
    assert [one.rule for one in errors] == [rule]
    assert says in render(errors[0].text)
    assert errors[0].fix is not None
    assert render(errors[0].fix)
    assert (heard.finished.exit_code, since.writes) == (6, [])


async def test_without_a_commit_there_is_nothing_to_deploy(tmp_path: Path) -> None:
    async with quiet_project(tmp_path, REPO_PLAN, repositories={"acme/quiet": Repository(path=tmp_path)}) as project:
        heard = await project.deploy(Phase.PREFLIGHT)

    found = {one.rule: one for one in heard.of(Finding)}
    assert found["no-commit"].severity is Severity.ERROR
    assert "acme/quiet" in render(found["no-commit"].text)
    assert heard.finished.exit_code == 6


async def test_the_plan_and_files_of_no_service_never_count_as_changed(clone: Cloned) -> None:
    clone.project.application.edit("wizard.toml", 'QUEUE = "jobs"', 'QUEUE = "tasks"')
    clone.write("NOTES.md", "later\n")
    assert await clone.findings() == []


async def test_a_changed_file_that_a_service_watches_counts(tmp_path: Path) -> None:
    plan = REPO_PLAN.replace('root = "worker"\n', 'root = "worker"\nwatch = ["shared/**"]\n')
    async with cloned(tmp_path, plan=plan) as clone:
        (clone.top / "shared").mkdir()
        clone.write("shared/words.py", "WORDS = ()\n")
        [finding] = await clone.findings()

    assert (finding.rule, finding.where) == ("dirty", "shared/words.py")


async def test_a_detached_checkout_of_a_pushed_commit_is_fine(clone: Cloned) -> None:
    git(clone.top, "checkout", "-q", "--detach")
    assert await clone.findings() == []


async def test_a_repository_the_platform_cannot_read_is_named_with_the_way_out(tmp_path: Path) -> None:
    async with cloned(tmp_path, app_installed=False) as clone:
        since = clone.project.since()
        heard = await clone.project.deploy()

    [finding] = heard.of(Finding)
    assert (finding.rule, finding.severity) == ("repository-hidden", Severity.ERROR)
    assert "acme/quiet" in render(finding.text)
    assert finding.fix is not None
    assert "GitHub App" in render(finding.fix)
    assert (heard.finished.exit_code, since.writes) == (6, [])


async def test_a_public_repository_is_deployed_and_its_pushes_are_left_alone(tmp_path: Path) -> None:
    async with cloned(tmp_path, private=False, app_installed=False) as clone:
        heard = await verified(clone)
        pushes = [clone.project.instance(name).auto_deploy for name in ("backend", "worker")]

    assert [(one.rule, one.severity) for one in heard.of(Finding)] == [("repository-public", Severity.WARNING)]
    assert pushes == [False, False]


async def test_connecting_deploys_once_and_pushes_deploy_again_when_verified(clone: Cloned) -> None:
    since = clone.project.since()

    await verified(clone)

    assert commits(clone, "backend") == commits(clone, "worker") == [clone.head]
    assert since.writes.count("ConnectService") == 2
    assert since.named("serviceInstanceDeployV2") == []
    switched = [one.variables["input"]["enabled"] for one in since.named("serviceInstanceAutoDeployUpdate")]
    assert switched == [False, False, True, True]
    assert all(clone.project.instance(name).auto_deploy for name in ("backend", "worker"))


async def test_again_nothing_is_written(clone: Cloned) -> None:
    await verified(clone)
    since = clone.project.since()

    heard = await verified(clone)

    assert since.writes == []
    assert len(since.requests) <= 12
    assert heard.phases["deploy"] == "unchanged"


async def test_pushes_stay_off_until_a_later_run_is_verified(clone: Cloned) -> None:
    clone.project.page.body = b"plain"
    failed = await clone.project.deploy()
    off = [clone.project.instance(name).auto_deploy for name in ("backend", "worker")]
    clone.project.page.body = b"<!doctype html><title>mended</title><p>mended</p>"
    since = clone.project.since()

    await verified(clone)

    assert (failed.finished.exit_code, off) == (1, [False, False])
    assert since.changes == ["UpdateAutoDeploy", "UpdateAutoDeploy"]
    assert all(clone.project.instance(name).auto_deploy for name in ("backend", "worker"))


async def test_reading_alone_never_switches_pushes_on(clone: Cloned) -> None:
    await clone.project.deploy(Phase.PROJECT, Phase.VARIABLES, Phase.DEPLOY)
    since = clone.project.since()

    heard = await clone.project.deploy(scope=Scope(phases=frozenset({Phase.VERIFY}), read_only=True))

    assert heard.finished.result.value == "verified", heard.why()
    assert since.writes == []
    assert not clone.project.instance("backend").auto_deploy


async def test_pushes_that_somebody_else_switched_off_stay_off(clone: Cloned) -> None:
    await verified(clone)
    await clone.project.change(clone.project.instance("worker"), auto_deploy=False)
    clone.write("worker/main.py", "print('second')\n")
    clone.push()
    since = clone.project.since()

    await verified(clone)

    assert since.named("serviceInstanceAutoDeployUpdate") == []
    assert not clone.project.instance("worker").auto_deploy


async def test_a_second_commit_deploys_by_its_hash_only_whose_subtree_changed(clone: Cloned) -> None:
    await verified(clone)
    first = clone.head
    clone.write("backend/main.py", "print('second')\n")
    second = clone.push()
    since = clone.project.since()

    heard = await verified(clone)

    [request] = since.named("serviceInstanceDeployV2")
    assert request.variables["commitSha"] == second
    assert request.variables["serviceId"] == clone.project.service("backend").id
    assert len(since.changes) == 1
    assert (commits(clone, "backend"), commits(clone, "worker")) == ([second, first], [first])
    assert heard.phases["deploy"] == "done"


async def test_what_somebody_else_deployed_counts_by_its_tree(clone: Cloned) -> None:
    await verified(clone)
    clone.write("README.md", "unrelated\n")
    third = clone.push()
    railway = clone.project.standin.gateway.railway
    await railway.deployments.deploy_commit(clone.project.instance("backend"), third)
    await clone.project.settle()
    since = clone.project.since()

    heard = await verified(clone)

    assert commits(clone, "backend")[0] == third
    assert (since.writes, heard.phases["deploy"]) == ([], "unchanged")


async def test_code_of_a_commit_nobody_has_here_is_unknown_and_a_deployment_makes_it_known(clone: Cloned) -> None:
    await verified(clone)
    [worker] = clone.project.deployments("worker")
    await clone.project.change(worker, meta={**worker.meta, "commitHash": "f" * 40})

    looked = await clone.project.deploy(Phase.VARIABLES)
    deployed = await verified(clone)

    assert looked.phases["deploy"] == "unknown"
    assert "verify" not in looked.phases
    assert deployed.phases["deploy"] == "done"
    assert commits(clone, "worker")[0] == clone.head


async def test_a_deployment_of_another_commit_is_not_adopted(clone: Cloned) -> None:
    """The branch went on while the operator deploys what is checked out here."""
    here = clone.head
    clone.write("backend/main.py", "print('theirs')\n")
    theirs = clone.push()
    git(clone.top, "checkout", "-q", "--detach", here)

    heard = await clone.project.deploy()

    assert heard.finished.result.value == "verified", heard.why()
    assert commits(clone, "backend") == [here, theirs]
    assert commits(clone, "worker") == [here, theirs]


async def test_the_answer_to_a_deployment_may_be_lost(clone: Cloned) -> None:
    await verified(clone)
    clone.write("backend/main.py", "print('second')\n")
    second = clone.push()
    clone.project.standin.gateway.hooks.append(_lose_deployments)

    await verified(clone)

    assert commits(clone, "backend").count(second) == 1


async def test_a_deployment_that_never_starts_is_an_error_after_two_requests(clone: Cloned) -> None:
    await verified(clone)
    clone.write("backend/main.py", "print('second')\n")
    clone.push()
    clone.project.standin.gateway.hooks.append(_drop_deployments)
    since = clone.project.since()

    heard = await clone.project.deploy()

    assert (heard.finished.exit_code, heard.errors[0].code) == (1, "phases.deployment-lost")
    assert len(since.named("serviceInstanceDeployV2")) == 2
    assert len(commits(clone, "backend")) == 1


async def test_another_branch_is_connected_even_where_the_first_answer_is_lost(clone: Cloned) -> None:
    await verified(clone)
    on_another_branch(clone)
    clone.project.application.edit("wizard.toml", 'branch = "main"', 'branch = "feature"')
    clone.write("backend/main.py", "print('second')\n")
    clone.commit()
    git(clone.top, "push", "-q", "origin", "feature")
    dropped: list[str] = []

    async def drop_first(operation: Operation, proceed: Next) -> Response:
        if operation.name != "ConnectService" or dropped:
            return await proceed()
        dropped.append(operation.name)
        return JSONResponse({}, 504)

    clone.project.standin.gateway.hooks.append(drop_first)
    await verified(clone)

    assert dropped
    assert clone.project.instance("backend").branch == "feature"
    assert commits(clone, "backend").count(clone.head) == 1


async def _drop_deployments(operation: Operation, proceed: Next) -> Response:
    return JSONResponse({}, 504) if operation.name == "DeployServiceInstance" else await proceed()


async def _lose_deployments(operation: Operation, proceed: Next) -> Response:
    answer = await proceed()
    return JSONResponse({}, 504) if operation.name == "DeployServiceInstance" else answer


async def test_a_plan_below_the_top_deploys_its_own_folders(tmp_path: Path) -> None:
    async with cloned(tmp_path, below="apps/quiet") as clone:
        first = clone.head
        await verified(clone)
        root = clone.project.instance("backend").root_directory
        clone.write("apps/other.txt", "not ours\n")
        clone.push()
        quiet = await verified(clone)
        clone.write("apps/quiet/worker/main.py", "print('second')\n")
        second = clone.push()
        await verified(clone)

        assert root == "apps/quiet/backend"
        assert quiet.phases["deploy"] == "unchanged"
        assert (commits(clone, "backend"), commits(clone, "worker")) == ([first], [second, first])
        clone.project.application.edit("wizard.toml", 'QUEUE = "jobs"', 'QUEUE = "tasks"')
        assert await clone.findings() == []
