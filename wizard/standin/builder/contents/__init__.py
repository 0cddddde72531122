"""What base images hold, as data, and what of this machine an image made from them would not have."""

from __future__ import annotations

from wizard.standin.builder.contents.commands import commands_of, libraries_of, spread
from wizard.standin.builder.contents.families import Family, family_of
from wizard.standin.builder.contents.installed import packages_installed
from wizard.standin.builder.contents.machine import hidden, lacking

__all__ = [
    "Family",
    "commands_of",
    "family_of",
    "hidden",
    "lacking",
    "libraries_of",
    "packages_installed",
    "spread",
]
