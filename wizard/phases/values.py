"""Which value each variable gets on this platform, and what writing it would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wizard.events import Change, Effect
from wizard.messages import message
from wizard.phases.run import Run
from wizard.plan.model import KeyringSecret, Variables, VariableValue
from wizard.plan.placeholders import missing
from wizard.plan.precedence import Candidates, Decision, ValueSource, decide, needed, plain_values
from wizard.platform.states import GroupState, VariableState
from wizard.platform.values import Literal, Value
from wizard.questions import Question, SecretText, Text
from wizard.secrets import MASK, Secret, generate

SHARED = "shared"
_BUILT_IN = ("NEXT_PUBLIC_",)
"""Start of names a build freezes into the bundle: a new value needs a new build."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A variable's value and where it comes from; a value of None keeps what the platform has."""

    name: str
    value: str | Secret | None
    source: ValueSource | None
    before: VariableState | None
    shown: str

    @property
    def differs(self) -> bool:
        """Whether it has to be written."""
        if self.value is None or (self.before and self.before.sealed):
            return False
        wanted = self.value if isinstance(self.value, Secret) else Secret(self.value)
        return self.before is None or self.before.raw != wanted

    def change(self, resource: str) -> Change:
        """Describe the write without a secret: the plan's own text, or a mask."""
        effect = Effect.REBUILD if self.name.startswith(_BUILT_IN) else Effect.RESTART
        return Change(resource, self.name, MASK if self.before else "", self.shown, effect)

    async def keep(self, run: Run, resource: str) -> None:
        """Keep a secret before it is sent, and a typed value in the plan: an answer is given once."""
        if isinstance(self.value, Secret):
            run.redactor.learn(self.value)
            await run.secrets.set(f"{resource}.{self.name}", self.value)
        elif self.source is ValueSource.TYPED and self.value is not None:
            run.keep_answer(resource, self.name, self.value)


def variable_question(resource: str, name: str, value: VariableValue) -> Question:
    """Return the question whose answer is this variable's value."""
    id_, prompt = f"variable.{resource}.{name}", message("phases.ask-variable", service=resource, name=name)
    if isinstance(value, str):
        return Text(id=id_, prompt=prompt)
    text = value.help if isinstance(value, KeyringSecret) else ""
    return SecretText(id=id_, prompt=prompt, help=message("phases.verbatim", text=text) if text else None)


@dataclass(frozen=True, slots=True)
class Chooser:
    """Chooses the values of one service, or of the shared variables, as the environment stands."""

    run: Run
    resource: str
    state: GroupState | None

    async def choose(self, table: Variables, have: Mapping[str, VariableState]) -> list[Chosen]:
        """Choose the value of every variable of the table that is needed."""
        plain = self.plain(table)
        wanted = [name for name, value in table.items() if needed(value, plain)]
        return [await self._choose(name, table[name], have.get(name)) for name in wanted]

    async def lacking(self, table: Variables, have: Mapping[str, VariableState]) -> list[str]:
        """Return the variables only a person can give."""
        plain = self.plain(table)
        asked = [name for name, value in table.items() if needed(value, plain)]
        return [name for name in asked if (await self._decide(name, table[name], have.get(name))).asks]

    def plain(self, table: Variables) -> dict[str, str]:
        """Return the plain values that will be set, those typed now included: some make a secret unnecessary."""
        answers = {name: self._typed(name, value) for name, value in table.items()}
        return {**plain_values(table), **{name: given for name, given in answers.items() if isinstance(given, str)}}

    async def _choose(self, name: str, value: VariableValue, have: VariableState | None) -> Chosen:
        decision = await self._decide(name, value, have)
        if decision.source is ValueSource.KEPT:
            return Chosen(name, None, decision.source, have, MASK)
        if decision.generate:
            made = generate(decision.generate.generate, decision.generate.bytes)
            return Chosen(name, made, decision.source, have, MASK)
        return Chosen(name, self._lowered(decision.value), decision.source, have, self._shown(value, decision))

    async def _decide(self, name: str, value: VariableValue, have: VariableState | None) -> Decision:
        typed = self._typed(name, value)
        existing = have.raw if have else None
        kept = None
        if not isinstance(value, str) and missing(existing):
            kept = await self.run.secrets.get(f"{self.resource}.{name}")
        return decide(
            value,
            Candidates(
                typed=Secret(typed) if isinstance(typed, str) else typed,
                existing=existing,
                sealed=have is not None and have.sealed,
                kept=kept,
            ),
        )

    def _typed(self, name: str, value: VariableValue) -> str | Secret | None:
        given = self.run.typed.get(variable_question(self.resource, name, value).id)
        return given if isinstance(given, str | Secret) else None

    def _lowered(self, value: Value | None) -> str | Secret | None:
        if value is None or isinstance(value, Secret):
            return value
        if self.state is None:
            return value.text if isinstance(value, Literal) else ""
        return self.run.platform.services.lower(value, self.state, service=self.resource)

    @staticmethod
    def _shown(value: VariableValue, decision: Decision) -> str:
        if not isinstance(value, str):
            return MASK
        return decision.value.text if isinstance(decision.value, Literal) else value
