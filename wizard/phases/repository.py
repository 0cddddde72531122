"""The operator's repository as a run needs it: which revision of each service is wanted, and what an upload carries."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from wizard.plan.model import Plan, RepoSource, UploadSource
from wizard.platform.states import DeploymentState
from wizard.source.git import GitRepository
from wizard.source.ignore import Listing, upload_files
from wizard.source.revision import commit_digest, service_files
from wizard.source.tree import Tree, commit_tree, content_digest, working_tree

_PLAN_FILE = "wizard.toml"
UPLOAD_MARK = "railwizard "
"""Start of the message an upload carries; the digest follows."""


@dataclass(frozen=True, slots=True)
class Revision:
    """The code of one service.

    Attributes:
        digest: identity of its files; equal digests are equal code.
        commit: the commit it is taken from, None for an upload.
    """

    digest: str
    commit: str | None = None

    @property
    def message(self) -> str:
        """What an upload of it says about itself."""
        return f"{UPLOAD_MARK}{self.digest[:40]}"

    @property
    def short(self) -> str:
        """A name for people."""
        return (self.commit or self.digest)[:10]


class Repository:
    """The folder of the plan and the git work tree around it. Methods block; phases call them in a thread."""

    def __init__(self, root: Path, plan: Plan) -> None:
        self.root = root
        self.source: RepoSource | UploadSource = plan.project.source
        self._plan = plan

    @cached_property
    def git(self) -> GitRepository | None:
        """The work tree the plan lies in, None without git."""
        return GitRepository.containing(self.root)

    @cached_property
    def commit(self) -> str | None:
        """The commit that is deployed: HEAD of the work tree."""
        return self.git.head() if self.git else None

    @property
    def upload_root(self) -> Path:
        """The folder an upload is an archive of."""
        folder = self.source.upload if isinstance(self.source, UploadSource) else "."
        return self.root / folder

    @cached_property
    def uploadable(self) -> Listing:
        """The files an upload may carry, ignore rules applied."""
        return upload_files(self.upload_root)

    @cached_property
    def tree(self) -> Tree:
        """What would be deployed: the commit for a repo source, the files on disk for an upload."""
        if isinstance(self.source, RepoSource) and self.commit:
            return commit_tree(self.root, self.commit)
        return working_tree(self.root)

    def platform_path(self, path: str) -> str:
        """Return a plan path as the platform sees it: below the git top, or below the archive's root."""
        base = "" if isinstance(self.source, UploadSource) else self._git_prefix()
        return "/".join(part for part in (base, self._below_upload(path)) if part not in ("", "."))

    def watch(self, service: str) -> tuple[str, ...]:
        """Return a service's watch patterns from the platform's root."""
        return self._plan.services[service].watch

    def revision(self, service: str) -> Revision | None:
        """Return the wanted revision of a service; None where its root is in no commit."""
        root, watch = self.platform_path(self._plan.services[service].root), self.watch(service)
        if isinstance(self.source, UploadSource):
            return Revision(content_digest(self.upload_root, self._files(root, watch)))
        if self.git is None or self.commit is None:
            return None
        digest = commit_digest(self.git, self.commit, root, watch)
        return Revision(digest, self.commit) if digest else None

    def has_files(self, service: str) -> bool:
        """Tell whether the service's root or watch patterns name anything that would be deployed."""
        if isinstance(self.source, UploadSource):
            return bool(self.upload_entries(service))
        return self.revision(service) is not None

    def has_file(self, service: str, path: str) -> bool:
        """Tell whether a path below the service's root would be deployed; unknown counts as there."""
        whole = "/".join(part for part in (self.platform_path(self._plan.services[service].root), path) if part)
        if isinstance(self.source, UploadSource):
            return whole in self.uploadable.files
        return self.git is None or self.commit is None or self.git.tree_id(self.commit, whole) is not None

    def unreadable(self, service: str) -> tuple[str, ...]:
        """Return what an upload of the service should carry and cannot: files and folders nobody here may read."""
        if not isinstance(self.source, UploadSource):
            return ()
        root, watch = self.platform_path(self._plan.services[service].root), self.watch(service)
        listed = service_files((*self.uploadable.files, *self.uploadable.skipped), root, watch)
        paths = (root, *listed) if root in self.uploadable.skipped else listed
        return tuple(path for path in paths if _may_not_be_read(self.upload_root / path))

    def dirty(self) -> tuple[str, ...]:
        """Return changed files of the services' roots and watch patterns, relative to the git top; never the plan's."""
        if self.git is None:
            return ()
        changed = [path for path in self.git.dirty() if path != self._plan_path()]
        services = self._plan.services.items()
        ours = {
            path
            for name, spec in services
            for path in service_files(changed, self.platform_path(spec.root), self.watch(name))
        }
        return tuple(sorted(ours))

    def _plan_path(self) -> str:
        return "/".join(part for part in (self._git_prefix(), _PLAN_FILE) if part)

    def is_pushed(self, commit: str, branch: str) -> bool:
        """Tell whether the remote's branch, as last fetched or pushed, holds the commit."""
        if self.git is None:
            return False
        remote = self.git.remote()
        return self.git.is_pushed(commit, branch, remote.remote if remote else "origin")

    def is_current(self, service: str, wanted: Revision, deployment: DeploymentState) -> bool | None:
        """Tell whether a deployment was built from the wanted code; None where that cannot be known here."""
        if deployment.message and deployment.message.startswith(UPLOAD_MARK):
            return deployment.message == wanted.message
        if deployment.commit and self.git and wanted.commit:
            root, watch = self.platform_path(self._plan.services[service].root), self.watch(service)
            digest = commit_digest(self.git, deployment.commit, root, watch)
            return digest == wanted.digest if digest or self.git.commit(deployment.commit) else None
        return False if deployment.commit else None

    def upload_entries(self, service: str) -> Sequence[tuple[str, Path]]:
        """Return what an upload of a service carries: archive path and file."""
        root = self.platform_path(self._plan.services[service].root)
        return [(path, self.upload_root / path) for path in self._files(root, self.watch(service))]

    def _files(self, root: str, watch: Sequence[str]) -> tuple[str, ...]:
        return service_files(self.uploadable.files, root, watch)

    def _git_prefix(self) -> str:
        return self.git.prefix(self.root) if self.git else ""

    def _below_upload(self, path: str) -> str:
        folder = self.source.upload if isinstance(self.source, UploadSource) else "."
        if folder in ("", "."):
            return path
        return path.removeprefix(folder).lstrip("/")


def _may_not_be_read(path: Path) -> bool:
    """A link that leads nowhere is not refused, it is absent."""
    try:
        mode = path.stat().st_mode
    except PermissionError:
        return True
    except OSError:
        return False
    return not os.access(path, os.R_OK | (os.X_OK if stat.S_ISDIR(mode) else 0))
