"""The preflight phase: who deploys what to where, and everything that forbids it, before anything is changed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial

from wizard.errors import CredentialError, FailedError, PreflightError, UsageError
from wizard.events import Finding, Severity, Status
from wizard.messages import Message, message
from wizard.phases import ways
from wizard.phases.elsewhere import Elsewhere, look_elsewhere
from wizard.phases.group import identity, name_target
from wizard.phases.run import Run
from wizard.phases.settling import read_environment, read_workspace
from wizard.phases.step import DONE, Act, Outcome, Phase, Step, Waiting, step_id
from wizard.phases.wanted import settings, unplanned
from wizard.plan.model import RepoSource
from wizard.platform.handles import Group
from wizard.platform.states import Account, CredentialKind, GroupState, ProjectSummary, RepositoryAccess, WorkspaceState
from wizard.questions import Choice, Option
from wizard.source.dotenv import secret_env_files
from wizard.source.git import GitRepository
from wizard.source.tree import join, upload_tree

CREDENTIAL, TARGET, TREE, LIMITS, REPOSITORY = "credential", "target", "tree", "limits", "repository"
ADOPT, NEW = "adopt", "new"
UNKNOWN = Outcome(Status.UNKNOWN)
_MOST_TOLD = 5
"""Files of a kind that are named one by one."""


def readings(run: Run) -> list[Step]:
    """Plan what every command needs: who asks, and where."""
    credential = step_id(Phase.PREFLIGHT, CREDENTIAL)
    return [
        _step(CREDENTIAL, partial(_verify_credential, run)),
        _step(TARGET, partial(_find_target, run), credential),
    ]


def steps(run: Run) -> list[Step]:
    """Plan the phase: the target before its limits, the tree and the repository beside them."""
    target, source = step_id(Phase.PREFLIGHT, TARGET), run.plan.project.source
    seen = partial(_check_repository, run, source.repo) if isinstance(source, RepoSource) else None
    return [
        *readings(run),
        _step(LIMITS, partial(_check_limits, run), target),
        _step(TREE, partial(_check_tree, run)),
        *([_step(REPOSITORY, seen, step_id(Phase.PREFLIGHT, CREDENTIAL))] if seen else []),
    ]


def _step(resource: str, act: Act, *requires: str) -> Step:
    return Step(phase=Phase.PREFLIGHT, resource=resource, act=act, requires=frozenset(requires))


async def _verify_credential(run: Run, waiting: Waiting) -> Outcome:
    waiting(message("phases.verifying-credential"))
    run.world.account = await run.platform.credentials.verify()
    return DONE


async def _find_target(run: Run, waiting: Waiting) -> Outcome:
    waiting(message("phases.finding-project", project=run.plan.project.name))
    workspace_id = await _choose_workspace(run, _required(run.world.account))
    if workspace_id is None:
        return UNKNOWN
    workspace = await read_workspace(run, workspace_id)
    if project := await _find_project(run, workspace):
        await _locate(run, project)
    return DONE


def _required(account: Account | None) -> Account:
    if account is None:
        raise CredentialError("phases.no-account")
    if account.kind is CredentialKind.PROJECT:
        raise CredentialError("phases.project-token", name=account.name)
    return account


async def _choose_workspace(run: Run, account: Account) -> str | None:
    """Take the only workspace, or ask which; None where nobody answers."""
    if not account.workspaces:
        raise CredentialError("phases.no-workspace")
    if len(account.workspaces) == 1:
        return account.workspaces[0][0]
    options = tuple(Option(name, message("phases.verbatim", text=name)) for _, name in account.workspaces)
    question = Choice(id="workspace", prompt=message("phases.ask-workspace"), options=options)
    chosen = await run.ask(question)
    return next((id_ for id_, name in account.workspaces if name == chosen), None)


async def _find_project(run: Run, workspace: WorkspaceState) -> ProjectSummary | None:
    """Find our project by its mark; one of the same name without it is adopted only by a named answer."""
    project, alive = run.plan.project, [one for one in workspace.projects if not one.deleted]
    marked = [one for one in alive if identity(project.key) in one.description]
    if len(marked) > 1:
        raise FailedError("phases.marked-twice", project=project.name, ids=", ".join(one.handle.id for one in marked))
    if marked:
        return marked[0]
    namesake = next((one for one in alive if one.handle.name == project.name), None)
    return namesake if namesake and await _adopts(run, namesake) else None


async def _adopts(run: Run, namesake: ProjectSummary) -> bool:
    question = Choice(
        id="project.adopt",
        prompt=message("phases.ask-adopt", project=namesake.handle.name, id=namesake.handle.id),
        options=(Option(NEW, message("phases.adopt-new")), Option(ADOPT, message("phases.adopt-existing"))),
    )
    return await run.ask(question) == ADOPT


async def _locate(run: Run, project: ProjectSummary) -> None:
    run.world.project = project
    wanted = run.plan.project.environment
    known = [one for one in project.environments if one.name.casefold() == wanted.casefold()]
    if len(known) > 1:
        raise UsageError("phases.ambiguous-environment", environment=wanted)
    if known:
        run.world.group = Group(project.handle, known[0])
        name_target(run, run.world.group)
        await read_environment(run)


async def _check_limits(run: Run, waiting: Waiting) -> Outcome:
    waiting(message("phases.checking-limits"))
    elsewhere = _elsewhere_findings(await look_elsewhere(run))
    standing = [*_standing_findings(run, run.world.last), *await ways.findings(run)]
    return _conclude(run, [*_limit_findings(run), *_capability_findings(run), *elsewhere, *standing])


def _limit_findings(run: Run) -> Iterator[Finding]:
    workspace = run.world.workspace
    if workspace is None:
        return
    if run.world.group is None:
        for refusal in workspace.refusals:
            yield _finding("permission", Severity.ERROR, "phases.found-refusal", reason=refusal)
    volumes = len(run.plan.databases) + sum(len(service.volumes) for service in run.plan.services.values())
    if workspace.volume_limit is not None and volumes > workspace.volume_limit:
        yield _finding(
            "volume-limit",
            Severity.ERROR,
            "phases.found-volumes",
            plan=workspace.plan,
            limit=workspace.volume_limit,
            wanted=volumes,
        )
    services = len(run.plan.databases) + len(run.plan.services)
    if workspace.service_limit is not None and services > workspace.service_limit:
        yield _finding(
            "service-limit",
            Severity.ERROR,
            "phases.found-services",
            plan=workspace.plan,
            limit=workspace.service_limit,
            wanted=services,
        )
    if workspace.credit is not None and workspace.credit <= 0:
        yield _finding("credit", Severity.ERROR, "phases.found-credit", workspace=workspace.name)
    if run.world.health and not run.world.health.stable:
        yield _finding("platform-status", Severity.WARNING, "phases.found-incident", incident=run.world.health.incident)


def _capability_findings(run: Run) -> Iterator[Finding]:
    """Name what the plan asks of a platform that cannot do it."""
    if run.plan.admin and run.plan.admin.script and not run.platform.capabilities.one_off_command:
        yield _finding("admin-script", Severity.WARNING, "phases.found-admin-script", script=run.plan.admin.script)
    if run.platform.capabilities.pre_deploy_command:
        return
    for name, service in run.plan.services.items():
        if service.pre_deploy:
            yield _finding("pre-deploy", Severity.ERROR, "phases.found-no-pre-deploy", service=name)


def _standing_findings(run: Run, state: GroupState | None) -> Iterator[Finding]:
    """Name what stands otherwise than the plan says and what no run changes: where a host leads, a volume's size."""
    for name, spec in run.plan.services.items():
        service = state.services.get(name) if state else None
        for domain in service.domains if service and spec.serves else ():
            if domain.port is not None and domain.port != spec.port:
                yield _finding(
                    "domain-port",
                    Severity.ERROR,
                    "phases.found-domain-port",
                    service=name,
                    host=domain.host,
                    port=domain.port,
                    wanted=spec.port or 0,
                )
        kept = unplanned(settings(run.plan, run.repository, name), service.settings) if service else ()
        if kept:
            yield _finding(
                "unplanned-setting",
                Severity.WARNING,
                "phases.found-unplanned",
                service=name,
                settings=", ".join(kept),
            )
        for volume in service.volumes if service else ():
            wanted = next((one.size_mb for one in spec.volumes if one.path == volume.path), None)
            if wanted and volume.size_mb and volume.size_mb != wanted:
                yield _finding(
                    "volume-size",
                    Severity.WARNING,
                    "phases.found-volume-size",
                    service=name,
                    path=volume.path,
                    size=volume.size_mb,
                    wanted=wanted,
                )


def _elsewhere_findings(elsewhere: Elsewhere) -> Iterator[Finding]:
    """Name the other environments before a service is made in all of them."""
    for environment, services in elsewhere.taken.items():
        yield _finding(
            "taken-elsewhere",
            Severity.ERROR,
            "phases.found-taken",
            services=", ".join(services),
            environment=environment,
        )
    if elsewhere.environments and not elsewhere.taken:
        names = ", ".join(elsewhere.environments)
        yield _finding("other-environments", Severity.WARNING, "phases.found-other-environments", environments=names)


async def _check_repository(run: Run, repo: str, waiting: Waiting) -> Outcome:
    waiting(message("phases.asking-repository", repo=repo))
    run.world.repository = await run.platform.credentials.repository(repo)
    return _conclude(run, list(_visibility_findings(repo, run.world.repository)))


def _visibility_findings(repo: str, access: RepositoryAccess) -> Iterator[Finding]:
    """A platform that cannot see the repository builds nothing; a public one it was not let into hears no push."""
    if not access.readable:
        yield _finding("repository-hidden", Severity.ERROR, "phases.found-hidden-repository", repo=repo)
    elif not access.granted:
        yield _finding("repository-public", Severity.WARNING, "phases.found-public-repository", repo=repo)


async def _check_tree(run: Run, waiting: Waiting) -> Outcome:
    waiting(message("phases.reading-tree"))
    return _conclude(run, await asyncio.to_thread(lambda: list(_tree_findings(run))))


def _tree_findings(run: Run) -> Iterator[Finding]:
    git, source = run.repository.git, run.plan.project.source
    if isinstance(source, RepoSource):
        yield from _repo_findings(run, git, source)
    else:
        for path in secret_env_files(upload_tree(run.repository.upload_root)):
            yield _finding("env-file", Severity.ERROR, "phases.found-env-file", where=path, path=path)
        if git is None:
            yield _finding("no-git", Severity.NOTE, "phases.found-no-git")
    for name in run.plan.services:
        yield from _service_findings(run, name)


def _service_findings(run: Run, name: str) -> Iterator[Finding]:
    """What a build of the service would miss: its folder, its Dockerfile, files nobody here may read."""
    spec = run.plan.services[name]
    told = {"service": name, "root": spec.root}
    if not run.repository.has_files(name):
        yield _finding("root-missing", Severity.ERROR, "phases.found-no-root", where=spec.root, **told)
    elif spec.dockerfile and not run.repository.has_file(name, spec.dockerfile):
        path = join(spec.root, spec.dockerfile)
        yield _finding(
            "dockerfile-missing", Severity.ERROR, "phases.found-no-dockerfile", where=path, **told, path=path
        )
    for path in run.repository.unreadable(name)[:_MOST_TOLD]:
        yield _finding("unreadable", Severity.ERROR, "phases.found-unreadable", where=path, **told, path=path)


def _repo_findings(run: Run, git: GitRepository | None, source: RepoSource) -> Iterator[Finding]:
    commit = run.repository.commit
    if git is None or commit is None:
        yield _finding("no-commit", Severity.ERROR, "phases.found-no-commit", repo=source.repo)
        return
    if dirty := run.repository.dirty():
        yield _finding(
            "dirty", Severity.ERROR, "phases.found-dirty", where=dirty[0], count=len(dirty), commit=commit[:10]
        )
    branch = git.branch()
    is_pushed = run.platform.capabilities.sees_local_commits or run.repository.is_pushed(commit, source.branch)
    is_detached_there = branch is None and is_pushed
    if branch != source.branch and not is_detached_there:
        yield _finding(
            "other-branch", Severity.ERROR, "phases.found-branch", branch=branch or "-", wanted=source.branch
        )
    if not is_pushed:
        yield _finding("unpushed", Severity.ERROR, "phases.found-unpushed", commit=commit[:10], branch=source.branch)


def _finding(rule: str, severity: Severity, id_: str, *, where: str = "", **params: str | float) -> Finding:
    return Finding(rule, severity, message(id_, **params), message(f"{id_}.fix", **params), where)


def _conclude(run: Run, findings: list[Finding]) -> Outcome:
    for finding in findings:
        run.emit(finding)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        raise PreflightError("phases.preflight-errors", rules=", ".join(finding.rule for finding in errors))
    return Outcome(DONE.status, _counted(findings))


def _counted(findings: list[Finding]) -> Message | None:
    return message("phases.findings", count=len(findings)) if findings else None
