from __future__ import annotations

from pathlib import Path

import pytest

from wizard.checks.page_paths import read_page_paths
from wizard.source.tree import working_tree

FILES = {
    "web/app/page.tsx": "/",
    "web/app/(account)/login/page.tsx": "/login",
    "web/app/projects/[id]/page.tsx": None,
    "web/app/@modal/page.tsx": None,
    "web/app/login/layout.tsx": None,
    "web/src/app/chat/page.jsx": "/chat",
    "web/pages/index.js": "/",
    "web/pages/about/team.js": "/about/team",
    "web/pages/api/hello.js": None,
    "web/pages/_app.js": None,
    "web/pages/[slug].js": None,
    "web/lib/page.tsx": None,
    "other/app/page.tsx": None,
}


@pytest.mark.parametrize(("file", "path"), FILES.items())
def test_a_file_is_a_page_by_where_it_lies(tmp_path: Path, file: str, path: str | None) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text("export default 1")
    (tmp_path / "web" / "package.json").parent.mkdir(exist_ok=True)
    assert read_page_paths(working_tree(tmp_path), "web") == ((path,) if path else ())
