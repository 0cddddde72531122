"""The steps of the guided set-up, in their order."""

from __future__ import annotations

from wizard.clock import Clock
from wizard.locale import Language
from wizard.options import Options
from wizard.setup.account import Needs, Place, Token
from wizard.setup.choices import Choices
from wizard.setup.deploying import Changes, Deployment, Verified
from wizard.setup.detection import DetectionStep
from wizard.setup.platforms import Platforms
from wizard.setup.rehearsing import Findings, Rehearsal
from wizard.setup.state import Setup
from wizard.setup.view import SetupStep
from wizard.setup.welcome import Welcome


def setup_steps(options: Options, clock: Clock, language: Language) -> tuple[SetupStep, ...]:
    """Return the steps of one set-up of a folder; comments of the plan file are written in a language."""
    setup = Setup(options, clock)
    return (
        Welcome(setup),
        DetectionStep(setup),
        Choices(setup, language),
        Findings(setup),
        Rehearsal(setup),
        Platforms(setup),
        Needs(setup),
        Token(setup),
        Place(setup),
        Changes(setup),
        Deployment(setup),
        Verified(setup),
    )
