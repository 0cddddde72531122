"""The lines that Railpack prints before it builds: what it found, versions, steps, what starts."""

from __future__ import annotations

from pathlib import Path

from wizard.standin.builder.railpack.blueprint import Blueprint
from wizard.standin.builder.railpack.config import Config, StepConfig
from wizard.standin.processes import LogLine, LogSink

_RULE = "──────────"


def tell(log: LogSink, drawn: Blueprint, config: Config) -> None:
    """Write them."""
    for line in _lines(drawn, config):
        log(LogLine(line))


def contents(folder: Path) -> tuple[str, ...]:
    """Return the folder's entries as Railpack lists them where it recognises nothing."""
    entries = sorted(folder.iterdir())
    named = [f"{entry.name}/" for entry in entries if entry.is_dir()]
    named += [entry.name for entry in entries if not entry.is_dir()]
    lines = [f"├── {name}" for name in named[:-1]] + [f"└── {name}" for name in named[-1:]]
    return ("The app contents that Railpack analyzed contains:", "./", *lines)


def _lines(drawn: Blueprint, config: Config) -> list[str]:
    lines = [f"  ↳ Using config file `{config.file}`"] if config.file else []
    lines += [f"  ↳ {note}" for note in drawn.notes]
    if drawn.packages:
        lines += ["  Packages", f"  {_RULE}"]
        lines += [f"  {item.name}  │  {item.version or '-'}  │  {item.source}" for item in drawn.packages]
    lines += _steps(drawn, config)
    if drawn.start:
        lines += ["  Deploy", f"  {_RULE}", f"    $ {drawn.start}"]
    return lines


def _steps(drawn: Blueprint, config: Config) -> list[str]:
    lines: list[str] = []
    for name, own in (("install", drawn.install), ("build", drawn.build)):
        shown = _shown(config.steps.get(name, StepConfig()), tuple(title for _, title in own))
        if shown:
            lines += [f"  ▸ {name}", *(f"    $ {line}" for line in shown)]
    return ["  Steps", f"  {_RULE}", *lines] if lines else []


def _shown(step: StepConfig, own: tuple[str, ...]) -> list[str]:
    if step.commands is None:
        return list(own)
    return [
        title
        for command in step.commands
        for title in (own if command.kind == "more" else (command.title,))
        if command.kind in {"run", "more"}
    ]
