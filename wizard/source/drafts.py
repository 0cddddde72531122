"""A service as it is found, before the others are known: what its variables must hold depends on all of them."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.messages import Message
from wizard.source.detection import BackendFacts, ServiceKind
from wizard.source.dotenv import EnvEntry
from wizard.source.env_reads import EnvRead
from wizard.source.frontend_urls import UrlUse
from wizard.source.image import Image
from wizard.source.location import Sourced, SourceLocation
from wizard.source.node_package import NodePackage

_PROVIDED = frozenset(
    {
        *("PORT", "HOST", "HOSTNAME", "PATH", "HOME", "USER", "PWD", "TZ", "LANG", "SHELL", "TMPDIR", "VIRTUAL_ENV"),
        *("CI", "NODE_ENV", "NEXT_RUNTIME", "ANALYZE", "NEXT_PHASE", "NEXT_TELEMETRY_DISABLED", "DEV", "PROD", "MODE"),
    }
)
_PROVIDED_PREFIXES = ("RAILWAY_", "PYTHON", "GITHUB_", "VERCEL", "npm_", "PYTEST_", "__NEXT")
_TEST_FOLDERS = frozenset({"tests", "test", "testing", "conftest.py", "scripts", "e2e"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A service with everything that was read of it alone.

    Attributes:
        examples: entries of its example files, the nearest file first.
        reads: every variable it reads, those of tests left out.
    """

    name: str
    kind: ServiceKind
    framework: str
    root: str
    location: SourceLocation
    reason: Message
    image: Image | None
    port: Sourced[int] | None
    reads: tuple[EnvRead, ...]
    examples: tuple[EnvEntry, ...]
    backend: BackendFacts | None = None
    package: NodePackage | None = None
    uses: tuple[UrlUse, ...] = ()

    def reads_of(self, name: str) -> tuple[EnvRead, ...]:
        """Return the places that read a variable."""
        return tuple(read for read in self.reads if name in (read.name, *read.other_names))

    def example(self, name: str) -> EnvEntry | None:
        """Return what the example files show for a variable."""
        return next((entry for entry in self.examples if entry.name == name), None)

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the variables it reads that the platform does not set itself, sorted."""
        names = {read.name for read in self.reads if read.has_effect}
        return tuple(sorted(name for name in names if not is_provided(name)))


def is_provided(name: str) -> bool:
    """Tell whether the platform, the shell or the framework sets a variable."""
    return name in _PROVIDED or name.startswith(_PROVIDED_PREFIXES)


def is_test(path: str, root: str) -> bool:
    """Tell whether a file of a service only runs in tests or by hand."""
    inner = path.removeprefix(root).lstrip("/") if root != "." else path
    parts = inner.split("/")
    return not _TEST_FOLDERS.isdisjoint(parts) or parts[-1].startswith("test_")
