"""`.dockerignore`, from the reference's examples and the habits of real repositories."""

from pathlib import Path

import pytest

from wizard.source.dockerfile import ContextIgnore


@pytest.mark.parametrize(
    ("patterns", "path", "ignored"),
    [
        ("*.pyc", "a.pyc", True),
        ("*.pyc", "sub/a.pyc", False),
        ("**/*.pyc", "a.pyc", True),
        ("**/*.pyc", "sub/deep/a.pyc", True),
        ("*/temp*", "one/temporary.txt", True),
        ("*/temp*", "one/two/temporary.txt", False),
        ("temp?", "tempa", True),
        ("temp?", "temp", False),
        ("/rooted", "rooted", True),
        ("folder", "folder/inside/deep", True),
        ("folder/", "folder/inside", True),
        ("folder/**", "folder/inside", True),
        ("**/node_modules", "a/b/node_modules/x/y", True),
        ("*.md\n!README.md", "README.md", False),
        ("*.md\n!README.md", "OTHER.md", True),
        ("!README.md\n*.md", "README.md", True),
        ("secret\n!secret/kept", "secret/kept", False),
        ("# comment\n\n.env*", ".env.local", True),
        ("a[bc].txt", "ab.txt", True),
        ("a[^bc].txt", "ab.txt", False),
        ("./x", "x", True),
        (".", "x", False),
    ],
)
def test_patterns(patterns: str, path: str, ignored: bool) -> None:  # noqa: FBT001 - a table
    assert ContextIgnore(patterns).ignores(path) is ignored


def test_files_are_what_the_builder_sees(tmp_path: Path) -> None:
    for name in ("a.py", "node_modules/x.js", "secret/kept", "secret/gone", "sub/b.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    (tmp_path / "link").symlink_to("sub")
    ignore = ContextIgnore("node_modules\nsecret\n!secret/kept\n")
    assert list(ignore.files(tmp_path)) == ["a.py", "link", "secret/kept", "sub/b.py"]
    assert list(ignore.folders(tmp_path)) == ["sub"]


def test_a_dockerfiles_own_ignore_file_wins(tmp_path: Path) -> None:
    (tmp_path / ".dockerignore").write_text("a")
    (tmp_path / "Dev.Dockerfile.dockerignore").write_text("b")
    assert ContextIgnore.of(tmp_path, tmp_path / "Dev.Dockerfile").ignores("b")
    assert ContextIgnore.of(tmp_path, tmp_path / "Dockerfile").ignores("a")
    assert not ContextIgnore.of(tmp_path, tmp_path / "Dev.Dockerfile").ignores("a")
