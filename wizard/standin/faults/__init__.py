"""What goes wrong on purpose: lost answers, refusals, delays, held and cut connections, wherever a client waits."""

from wizard.standin.faults.book import Call, Decision, Faults, Held, Shot
from wizard.standin.faults.model import Fault, FaultKind, GivenFault

__all__ = ["Call", "Decision", "Fault", "FaultKind", "Faults", "GivenFault", "Held", "Shot"]
