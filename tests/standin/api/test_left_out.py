"""What the local Railway does not have says so in one way, and is no invention."""

from tests.support.standin_api import Api


async def test_a_field_without_a_resolver_is_one_named_error(api: Api) -> None:
    response = await api.post('mutation { bucketCreate(input: {projectId: "x"}) { id } }')
    error = response.json()["errors"][0]
    assert response.status_code == 200
    assert '"bucketCreate" is not part of the local Railway' in error["message"]
    assert error["extensions"]["code"] == "NOT_IMPLEMENTED"
