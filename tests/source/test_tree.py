from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.source.conftest import Git, MakeTree, write_files
from wizard.errors import UsageError
from wizard.source.git import GitRepository
from wizard.source.location import Unreadable
from wizard.source.revision import commit_digest, upload_digest
from wizard.source.tree import LARGEST_TEXT, Origin, commit_tree, join, working_tree


@pytest.fixture
def clone(tmp_path: Path, git: Git) -> Path:
    top = tmp_path / "clone"
    git(top, "init", "-q", "-b", "main")
    write_files(top, {".gitignore": "*.log\n", "app/a.py": "a = 1\n", "app/gone.py": "", "other/b.py": "b = 1\n"})
    (top / "app" / "link.py").symlink_to("a.py")
    (top / "app" / "outside.py").symlink_to("/etc/hostname")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "first")
    return top


def test_the_working_tree_holds_tracked_and_new_files_but_no_ignored_or_deleted_ones(clone: Path) -> None:
    write_files(clone, {"app/new.py": "n = 1\n", "app/debug.log": "x"})
    (clone / "app" / "gone.py").unlink()
    tree = working_tree(clone / "app")
    assert tree.origin is Origin.WORKING_TREE
    assert tree.paths == ("a.py", "link.py", "new.py", "outside.py")
    assert tree.text("link.py") == "a = 1\n"


def test_a_commit_is_read_from_git_and_not_from_disk(clone: Path, git: Git) -> None:
    write_files(clone, {"app/a.py": "changed = 1\n"})
    tree = commit_tree(clone / "app")
    tree.preload(tree.paths)
    assert (tree.origin, tree.commit) == (Origin.COMMIT, git(clone, "rev-parse", "HEAD"))
    assert tree.paths == ("a.py", "gone.py", "link.py", "outside.py")
    assert tree.text("a.py") == tree.text("link.py") == "a = 1\n"
    assert isinstance(tree.text("outside.py"), Unreadable)


def test_without_git_the_folder_is_used_and_said(tmp_path: Path, git: Git) -> None:
    write_files(tmp_path / "p", {".gitignore": "dist/\n", "dist/x.js": "", "src/a.py": "", "node_modules/m/i.js": ""})
    tree = working_tree(tmp_path / "p")
    assert (tree.origin, tree.commit) == (Origin.FOLDER, None)
    assert tree.paths == (".gitignore", "src/a.py")
    with pytest.raises(UsageError, match=r"source\.no-git"):
        commit_tree(tmp_path / "p")


def test_no_such_commit_and_no_such_folder_are_usage_errors(clone: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"source\.no-commit"):
        commit_tree(clone, "nothing")
    with pytest.raises(UsageError, match=r"source\.no-folder"):
        working_tree(tmp_path / "absent")


def test_files_that_cannot_be_read_are_facts(make_tree: MakeTree, tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / "latin.py").write_bytes("x = 'é'".encode("latin-1"))
    (root / "picture.py").write_bytes(b"\x89PNG\0\0")
    (root / "huge.py").write_bytes(b"#" * (LARGEST_TEXT + 1))
    (root / "loop.py").symlink_to("loop.py")
    (root / "up").symlink_to("..")
    (root / "escape.py").symlink_to("/etc/hostname")
    os.mkfifo(root / "pipe.py")
    tree = make_tree({"fine.py": "x = 1\n"})
    reasons = {path: content.reason.id for path in tree.paths if isinstance(content := tree.text(path), Unreadable)}
    assert tree.text("fine.py") == "x = 1\n"
    assert reasons["latin.py"] == "source.not-utf8"
    assert reasons["picture.py"] == "source.binary"
    assert reasons["huge.py"] == "source.too-large"
    assert isinstance(tree.text("absent.py"), Unreadable)
    assert {"loop.py", "pipe.py", "up"}.isdisjoint(tree.paths) or {"loop.py", "pipe.py"} <= reasons.keys()


def test_join_normalises() -> None:
    assert join("a/b", "../c") == "a/c"
    assert join("", ".") == "."
    assert join("a", "../../x") == "../x"


def test_a_service_is_unchanged_by_a_change_elsewhere(clone: Path, git: Git) -> None:
    repository = GitRepository.containing(clone)
    assert repository
    first = repository.head() or ""
    write_files(clone, {"other/b.py": "b = 2\n"})
    git(clone, "commit", "-q", "-a", "-m", "second")
    second = repository.head() or ""
    assert commit_digest(repository, first, "app") == commit_digest(repository, second, "app")
    watching = ["/other/**"]
    assert commit_digest(repository, first, "app", watching) != commit_digest(repository, second, "app", watching)
    assert commit_digest(repository, first, ".") != commit_digest(repository, second, ".")
    assert commit_digest(repository, first, "absent") is None


def test_an_upload_has_a_digest_of_its_own_files(clone: Path) -> None:
    before = upload_digest(clone, "app"), upload_digest(clone, "app", ["/other/*.py"]), upload_digest(clone, ".")
    write_files(clone, {"other/b.py": "b = 2\n", "app/ignored.log": "noise"})
    after = upload_digest(clone, "app"), upload_digest(clone, "app", ["/other/*.py"]), upload_digest(clone, ".")
    assert [a == b for a, b in zip(before, after, strict=True)] == [True, False, False]
