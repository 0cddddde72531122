"""What a project costs: estimated usage in resource-minutes, priced as the Railway CLI prices it."""

from __future__ import annotations

from wizard.platform.handles import Handle
from wizard.platform.states import CostLine
from wizard.railway.client.enums import MetricMeasurement
from wizard.railway.session import Session

MINUTES_A_MONTH = 43_200
_PRICES = {
    MetricMeasurement.MEMORY_USAGE_GB: ("memory", "GB-month", 10.0, MINUTES_A_MONTH),
    MetricMeasurement.CPU_USAGE: ("cpu", "vCPU-month", 20.0, MINUTES_A_MONTH),
    MetricMeasurement.DISK_USAGE_GB: ("disk", "GB-month", 0.15, MINUTES_A_MONTH),
    MetricMeasurement.BACKUP_USAGE_GB: ("backup", "GB-month", 0.15, MINUTES_A_MONTH),
    MetricMeasurement.NETWORK_TX_GB: ("egress", "GB", 0.05, 1),
}
"""Name, unit, dollars a unit, and how many of what the API counts make one unit (prices of 2026-08-21)."""


async def estimate(session: Session, project: Handle) -> tuple[CostLine, ...]:
    """Read the estimate for the current billing period, in one request."""
    told = await session.client.read_estimated_usage(project.id, list(_PRICES))
    amounts = {usage.measurement: usage.estimated_value for usage in told.estimated_usage}
    return tuple(
        CostLine(name, amount := amounts.get(measurement, 0.0) / per_unit, unit, amount * price)
        for measurement, (name, unit, price, per_unit) in _PRICES.items()
    )
