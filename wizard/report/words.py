"""A glyph and a word for every state: neither colour nor shape alone ever carries the meaning."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.events import Effect, Result, Severity, Status, Verdict
from wizard.messages import Message, message


@dataclass(frozen=True, slots=True)
class Mark:
    """A state as it is shown.

    Attributes:
        glyph: one cell wide in every monospaced font.
        ascii: stands in where the output cannot encode the glyph.
        tone: good, bad, warning, active or quiet: a renderer with colours may use it.
    """

    glyph: str
    ascii: str
    word: Message
    tone: str


STATUS: dict[Status, Mark] = {
    Status.WAITING: Mark("…", ".", message("report.waiting"), "quiet"),
    Status.RUNNING: Mark("▶", ">", message("report.running"), "active"),
    Status.PAUSED: Mark("‖", "|", message("report.paused"), "warning"),
    Status.DONE: Mark("✓", "+", message("report.done"), "good"),
    Status.UNCHANGED: Mark("=", "=", message("report.unchanged"), "good"),
    Status.FAILED: Mark("✗", "x", message("report.failed"), "bad"),
    Status.SKIPPED: Mark("–", "-", message("report.skipped"), "quiet"),
    Status.STALE: Mark("↻", "~", message("report.stale"), "warning"),
    Status.UNKNOWN: Mark("?", "?", message("report.unknown"), "warning"),
}
VERDICT: dict[Verdict, Mark] = {
    Verdict.PASSED: Mark("✓", "+", message("report.passed"), "good"),
    Verdict.FAILED: Mark("✗", "x", message("report.failed"), "bad"),
    Verdict.WARNED: Mark("!", "!", message("report.warned"), "warning"),
    Verdict.NOT_CHECKED: Mark("–", "-", message("report.not-checked"), "quiet"),
}
SEVERITY: dict[Severity, Mark] = {
    Severity.ERROR: Mark("✗", "x", message("report.error"), "bad"),
    Severity.WARNING: Mark("!", "!", message("report.warning"), "warning"),
    Severity.NOTE: Mark("·", "-", message("report.note"), "quiet"),
}
RESULT: dict[Result, Mark] = {
    Result.VERIFIED: Mark("✓", "+", message("report.verified"), "good"),
    Result.APPLIED: Mark("✓", "+", message("report.applied"), "good"),
    Result.UNCHANGED: Mark("=", "=", message("report.unchanged"), "good"),
    Result.PLANNED: Mark("!", "!", message("report.planned"), "warning"),
    Result.FAILED: Mark("✗", "x", message("report.failed"), "bad"),
    Result.NEEDS_INPUT: Mark("?", "?", message("report.needs-input"), "warning"),
    Result.REFUSED: Mark("✗", "x", message("report.refused"), "bad"),
    Result.INTERRUPTED: Mark("‖", "|", message("report.interrupted"), "warning"),
}
EFFECT: dict[Effect, Message] = {
    Effect.NONE: message("report.effect-none"),
    Effect.RESTART: message("report.effect-restart"),
    Effect.REBUILD: message("report.effect-rebuild"),
    Effect.REDEPLOY: message("report.effect-redeploy"),
    Effect.DESTROY: message("report.effect-destroy"),
}
_PHASES = {
    "preflight": message("phases.preflight"),
    "project": message("phases.project"),
    "variables": message("phases.variables"),
    "deploy": message("phases.deploy"),
    "migrate": message("phases.migrate"),
    "admin": message("phases.admin"),
    "verify": message("phases.verify"),
}


def phase_name(phase: str) -> Message | str:
    """Return a phase's name for people; the id itself where the catalogue has none."""
    return _PHASES.get(phase, phase)
