"""What a case is: a log as its program writes it, and what must be made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Case:
    """A failure.

    Attributes:
        recogniser: that must explain it, by name.
        cause: the message's id behind `diagnosis.`.
        says: words of the English cause or its fixes.
        shows: a part of the decisive line, which must be among those shown.
    """

    recogniser: str
    cause: str
    says: tuple[str, ...] = ()
    shows: str = ""
    build: str = ""
    deploy: str = ""
    step: str = "CREATE_CONTAINER"
    reason: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    spec: Mapping[str, object] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.recogniser}-{self.cause}"
