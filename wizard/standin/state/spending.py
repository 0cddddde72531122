"""What the workspace spends: readings as resource-minutes and dollars, and what its limits do.

Prices per minute are those of Railway's command line; a hard limit takes everything offline, and a limit that is
raised or removed brings it back. Source: Railway's documentation of cost control.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from wizard.standin.state import rules
from wizard.standin.state.metrics import Sample
from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.records import UsageLimit
from wizard.standin.state.rows import Deployment

BILLING = timedelta(days=30)
_MINUTES_A_MONTH = 43_200
PRICES = {
    "MEMORY_USAGE_GB": 10 / _MINUTES_A_MONTH,
    "CPU_USAGE": 20 / _MINUTES_A_MONTH,
    "NETWORK_TX_GB": 0.05,
    "DISK_USAGE_GB": 0.15 / _MINUTES_A_MONTH,
    "BACKUP_USAGE_GB": 0.15 / _MINUTES_A_MONTH,
}
COUNTED = {"NETWORK_RX_GB", "NETWORK_TX_GB"}
"""What a reading counts; everything else it finds, and time makes an amount of it."""


def amounts(sample: Sample) -> dict[str, float]:
    """Return what a reading adds up to: GB for the network, GB-minutes and vCPU-minutes for the rest."""
    minutes = sample.seconds / 60
    return {name: value if name in COUNTED else value * minutes for name, value in sample.values.items()}


def billing_period(railway: LocalRailway) -> tuple[datetime, datetime]:
    """Return the 30 days, counted from the workspace's beginning, that the present moment is in."""
    began, now = railway.workspace.created_at, railway.cloud.clock.now()
    start = began + (now - began) // BILLING * BILLING
    return start, start + BILLING


def dollars(railway: LocalRailway) -> float:
    """Return what the billing period has cost so far."""
    start, end = billing_period(railway)
    spent = 0.0
    for sample in railway.metrics.between(start, end):
        spent += sum(PRICES.get(name, 0.0) * amount for name, amount in amounts(sample).items())
    return spent


def newest(samples: Iterable[Sample]) -> list[Sample]:
    """Return the last reading of each deployment and volume."""
    last: dict[str, Sample] = {}
    for sample in samples:
        last[sample.tags.get("DEPLOYMENT_ID") or sample.tags["VOLUME_INSTANCE_ID"]] = sample
    latest = max((sample.ts for sample in last.values()), default=0.0)
    return [sample for sample in last.values() if sample.ts == latest]


async def enforce(railway: LocalRailway) -> None:
    """Take everything offline above the hard limit, and bring it back below."""
    for row in railway.tables.all(UsageLimit):
        over = row.hard_limit is not None and dollars(railway) >= row.hard_limit
        if over and not row.is_over_limit:
            stopped = [one.id for one in _serving(railway)]
            railway.store.change(row, is_over_limit=True, stopped=stopped)
            for one in _serving(railway):
                await railway.deployments.stop(one)
        elif row.is_over_limit and not over:
            railway.store.change(row, is_over_limit=False, stopped=[])
            await _bring_back(railway, row.stopped)


async def lift(railway: LocalRailway) -> None:
    """Remove the limits and bring back what they stopped."""
    for row in railway.tables.all(UsageLimit):
        railway.store.remove([row])
        await _bring_back(railway, row.stopped)


def is_over(railway: LocalRailway) -> bool:
    """Tell whether spending is above the hard limit."""
    return any(row.is_over_limit for row in railway.tables.all(UsageLimit))


async def _bring_back(railway: LocalRailway, ids: list[str]) -> None:
    """Deploy again what a limit stopped, from the same image; what was removed meanwhile stays so."""
    for id_ in ids:
        row = railway.tables.get(Deployment, id_)
        if row and row.deployment_stopped and row.status in rules.SERVING:
            await railway.deployments.redeploy(row, same_image=True)


def _serving(railway: LocalRailway) -> list[Deployment]:
    rows = railway.tables.all(Deployment)
    return [row for row in rows if row.status in rules.SERVING and not row.deployment_stopped]
