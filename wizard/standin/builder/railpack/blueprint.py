"""What a provider plans, before it is written as steps: an install, a build, and what starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wizard.messages import Message
from wizard.standin.builder.bases import Base


@dataclass(frozen=True, slots=True)
class Package:
    """A tool with a version, as the log's table shows it.

    Attributes:
        name: such as `python`.
        version: what stands in for it here.
        source: why: `railpack default (3.13)`.
    """

    name: str
    version: str
    source: str


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What a provider plans.

    Attributes:
        provider: such as `Python`, as the image's plan names it.
        base: with the tools it needs.
        install_files: context paths copied before the installation; an empty path is everything.
        install: shell lines with what the log shows for them.
        build: the same, after all files were copied.
        install_variables: that an installation sees; a build sees all of them.
        environment: of the image, in sight of every step.
        start: start command, empty for none.
        help: lines that Railpack adds where none is found.
        packages: for the log.
        files: files written before the start: image path and text.
        deploy_packages: Debian packages it adds to the image.
        notes: lines of the log.
        differences: from what the platform does.
    """

    provider: str
    base: Base
    install_files: tuple[str, ...] = ()
    install: tuple[tuple[str, str], ...] = ()
    build: tuple[tuple[str, str], ...] = ()
    install_variables: Mapping[str, str] = field(default_factory=dict, repr=False)
    environment: Mapping[str, str] = field(default_factory=dict)
    start: str = ""
    help: tuple[str, ...] = ()
    packages: tuple[Package, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    deploy_packages: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    differences: tuple[Message, ...] = ()
    link_environment: bool = False
    """The virtual environment is also reached as `/app/.venv`, where Railpack keeps it."""


def same(*lines: str) -> tuple[tuple[str, str], ...]:
    """Return shell lines that the log shows as they are."""
    return tuple((line, line) for line in lines)
