"""The engine behind the screens' door: loads itself when it is first asked, so that the first screen comes at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.clock import Clock
from wizard.events import Listener, RunFinished
from wizard.phases.step import Phase
from wizard.questions import Asker

if TYPE_CHECKING:
    from wizard.compose import Options


@dataclass(frozen=True, slots=True)
class ComposedEngine:
    """Implements `screens.engine.Engine` for one call.

    Attributes:
        folder: where the plan is looked for, upwards.
        given: what else the command line said of target, endpoint and environment, as `Options` names it.
    """

    folder: Path
    environment: Mapping[str, str] = field(repr=False)
    clock: Clock
    given: Mapping[str, Any] = field(default_factory=dict)

    async def deploy(self, phases: frozenset[Phase], listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        """Run phases against the target."""
        from wizard.compose import Faces, deploy  # noqa: PLC0415 - see the module's docstring
        from wizard.phases.run import Scope  # noqa: PLC0415 - see the module's docstring

        options = self._options("deploy", scope=Scope(phases=phases))
        return await deploy(options, Faces(listeners=tuple(listeners), asker=asker), self.clock)

    async def rehearse(self, listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        """Run all phases against a local platform that ends with the run."""
        from wizard.compose import Faces, rehearse  # noqa: PLC0415 - see the module's docstring

        faces = Faces(listeners=tuple(listeners), asker=asker)
        return await rehearse(self._options("rehearse"), faces, clock=self.clock)

    def _options(self, command: str, **more: Any) -> Options:
        from wizard.cli.options import find_project  # noqa: PLC0415 - see the module's docstring
        from wizard.compose import Options  # noqa: PLC0415 - see the module's docstring

        folder = find_project(self.folder)
        return Options(folder=folder, command=command, variables=self.environment, **{**self.given, **more})
