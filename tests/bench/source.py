"""How long it takes to read the sample application: what it is made of, and the facts the checks stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure, medians
from wizard.checks.facts import read_api_facts
from wizard.plan.loader import load
from wizard.source.detect import detect
from wizard.source.python_sources import PythonSources
from wizard.source.tree import working_tree

SAMPLE = Path(__file__).parents[2] / "examples" / "vision-mvp"
REPETITIONS = 5


def figures() -> Iterator[Figure]:
    """Measure detection and facts beside the second the design gives preflight."""
    took = medians({"detection": detection, "facts": facts, "reading": reading}, REPETITIONS)
    for name in ("detection", "facts"):
        yield Figure(f"{name} of the sample", took[name], "s", "the design's second", 1.0)
    yield Figure("detection of the sample", took["detection"], "s", "reading its files", took["reading"])


def detection() -> None:
    """Find services, databases, migrations and accounts."""
    detect(working_tree(SAMPLE))


def facts() -> None:
    """Read routes, models and guards of every service with Python in it."""
    tree = working_tree(SAMPLE)
    for service in load(SAMPLE / "wizard.toml").services.values():
        read_api_facts(PythonSources.of_service(tree, service.source))


def reading() -> None:
    """Read every file of the sample's sources once."""
    tree = working_tree(SAMPLE)
    for path in tree.below(""):
        tree.read_bytes(path)
