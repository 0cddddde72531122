"""Change sets of Railway's configuration as code: intents by address, lowered to a patch and applied.

A change set is `{version: 1, changes: [...], diagnostics: [...]}`. A change names a resource by `<type>.<name>`; its
kinds are `resource.create`, `resource.update`, `resource.delete`, `variable.set` and `variable.delete`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wizard.standin.state.configuration import SECTIONS
from wizard.standin.state.patches import merge
from wizard.standin.state.rows import Document, Environment, Service, ServiceInstance, Volume
from wizard.standin.state.store import Tables

VERSION = 1
_LEFT_OUT = {"bucket", "group"}
_PARTS = (*SECTIONS, "networking")


@dataclass(slots=True)
class Lowered:
    """A change set as a patch: what each change came to, and what cannot be done."""

    patch: Document = field(default_factory=dict)
    statuses: list[str] = field(default_factory=list)
    diagnostics: list[Document] = field(default_factory=list)
    renames: dict[str, str] = field(default_factory=dict)
    """New names of services by id: a patch cannot carry them."""

    def add(self, part: Document) -> str:
        """Merge a part into the patch."""
        self.patch = merge(self.patch, part)
        return "pending"


def lower(tables: Tables, environment: Environment, change_set: Document) -> Lowered:
    """Return the patch a change set stands for; a change that cannot be done is a diagnostic of severity error."""
    lowered = Lowered()
    if change_set.get("version") != VERSION:
        text = f"Unsupported change set version: {change_set.get('version')}"
        lowered.diagnostics.append(_error("version", text))
        return lowered
    book = _Addresses(tables, environment, change_set)
    for change in change_set.get("changes") or []:
        lowered.statuses.append(_lower(book, lowered, change))
    return lowered


def _error(path: str, text: str) -> Document:
    return {"severity": "error", "path": path, "message": text}


def _lower(book: _Addresses, lowered: Lowered, change: Document) -> str:
    """Add one change to the patch; returns its status so far."""
    address, kind = str(change.get("address") or ""), str(change.get("kind") or "")
    if address.partition(".")[0] in _LEFT_OUT:
        lowered.diagnostics.append(_error(str(change.get("path")), f'"{address}" is not part of the local Railway'))
        return "failed"
    resource = book.find(address)
    if resource is None or kind not in _KINDS:
        lowered.diagnostics.append(_error(str(change.get("path")), f"Unknown change {kind} of {address}"))
        return "failed"
    return _KINDS[kind](book, lowered, change, resource)


class _Addresses:
    """Finds the id behind an address, giving new ones to what the change set creates."""

    def __init__(self, tables: Tables, environment: Environment, change_set: Document) -> None:
        self._tables = tables
        self.environment = environment
        project = environment.project_id
        known = {("service", row.name): row.id for row in tables.where(Service, project_id=project)}
        known |= {("volume", row.name): row.id for row in tables.where(Volume, project_id=project)}
        self._ids: dict[tuple[str, str], str] = known
        self.created: set[str] = set()
        for change in change_set.get("changes") or []:
            if change.get("kind") == "resource.create":
                self._announce(str(change.get("address") or ""))

    def _announce(self, address: str) -> None:
        key = _key(address)
        if key not in self._ids:
            self._ids[key] = str(uuid.uuid4())
            self.created.add(self._ids[key])

    def find(self, address: str) -> str | None:
        """Return the id of a service (or a database, which is one) or of a volume."""
        return self._ids.get(_key(address))

    def has_instance(self, service_id: str) -> bool:
        """Tell whether the service is in the environment already."""
        here = {"service_id": service_id, "environment_id": self.environment.id}
        return self._tables.first(ServiceInstance, **here) is not None

    def text_of(self, value: Document) -> Document | None:
        """Return a variable in a patch's shape; None for one that stays as it is."""
        match value.get("type"):
            case "preserve":
                return None
            case "reference":
                owner = str(value.get("resource") or "").partition(".")[2]
                return {"value": "${{" + f"{owner}.{value.get('output')}" + "}}"}
            case "sharedReference":
                return {"value": "${{" + f"shared.{value.get('name')}" + "}}"}
            case "raw":
                return dict(value.get("value") or {})
            case _:
                return {key: given for key, given in value.items() if key != "type"}


def _key(address: str) -> tuple[str, str]:
    kind, _, name = address.partition(".")
    return ("service" if kind == "database" else kind, name)


def _create(book: _Addresses, lowered: Lowered, change: Document, id_: str) -> str:
    resource: Document = change.get("resource") or {}
    if resource.get("type") == "volume":
        return lowered.add({"volumes": {id_: {**(resource.get("config") or {}), **_creation(resource)}}})
    if id_ not in book.created and book.has_instance(id_):
        return "noop"
    section: Document = {**_creation(resource), **_service_parts(book, resource)}
    if resource.get("type") == "database":
        section["source"] = {"image": resource.get("image") or (resource.get("source") or {}).get("image")}
        _mount_database(lowered, resource, section)
    return lowered.add({"services": {id_: section}})


def _creation(resource: Document) -> Document:
    return {"isCreated": True, "name": resource.get("name")}


def _service_parts(book: _Addresses, resource: Document) -> Document:
    section: Document = {part: _plain(part, resource[part]) for part in _PARTS if resource.get(part)}
    if resource.get("variables"):
        texts = {name: book.text_of(value) for name, value in resource["variables"].items()}
        section["variables"] = {name: text for name, text in texts.items() if text is not None}
    if resource.get("volumeAttachments"):
        section["volumeMounts"] = _mounts(book, resource["volumeAttachments"])
    return section


def _plain(part: str, value: Mapping[str, Any]) -> Document:
    """Return a part without the source's `type`, which only tells a repository from an image."""
    return {key: given for key, given in value.items() if (part, key) != ("source", "type")}


def _mounts(book: _Addresses, attachments: Mapping[str, Document]) -> Document:
    found = {book.find(str(one.get("volume"))): {"mountPath": one.get("mountPath")} for one in attachments.values()}
    return {volume_id: mount for volume_id, mount in found.items() if volume_id}


def _mount_database(lowered: Lowered, resource: Document, section: Document) -> None:
    if resource.get("defaultMountPath"):
        volume_id = str(uuid.uuid4())
        lowered.add(
            {"volumes": {volume_id: {"isCreated": True, "name": f"{str(resource.get('name')).lower()}-volume"}}}
        )
        section["volumeMounts"] = {volume_id: {"mountPath": resource["defaultMountPath"]}}


def _update(book: _Addresses, lowered: Lowered, change: Document, id_: str) -> str:
    part, after = str(change.get("field")), change.get("after")
    if part == "name":
        lowered.renames[id_] = str(after)
        return "pending"
    if part == "config":
        return lowered.add({"volumes": {id_: after or {}}})
    if part == "volumeAttachments":
        gone = dict.fromkeys(_mounts(book, change.get("before") or {}))
        return lowered.add({"services": {id_: {"volumeMounts": {**gone, **_mounts(book, after or {})}}}})
    if part not in _PARTS:
        return "noop"
    before = dict.fromkeys(_plain(part, change.get("before") or {}))
    return lowered.add({"services": {id_: {part: {**before, **_plain(part, after or {})}}}})


def _delete(_book: _Addresses, lowered: Lowered, change: Document, id_: str) -> str:
    table = "volumes" if str(change.get("address")).startswith("volume.") else "services"
    return lowered.add({table: {id_: {"isDeleted": True}}})


def _set_variable(book: _Addresses, lowered: Lowered, change: Document, id_: str) -> str:
    text = book.text_of(change.get("after") or {})
    if text is None:
        return "noop"
    return lowered.add({"services": {id_: {"variables": {str(change.get("variable")): text}}}})


def _delete_variable(_book: _Addresses, lowered: Lowered, change: Document, id_: str) -> str:
    return lowered.add({"services": {id_: {"variables": {str(change.get("variable")): None}}}})


_KINDS = {
    "resource.create": _create,
    "resource.update": _update,
    "resource.delete": _delete,
    "variable.set": _set_variable,
    "variable.delete": _delete_variable,
}
