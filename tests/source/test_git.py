from __future__ import annotations

from pathlib import Path

import pytest

from tests.source.conftest import Git, write_files
from wizard.source.git import GitRepository, github_name


@pytest.fixture
def repository(tmp_path: Path, git: Git) -> GitRepository:
    top = tmp_path / "clone"
    git(top, "init", "-q", "-b", "main")
    write_files(top, {"api/main.py": "x = 1\n", "web/page.tsx": "export {}\n"})
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "first")
    found = GitRepository.containing(top / "api")
    assert found
    return found


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/acme/shop.git", ("acme", "shop")),
        ("https://user:pass@github.com/acme/shop", ("acme", "shop")),
        ("git@github.com:acme/shop.git", ("acme", "shop")),
        ("ssh://git@ssh.github.com:443/acme/shop.git", ("acme", "shop")),
        ("https://gitlab.com/acme/shop.git", None),
        ("https://github.com.evil.test/acme/shop", None),
        ("/srv/git/shop.git", None),
        ("https://github.com/acme", None),
        ("http://[::1", None),
    ],
)
def test_only_github_remotes_have_a_name(url: str, expected: tuple[str, str] | None) -> None:
    assert github_name(url) == expected


def test_a_folder_outside_git_has_no_repository(tmp_path: Path, git: Git) -> None:
    assert GitRepository.containing(tmp_path) is None


def test_head_branch_and_prefix(repository: GitRepository, git: Git) -> None:
    assert repository.head() == git(repository.top, "rev-parse", "HEAD")
    assert repository.branch() == "main"
    assert repository.prefix(repository.top / "api") == "api"
    assert repository.prefix(repository.top) == ""
    git(repository.top, "checkout", "-q", "--detach")
    assert repository.branch() is None


def test_an_empty_repository_has_no_head(tmp_path: Path, git: Git) -> None:
    git(tmp_path / "new", "init", "-q", "-b", "main")
    found = GitRepository.containing(tmp_path / "new")
    assert found is not None
    assert found.head() is None


def test_dirty_sees_changes_renames_and_new_files_below_the_prefixes_only(repository: GitRepository, git: Git) -> None:
    write_files(repository.top, {"api/new file.py": "", "web/page.tsx": "export default 1\n", "wizard.toml": ""})
    assert repository.dirty(["api"]) == ("api/new file.py",)
    assert repository.dirty() == ("api/new file.py", "web/page.tsx", "wizard.toml")
    git(repository.top, "mv", "api/main.py", "web/main.py")
    assert repository.dirty(["web"]) == ("web/main.py", "web/page.tsx")
    assert "api/main.py" in repository.dirty()


def test_pushed_is_judged_by_the_remote_tracking_branch(repository: GitRepository, tmp_path: Path, git: Git) -> None:
    git(tmp_path / "remote.git", "init", "-q", "--bare", "-b", "main")
    git(repository.top, "remote", "add", "origin", str(tmp_path / "remote.git"))
    commit = repository.head()
    assert commit
    assert not repository.is_pushed(commit, "main")
    git(repository.top, "push", "-q", "-u", "origin", "main")
    assert repository.is_pushed(commit, "main")
    assert not repository.is_pushed(commit, "other")
    assert repository.remote() is None
    git(repository.top, "remote", "add", "upstream", "git@github.com:acme/shop.git")
    remote = repository.remote()
    assert remote is not None
    assert (remote.remote, remote.full_name) == ("upstream", "acme/shop")


def test_the_environment_of_the_caller_does_not_redirect_git(
    repository: GitRepository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert repository.branch() == "main"
