"""What the client sends is valid GraphQL of Railway's schema, and the committed client is what the generator writes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from graphql import DocumentNode, GraphQLSchema, build_client_schema, build_schema, parse, validate

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = ROOT / "wizard/railway/operations.graphql"


@pytest.fixture(scope="module")
def document() -> DocumentNode:
    return parse(OPERATIONS.read_text(encoding="utf-8"))


def test_every_operation_is_valid_against_our_sdl(document: DocumentNode) -> None:
    schema = build_schema((ROOT / "wizard/standin/api/schema.graphql").read_text(encoding="utf-8"))
    assert [error.message for error in validate(schema, document)] == []


def test_every_operation_is_valid_against_railways_schema(document: DocumentNode) -> None:
    assert [error.message for error in validate(railways_schema(), document)] == []


def railways_schema() -> GraphQLSchema:
    path = os.environ.get("RAILWAY_SCHEMA")
    if not path:
        pytest.skip("RAILWAY_SCHEMA does not name Railway's introspection result")
    introspection = json.loads(Path(path).read_text(encoding="utf-8"))
    return build_client_schema(introspection.get("data", introspection), assume_valid=True)


def test_a_misspelt_field_would_be_noticed(document: DocumentNode) -> None:
    schema = build_schema((ROOT / "wizard/standin/api/schema.graphql").read_text(encoding="utf-8"))
    wrong = parse(OPERATIONS.read_text(encoding="utf-8").replace("unmergedChangesCount", "unmergedChanges"))
    assert validate(schema, wrong)


@pytest.mark.full
def test_generating_the_client_again_changes_nothing() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools/generate_client.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
