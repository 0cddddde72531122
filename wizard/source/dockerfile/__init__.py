"""Dockerfiles read by their meaning: a parser, variable substitution and `.dockerignore`, without a daemon.

`parse(text)` gives stages of instructions with their lines; `substitute` expands a word as the builder does;
`ContextIgnore` says which files of a build context the builder never sees.
Source of every rule: the Dockerfile reference of BuildKit's frontend.
"""

from __future__ import annotations

from wizard.source.dockerfile.dockerignore import ContextIgnore
from wizard.source.dockerfile.model import Dockerfile, Flag, Heredoc, Instruction, Stage
from wizard.source.dockerfile.parser import parse
from wizard.source.dockerfile.substitution import substitute, unquote_words

__all__ = [
    "ContextIgnore",
    "Dockerfile",
    "Flag",
    "Heredoc",
    "Instruction",
    "Stage",
    "parse",
    "substitute",
    "unquote_words",
]
