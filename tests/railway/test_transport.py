"""How the transport treats every answer of the API: what is raised, what is asked again, what is never."""

import pytest

from tests.support.railway_api import SkippingClock, data, error, scripted
from tests.support.raw_http import answered
from wizard.errors import CredentialError, ExitCode, PlatformError, WizardError
from wizard.locale import Language, render
from wizard.platform.errors import LostAnswerError
from wizard.platform.handles import Answer, Group, Handle, Kind
from wizard.platform.states import CredentialKind
from wizard.railway.platform import connect
from wizard.secrets import Secret

PROJECT = Handle("railway", Kind.PROJECT, "p", "demo")
GROUP = Group(PROJECT, Handle("railway", Kind.ENVIRONMENT, "e", "production"))
SERVICE = Handle("railway", Kind.SERVICE, "s", "backend")
DONE = data(projectScheduleDelete=True)
HTML = answered(b"<html>Bad gateway</html>", status=502)
DROPPED = b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"

CATALOGUE = [
    ("Not Authorized", "railway.not-authorized", ExitCode.CREDENTIAL),
    ("Project Token not found", "railway.project-token-not-found", ExitCode.CREDENTIAL),
    ("Two Factor Authentication Required", "railway.two-factor", ExitCode.CREDENTIAL),
    ("Project not found", "railway.project-not-found", ExitCode.FAILED),
    ("ServiceInstance not found", "railway.instance-not-found", ExitCode.FAILED),
    ("VolumeInstance not found", "railway.volume-not-found", ExitCode.FAILED),
    ('A service named "X" already exists in this project', "railway.name-taken", ExitCode.FAILED),
    ("Invalid project name", "railway.project-name", ExitCode.FAILED),
    ("shop.example is not a valid domain", "railway.bad-domain", ExitCode.FAILED),
    ("Failed to create service domain, please try again", "railway.domain-not-ready", ExitCode.FAILED),
    ("Cannot redeploy without a snapshot", "railway.no-snapshot", ExitCode.FAILED),
    (
        "Cannot redeploy yet, please wait for the original deployment to finish building",
        "railway.still-building",
        ExitCode.FAILED,
    ),
    ("Commit not found", "railway.commit-not-found", ExitCode.FAILED),
    ("Error in preDeployCommand - Invalid input", "railway.pre-deploy-refused", ExitCode.FAILED),
    ("operation already in progress", "railway.in-progress", ExitCode.FAILED),
    (
        "Free plan resource provision limit exceeded. Please upgrade to provision more resources!",
        "railway.plan-limit",
        ExitCode.FAILED,
    ),
    (
        "Your account is on a limited plan. Please visit railway.com/account/plans for details.",
        "railway.limited-plan",
        ExitCode.FAILED,
    ),
    ("Your workspace has been restricted", "railway.restricted", ExitCode.FAILED),
    ("Config as Code (railway.json / railway.toml) is deprecated", "railway.config-as-code", ExitCode.FAILED),
    ("Problem processing request", "railway.problem", ExitCode.FAILED),
    ("An unknown error occurred", "railway.unknown-error", ExitCode.FAILED),
    ("Something nobody recorded", "railway.refused", ExitCode.FAILED),
]


@pytest.mark.parametrize(("message", "code", "exit_code"), CATALOGUE)
async def test_a_refusal_is_known_by_its_message(message: str, code: str, exit_code: ExitCode) -> None:
    async with scripted(error(message)) as railway:
        with pytest.raises(WizardError) as raised:
            await railway.platform.groups.locate("p", "production")
    assert (raised.value.code, raised.value.exit_code) == (code, exit_code)
    assert len(railway.requests) == 1
    for language in Language:
        why = render(raised.value.why, language)
        assert message in why
        assert "1234567890123456789" in why
        assert render(raised.value.what, language)
        assert render(raised.value.fix, language)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("GRAPHQL_VALIDATION_FAILED", "railway.schema-changed"),
        ("GRAPHQL_PARSE_FAILED", "railway.schema-changed"),
        ("BAD_USER_INPUT", "railway.bad-input"),
    ],
)
async def test_a_bad_document_is_told_apart_by_its_code(code: str, expected: str) -> None:
    async with scripted(error('Cannot query field "x"', code, status=400)) as railway:
        with pytest.raises(WizardError) as raised:
            await railway.platform.groups.locate("p", "production")
    assert raised.value.code == expected


async def test_a_trace_inside_the_extensions_is_found() -> None:
    body = b'{"errors": [{"message": "Commit not found", "extensions": {"traceId": "77"}}], "data": null}'
    async with scripted(answered(body)) as railway:
        with pytest.raises(WizardError) as raised:
            await railway.platform.groups.locate("p", "production")
    assert raised.value.params["trace"] == "77"


@pytest.mark.parametrize("trouble", [HTML, DROPPED, answered(b"oops"), answered(b"", status=504), answered(b"[]")])
async def test_a_read_is_asked_again(trouble: bytes) -> None:
    async with scripted(DONE, trouble, trouble, data(me=ME)) as railway:
        await railway.platform.groups.schedule_delete(PROJECT)
        account = await railway.platform.credentials.verify()
    assert account.name == "Kim"
    assert len(railway.requests) == 4


ME = {"id": "u", "name": "Kim", "email": "kim@example.com", "workspaces": [{"id": "w", "name": "Mine"}]}


@pytest.mark.parametrize("trouble", [HTML, DROPPED, answered(b"", status=504), error("Problem processing request")])
async def test_a_write_with_a_lost_answer_is_never_asked_again(trouble: bytes) -> None:
    async with scripted(trouble, DONE) as railway:
        with pytest.raises(LostAnswerError) as raised:
            await railway.platform.groups.schedule_delete(PROJECT)
    assert raised.value.code == "railway.answer-lost"
    assert len(railway.requests) == 1


async def test_a_create_with_a_lost_answer_is_ambiguous() -> None:
    async with scripted(answered(b"", status=504)) as railway:
        receipt = await railway.platform.services.create(GROUP, "backend")
    assert (receipt.handle, receipt.answer) == (None, Answer.AMBIGUOUS)
    assert len(railway.requests) == 1


async def test_a_rate_limit_is_obeyed_and_told_even_for_a_write() -> None:
    limited = answered(b'{"errors": [{"message": "Rate limit exceeded"}]}', b"retry-after: 42", status=429)
    async with scripted(limited, DONE) as railway:
        await railway.platform.groups.schedule_delete(PROJECT)
    assert railway.clock.slept == [42.0]
    assert railway.waits.told == ["railway.waiting-for-budget", "resumed"]
    assert len(railway.requests) == 2


async def test_a_wait_longer_than_the_hour_is_not_sat_out() -> None:
    async with scripted(answered(b"", b"retry-after: 86400", status=429)) as railway:
        with pytest.raises(PlatformError) as raised:
            await railway.platform.groups.schedule_delete(PROJECT)
    assert raised.value.code == "railway.rate-limited"


async def test_a_spent_budget_is_waited_for_before_the_next_request() -> None:
    spent = (b"x-ratelimit-limit: 100", b"x-ratelimit-remaining: 0", b"x-ratelimit-reset: 90")
    async with scripted(answered(b'{"data": {"projectScheduleDelete": true}}', *spent), DONE) as railway:
        await railway.platform.groups.schedule_delete(PROJECT)
        assert railway.platform.budget
        assert (railway.platform.budget.limit, railway.platform.budget.remaining) == (100, 0)
        await railway.platform.groups.schedule_delete(PROJECT)
    assert railway.clock.slept == [90.0]


@pytest.mark.parametrize(
    "message",
    [
        "Whoa there pal! You're creating volumes too quickly.",
        "You are creating projects too quickly",
        "one environment can be created per user every 30s",
    ],
)
async def test_a_cooldown_is_waited_out_because_nothing_happened(message: str) -> None:
    async with scripted(error(message), data(serviceCreate={"id": "s", "name": "backend"})) as railway:
        receipt = await railway.platform.services.create(GROUP, "backend")
    assert receipt.handle
    assert railway.clock.slept == [30.0]
    assert "railway.waiting-for-cooldown" in railway.waits.told


async def test_a_cooldown_without_end_is_given_up() -> None:
    async with scripted(error("creating projects too quickly")) as railway:
        with pytest.raises(PlatformError) as raised:
            await railway.platform.services.create(GROUP, "backend")
    assert raised.value.code == "railway.cooldown"


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        (CredentialKind.ACCOUNT, b"\r\nauthorization: bearer sentinel-token\r\n"),
        (CredentialKind.WORKSPACE, b"\r\nauthorization: bearer sentinel-token\r\n"),
        (CredentialKind.PROJECT, b"\r\nproject-access-token: sentinel-token\r\n"),
    ],
)
async def test_the_header_follows_the_kind_of_credential(kind: CredentialKind, header: bytes) -> None:
    async with scripted(DONE, kind=kind) as railway:
        await railway.platform.groups.schedule_delete(PROJECT)
    head = railway.requests[0].partition(b"\r\n\r\n")[0].lower() + b"\r\n"
    assert header in head
    assert (b"authorization:" in head) != (b"project-access-token:" in head)


async def test_a_redirect_is_not_followed_with_the_credential() -> None:
    moved = answered(b"", b"location: http://127.0.0.1:9/", status=308)
    async with scripted(moved) as railway:
        with pytest.raises(LostAnswerError):
            await railway.platform.groups.schedule_delete(PROJECT)
    assert len(railway.requests) == 1


async def test_a_server_without_the_api_is_named() -> None:
    async with scripted(answered(b'{"message": "Not Found", "requestId": "x"}', status=404)) as railway:
        with pytest.raises(PlatformError) as raised:
            await railway.platform.groups.schedule_delete(PROJECT)
    assert raised.value.code == "railway.no-api-here"


async def test_no_network_at_all_is_given_up_soon(clock: SkippingClock) -> None:
    platform = connect("http://127.0.0.1:1", Secret("t"), clock)
    with pytest.raises(PlatformError) as raised:
        await platform.credentials.verify()
    assert raised.value.code == "http.refused"
    assert clock.monotonic() < 10


async def test_an_outage_in_the_middle_of_a_run_is_sat_out() -> None:
    async with scripted(DONE, *[HTML] * 12, data(project={"id": "p", "name": "d", "environments": EMPTY})) as railway:
        await railway.platform.groups.schedule_delete(PROJECT)
        assert await railway.platform.groups.locate("p", "production") is None
    assert railway.clock.elapsed > 60
    assert "railway.waiting-for-platform" in railway.waits.told


EMPTY = {"edges": [], "pageInfo": {"hasNextPage": False, "endCursor": None}}


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "한글"])
async def test_what_cannot_be_a_token_is_never_sent(clock: SkippingClock, token: str) -> None:
    platform = connect("http://127.0.0.1:1", Secret(token), clock)
    with pytest.raises(CredentialError) as raised:
        await platform.credentials.verify()
    assert raised.value.code in {"railway.no-token", "railway.malformed-token"}


@pytest.mark.parametrize(
    ("endpoint", "code"),
    [
        ("http://backboard.railway.com", "railway.open-endpoint"),
        ("ftp://127.0.0.1", "railway.bad-endpoint"),
        ("nonsense", "railway.bad-endpoint"),
        ("https://user:pass@backboard.railway.com", "railway.bad-endpoint"),
    ],
)
def test_a_token_does_not_travel_openly(clock: SkippingClock, endpoint: str, code: str) -> None:
    with pytest.raises(WizardError) as raised:
        connect(endpoint, Secret("t"), clock)
    assert (raised.value.code, raised.value.exit_code) == (code, ExitCode.REFUSED)


async def test_everything_sent_is_counted_and_kept() -> None:
    async with scripted(data(me=ME), DONE) as railway:
        await railway.platform.credentials.verify()
        await railway.platform.groups.schedule_delete(PROJECT)
        assert [entry.operation for entry in railway.platform.ledger.entries] == railway.operations
    assert (railway.platform.requests, railway.platform.mutations) == (2, 1)


async def test_an_answer_of_another_shape_is_told_without_its_values() -> None:
    async with scripted(data(me={**ME, "name": {"sentinel": "secret"}})) as railway:
        with pytest.raises(PlatformError) as raised:
            await railway.platform.credentials.verify()
    assert raised.value.code == "railway.schema-changed"
    assert "me.name" in str(raised.value)
    assert "sentinel" not in str(raised.value)


async def test_an_explicit_null_is_sent_and_what_was_left_out_is_not() -> None:
    async with scripted(data(serviceInstanceUpdate=True)) as railway:
        await railway.platform.services.configure(GROUP, SERVICE, {"start_command": None, "pre_deploy": "a && b"})
    assert railway.sent()["variables"]["input"] == {"startCommand": None, "preDeployCommand": ["a && b"]}
