"""Writes the tables of keys into docs/plan-file.md and its Korean twin, from the plan's models: they can never drift.

`python -m tools.plan_reference` rewrites what stands between the markers of both files; a test finds any difference.
"""

from __future__ import annotations

import json
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tools.plan_words import HEADINGS, KOREAN, MEANINGS, SECTIONS, SHAPES, TYPES, Said
from wizard.plan import checks, model, services, targets, variables
from wizard.plan.types import Shape

DOCS = Path(__file__).parents[1] / "docs"
FILES = {"en": DOCS / "plan-file.md", "ko": DOCS / "plan-file.ko.md"}
BEGIN, END = "<!-- keys: begin -->", "<!-- keys: end -->"

MODELS: dict[str, type[BaseModel]] = {
    "plan": model.Plan,
    "project": model.Project,
    "source-repo": model.RepoSource,
    "source-upload": model.UploadSource,
    "database": services.DatabaseSpec,
    "service": services.ServiceSpec,
    "health": services.HealthSpec,
    "volume": services.VolumeSpec,
    "keyring-secret": variables.KeyringSecret,
    "generated-secret": variables.GeneratedSecret,
    "migration": model.Migration,
    "admin": model.Admin,
    "check": checks.CheckBase,
    "request": checks.Request,
    "check-page": checks.PageCheck,
    "check-websocket": checks.WebSocketCheck,
    "check-login": checks.LoginCheck,
    "check-flow": checks.FlowCheck,
    "step": checks.Step,
    "expect": checks.Expectation,
    "overlay": targets.Overlay,
    "profile": targets.Profile,
}
"""Section to the model whose own fields it describes."""
_SECTION_OF = {described: section for section, described in MODELS.items()}
_KIND = "kind"


def tables(language: str) -> str:
    """Return every section in a language, `en` or `ko`; raises KeyError for a key nobody explained."""
    parts = [_section(section, language) for section in MODELS]
    return "\n".join(parts)


def own_fields(section: str) -> dict[str, FieldInfo]:
    """Return the fields a section describes: those its model adds to its parents."""
    described = MODELS[section]
    own = vars(described).get("__annotations__", {})
    return {name: field for name, field in described.model_fields.items() if name in own and name != _KIND}


def spliced(text: str, language: str) -> str:
    """Return a document with the tables between its markers."""
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{tables(language)}\n{END}{tail}"


def _section(section: str, language: str) -> str:
    words = [_in(HEADINGS[name], language) for name in ("key", "type", "default", "meaning")]
    lines = [f'<a id="{section}"></a>', "", f"### {_in(SECTIONS[section], language)}", ""]
    lines += [_row(words), _row(["---"] * len(words))]
    if section == "check":
        kinds = ", ".join(f"`{kind}`" for kind in checks.CHECK_KINDS)
        lines.append(_row(["`kind`", kinds, _in(HEADINGS["required"], language), _meaning("check.kind", "", language)]))
    for name, field in own_fields(section).items():
        meaning = _meaning(f"{section}.{name}", field.description or "", language)
        key = f"`{field.alias or name}`"
        lines.append(_row([key, _type(field.annotation, field.metadata, language), _default(field, language), meaning]))
    return "\n".join([*lines, ""])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _in(said: Said, language: str) -> str:
    return said.ko if language == "ko" else said.en


def _meaning(place: str, described: str, language: str) -> str:
    if place in MEANINGS:
        return _in(MEANINGS[place], language)
    return KOREAN[described] if language == "ko" else Said(described, KOREAN[described]).en


def _default(field: FieldInfo, language: str) -> str:
    if field.is_required():
        return _in(HEADINGS["required"], language)
    value = field.get_default(call_default_factory=True)
    if isinstance(value, BaseModel):
        value = (
            value.model_dump(by_alias=True, exclude_defaults=False) if isinstance(value, model.UploadSource) else None
        )
    if value in (None, (), {}, ""):
        return _in(HEADINGS["none"], language)
    return f"`{_toml(value)}`"


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(entry)}" for key, entry in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def _type(annotation: Any, metadata: list[Any], language: str) -> str:
    """Say what a value must be: its shape, its choices, its range, or a link to the table it is."""
    annotation, metadata = _unwrapped(annotation, metadata)
    if shape := next((one for one in metadata if isinstance(one, Shape)), None):
        return _in(SHAPES[shape.kind], language)
    if annotation == variables.VariableValue:
        return _in(TYPES["variable"], language)
    if get_origin(annotation) in {Union, types.UnionType}:
        return _either(annotation, language)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _link(annotation, language)
    return _container(annotation, language) or _plain(annotation, metadata, language)


def _unwrapped(annotation: Any, metadata: list[Any]) -> tuple[Any, list[Any]]:
    """Take `None` and `Annotated` away, keeping what they say."""
    if get_origin(annotation) in {Union, types.UnionType}:
        others = [one for one in get_args(annotation) if one is not type(None)]
        if len(others) == 1:
            return _unwrapped(others[0], metadata)
    if get_origin(annotation) is Annotated and annotation != variables.VariableValue:
        inner, *more = get_args(annotation)
        nested = [one for item in more for one in (item.metadata if isinstance(item, FieldInfo) else [item])]
        return _unwrapped(inner, [*metadata, *nested])
    return annotation, metadata


def _either(annotation: Any, language: str) -> str:
    said = [_type(one, [], language) for one in get_args(annotation) if one is not type(None)]
    return _in(TYPES["or"], language).join(dict.fromkeys(said))


def _link(described: type[BaseModel], language: str) -> str:
    section = _SECTION_OF.get(described) or ("request" if described is checks.HttpCheck else "overlay")
    return f"[{_in(SECTIONS[section], language)}](#{section})"


def _container(annotation: Any, language: str) -> str | None:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f"`{choice}`" for choice in arguments)
    if origin in {tuple, list}:
        return _in(TYPES["list"], language).format(item=_type(arguments[0], [], language))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        key, item = (_type(one, [], language) for one in arguments)
        return _in(TYPES["keyed"], language).format(key=key, item=item)
    return None


def _plain(annotation: Any, metadata: list[Any], language: str) -> str:
    if annotation is bool:
        return _in(TYPES["flag"], language)
    if annotation in {int, float}:
        bounds = _bounds(metadata, language)
        return " ".join(filter(None, (_in(TYPES["integer" if annotation is int else "number"], language), bounds)))
    return _in(TYPES["text" if annotation is str else "value"], language)


def _bounds(metadata: list[Any], language: str) -> str:
    low = next((one.ge if isinstance(one, Ge) else one.gt for one in metadata if isinstance(one, Ge | Gt)), None)
    high = next((one.le for one in metadata if isinstance(one, Le)), None)
    return "" if low is None or high is None else _in(TYPES["range"], language).format(low=low, high=high)


def owner(described: type[BaseModel], name: str) -> type[BaseModel]:
    """Return the model that adds a field to its parents'."""
    return next(one for one in described.__mro__ if name in vars(one).get("__annotations__", {}))


def reachable() -> set[type[BaseModel]]:
    """Return every model a plan is made of."""
    found: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = [model.Plan]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += [inner for field in one.model_fields.values() for inner in _models(field.annotation)]
    return found


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def described_places() -> Iterator[str]:
    """Yield every `<section>.<field>` that the tables show."""
    yield "check.kind"
    for section in MODELS:
        yield from (f"{section}.{name}" for name in own_fields(section))


def main() -> None:
    """Rewrite both documents."""
    for language, file in FILES.items():
        file.write_text(spliced(file.read_text("utf-8"), language), "utf-8")


if __name__ == "__main__":
    main()
