"""Addresses written into a frontend's files: what a build copies into scripts whatever the variables say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wizard.source.javascript import read_script, script_paths, source_of, walk
from wizard.source.location import Unreadable
from wizard.source.tree import Tree, join
from wizard.text import Quote

ORIGIN = re.compile(r"(?:https?|wss?)://(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)(?::\d{1,5})?(?![\w.-]*@)")
_TEXTS = frozenset({"string", "template_string", "jsx_text"})
_BUILD_FILES = ("Dockerfile", ".env", ".env.production", ".env.local", ".env.production.local", "vercel.json")


@dataclass(frozen=True, slots=True)
class WrittenAddress:
    """An origin, in lower case, and the line that holds it."""

    origin: str
    quote: Quote


def written_addresses(tree: Tree, root: str) -> tuple[WrittenAddress, ...]:
    """Return the addresses in the strings of a package's scripts, then those its build files set."""
    paths = [path for name in _BUILD_FILES if (path := join(root, name)) in tree]
    return (*_in_scripts(tree, root), *(found for path in paths for found in _in_lines(tree, path)))


def _in_scripts(tree: Tree, root: str) -> Iterator[WrittenAddress]:
    for path in script_paths(tree, root):
        text = tree.text(path)
        script = read_script(tree, path) if isinstance(text, str) and "://" in text else None
        if script is None or isinstance(script, Unreadable):
            continue
        lines = str(text).split("\n")
        for node in walk(script.root):
            for origin in ORIGIN.findall(source_of(node)) if node.type in _TEXTS else ():
                number = script.at(node).line
                yield WrittenAddress(origin.lower(), Quote(path, number, lines[number - 1].strip()))


def _in_lines(tree: Tree, path: str) -> Iterator[WrittenAddress]:
    text = tree.text(path)
    for number, line in enumerate(text.split("\n") if isinstance(text, str) else (), start=1):
        for origin in ORIGIN.findall(line) if not line.lstrip().startswith("#") else ():
            yield WrittenAddress(origin.lower(), Quote(path, number, line.strip()))
