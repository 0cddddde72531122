"""Measures and prints one table; ends 1 where a ratio to its reference exceeds its limit.

`python -m tests.bench [startup] [source] [logs] [memory] [runs] [on_screen] [demo]`: all of them where none is named.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module

from tests.bench.figures import Figure, table

GROUPS = ("startup", "source", "logs", "memory", "runs", "on_screen", "demo")


def main(names: Sequence[str]) -> int:
    """Measure the named groups."""
    if unknown := set(names) - set(GROUPS):
        sys.stderr.write(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)}\n")
        return 2
    measured: list[Figure] = []
    for name in names or GROUPS:
        sys.stderr.write(f"measuring {name}\n")
        figures: Callable[[], Iterable[Figure]] = import_module(f"tests.bench.{name}").figures
        measured += figures()
    sys.stdout.write(table(measured) + "\n")
    return 0 if all(figure.holds for figure in measured) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
