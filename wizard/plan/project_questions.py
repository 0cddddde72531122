"""What a repository does not say about its project, asked alike by `init` and by the guided set-up."""

from __future__ import annotations

from pathlib import Path

from wizard.messages import message
from wizard.plan.model import RepoSource
from wizard.plan.types import EMAIL
from wizard.questions import Choice, Option, Problem, Text
from wizard.source.git import GitRepository

REPO, UPLOAD = "repo", "upload"
SOURCE_ID, EMAIL_ID = "project.source", "admin.email"


def repository_of(folder: Path) -> RepoSource | None:
    """Return the repository and branch of a clone, None where the platform could see none."""
    git = GitRepository.containing(folder)
    remote, branch = (git.remote(), git.branch()) if git else (None, None)
    return RepoSource(repo=remote.full_name, branch=branch) if remote and branch else None


def source_question(repository: RepoSource) -> Choice:
    """Ask whether the platform builds from the repository or is sent the files."""
    return Choice(
        id=SOURCE_ID,
        prompt=message("cli.ask-source"),
        options=(
            Option(REPO, message("cli.source-repo", repo=repository.repo, branch=repository.branch)),
            Option(UPLOAD, message("cli.source-upload")),
        ),
        default=REPO,
    )


def email_question() -> Text:
    """Ask for the first administrator's address; an empty one makes nobody an administrator."""
    return Text(
        id=EMAIL_ID,
        prompt=message("cli.ask-admin-email"),
        help=message("cli.ask-admin-email-help"),
        default="",
        validate=_address_or_nothing,
    )


def _address_or_nothing(answer: str) -> Problem:
    return None if not answer.strip() or EMAIL.fits(answer.strip()) else message("cli.no-email")
