"""The engine names no provider: which platform it works on is decided where adapters are bound, and only there."""

from __future__ import annotations

from pathlib import Path

WIZARD = Path(__file__).parents[1] / "wizard"
ENGINE = ("phases", "checks", "diagnosis", "database", "plan", "platform")
PROVIDERS = ("railway", "vercel", "supabase", "upstash")

ALLOWED = {
    ("plan/services.py", 'provider: Name = "railway"'): "the provider of a resource that names none",
    ("plan/services.py", "the names Railway's templates give them"): "where the names of outputs come from",
    ("plan/schema.json", '"default": "railway"'): "the same defaults, as the plan's schema tells them",
    ("plan/targets.py", 'BUILT_IN_TARGETS = ("railway", "rehearsal")'): "targets that need no profile in the plan",
    ("platform/handles.py", "`railway` by default"): "the provider of a handle that names none",
    ("plan/checklist.py", 'PLATFORM_PREFIXES = ("RAILWAY_'): "prefixes platforms reserve: nobody sets those",
    (
        "checks/bundle.py",
        '_PLATFORM_HOSTS = (".up.railway.app"',
    ): "hosts of platforms: another one in a bundle is stale",
}
"""Lines that may hold a provider's name, by file and text, with the reason."""


def test_no_module_of_the_engine_names_a_provider() -> None:
    found = dict(mentions())
    unexplained = [
        f"wizard/{file}:{number}: {line}" for (file, number), line in found.items() if not explained(file, line)
    ]
    assert unexplained == []


def test_every_exception_is_still_needed() -> None:
    lines = [(file, line) for (file, _), line in mentions()]
    unneeded = [(file, text) for file, text in ALLOWED if not any(file == f and text in line for f, line in lines)]
    assert unneeded == []


def explained(file: str, line: str) -> bool:
    return any(file == allowed and text in line for allowed, text in ALLOWED)


def mentions() -> list[tuple[tuple[str, int], str]]:
    """Return every line with a provider's name, by file and number."""
    found = []
    for path in sorted(path for part in ENGINE for path in (WIZARD / part).rglob("*")):
        if path.is_file() and path.suffix in {".py", ".json", ".toml", ".graphql"}:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if any(name in line.lower() for name in PROVIDERS):
                    found.append(((path.relative_to(WIZARD).as_posix(), number), line.strip()))
    return found
