"""What the screens work on, as the bar on top names it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from screens.launch import Launch
from screens.run_view import RunView
from wizard.secret_store import is_railway


@dataclass(frozen=True, slots=True)
class Target:
    """Target, endpoint, project and environment, as far as they are known.

    Attributes:
        rehearsal: a local platform of the wizard's own.
        production: what is done here is done to Railway itself.
    """

    endpoint: str = ""
    project: str = ""
    environment: str = ""
    rehearsal: bool = False
    production: bool = False

    @property
    def kind(self) -> str:
        """`rehearsal`, `production` or `other`."""
        return "rehearsal" if self.rehearsal else "production" if self.production else "other"

    @classmethod
    def of(cls, launch: Launch, view: RunView) -> Target:
        """Return what a run says of itself; before the first one and after a rehearsal, what the command line named.

        What is done next is done there: a rehearsal that ended must not make production look harmless.
        """
        started, named = view.started, view.named
        if started is None or (started.tier and view.finished):
            railway = is_railway(launch.endpoint) if launch.endpoint else launch.target == "railway"
            return cls(urlsplit(launch.endpoint).netloc, production=railway)
        return cls(
            urlsplit(started.endpoint).netloc,
            named.project if named else started.project,
            named.environment if named else started.environment,
            rehearsal=bool(started.tier),
            production=is_railway(started.endpoint),
        )
