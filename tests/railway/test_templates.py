"""Template configurations: ours is written in, theirs goes back as it came."""

import copy
from typing import Any

import pytest

from wizard.errors import FailedError
from wizard.railway.templates import configured, versioned


def template(**variables: Any) -> dict[str, Any]:
    service = {
        "name": "Postgres",
        "source": {"image": "ghcr.io/railwayapp-templates/postgres-ssl:18", "rootDirectory": None},
        "variables": {"PGPORT": {"defaultValue": "5432", "unknown": [1]}, **variables},
        "volumeMounts": {"v": {"mountPath": "/var/lib/postgresql/data"}},
        "laterInvention": {"deep": ["kept"]},
    }
    return {"services": {"3f0c": service}, "buckets": {}, "version": 9}


def test_only_name_version_and_values_are_written() -> None:
    before = template(SECRET={"generator": "secret(32)"}, NOTE={"isOptional": True})
    untouched = copy.deepcopy(before)
    config = configured(before, "main-db", "postgres", 16)
    assert before == untouched
    expected = copy.deepcopy(before)
    expected["services"]["3f0c"]["name"] = "main-db"
    expected["services"]["3f0c"]["source"]["image"] = "ghcr.io/railwayapp-templates/postgres-ssl:16"
    expected["services"]["3f0c"]["variables"]["PGPORT"]["value"] = "5432"
    assert config == expected


@pytest.mark.parametrize(
    ("image", "version", "expected"),
    [
        ("redis:8.2.1", 8, "redis:8.2.1"),
        ("redis:8.2.1", 7, "redis:7"),
        ("redis", 7, "redis:7"),
        ("localhost:5000/postgres", 16, "localhost:5000/postgres:16"),
        ("ghcr.io/x/postgres-ssl:latest", 16, "ghcr.io/x/postgres-ssl:16"),
    ],
)
def test_a_version_replaces_the_tag_of_another_major(image: str, version: int, expected: str) -> None:
    assert versioned(image, version) == expected


def test_the_database_is_found_beside_a_companion() -> None:
    config = template()
    config["services"]["aaaa"] = {"name": "Exporter", "source": {"image": "prom/exporter:1"}}
    found = configured({"services": dict(sorted(config["services"].items()))}, "db", "postgres", None)
    assert sorted(service["name"] for service in found["services"].values()) == ["Exporter", "db"]
    assert found["services"]["3f0c"]["name"] == "db"


@pytest.mark.parametrize("serialized", [None, "text", {}, {"services": {}}, {"services": {"a": {"source": None}}}])
def test_a_template_without_a_database_is_told(serialized: object) -> None:
    with pytest.raises(FailedError) as raised:
        configured(serialized, "db", "postgres", None)
    assert raised.value.code == "railway.template-changed"


def test_a_value_nobody_can_give_is_told() -> None:
    with pytest.raises(FailedError) as raised:
        configured(template(LICENCE={"isOptional": False}), "db", "postgres", None)
    assert (raised.value.code, raised.value.params["name"]) == ("railway.template-asks", "LICENCE")
