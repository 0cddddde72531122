"""The engine behind the screens' door: loads itself when it is first asked, so that the first screen comes at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.cli.variables_engine import VariablesEngine
from wizard.clock import Clock
from wizard.errors import FailedError, UsageError
from wizard.events import Listener, RunFinished, Stamped
from wizard.locale import Language
from wizard.phases.step import Phase
from wizard.questions import Asker
from wizard.report.record import RunRecord
from wizard.secrets import Secret
from wizard.setup.view import SetupStep

if TYPE_CHECKING:
    from wizard.operations.watch import Look
    from wizard.options import Options

_RUNS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ComposedEngine(VariablesEngine):
    """Implements `screens.engine.Engine` for one call.

    Attributes:
        folder: where the plan is looked for, upwards.
        given: what the command line asked for; without a command everything is as by default.
        tokens: typed at the screens and kept nowhere, by the environment variable they stand in for.
    """

    folder: Path
    environment: Mapping[str, str] = field(repr=False)
    clock: Clock
    given: Options | None = None
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    tokens: dict[str, Secret] = field(default_factory=dict)

    async def deploy(self, phases: frozenset[Phase], listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        """Run phases against the target."""
        from wizard.compose import deploy  # noqa: PLC0415 - see the module's docstring
        from wizard.options import Faces  # noqa: PLC0415 - see the module's docstring
        from wizard.phases.run import Scope  # noqa: PLC0415 - see the module's docstring

        options = self._options("deploy", scope=Scope(phases=phases))
        return await deploy(options, Faces(listeners=tuple(listeners), asker=asker), self.clock)

    async def plan(self, phases: frozenset[Phase], listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        """Say what phases would change, changing nothing."""
        from wizard.compose import deploy  # noqa: PLC0415 - see the module's docstring
        from wizard.options import Faces  # noqa: PLC0415 - see the module's docstring
        from wizard.phases.run import Scope  # noqa: PLC0415 - see the module's docstring

        options = self._options("plan", scope=Scope(phases=phases, apply=False))
        return await deploy(options, Faces(listeners=tuple(listeners), asker=asker), self.clock)

    async def sign_in(self, token: Secret, *, keep: bool) -> str:
        """Try a token and use it from now on, in the keyring on `keep`; return whom it speaks for."""
        from wizard.secret_store import token_variables  # noqa: PLC0415 - see the module's docstring
        from wizard.sign_in import login, try_token  # noqa: PLC0415 - see the module's docstring

        options = self._options("login")
        if keep:
            return (await login(options, token, self.clock)).account.name
        endpoint, account = await try_token(options, token, self.clock)
        self.tokens[token_variables(endpoint)[0]] = token
        return account.name

    async def rehearse(self, listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        """Run all phases against a local platform that ends with the run."""
        from wizard.compose import rehearse  # noqa: PLC0415 - see the module's docstring
        from wizard.options import Faces  # noqa: PLC0415 - see the module's docstring

        faces = Faces(listeners=tuple(listeners), asker=asker)
        return await rehearse(self._options("rehearse"), faces, clock=self.clock)

    async def setup(self, language: Language) -> Sequence[SetupStep]:
        """Return the steps of a guided set-up of the folder."""
        from wizard.setup.steps import setup_steps  # noqa: PLC0415 - see the module's docstring

        return setup_steps(self._options("setup"), self.clock, language)

    async def watch(self, asker: Asker) -> AsyncGenerator[Look, None]:
        """Look at the environment now and at intervals, for ever."""
        from wizard.compose import session  # noqa: PLC0415 - see the module's docstring
        from wizard.operations.watch import Watch  # noqa: PLC0415 - see the module's docstring
        from wizard.options import Faces  # noqa: PLC0415 - see the module's docstring

        faces = Faces(listeners=(), asker=asker)
        async with (
            session(self._options("watch"), faces, self.clock) as run,
            aclosing(Watch(run, self.wake).looks()) as looks,
        ):
            async for look in looks:
                yield look

    def look_now(self) -> None:
        """Let the watch look at once."""
        self.wake.set()

    async def history(self) -> tuple[RunRecord, ...]:
        """Return this plan's runs on this machine, newest first; none where there is no plan."""
        from wizard.history.files import runs  # noqa: PLC0415 - see the module's docstring

        folder = self._history()
        return await asyncio.to_thread(lambda: tuple(islice(runs(folder), _RUNS_SHOWN))) if folder else ()

    async def save_report(self, run: str, language: Language) -> str:
        """Write the report of a past run as Markdown and return its place."""
        from wizard.history.files import events_of  # noqa: PLC0415 - see the module's docstring
        from wizard.report.formats import Format, report  # noqa: PLC0415 - see the module's docstring

        text = report(events_of(self._history() or Path(), run), Format.MARKDOWN, language)
        return await self.save(f"report-{run}.md", text)

    async def last_run(self) -> tuple[Stamped, ...]:
        """Return the events, without log lines, of this plan's newest run; none where there is none."""
        from wizard.history.files import events_of  # noqa: PLC0415 - see the module's docstring

        folder = self._history()
        if folder is None:
            return ()
        try:
            return await asyncio.to_thread(events_of, folder, "last")
        except UsageError:
            return ()

    def _history(self) -> Path | None:
        from wizard.history.files import history_folder  # noqa: PLC0415 - see the module's docstring
        from wizard.options import PLAN_FILE  # noqa: PLC0415 - see the module's docstring
        from wizard.plan.loader import load  # noqa: PLC0415 - see the module's docstring

        options = self._options("history")
        plan = options.folder / PLAN_FILE
        return history_folder(options.state, load(plan).project.key) if plan.is_file() else None

    async def save(self, name: str, text: str) -> str:
        """Write a file into the project's folder under a name nobody uses yet, and return its place."""
        from wizard.cli.options import find_project  # noqa: PLC0415 - see the module's docstring

        folder = find_project(self.folder)
        try:
            return str(await asyncio.to_thread(_write_new, folder / f"railwizard-{name}", text))
        except OSError as error:
            raise FailedError("cli.not-saved", file=name, reason=error.strerror or "") from error

    def _options(self, command: str, **more: Any) -> Options:
        from wizard.cli.options import find_project  # noqa: PLC0415 - see the module's docstring
        from wizard.options import Options  # noqa: PLC0415 - see the module's docstring

        given = self.given or Options(folder=find_project(self.folder), command=command, variables=self.environment)
        typed = {name: token.reveal() for name, token in self.tokens.items()}
        return replace(given, command=command, variables={**given.variables, **typed}, **more)


def _write_new(file: Path, text: str) -> Path:
    """Write a file that others cannot read; one that is there is never replaced."""
    for path in (file, *(file.with_stem(f"{file.stem}-{number}") for number in count(2))):
        with suppress(FileExistsError), path.open("x", encoding="utf-8", errors="replace") as stream:
            path.chmod(0o600)
            stream.write(text)
            return path
    raise FileExistsError
