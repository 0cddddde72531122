"""Every operation a deployment tool uses is carried out, or left out with a reason; nothing else may happen."""

from pathlib import Path

import pytest

from tests.support.standin_api import Api
from wizard.standin.api import root_fields
from wizard.standin.api.left_out import LEFT_OUT
from wizard.standin.api.registry import ROOTS, STREAMS
from wizard.standin.api.schema import executable_schema

USED = Path(__file__).with_name("operations.txt").read_text(encoding="utf-8").splitlines()
"""`Query name`, `Mutation name` or `Subscription name`: what deployment tools ask of Railway's API."""
OURS = [
    *(f"Query {name}" for name in root_fields.QUERIES),
    *(f"Mutation {name}" for name in root_fields.MUTATIONS),
    *(f"Subscription {name}" for name in root_fields.SUBSCRIPTIONS),
]


@pytest.fixture(scope="module")
def resolved() -> set[str]:
    executable_schema()
    return {f"{kind} {name}" for kind, name in ROOTS} | {f"Subscription {name}" for name in STREAMS}


def test_our_schema_has_every_operation_deployment_tools_use() -> None:
    assert len(USED) > 140
    assert set(USED) <= set(OURS)


def test_every_operation_has_a_resolver_or_a_reason(resolved: set[str]) -> None:
    assert [one for one in OURS if one not in resolved and one.partition(" ")[2] not in LEFT_OUT] == []


def test_what_is_left_out_has_no_resolver_and_is_in_our_schema(resolved: set[str]) -> None:
    assert set(LEFT_OUT) & {one.partition(" ")[2] for one in resolved} == set()
    assert set(LEFT_OUT) <= {one.partition(" ")[2] for one in OURS}


def test_hardly_anything_deployment_tools_use_is_left_out() -> None:
    assert {one.partition(" ")[2] for one in USED} & set(LEFT_OUT) == {
        "dockerComposeImport",
        "generateShellToken",
        "sshPublicKeyCreate",
    }


async def test_the_answer_says_why(api: Api) -> None:
    text = 'mutation { generateShellToken(input: {environmentId: "e", instanceId: "i", scope: "s"}) }'
    said = await api.refusal(text)
    assert said == '"generateShellToken" is not part of the local Railway: ' + LEFT_OUT["generateShellToken"]
