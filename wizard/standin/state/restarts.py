"""When a process that has ended is started again, and how long that waits.

Source: Railway's documentation of restart policies (ON_FAILURE with 10 retries unless set; ALWAYS is not for Free and
Trial plans). How long Railway pauses between two starts is not documented: these pauses are ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from wizard.standin.settings import Plan
from wizard.standin.state.rows import Document

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0
_KILLED = 137
_SIGNAL_BASE = 128


@dataclass(frozen=True, slots=True)
class RestartPolicy:
    """ALWAYS, ON_FAILURE or NEVER, and how often at most; ALWAYS knows no limit."""

    kind: str
    retries: int

    def starts_again(self, code: int, restarts: int) -> bool:
        """Tell whether a process that ended with this code after so many restarts is started again."""
        if self.kind == "ALWAYS":
            return True
        return self.kind == "ON_FAILURE" and code != 0 and restarts < self.retries

    def pause(self, restarts: int) -> float:
        """Return the seconds before the next start: longer each time, so that a crash loop leaves the machine alone."""
        return float(min(_FIRST_PAUSE * 2 ** min(restarts, 10), _LONGEST_PAUSE))


def policy_of(settings: Document) -> RestartPolicy:
    """Return the policy of a deployment's frozen settings."""
    retries = settings.get("restart_policy_max_retries")
    return RestartPolicy(settings.get("restart_policy_type") or "ON_FAILURE", 10 if retries is None else int(retries))


def allowed(settings: Document, plan: Plan) -> Document:
    """Return the settings with the restart policy that the plan allows."""
    if plan in {Plan.FREE, Plan.TRIAL} and settings.get("restart_policy_type") == "ALWAYS":
        return {**settings, "restart_policy_type": "ON_FAILURE"}
    return settings


def exit_code(code: int) -> int:
    """Return a process's end as a container shows it: 128 and the signal's number where a signal ended it."""
    return code if code >= 0 else _SIGNAL_BASE - code


def told(code: int) -> str:
    """Return what the deployment's log says of an end."""
    killed = " (killed; where nobody did, it was out of memory)" if code == _KILLED else ""
    return f"Container exited with code {code}{killed}"
