"""What an operator needs at Railway, the token, and the place to deploy to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from wizard.errors import UsageError
from wizard.messages import message
from wizard.plan.model import RepoSource, UploadSource
from wizard.plan.writer import set_value
from wizard.questions import Choice, Confirm, Option, SecretText
from wizard.secret_store import token_variables
from wizard.secrets import Secret
from wizard.setup.step import Step, row, rows, section
from wizard.setup.view import Answer, StepView
from wizard.sign_in import current_account, login, try_token

TOKEN, KEEP, MEANWHILE, WORKSPACE = "token", "setup.keep-token", "setup.meanwhile", "workspace"


class Needs(Step):
    """What a person does elsewhere: account, GitHub App, card; upload bridges the wait for an approval."""

    id: ClassVar[str] = "needs"

    async def view(self) -> StepView:
        """List it; asking nothing of the platform, this waits as long as it takes."""
        needed = section("setup.needs-what", rows("setup.needs-account", "setup.needs-verified", "setup.needs-card"))
        source = self.setup.plan().project.source
        if not isinstance(source, RepoSource):
            return StepView((needed,))
        app = section(
            "setup.needs-app", rows("setup.app-only", "setup.app-approval", "setup.app-later", repo=source.repo)
        )
        question = Confirm(id=MEANWHILE, prompt=message("setup.ask-meanwhile"), help=message("setup.meanwhile-help"))
        return StepView((needed, app), (question,))

    async def take(self, answers: Mapping[str, Answer]) -> None:
        """Deploy by upload from now on where a person chose it."""
        if answers.get(MEANWHILE) is True:
            set_value(self.setup.plan_file, "project.source", UploadSource().model_dump(mode="json"))


class Token(Step):
    """Takes a token, tries it as it is given, and keeps it only on yes."""

    id: ClassVar[str] = "token"

    async def view(self) -> StepView:
        """Say which kind and where one is made, then ask for it."""
        which = section(
            "setup.token-which", rows("setup.token-account", "setup.token-workspace", "setup.token-project")
        )
        self.setup.account = self.setup.account or await current_account(self.setup.options, self.setup.clock)
        if self.setup.account:
            speaks = row(message("setup.token-speaks"), self.setup.account.name, self.setup.account.kind.value)
            return StepView((section("setup.token-tried", (speaks, *rows("setup.token-expiry"))),))
        questions = (
            SecretText(id=TOKEN, prompt=message("cli.ask-token"), help=message("cli.ask-token-help")),
            Confirm(id=KEEP, prompt=message("setup.ask-keep"), help=message("setup.keep-help")),
        )
        return StepView((which,), questions)

    async def take(self, answers: Mapping[str, Answer]) -> None:
        """Try the token; raises CredentialError for one that is refused."""
        if self.setup.account:
            return
        token = answers.get(TOKEN)
        if not isinstance(token, Secret) or not token.reveal().strip():
            raise UsageError("setup.no-token")
        if answers.get(KEEP) is True:
            self.setup.account = (await login(self.setup.options, token, self.setup.clock)).account
        else:
            endpoint, self.setup.account = await try_token(self.setup.options, token, self.setup.clock)
            self.setup.use_token(token_variables(endpoint)[0], token)


class Place(Step):
    """The workspace, where the token sees more than one."""

    id: ClassVar[str] = "place"

    async def view(self) -> StepView:
        """Show project, environment and region; ask for the workspace."""
        project = self.setup.plan().project
        told = (
            row(message("report.project"), project.name),
            row(message("report.environment"), project.environment),
            row(message("setup.region"), project.region or message("setup.region-default")),
        )
        names = tuple(name for _, name in self.setup.account.workspaces) if self.setup.account else ()
        options = tuple(Option(name, message("phases.verbatim", text=name)) for name in names)
        question = Choice(
            id=WORKSPACE, prompt=message("setup.ask-workspace"), options=options, default=names[0] if names else None
        )
        return StepView((section("setup.place-what", told),), (question,) if options else ())

    async def take(self, answers: Mapping[str, Answer]) -> None:
        """Keep the workspace for the runs of this set-up."""
        if WORKSPACE in answers:
            self.setup.answers[WORKSPACE] = answers[WORKSPACE]
