"""What lies on this machine must not hide a breakage: both tiers run from the image's layout."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.applications import TINY, copy_application
from tests.support.runs import Client
from wizard.errors import FailedError
from wizard.standin.server import serve
from wizard.standin.settings import Settings, TierName


@pytest.mark.full
@pytest.mark.timeout(300)
@pytest.mark.parametrize("tier", [TierName.PROCESS, TierName.SANDBOX])
async def test_an_import_that_reaches_outside_the_image_is_caught(tmp_path: Path, tier: TierName) -> None:
    app = copy_application(TINY, tmp_path / "app")
    app.write("shared/__init__.py", "")
    app.write("shared/names.py", 'TITLE = "tiny"\n')
    app.edit(
        "backend/app/main.py",
        "from pydantic import BaseModel",
        "from shared.names import TITLE\nfrom pydantic import BaseModel",
    )
    app.edit("backend/app/main.py", 'title="tiny"', "title=TITLE")
    app.edit("wizard.toml", "timeout = 60", "timeout = 8")
    try:
        async with serve(Settings(read_lag=0.1, tier=tier), tmp_path / "platform") as standin:
            heard = await Client(standin, tmp_path / "state").deploy(app)
    except FailedError as unable:
        pytest.skip(f"this machine has no {tier.value} tier: {unable.code}")

    [error] = heard.errors
    assert (error.phase, error.why.id) == ("deploy", "diagnosis.import-outside"), heard.why()
    assert error.why.params["where"] == "backend/app/main.py:7"
    assert error.why.params["folder"] == "shared"
    assert any(quote.text == "ModuleNotFoundError: No module named 'shared'" for quote in error.quotes)
