"""What the code of each service says, read once a run and in a thread: routes, models, guard, migrations."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from wizard.checks.facts import ApiFacts, read_api_facts
from wizard.checks.page_paths import read_page_paths
from wizard.phases.repository import Repository
from wizard.plan.checklist import Reads
from wizard.plan.model import Plan
from wizard.plan.order import requirements
from wizard.source.alembic import AlembicProject, find_alembic
from wizard.source.env_reads import Environment, EnvRead
from wizard.source.javascript import Script, environment_reads, read_script, script_paths
from wizard.source.python_sources import PythonSources
from wizard.source.written_addresses import WrittenAddress, written_addresses

Fact = TypeVar("Fact")


@dataclass(slots=True)
class CodeFacts:
    """Facts of the tree that is deployed, by service name."""

    plan: Plan
    repository: Repository
    _read: dict[tuple[str, str], Awaitable[object]] = field(default_factory=dict)

    async def api(self, service: str) -> ApiFacts | None:
        """Return what a service's Python code says; None where it serves no application of Python."""

        def read() -> ApiFacts | None:
            sources = PythonSources.of_service(self.repository.tree, self.plan.services[service].source)
            facts = read_api_facts(sources)
            return facts if facts.app else None

        return await self._once("api", service, read)

    async def alembic(self, service: str) -> AlembicProject | None:
        """Return the service's migrations; None where it has none."""

        def read() -> AlembicProject | None:
            found = find_alembic(self.repository.tree, self.plan.services[service].source)
            return found[0] if found else None

        return await self._once("alembic", service, read)

    async def pages(self, service: str) -> tuple[str, ...]:
        """Return the paths of the pages a frontend's code has."""
        root = self.plan.services[service].source
        return await self._once("pages", service, lambda: read_page_paths(self.repository.tree, root))

    async def written(self, service: str) -> tuple[WrittenAddress, ...]:
        """Return the addresses that stand in a frontend's files."""
        root = self.plan.services[service].source
        return await self._once("written", service, lambda: written_addresses(self.repository.tree, root))

    async def reads(self, service: str) -> Mapping[str, Reads]:
        """Return who reads which environment variable in a service's code, Python and scripts alike."""

        def read() -> Mapping[str, Reads]:
            tree, root = self.repository.tree, self.plan.services[service].source
            found = list(Environment(PythonSources.of_service(tree, root)).reads)
            scripts = (read_script(tree, path) for path in script_paths(tree, root))
            found += [one for script in scripts if isinstance(script, Script) for one in environment_reads(script)]
            return _by_name(found)

        return await self._once("reads", service, read)

    async def _once(self, kind: str, service: str, read: Callable[[], Fact]) -> Fact:
        key = (kind, service)
        if key not in self._read:
            self._read[key] = asyncio.ensure_future(asyncio.to_thread(read))
        return await self._read[key]  # type: ignore[return-value]  # the key names the kind of fact


def postgres_of(plan: Plan, service: str) -> str | None:
    """Return the PostgreSQL a service's variables refer to, None where it uses none of the plan's."""
    used = requirements(plan)[service]
    return next((name for name in used if name in plan.databases and plan.databases[name].engine == "postgres"), None)


def _by_name(found: Iterable[EnvRead]) -> dict[str, Reads]:
    reads: dict[str, Reads] = {}
    for one in found:
        if not one.has_effect:
            continue
        for name in (one.name, *one.other_names):
            known = reads.get(name, Reads())
            reads[name] = Reads((*known.locations, str(one.location)), required=known.required or one.required)
    return reads
