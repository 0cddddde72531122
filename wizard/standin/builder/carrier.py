"""What carries out a plan: folders of this machine, or a root file system of the image's own.

A build is planned the same way for every tier; what the tier can do is said in `BuildRequest.isolated`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from wizard.standin.builder.image import BuildRequest
from wizard.standin.builder.steps import BuildPlan, StagePlan, Step
from wizard.standin.processes import LogLine, LogSink

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Carried:
    """What a build left.

    Attributes:
        root: the tree that stands for `/`; an empty folder where layers do.
        python: the virtual environment that stands for `/usr/local`, or None.
        layers: folders that are laid over one another, the lowest first.
        skipped: commands that were left out.
    """

    root: Path
    python: Path | None = None
    layers: tuple[Path, ...] = ()
    skipped: tuple[str, ...] = ()


class Carrier(Protocol):
    """A tier's way of building."""

    @property
    def secret(self) -> bytes:
        """The key of this cache's keys."""
        ...

    async def carry_out(self, plan: BuildPlan, request: BuildRequest, log: LogSink) -> Carried:
        """Execute the plan; raises BuildFailed."""
        ...

    def prune(self) -> None:
        """Remove what no build needs any more."""
        ...


class Stages(ABC, Generic[S]):
    """Executes the stages that the image needs, each once; subclasses say what a stage's state is."""

    def __init__(self, plan: BuildPlan, log: LogSink) -> None:
        self._plan = plan
        self._log = log
        self._done: dict[int, S] = {}

    async def image(self) -> S:
        """Return the last stage's state."""
        return await self._stage(len(self._plan.stages) - 1)

    async def _stage(self, index: int) -> S:
        if index not in self._done:
            stage = self._plan.stages[index]
            first, state = await self._begin(index, stage)
            for number, step in enumerate(stage.steps[first:], start=first + 1):
                state = await self._step(stage, number, step, state)
            self._done[index] = state
        return self._done[index]

    def _tell(self, text: str) -> None:
        self._log(LogLine(text))

    def _tell_cached(self, stage: StagePlan, count: int) -> None:
        for number, cached in enumerate(stage.steps[:count], start=1):
            self._tell(f"{title(stage, number, cached)} cached")

    @abstractmethod
    async def _begin(self, index: int, stage: StagePlan) -> tuple[int, S]:
        """Restore the last layer there is; returns how many steps it stands for."""

    @abstractmethod
    async def _step(self, stage: StagePlan, number: int, step: Step, state: S) -> S:
        """Carry out one step."""


def title(stage: StagePlan, number: int, step: Step) -> str:
    """Return a step as the log shows it."""
    return f"[{stage.name} {number}/{len(stage.steps)}] {step.title}"
