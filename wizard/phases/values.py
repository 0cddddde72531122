"""Which value each variable gets on this platform, and what writing it would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wizard.events import Change, Effect
from wizard.messages import message
from wizard.phases.rendering import render_reference
from wizard.phases.run import Run
from wizard.plan.model import KeyringSecret, Variables, VariableValue
from wizard.plan.placeholders import missing
from wizard.plan.precedence import (
    Candidates,
    Decision,
    Equality,
    ValueSource,
    Written,
    compare,
    decide,
    needed,
    plain_values,
)
from wizard.platform.states import GroupState, VariableState
from wizard.platform.values import Literal, Reference, Value
from wizard.questions import Problem, Question, SecretText, Text
from wizard.secrets import MASK, Secret, generate

SHARED = "shared"
_BUILT_IN = ("NEXT_PUBLIC_",)
"""Start of names a build freezes into the bundle: a new value needs a new build."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A variable's value and where it comes from; a value of None keeps what the platform has.

    Attributes:
        equality: how the value compares with the platform's, as text and as what it renders to.
    """

    name: str
    value: str | Secret | None
    source: ValueSource | None
    before: VariableState | None
    shown: str
    equality: Equality = Equality.DIFFERENT

    @property
    def differs(self) -> bool:
        """Whether it has to be written."""
        return self.value is not None and self.equality is Equality.DIFFERENT

    @property
    def literal_for_reference(self) -> bool:
        """Whether somebody wrote out by hand what the plan refers to: right today, and deaf to tomorrow's change."""
        return self.equality is Equality.SAME_RENDERED

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
        return Text(id=id_, prompt=prompt, validate=_meant)
    text = value.help if isinstance(value, KeyringSecret) else ""
    help_ = message("phases.verbatim", text=text) if text else None
    return SecretText(id=id_, prompt=prompt, help=help_, validate=_meant)


def _meant(answer: str) -> Problem:
    """Refuse an answer that only stands for one: it would count as missing everywhere else."""
    return message("phases.answer-stands-for-one") if missing(answer) else None


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
        lowered, shown = self._lowered(decision.value), self._shown(value, decision)
        equality = await self._compare(lowered, decision.value, have)
        if equality is Equality.UNKNOWN and decision.source is ValueSource.TYPED:
            equality = Equality.DIFFERENT
        return Chosen(name, lowered, decision.source, have, shown, equality)

    async def _compare(self, lowered: str | Secret | None, value: Value | None, have: VariableState | None) -> Equality:
        if have is None or lowered is None:
            return Equality.DIFFERENT
        wanted = lowered if isinstance(lowered, Secret) else Secret(lowered)
        equality = compare(Written(wanted), Written(have.raw, sealed=have.sealed))
        if equality is not Equality.DIFFERENT or not self._is_spelt_out(value, have):
            return equality
        rendered = await self._wanted_rendered(value)
        return compare(Written(wanted, rendered), Written(have.raw, have.raw))

    def _is_spelt_out(self, value: Value | None, have: VariableState) -> bool:
        """Tell whether the platform could refer, and has plain text instead."""
        is_plain = have.raw is not None and "${{" not in have.raw.reveal()
        return is_plain and isinstance(value, Reference) and self.run.platform.capabilities.native_references

    async def _wanted_rendered(self, value: Value | None) -> Secret | None:
        """Return what a reference comes to today, None where nobody can tell."""
        if not isinstance(value, Reference) or self.state is None:
            return None
        return await render_reference(self.run, value, self.state)

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
