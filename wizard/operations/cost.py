"""What the project is estimated to cost in the current billing period, by resource."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.phases.run import Run
from wizard.platform.states import CostLine


@dataclass(frozen=True, slots=True)
class CostReport:
    """The estimate of one project; `billed` is False where the target charges nobody."""

    project: str
    lines: tuple[CostLine, ...]
    billed: bool

    @property
    def dollars(self) -> float:
        """The sum of all lines."""
        return sum(line.dollars for line in self.lines)


async def read_cost(run: Run) -> CostReport:
    """Read the estimate in one request; raises FailedError where there is no project."""
    project = run.world.located.project
    return CostReport(project.name, await run.platform.groups.cost(project), run.platform.capabilities.cost)
