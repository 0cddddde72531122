"""The operator's files as recognisers ask about them: whose a path is, who imports what, what is declared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from posixpath import normpath

from wizard.plan.services import ServiceSpec
from wizard.source.alembic import AlembicProject, find_alembic
from wizard.source.env_reads import Environment
from wizard.source.fastapi_app import AsgiApp, read_apps
from wizard.source.image import Image, read_image
from wizard.source.node_package import NodePackage, read_node_package
from wizard.source.python_sources import PythonSources
from wizard.source.requirements import Requirements, normalised, read_requirements
from wizard.source.tree import Tree, join
from wizard.text import Quote

PLAN_FILE = "wizard.toml"
_FOREIGN = ("/site-packages/", "/dist-packages/", "/node_modules/", "/usr/lib/", "/usr/local/lib/")
_DEPENDENCY_FILES = (
    "requirements.txt",
    "requirements/base.txt",
    "requirements/production.txt",
    "pyproject.toml",
    "Pipfile",
)


class Code:
    """One service's files."""

    def __init__(self, tree: Tree, spec: ServiceSpec) -> None:
        self.tree = tree
        self.spec = spec
        self.root = normpath(spec.root or ".")
        self.source = normpath(spec.source or ".")

    @cached_property
    def python(self) -> PythonSources:
        """Its Python modules."""
        return PythonSources.of_service(self.tree, self.source)

    @cached_property
    def apps(self) -> tuple[AsgiApp, ...]:
        """Its applications, the one with most routes first."""
        return read_apps(self.python)

    @cached_property
    def environment(self) -> Environment:
        """What it reads from the environment."""
        return Environment(self.python)

    @cached_property
    def requirements(self) -> Requirements:
        """What it declares to need."""
        return read_requirements(self.tree, self.source)

    @cached_property
    def image(self) -> Image | None:
        """Its Dockerfile, None where it has none or it cannot be read."""
        found = read_image(self.tree, self.dockerfile, self.source) if self.dockerfile in self.tree else None
        return found if isinstance(found, Image) else None

    @cached_property
    def package(self) -> NodePackage | None:
        """Its package.json."""
        found = read_node_package(self.tree, self.source)
        return found if isinstance(found, NodePackage) else None

    @cached_property
    def alembic(self) -> AlembicProject | None:
        """Its migrations."""
        found = find_alembic(self.tree, self.source)
        return found[0] if found else None

    @property
    def dockerfile(self) -> str:
        """Where its Dockerfile is or would be."""
        return join(self.root, self.spec.dockerfile or "Dockerfile")

    @property
    def dependency_file(self) -> str:
        """The file a missing Python package is declared in."""
        paths = (join(self.source, name) for name in _DEPENDENCY_FILES)
        return next((path for path in paths if path in self.tree), join(self.source, "requirements.txt"))

    def declares(self, *distributions: str) -> str:
        """Return the first of these distributions that is declared, empty for none."""
        found = self.requirements.find(*map(normalised, distributions))
        return found.name if found else ""

    def path_of(self, image_path: str) -> str:
        """Return the operator's file that an image's path is a copy of, empty for somebody else's."""
        if any(part in image_path for part in _FOREIGN) or image_path.startswith("<"):
            return ""
        parts = normpath(image_path).strip("/").split("/")
        folders = dict.fromkeys((self.source, self.root))
        candidates = (join(folder, *parts[start:]) for start in range(len(parts)) for folder in folders)
        return next((path for path in candidates if path in self.tree), "")

    def quote(self, path: str, number: int) -> Quote | None:
        """Return a line of a file."""
        text = self.tree.text(path) if path in self.tree else None
        lines = text.split("\n") if isinstance(text, str) else []
        return Quote(path, number, lines[number - 1].strip()) if 0 < number <= len(lines) else None

    def search(self, pattern: re.Pattern[str], *suffixes: str, folder: str | None = None) -> Quote | None:
        """Return the first line of the service's files that holds a pattern."""
        paths = self.tree.below(self.source if folder is None else folder, *suffixes)
        return next((quote for path in paths for quote in self._search(path, pattern)), None)

    def search_file(self, path: str, pattern: re.Pattern[str]) -> Quote | None:
        """Return the first line of one file that holds a pattern."""
        return next(self._search(path, pattern), None) if path in self.tree else None

    def importer(self, module: str) -> Quote | None:
        """Return the line that imports a Python module."""
        return self.search(re.compile(rf"^\s*(?:from|import)\s+{re.escape(module)}(?![\w])"), ".py")

    def home(self, module: str) -> str:
        """Return where a module of the repository lies, the nearest to the service first; empty where nowhere."""
        name = module.partition(".")[0]
        ends = (f"/{name}.py", f"/{name}/__init__.py")
        files = [path for path in self.tree.paths if f"/{path}".endswith(ends)]
        plain = [path for path in self.tree.paths if f"/{name}/" in f"/{path}" and path.endswith(".py")]
        found = sorted(files or plain, key=lambda path: (not self._is_inside(path), path.count("/"), path))
        return self._module_path(found[0], name) if found else ""

    def reaches_image(self, path: str) -> bool:
        """Tell whether a path lies in the folder that the image is built from."""
        return self._is_inside(path)

    def _is_inside(self, path: str) -> bool:
        return self.root in {".", path} or path.startswith(f"{self.root}/")

    @staticmethod
    def _module_path(path: str, name: str) -> str:
        head, found, _ = f"/{path}".rpartition(f"/{name}/")
        return f"{head}/{name}".strip("/") if found else path

    def _search(self, path: str, pattern: re.Pattern[str]) -> Iterator[Quote]:
        text = self.tree.text(path)
        for number, line in enumerate(text.split("\n") if isinstance(text, str) else (), start=1):
            if pattern.search(line):
                yield Quote(path, number, line.strip())
