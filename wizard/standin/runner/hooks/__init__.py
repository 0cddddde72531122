"""What Python and Node.js load in a deployment of the process tier, so that its servers stay on this machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_FOLDER = Path(__file__).parent


DECLARED_PORT = "RAILWIZARD_DECLARED_PORT"
"""Variable with the port that the service declares: a program that opens it is given the one that PORT names."""


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that load the hooks before whatever the deployment itself asks for."""
    options = f'--require "{_FOLDER / "loopback.cjs"}"'
    return {
        "PYTHONPATH": os.pathsep.join(filter(None, [str(_FOLDER), given.get("PYTHONPATH")])),
        "NODE_OPTIONS": " ".join(filter(None, [options, given.get("NODE_OPTIONS")])),
        DECLARED_PORT: given.get("PORT", ""),
    }
