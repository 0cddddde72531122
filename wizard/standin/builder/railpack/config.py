"""What configures Railpack: the service's own commands, `RAILPACK_*` variables, `railpack.json`; later ones win.

Source: Railpack's pages on the configuration file and on environment variables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wizard.standin.builder.image import BuildFailed, BuildRequest
from wizard.standin.builder.railpack.app import App

_TRUE = {"1", "true"}
_KNOWN_STEPS = {"install", "build"}
_MORE = "..."


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a configured step.

    Attributes:
        kind: `run`, `path`, `copy` or `file`; `more` stands for the provider's own commands.
        text: shell line, folder, source or file name.
        target: of a copy or a file.
        title: as the log shows it.
        mode: of a file.
    """

    kind: str
    text: str = ""
    target: str = ""
    title: str = ""
    mode: int | None = None


@dataclass(frozen=True, slots=True)
class StepConfig:
    """A configured step.

    Attributes:
        commands: instead of the provider's own; None leaves those.
        variables: while it runs.
        assets: contents of files by name.
    """

    commands: tuple[Command, ...] | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    assets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    """Everything configured.

    Attributes:
        provider: forced provider, in lower case.
        start: start command.
        steps: `install` and `build`.
        packages: version by tool, such as `node` or `python`.
        build_packages: Debian packages of the builder.
        deploy_packages: Debian packages of the image.
        variables: of the image.
        paths: folders before the image's PATH.
        exclude: patterns of files that are not copied.
        file: name of the configuration file that was read.
    """

    provider: str | None = None
    start: str = ""
    steps: Mapping[str, StepConfig] = field(default_factory=dict)
    packages: Mapping[str, str] = field(default_factory=dict)
    build_packages: tuple[str, ...] = ()
    deploy_packages: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    file: str = ""


class Variables:
    """The service's variables, those of Railpack without their prefix."""

    def __init__(self, all_of_them: Mapping[str, str]) -> None:
        self.all = all_of_them

    def get(self, name: str) -> str:
        """Return `RAILPACK_<name>`, empty where it is not set."""
        return self.all.get(f"RAILPACK_{name}", "").strip()

    def items(self, name: str) -> tuple[str, ...]:
        """Return a list that spaces separate."""
        return tuple(self.get(name).split())

    def is_true(self, name: str) -> bool:
        """Say whether it is `1` or `true`."""
        return self.get(name).lower() in _TRUE

    def beginning(self, *prefixes: str) -> dict[str, str]:
        """Return the variables whose names begin so."""
        return {name: value for name, value in self.all.items() if name.startswith(prefixes)}


def read(request: BuildRequest, app: App, variables: Variables) -> Config:
    """Read everything; raises BuildFailed for a file that is missing, broken, or asks for what is not emulated."""
    name = variables.get("CONFIG_FILE") or "railpack.json"
    if variables.get("CONFIG_FILE") and not app.has(name):
        raise BuildFailed("Railpack", (f'config file "{name}" not found',))
    file = app.json(name)
    deploy = _object(file, "deploy")
    _refuse(deploy, ("base", "inputs"), "deploy")
    return Config(
        provider=str(file["provider"]).lower() if file.get("provider") else None,
        start=str(deploy.get("startCommand") or variables.get("START_CMD") or request.settings.start_command or ""),
        steps=_steps(request, file, variables),
        packages={**_versions(variables.items("PACKAGES")), **_strings(_object(file, "packages"))},
        build_packages=_list(file, "buildAptPackages") or variables.items("BUILD_APT_PACKAGES"),
        deploy_packages=_list(deploy, "aptPackages") or variables.items("DEPLOY_APT_PACKAGES"),
        variables=_strings(_object(deploy, "variables")),
        paths=_list(deploy, "paths"),
        exclude=_list(file, "exclude"),
        file=name if file else "",
    )


def _steps(request: BuildRequest, file: Mapping[str, Any], variables: Variables) -> dict[str, StepConfig]:
    asked = {"build": request.settings.build_command or ""}
    asked = {name: variables.get(f"{name.upper()}_CMD") or asked.get(name, "") for name in ("install", "build")}
    found = {name: StepConfig((Command("run", line, title=line),)) for name, line in asked.items() if line}
    for name, step in _object(file, "steps").items():
        if name not in _KNOWN_STEPS:
            raise BuildFailed("Railpack", (f"The step {name} of railpack.json cannot be rehearsed here.",))
        found[name] = _step(name, step, found.get(name))
    return found


def _step(name: str, step: Any, before: StepConfig | None) -> StepConfig:
    if not isinstance(step, dict):
        raise BuildFailed("Railpack", (f"railpack.json: the step {name} is no object",))
    _refuse(step, ("deployOutputs",), f"steps.{name}")
    if any("image" in layer for layer in step.get("inputs") or [] if isinstance(layer, dict)):
        raise BuildFailed("Railpack", (f"An image as input of steps.{name} cannot be rehearsed here.",))
    commands = tuple(_command(item) for item in step["commands"]) if isinstance(step.get("commands"), list) else None
    kept = before.commands if before and commands is None else commands
    return StepConfig(kept, _strings(_object(step, "variables")), _strings(_object(step, "assets")))


def _command(item: Any) -> Command:
    if isinstance(item, str):
        return _written(item)
    if isinstance(item, dict):
        if "cmd" in item:
            return Command("run", str(item["cmd"]), title=str(item.get("customName") or item["cmd"]))
        if "src" in item and "image" not in item:
            return Command("copy", str(item["src"]), str(item.get("dest") or item["src"]))
        if "name" in item:
            mode = item.get("mode")
            return Command("file", str(item["name"]), str(item.get("path") or "."), mode=mode or None)
        if "path" in item:
            return Command("path", str(item["path"]))
    raise BuildFailed("Railpack", (f"This command of railpack.json cannot be rehearsed here: {item}",))


def _written(text: str) -> Command:
    if text == _MORE:
        return Command("more")
    if text.startswith("PATH:"):
        return Command("path", text.removeprefix("PATH:"))
    if text.startswith("COPY:"):
        source, _, target = text.removeprefix("COPY:").partition(" ")
        return Command("copy", source, target or source)
    return Command("run", text, title=text)


def _refuse(part: Mapping[str, Any], names: tuple[str, ...], where: str) -> None:
    for name in names:
        if part.get(name):
            raise BuildFailed("Railpack", (f"{where}.{name} of railpack.json cannot be rehearsed here.",))


def _versions(items: tuple[str, ...]) -> dict[str, str]:
    pairs = (item.partition("@") for item in items)
    return {name: version or "latest" for name, _, version in pairs}


def _object(part: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = part.get(name)
    return value if isinstance(value, dict) else {}


def _list(part: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = part.get(name)
    return tuple(str(item) for item in value if item != _MORE) if isinstance(value, list) else ()


def _strings(part: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in part.items()}
