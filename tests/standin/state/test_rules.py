"""The deployment rules, one by one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from wizard.standin.state import rules
from wizard.standin.state.rows import Deployment, Service, ServiceInstance, Variable
from wizard.standin.state.store import Tables

NOW = datetime(2026, 1, 1, tzinfo=UTC)
STAMP: dict[str, Any] = {"id": "x", "created_at": NOW, "updated_at": NOW}
REPO = {"kind": "repo", "repo": "acme/shop", "branch": "main", "commit": "c1"}
UPLOAD = {"kind": "upload", "archive": "a.tar.gz"}


def instance(**source: Any) -> ServiceInstance:
    return ServiceInstance(**STAMP, service_id="s", environment_id="e", **source)


def deployment(origin: dict[str, Any], status: str = "SUCCESS", **more: Any) -> Deployment:
    return Deployment(
        **STAMP,
        project_id="p",
        environment_id="e",
        service_id="s",
        status=status,
        status_updated_at=NOW,
        origin=origin,
        settings={},
        variables={},
        meta={},
        **more,
    )


@pytest.mark.parametrize(
    ("source", "latest", "expected"),
    [
        ({}, None, None),
        ({}, deployment(UPLOAD), UPLOAD),
        ({"repo": "acme/shop", "branch": "main"}, deployment(REPO), REPO),
        ({"repo": "acme/other", "branch": "dev"}, deployment(REPO), {"repo": "acme/other", "commit": None}),
        ({"repo": "acme/shop", "branch": "main"}, None, {"repo": "acme/shop", "commit": None}),
        ({"repo": "acme/shop", "branch": "main"}, deployment(REPO, "SKIPPED"), {"commit": None}),
        ({"image": "redis:8"}, deployment({"kind": "image", "image": "redis:7"}), {"image": "redis:8"}),
    ],
)
def test_what_a_change_deploys_again(
    source: dict[str, Any], latest: Deployment | None, expected: dict[str, Any] | None
) -> None:
    origin = rules.origin_to_deploy(instance(**source), latest)
    if expected is None:
        assert origin is None
    else:
        assert origin is not None
        assert expected.items() <= origin.items()


@pytest.mark.parametrize(
    ("patterns", "changed", "expected"),
    [
        ([], ["README"], True),
        (["/mvp/backend/**"], ["mvp/backend/app/main.py"], True),
        (["/mvp/backend/**"], ["mvp/frontend/page.tsx", "README"], False),
        (["*.py", "!tests/**"], ["tests/test_a.py"], False),
    ],
)
def test_watch_patterns(patterns: list[str], changed: list[str], expected: bool) -> None:  # noqa: FBT001
    assert rules.watches(patterns, changed) is expected


@pytest.mark.parametrize(
    ("image", "engine", "major"),
    [
        ("ghcr.io/railwayapp-templates/postgres-ssl:18", "postgres", 18),
        ("ghcr.io/railwayapp-templates/postgres-ssl:16.4", "postgres", 16),
        ("redis:8.2.1", "redis", 8),
        ("localhost:5000/redis", "redis", None),
        ("nginx:1", None, 1),
    ],
)
def test_datastore_images(image: str, engine: str | None, major: int | None) -> None:
    assert rules.datastore_engine(image) == engine
    assert rules.image_major(image) == major


def test_a_batch_starts_with_what_is_referred_to_and_a_circle_is_cut() -> None:
    tables = Tables()
    for name in ("db", "api", "web"):
        tables = tables.with_row(Service(id=name, created_at=NOW, updated_at=NOW, project_id="p", name=name))
    texts = {"api": "${{db.URL}} ${{web.RAILWAY_PUBLIC_DOMAIN}}", "web": "${{api.RAILWAY_PUBLIC_DOMAIN}}"}
    for service, value in texts.items():
        row = Variable(
            id=service,
            created_at=NOW,
            updated_at=NOW,
            environment_id="e",
            service_id=service,
            name="A",
            value=value,
        )
        tables = tables.with_row(row)
    batch = [replace(instance(), service_id=name) for name in ("web", "api", "db")]
    ordered = [(one.service_id, needed) for one, needed in rules.batch_order(tables, batch)]
    assert ordered == [("db", set()), ("api", {"db"}), ("web", {"api"})]


def test_only_what_served_once_and_was_replaced_lately_can_be_rolled_back_to() -> None:
    served = {"image": {"root": "/"}, "served_at": NOW}
    assert rules.may_roll_back(deployment(UPLOAD, "REMOVED", **served), NOW)
    assert not rules.may_roll_back(deployment(UPLOAD, "REMOVED", **served), NOW + timedelta(seconds=1))
    assert not rules.may_roll_back(deployment(UPLOAD, "SUCCESS", **served), NOW)
    assert not rules.may_roll_back(deployment(UPLOAD, "REMOVED", image={"root": "/"}), NOW)
    assert not rules.may_roll_back(deployment(UPLOAD, "REMOVED", served_at=NOW), NOW)


def test_a_patch_of_addresses_alone_deploys_nothing() -> None:
    assert not rules.patch_deploys({"networking": {"tcpProxies": {"5432": {}}}})
    assert rules.patch_deploys({"networking": {}, "variables": {"A": None}})
