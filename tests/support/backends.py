"""A backend for an edge without a platform behind it: one process at one address."""

from __future__ import annotations

from dataclasses import dataclass, field

from wizard.clock import Clock, SystemClock
from wizard.standin.addresses import Address
from wizard.standin.edge import Reached, Visits


@dataclass
class OneProcess:
    """Implements `wizard.standin.edge.Backend`."""

    address: Address
    clock: Clock = field(default_factory=SystemClock)
    deployment_id: str = "deployment"
    visits: Visits = field(init=False)

    def __post_init__(self) -> None:
        self.visits = Visits(self.clock)

    async def reach(self, *, limit: int) -> Reached:
        return Reached("instance", self.address, await self.address.connect(limit=limit))
