"""What the operator asked for, and what follows from it alone: the plan with its overlays, the endpoint, the stores."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from wizard.clock import Clock
from wizard.errors import RefusedError
from wizard.events import Listener
from wizard.phases.run import Scope
from wizard.plan.loader import apply_environment, apply_overlay, load
from wizard.plan.model import Plan, Profile, UploadSource
from wizard.plan.overlay import OverlayEntry
from wizard.plan_secrets import PlanSecrets
from wizard.questions import Asker
from wizard.railway.endpoint import RAILWAY, Endpoint
from wizard.secret_store import ChainStore, SecretStore, open_store

PLAN_FILE = "wizard.toml"
REHEARSAL = "rehearsal"
"""The built-in target whose platform a run starts itself."""
ENDPOINT_VARIABLE = "RAILWIZARD_ENDPOINT"


def state_folder(environment: Mapping[str, str]) -> Path:
    """Return where journals and rehearsals are kept: RAILWIZARD_STATE, else the system's place for state."""
    named = environment.get("RAILWIZARD_STATE")
    return Path(named) if named else platformdirs.user_state_path("railwizard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the operator asked for.

    Attributes:
        folder: where wizard.toml lies.
        command: for the header and the journal.
        endpoint: replaces the target's endpoint alone; no overlay comes with it.
        worktree: deploy the files on disk even where the plan names a repository; for rehearsals.
        internet: the application may be made to call third parties; None follows from whether the target bills.
        allow_endpoint: lets a credential go to a host that is neither the platform's nor this machine.
        variables: the process's environment.
    """

    folder: Path
    command: str
    target: str = "railway"
    endpoint: str | None = None
    environment: str | None = None
    scope: Scope = field(default_factory=Scope)
    worktree: bool = False
    internet: bool | None = None
    allow_endpoint: bool = False
    secrets_in_file: bool = False
    variables: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    @property
    def named_endpoint(self) -> str | None:
        """The endpoint that replaces the target's, by flag or by the environment."""
        return self.endpoint or self.variables.get(ENDPOINT_VARIABLE)

    @property
    def state(self) -> Path:
        """The state folder."""
        return state_folder(self.variables)


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """Who hears and who answers."""

    listeners: tuple[Listener, ...]
    asker: Asker


def load_plan(options: Options) -> tuple[Plan, tuple[OverlayEntry, ...]]:
    """Load the plan with the environment's overrides and, unless an endpoint replaces the target, its overlay.

    What either lays over the plan comes with it: every report lists it.
    """
    plan = load(options.folder / PLAN_FILE)
    name = options.environment or plan.project.environment
    plan, overrides = apply_environment(plan, name)
    changed: dict[str, object] = {"environment": name}
    if options.worktree:
        changed["source"] = UploadSource()
    plan = plan.model_copy(update={"project": plan.project.model_copy(update=changed)})
    laid_over, overlay = apply_overlay(plan, options.target)
    return (plan, overrides) if options.named_endpoint else (laid_over, (*overrides, *overlay))


def credential_store(options: Options, endpoint: str, clock: Clock) -> ChainStore:
    """Open the places where this call keeps an endpoint's secrets."""
    return open_store(endpoint, options.variables, options.state, clock, file_chosen=options.secrets_in_file)


def chosen_endpoint(options: Options, profile: Profile | None) -> str:
    """Return where to send the credential: the platform, this machine, or a host the operator allowed by flag."""
    if options.endpoint is not None and not options.endpoint.strip():
        raise RefusedError("railway.bad-endpoint", endpoint="''")
    endpoint = Endpoint.parse(options.named_endpoint or (profile.endpoint if profile else None) or RAILWAY)
    if endpoint.origin != RAILWAY and not endpoint.loopback and not options.allow_endpoint:
        raise RefusedError("compose.foreign-endpoint", endpoint=endpoint.origin)
    return endpoint.origin


def plan_secrets(plan: Plan, store: SecretStore) -> PlanSecrets:
    """Return the part of a store that belongs to a plan and its environment."""
    return PlanSecrets(store, f"{plan.project.key}.{plan.project.environment}")
