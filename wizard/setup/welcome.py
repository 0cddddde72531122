"""What will happen, how long it takes, and that rehearsing is free and comes first."""

from __future__ import annotations

from typing import ClassVar

from wizard.setup.step import Step, rows, section
from wizard.setup.view import StepView


class Welcome(Step):
    """Greets."""

    id: ClassVar[str] = "welcome"

    async def view(self) -> StepView:
        """Say what happens, for how long, and what it costs."""
        return StepView(
            (
                section(
                    "setup.welcome-what",
                    rows("setup.welcome-look", "setup.welcome-rehearse", "setup.welcome-deploy", "setup.welcome-prove"),
                ),
                section("setup.welcome-time", rows("setup.welcome-minutes", "setup.welcome-again")),
                section("setup.welcome-cost", rows("setup.welcome-free", "setup.welcome-paid")),
            )
        )
