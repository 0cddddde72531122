"""Railpack's rules where there is no Dockerfile, restated: which provider, how it installs, builds and starts.

Source: Railpack's documentation, and the behaviour of its published source where the documentation is silent: the
order of providers, version files, install, build and start commands, `railpack.json`, `RAILPACK_*` variables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType

from wizard.messages import Message, message
from wizard.standin.builder.image import BuildFailed, BuildRequest
from wizard.standin.builder.railpack import node, python, report, shell, static
from wizard.standin.builder.railpack.app import App
from wizard.standin.builder.railpack.blueprint import Blueprint
from wizard.standin.builder.railpack.config import Config, Variables, read
from wizard.standin.builder.railpack.recipe import Recipe
from wizard.standin.builder.steps import BuildPlan
from wizard.standin.builder.tools import Toolbox
from wizard.standin.processes import LogSink


def _files(*names: str) -> Callable[[App], bool]:
    return lambda app: any(app.has(name) for name in names)


def _patterns(*patterns: str) -> Callable[[App], bool]:
    return lambda app: any(app.matches(pattern) for pattern in patterns)


_PROVIDERS: tuple[tuple[str, str, ModuleType | Callable[[App], bool]], ...] = (
    ("php", "PHP", _files("index.php", "composer.json")),
    ("golang", "Go", _files("go.mod", "go.work", "main.go")),
    ("java", "Java", _patterns("pom.xml", "pom.atom", "pom.clj", "pom.groovy", "pom.rb", "pom.y*ml", "gradlew")),
    ("rust", "Rust", _files("Cargo.toml")),
    ("ruby", "Ruby", _files("Gemfile")),
    ("elixir", "Elixir", _files("mix.exs")),
    ("python", "Python", python),
    ("deno", "Deno", _files("deno.json", "deno.jsonc")),
    ("dotnet", ".NET", _patterns("*.csproj")),
    ("node", "Node", node),
    ("gleam", "Gleam", _files("gleam.toml")),
    ("cpp", "C++", _files("CMakeLists.txt", "meson.build")),
    ("staticfile", "Staticfile", static),
    ("shell", "Shell", shell),
)
"""In Railpack's order: the first that detects itself is taken. Those without a module are named and refused."""


def plan(request: BuildRequest, secret: bytes, log: LogSink, toolbox: Toolbox | None = None) -> BuildPlan:
    """Detect the provider and plan its build; raises BuildFailed for what is not emulated or not recognised."""
    app, variables = App(request.context), Variables(request.variables)
    config = read(request, app, variables)
    drawn = _procfile(app, _drawn(app, variables, config, toolbox or Toolbox(None)))
    if config.start:
        drawn = replace(drawn, start=config.start)
    if not drawn.start:
        report.tell(log, drawn, config)
        raise BuildFailed("Railpack", (*drawn.help, "No start command detected. Specify a start command."))
    report.tell(log, drawn, config)
    return Recipe(request, drawn, config, secret).write()


def _drawn(app: App, variables: Variables, config: Config, toolbox: Toolbox) -> Blueprint:
    name, shown, provider = _provider(app, variables, config)
    if not isinstance(provider, ModuleType):
        raise BuildFailed("Railpack", (f"Detected {shown}: it cannot be rehearsed here.",))
    drawn: Blueprint = provider.plan(app, variables, config, toolbox)
    how = f"Using provider {shown} from config" if config.provider == name else f"Detected {shown}"
    return replace(drawn, notes=(how, *drawn.notes), differences=(*drawn.differences, *_left_out(drawn, config)))


def _left_out(drawn: Blueprint, config: Config) -> tuple[Message, ...]:
    """Name the tools that `RAILPACK_PACKAGES` or `railpack.json` asks for and that nothing here brings."""
    brought = {item.name for item in drawn.packages}
    if drawn.provider == "Shell":
        brought |= {"python"} if drawn.base.kind == "python" else {"node"}
    return tuple(message("builder.mise-package", package=name) for name in config.packages if name not in brought)


def _provider(app: App, variables: Variables, config: Config) -> tuple[str, str, ModuleType | Callable[[App], bool]]:
    forced = next((item for item in _PROVIDERS if item[0] == config.provider), None)
    if forced:
        return forced
    for item in _PROVIDERS:
        provider = item[2]
        if provider.detect(app, variables) if isinstance(provider, ModuleType) else provider(app):
            return item
    raise BuildFailed("Railpack", (*report.contents(app.folder), "Railpack could not determine how to build the app."))


def _procfile(app: App, drawn: Blueprint) -> Blueprint:
    """Let a Procfile's process decide what starts: `web`, else `worker`, else the first."""
    processes = {name: line for name, line in app.flat_yaml("Procfile").items() if line}
    name = next((name for name in ("web", "worker") if name in processes), next(iter(processes), None))
    if name is None:
        return drawn
    return replace(drawn, start=processes[name], notes=(*drawn.notes, f"Found {name} command in Procfile"))
