"""Draws the main screens: `python -m tools.screen_pictures` writes docs/pictures/*.svg, and PNG of those README shows.

`python -m tools.screen_pictures FOLDER` draws each at 80x24, 120x40 and 200x60 in both languages into a folder instead,
for people who look at a change. The drawings name fonts of the reader's machine and load nothing.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import resvg_py

from tools.picture import PICTURE, without_fonts
from tools.screen_scenes import SCENES, showing
from wizard.locale import Language

FOLDER = PICTURE.parent
SIZE = (100, 30)
SIZES = ((80, 24), (120, 40), (200, 60))
SHOWN = ("guided-detection", "deploy")
"""What README shows, also as PNG."""
LEFT_OUT = frozenset({"guided-choices", "guided-token"})
"""Drawn for who looks at a change, not committed."""
_MONOSPACE = "DejaVu Sans Mono"


async def drawn(name: str, size: tuple[int, int], language: Language) -> str:
    """Return the drawing of a scene."""
    async with showing(name, size, language) as app:
        return without_fonts(app.export_screenshot(title="railwizard"))


def png(drawing: str) -> bytes:
    """Return a drawing as an image."""
    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, monospace_family=_MONOSPACE))


async def write_pictures() -> None:
    """Draw what is committed."""
    for name in SCENES.keys() - LEFT_OUT:
        drawing = await drawn(name, SIZE, Language.ENGLISH)
        (FOLDER / f"{name}.svg").write_text(drawing, "utf-8")
        if name in SHOWN:
            (FOLDER / f"{name}.png").write_bytes(png(drawing))


async def write_for_a_look(folder: Path) -> None:
    """Draw everything at every size in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        for language in Language:
            for name in SCENES:
                drawing = await drawn(name, size, language)
                (folder / f"{name}-{size[0]}-{language}.png").write_bytes(png(drawing))


if __name__ == "__main__":
    asyncio.run(write_for_a_look(Path(sys.argv[1])) if sys.argv[1:] else write_pictures())
