"""The images a compose file names: enough to know which databases a team develops against, and their majors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.source.location import SourceLocation, Unreadable
from wizard.source.tree import Tree

_NAMES = ("docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml")


@dataclass(frozen=True, slots=True)
class ComposeImage:
    """One `image:` line.

    Attributes:
        name: without registry, owner and tag: `postgres`.
        tag: empty where there is none.
    """

    name: str
    tag: str
    location: SourceLocation

    @property
    def major(self) -> int | None:
        """The leading number of the tag."""
        digits = self.tag.lstrip("v").partition(".")[0].partition("-")[0]
        return int(digits) if digits.isdigit() else None


def compose_images(tree: Tree) -> tuple[ComposeImage, ...]:
    """Return the images of every compose file."""
    return tuple(image for path in tree.named(*_NAMES) for image in _images(tree, path))


def _images(tree: Tree, path: str) -> Iterator[ComposeImage]:
    text = tree.text(path)
    for number, line in enumerate([] if isinstance(text, Unreadable) else text.split("\n"), start=1):
        key, _, value = line.strip().partition(":")
        written = value.partition(" #")[0].strip().strip("\"'")
        if key == "image" and written:
            last = written.partition("@")[0].rpartition("/")[2]
            name, _, tag = last.partition(":")
            yield ComposeImage(name.lower(), tag, SourceLocation(path, number))
