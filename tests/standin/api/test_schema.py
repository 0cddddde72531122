"""The SDL is a true subset of Railway's schema, complete in every type it has."""

import os
from pathlib import Path

import pytest
from graphql import (
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    build_client_schema,
    build_schema,
)
from graphql.utilities.print_schema import print_type

from tests.support.standin_api import Api
from wizard.standin.api import generate

ROOTS = {"Query", "Mutation", "Subscription"}


@pytest.fixture(scope="module")
def ours() -> GraphQLSchema:
    return build_schema(generate.SDL_PATH.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def introspection() -> object:
    path = os.environ.get("RAILWAY_SCHEMA")
    if not path:
        pytest.skip("RAILWAY_SCHEMA does not name Railway's introspection result")
    return generate.read_introspection(Path(path))


@pytest.fixture(scope="module")
def railways(introspection: object) -> GraphQLSchema:
    return build_client_schema(generate._without_descriptions(introspection), assume_valid=True)


def own_types(schema: GraphQLSchema) -> list[GraphQLNamedType]:
    return [kind for name, kind in schema.type_map.items() if not name.startswith("__") and name not in ROOTS]


def test_sdl_is_what_the_generator_writes(introspection: object) -> None:
    assert generate.subset(introspection) == generate.SDL_PATH.read_text(encoding="utf-8")


def test_every_type_is_complete_and_equal_to_railways(ours: GraphQLSchema, railways: GraphQLSchema) -> None:
    different = [kind.name for kind in own_types(ours) if print_type(kind) != print_type(railways.type_map[kind.name])]
    assert different == []


@pytest.mark.parametrize("root", sorted(ROOTS))
def test_every_root_field_has_railways_arguments_and_result(
    ours: GraphQLSchema, railways: GraphQLSchema, root: str
) -> None:
    our_root, their_root = ours.type_map[root], railways.type_map[root]
    assert isinstance(our_root, GraphQLObjectType)
    assert isinstance(their_root, GraphQLObjectType)
    for name, field in our_root.fields.items():
        theirs = their_root.fields[name]
        assert str(field.type) == str(theirs.type), name
        assert {key: str(arg.type) for key, arg in field.args.items()} == {
            key: str(arg.type) for key, arg in theirs.args.items()
        }, name


def test_deprecated_fields_stay_served(ours: GraphQLSchema) -> None:
    project = ours.type_map["Project"]
    assert isinstance(project, GraphQLObjectType)
    assert project.fields["deployments"].deprecation_reason


async def test_fields_nobody_set_answer_the_empty_value_of_their_type(api: Api) -> None:
    """One of them without a value would void the whole answer."""
    project, environment = await api.project()
    text = """query($p: String!, $w: String!) {
        me { email workspaces { name plan customer { state billingPeriod { start end } usageLimit { softLimit } } } }
        workspace(workspaceId: $w) { members { id } subscriptionModel preferredRegion referredUsers { id } }
        project(id: $p) { featureFlags groups { edges { node { id } } } plugins { edges { node { id } } } team { id } }
    }"""
    found = await api.ask(text, p=project, w=await api.workspace())
    assert found["me"]["workspaces"][0]["plan"] == "HOBBY"
    assert found["project"]["groups"]["edges"] == []
    assert environment
