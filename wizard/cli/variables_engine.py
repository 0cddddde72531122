"""The part of the screens' engine that reads and changes variables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from wizard.clock import Clock
from wizard.events import Listener, RunFinished
from wizard.locale import Language
from wizard.messages import Message
from wizard.phases.step import Phase
from wizard.questions import Asker
from wizard.secrets import Secret

if TYPE_CHECKING:
    from wizard.options import Options
    from wizard.plan.checklist import Row
    from wizard.plan.pasting import PastedLine


class VariablesEngine:
    """Mixed into the engine of one call; every method loads what it needs when it is first asked."""

    clock: Clock

    def _options(self, command: str, **more: Any) -> Options:
        raise NotImplementedError

    async def deploy(self, phases: frozenset[Phase], listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        """Run phases against the target."""
        raise NotImplementedError

    async def save(self, name: str, text: str) -> str:
        """Write a file where the operator finds it and return its place."""
        raise NotImplementedError

    async def checklist(self, asker: Asker) -> Sequence[Row]:
        """Read the checklist of the plan against the target."""
        from wizard.compose import session  # noqa: PLC0415 - see the class
        from wizard.operations.checklist import read_checklist  # noqa: PLC0415 - see the class
        from wizard.options import Faces  # noqa: PLC0415 - see the class

        faces = Faces(listeners=(), asker=asker)
        async with session(self._options("checklist"), faces, self.clock) as run:
            return await read_checklist(run)

    def effect(self, service: str, name: str) -> Message:
        """Say what a new value of a variable will do to what is running."""
        from wizard.variable_edits import effect_of  # noqa: PLC0415 - see the class

        return effect_of(name).told(service, name)

    async def set_variable(
        self, service: str, name: str, value: Secret | None, listeners: Sequence[Listener], asker: Asker
    ) -> RunFinished:
        """Give a variable a new value, a generated one for None, and send it."""
        from wizard.options import Faces  # noqa: PLC0415 - see the class
        from wizard.variable_edits import rotate_variable  # noqa: PLC0415 - see the class

        if value is not None:
            return await self.import_variables(service, {name: value}, listeners, asker)
        faces = Faces(listeners=tuple(listeners), asker=asker)
        return await rotate_variable(self._options("set"), faces, service, name, self.clock)

    async def import_variables(
        self, service: str, values: Mapping[str, Secret], listeners: Sequence[Listener], asker: Asker
    ) -> RunFinished:
        """Give several variables of a service new values and send them."""
        from wizard.options import Faces  # noqa: PLC0415 - see the class
        from wizard.variable_edits import set_variables  # noqa: PLC0415 - see the class

        faces = Faces(listeners=tuple(listeners), asker=asker)
        return await set_variables(self._options("set"), faces, service, values, self.clock)

    async def send_variables(self, listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        """Send what the plan says."""
        return await self.deploy(frozenset({Phase.VARIABLES}), listeners, asker)

    async def take_variable(self, service: str, name: str, asker: Asker) -> None:
        """Write what the platform has into the plan, or into the keyring where it is a secret."""
        from wizard.options import Faces  # noqa: PLC0415 - see the class
        from wizard.variable_edits import take_from_platform  # noqa: PLC0415 - see the class

        faces = Faces(listeners=(), asker=asker)
        await take_from_platform(self._options("take"), faces, service, name, self.clock)

    def judge_pasted(self, service: str, text: str) -> Sequence[tuple[PastedLine, Message]]:
        """Return the lines of a pasted block, each with whether it is taken and if not why."""
        from wizard.options import PLAN_FILE  # noqa: PLC0415 - see the class
        from wizard.plan.loader import load  # noqa: PLC0415 - see the class
        from wizard.plan.pasting import pasted_lines  # noqa: PLC0415 - see the class

        plan = load(self._options("import").folder / PLAN_FILE)
        variables = plan.services[service].variables if service in plan.services else plan.shared
        return [(line, line.verdict()) for line in pasted_lines(text, variables)]

    async def save_checklist(self, rows: Sequence[Row], language: Language) -> str:
        """Write the checklist as Markdown and return its place."""
        from wizard.plan.checklist import to_markdown  # noqa: PLC0415 - see the class

        return await self.save("checklist.md", to_markdown(tuple(rows), language))
