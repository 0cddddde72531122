"""What tests of the readers ask for: a service's facts read from a few lines of code."""

from __future__ import annotations

from wizard.source.alternatives import Alternative, find_alternative
from wizard.source.auth import Auth, read_auth
from wizard.source.detection import AskedValue, DetectedService, GeneratedValue, SecretValue, TextValue
from wizard.source.env_reads import Environment
from wizard.source.fastapi_app import AsgiApp, read_apps
from wizard.source.python_sources import PythonSources
from wizard.source.tree import Tree


def sources_of(tree: Tree, root: str = ".") -> PythonSources:
    return PythonSources.of_service(tree, root)


def only_app(tree: Tree, root: str = ".") -> AsgiApp:
    (app,) = read_apps(sources_of(tree, root))
    return app


def route_names(tree: Tree, root: str = ".") -> set[str]:
    return {f"{route.method} {route.path}" for app in read_apps(sources_of(tree, root)) for route in app.routes}


def auth_of(tree: Tree, root: str = ".") -> Auth:
    sources = sources_of(tree, root)
    routes = tuple(route for app in read_apps(sources) for route in app.routes)
    return read_auth(sources, routes, Environment(sources))


def alternative_of(tree: Tree, name: str, root: str = ".") -> Alternative | None:
    sources = sources_of(tree, root)
    environment = Environment(sources)
    (read,) = environment.named(name)
    return find_alternative(sources, environment, read)


def written_values(service: DetectedService) -> dict[str, str]:
    """The suggestions as a plan would write them, in short."""
    shown: dict[str, str] = {}
    for variable in service.variables:
        value = variable.value.value
        if isinstance(value, TextValue):
            shown[variable.name] = value.text
        elif isinstance(value, GeneratedValue):
            shown[variable.name] = f"generate {value.generator} {value.bytes}"
        elif isinstance(value, SecretValue):
            unless = ",".join(f"{name}={text}" for name, text in value.unless.items())
            shown[variable.name] = f"secret unless {unless}" if unless else "secret"
        elif isinstance(value, AskedValue):
            shown[variable.name] = f"ask {value.example}".strip()
    return shown
