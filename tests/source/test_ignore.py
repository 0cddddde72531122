from __future__ import annotations

from pathlib import Path

from tests.source.conftest import Git, write_files
from wizard.source.dotenv import secret_env_files
from wizard.source.ignore import upload_files
from wizard.source.tree import upload_tree

FILES = {
    ".gitignore": "*.log\nsecret/\n",
    ".railwayignore": "docs/\n!keep.log\n",
    "app/.gitignore": "/local.py\n!wanted.log\n",
    "app/.hidden": "",
    "app/local.py": "",
    "app/main.py": "",
    "app/wanted.log": "",
    "app/noise.log": "",
    "app/node_modules/m/index.js": "",
    "docs/index.md": "",
    "keep.log": "",
    "secret/key.pem": "",
}


def test_an_upload_obeys_ignore_files_and_carries_hidden_files(tmp_path: Path, git: Git) -> None:
    git(tmp_path / "p", "init", "-q")
    write_files(tmp_path / "p", FILES)
    listing = upload_files(tmp_path / "p")
    assert listing.files == (
        ".gitignore",
        ".railwayignore",
        "app/.gitignore",
        "app/.hidden",
        "app/main.py",
        "app/wanted.log",
        "keep.log",
    )
    assert listing.directories == ("app",)


def test_outside_a_work_tree_gitignore_says_nothing(tmp_path: Path, git: Git) -> None:
    write_files(tmp_path / "p", FILES)
    files = upload_files(tmp_path / "p").files
    assert "secret/key.pem" in files
    assert "docs/index.md" not in files
    assert not any("node_modules" in path for path in files)


def test_ignore_files_above_the_uploaded_folder_and_private_ones_count(tmp_path: Path, git: Git) -> None:
    top = tmp_path / "p"
    git(top, "init", "-q")
    write_files(top, {".gitignore": "/app/dist/\n*.tmp\n", "app/dist/x.js": "", "app/a.py": "", "app/b.tmp": ""})
    write_files(top, {".git/info/exclude": "mine.py\n", "app/mine.py": "", "app/everywhere.bak": ""})
    write_files(tmp_path / "home", {".config/git/ignore": "*.bak\n"})
    assert upload_files(top / "app").files == ("a.py",)


def test_links_are_followed_and_never_into_themselves(tmp_path: Path, git: Git) -> None:
    root = tmp_path / "p"
    write_files(tmp_path, {"shared/x.py": "", "p/a.py": ""})
    (root / "shared").symlink_to(tmp_path / "shared")
    (root / "again").symlink_to(root)
    (root / "dangling").symlink_to("nowhere")
    (root / "loop").symlink_to("loop")
    listing = upload_files(root)
    assert listing.files == ("a.py", "shared/x.py")
    assert listing.skipped == ("again", "dangling", "loop")


def test_env_files_with_secrets_are_named(tmp_path: Path, git: Git) -> None:
    root = tmp_path / "p"
    git(root, "init", "-q")
    files = {
        ".gitignore": ".env.local\n",
        ".env.local": "API_KEY=sk-4f9a8b7c6d\n",
        "api/.env": "DATABASE_URL=postgresql://app:hunter22@db/app\n",
        "web/.env.production": "NEXT_PUBLIC_MAP_KEY=pk-abc123\nNODE_ENV=production\n",
        "web/.env.example": "API_KEY=sk-4f9a8b7c6d\n",
        "worker/.env": "API_KEY=your-key-here\nPASSWORD=\n",
    }
    write_files(root, files)
    (root / "binary").mkdir()
    (root / "binary" / ".env").write_bytes(b"\0\1")
    assert secret_env_files(upload_tree(root)) == ("api/.env", "binary/.env")
