"""Chooses the tier: the truest that works on this machine, and says why where it is not the truest there is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wizard.errors import FailedError
from wizard.locale import render
from wizard.messages import Message, message
from wizard.standin.runner import ProcessTier, Tier
from wizard.standin.sandbox.tier import open_sandbox
from wizard.standin.settings import TierName


@dataclass(frozen=True, slots=True)
class Ground:
    """What a tier stands on.

    Attributes:
        cache: folder for layers, shared by all runs of this user.
        folder: the stand-in's own.
        run_id: carried by every process.
    """

    cache: Path
    folder: Path
    run_id: str

    @property
    def records(self) -> Path:
        """Folder of the files by which leftovers are found."""
        return self.folder / "records"


async def choose_tier(wanted: TierName, ground: Ground) -> tuple[Tier, tuple[Message, ...]]:
    """Open the tier and return it with why it is not another; raises FailedError where the one asked for cannot be."""
    if wanted is TierName.PROCESS:
        return ProcessTier(ground.cache, ground.records, ground.run_id), ()
    try:
        return await open_sandbox(ground.cache, ground.folder, ground.run_id), ()
    except FailedError as error:
        if wanted is TierName.SANDBOX:
            raise
        why = message("sandbox.fell-back", reason=render(error.why) if error.why else render(error.what))
        return ProcessTier(ground.cache, ground.records, ground.run_id), (why,)
