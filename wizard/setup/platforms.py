"""Which platform, and what it costs: one account against four, this stack's forecast by service, each plan's limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from wizard.events import Verdict
from wizard.messages import Message, message
from wizard.plan.model import Plan
from wizard.report.sections import Row
from wizard.report.words import VERDICT, Mark
from wizard.setup.step import Step, row, rows, section
from wizard.setup.view import StepView

GB_MONTH = 10.0
"""Dollars for a gigabyte of memory a month (Railway's prices of 2026-08-21)."""
VCPU_MONTH = 20.0
DISK_GB_MONTH = 0.15
IDLE_MEMORY_GB = {"postgres": 0.4, "redis": 0.1, "backend": 0.3, "page": 0.35}
"""What an idle service of its kind holds: an estimate from small applications, not a promise."""
IDLE_VCPU = 0.0125
DISK_GB = 0.5


@dataclass(frozen=True, slots=True)
class PricePlan:
    """What one of Railway's plans allows (documentation of 2026-08-21); None where it names no number."""

    id: str
    volumes: int
    services: int | None


PRICE_PLANS = (
    PricePlan("trial", 3, 5),
    PricePlan("free", 1, None),
    PricePlan("hobby", 10, None),
    PricePlan("pro", 20, None),
)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Dollars a month of one service when nobody uses it."""

    service: str
    memory: float
    cpu: float
    disk: float

    @property
    def dollars(self) -> float:
        """The sum."""
        return self.memory + self.cpu + self.disk


def forecast(plan: Plan) -> tuple[Forecast, ...]:
    """Estimate what each service and database of a plan costs a month when idle."""
    return tuple(_forecasts(plan))


def _forecasts(plan: Plan) -> Iterator[Forecast]:
    for name, database in plan.databases.items():
        memory = IDLE_MEMORY_GB.get(database.engine, IDLE_MEMORY_GB["postgres"])
        yield Forecast(name, memory * GB_MONTH, IDLE_VCPU * VCPU_MONTH, DISK_GB * DISK_GB_MONTH)
    for name, spec in plan.services.items():
        memory = IDLE_MEMORY_GB["page" if spec.dockerfile is None else "backend"]
        disk = sum(volume.size_mb or 500 for volume in spec.volumes) / 1000
        replicas = spec.replicas or 1
        yield Forecast(name, replicas * memory * GB_MONTH, replicas * IDLE_VCPU * VCPU_MONTH, disk * DISK_GB_MONTH)


class Platforms(Step):
    """Compares, forecasts, and says which plans hold this stack."""

    id: ClassVar[str] = "platforms"

    async def view(self) -> StepView:
        """Show the comparison; nothing is asked."""
        plan = self.setup.plan()
        costs = forecast(plan)
        total = message("setup.dollars", dollars=f"{sum(one.dollars for one in costs):.2f}")
        return StepView(
            (
                section("setup.one-platform", rows("setup.one-account", "setup.one-network", "setup.one-bill")),
                section("setup.split", rows("setup.split-accounts", "setup.split-network", "setup.split-free")),
                section("setup.forecast", (*map(_cost, costs), row(message("setup.total"), total))),
                section("setup.price-plans", (_price_plan(one, plan) for one in PRICE_PLANS)),
            )
        )


def _cost(one: Forecast) -> Row:
    return row(one.service, message("setup.dollars", dollars=f"{one.dollars:.2f}"))


def _price_plan(one: PricePlan, plan: Plan) -> Row:
    volumes = len(plan.databases) + sum(bool(spec.volumes) for spec in plan.services.values())
    services = len(plan.databases) + len(plan.services)
    fits = volumes <= one.volumes and (one.services is None or services <= one.services)
    texts: tuple[Message, ...] = (message(f"setup.price-{one.id}"),)
    if not fits:
        texts += (message("setup.too-much", volumes=volumes, allowed=one.volumes, services=services),)
    return Row(message(f"setup.price-plan-{one.id}"), texts, _fit(fits=fits))


def _fit(*, fits: bool) -> Mark:
    return VERDICT[Verdict.PASSED if fits else Verdict.FAILED]
