"""Runs built images: the tiers that can, running instances, one-off commands, health checks."""

from __future__ import annotations

from wizard.standin.runner.health import probe
from wizard.standin.runner.instance import Instance
from wizard.standin.runner.process import ProcessTier
from wizard.standin.runner.tier import Launch, Tier

__all__ = ["Instance", "Launch", "ProcessTier", "Tier", "probe"]
