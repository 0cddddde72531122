"""What would change, the deployment, and what is there afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from wizard.events import Listener, RunFinished
from wizard.messages import message
from wizard.phases.run import Scope
from wizard.questions import Asker
from wizard.report.record import RunRecord
from wizard.report.sections import Section
from wizard.setup.step import Step, row, rows, section
from wizard.setup.view import StepView


class Changes(Step):
    """Reads the platform and shows the difference, without values."""

    id: ClassVar[str] = "changes"

    async def view(self) -> StepView:
        """Offer the look."""
        return StepView((section("setup.changes-what", rows("setup.changes-how")),), work=self._work)

    async def _work(self, listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        return await self.setup.deploy(listeners, asker, Scope(apply=False))


class Deployment(Step):
    """Does it, after a yes that names the place."""

    id: ClassVar[str] = "deployment"

    async def view(self) -> StepView:
        """Offer the deployment."""
        project = self.setup.plan().project
        told = section("setup.deployment-what", rows("setup.deployment-how", "setup.deployment-leave"))
        confirm = message("setup.ask-deploy", project=project.name, environment=project.environment)
        return StepView((told,), work=self.setup.deploy, confirm=confirm)


class Verified(Step):
    """What there is now, and what to do next."""

    id: ClassVar[str] = "verified"

    async def view(self) -> StepView:
        """Say what comes next."""
        admin = self.setup.plan().admin
        who = (row(message("setup.admin-is"), admin.email, message("setup.admin-password")),) if admin else ()
        after = rows(
            "setup.next-release", "setup.next-check", "setup.next-backups", "setup.next-limit", "setup.next-domain"
        )
        return StepView((section("report.title-next", (*who, *after)),))

    async def ended(self, record: RunRecord) -> tuple[Section, ...]:
        """Nothing runs here."""
        del record
        return ()
