"""What every adapter does alike in trouble: lost answers, refusals, and what the engine makes of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from tests.platform.conftest import Subject
from tests.support.memory_world import Fault
from wizard.errors import PlatformError
from wizard.platform.errors import LostAnswerError
from wizard.platform.handles import Answer, Handle
from wizard.platform.states import GroupState
from wizard.secrets import Secret

Create = Callable[[Subject, Handle], Awaitable[object]]
Count = Callable[[GroupState], int]

CREATES = pytest.mark.parametrize(
    ("create", "count"),
    [
        (lambda s, _: s.platform.services.create(s.group, "other"), lambda state: "other" in state.services),
        (
            lambda s, service: s.platform.services.create_domain(s.group, service, 80),
            lambda state: sum(domain.port == 80 for domain in state.services["backend"].domains),
        ),
        (
            lambda s, service: s.platform.services.create_volume(s.group, service, "/data"),
            lambda state: len(state.services["backend"].volumes),
        ),
    ],
    ids=["service", "domain", "volume"],
)


@CREATES
@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name)
async def test_a_create_without_an_answer_is_ambiguous_and_asked_once(
    subject: Subject, create: Create, count: Count, fault: Fault
) -> None:
    service = await subject.service()
    before = subject.platform.mutations
    subject.faults.lose_next_answer(fault)
    receipt = await create(subject, service)
    assert receipt == type(receipt)(None, Answer.AMBIGUOUS)  # type: ignore[call-arg]
    assert subject.platform.mutations == before + 1
    assert count(await subject.state()) == (1 if fault is Fault.LOST else 0)


async def test_a_database_whose_answer_was_lost_is_ambiguous_and_comes(subject: Subject) -> None:
    subject.faults.lose_next_answer()
    receipt = await subject.platform.datastores.create(subject.group, "cache", "redis", 8)
    assert (receipt.handle, receipt.answer) == (None, Answer.AMBIGUOUS)
    state = await subject.until(lambda seen: "cache" in seen.services)
    assert list(state.services) == ["cache"]


async def test_a_write_whose_answer_was_lost_says_so_and_may_be_written_again(subject: Subject) -> None:
    service = await subject.service()
    for _ in range(2):
        subject.faults.lose_next_answer()
        with pytest.raises(LostAnswerError):
            await subject.platform.services.set_variables(subject.group, service, {"A": "1"})
    assert await subject.platform.services.rendered(subject.group, service) == {"A": Secret("1")}


async def test_a_project_whose_answer_was_lost_is_found_by_its_mark(subject: Subject) -> None:
    subject.faults.lose_next_answer()
    receipt = await subject.platform.groups.create(subject.workspace, "second", "production", "mark-2")
    assert (receipt.handle, receipt.answer, receipt.environment) == (None, Answer.AMBIGUOUS, None)
    projects = (await subject.platform.credentials.workspace(subject.workspace))[0].projects
    [found] = [one for one in projects if one.description == "mark-2"]
    assert (found.handle.name, [one.name for one in found.environments]) == ("second", ["production"])


async def test_a_rate_limit_is_waited_out_told_and_the_write_happens_once(subject: Subject) -> None:
    began, told_at = subject.clock.monotonic(), subject.clock.now()
    subject.faults.refuse_for(45)
    service = await subject.service()
    assert 45 <= subject.clock.monotonic() - began < 60
    [(_, until)] = subject.waits.told
    assert until
    assert timedelta(seconds=44) <= until - told_at < timedelta(seconds=60)
    assert subject.waits.ended == 1
    assert [one.handle for one in (await subject.state()).services.values()] == [service]


async def test_a_refusal_that_is_no_budget_ends_with_the_platform_to_blame(subject: Subject) -> None:
    subject.faults.refuse_for(90_000)
    with pytest.raises(PlatformError) as raised:
        await subject.service()
    assert raised.value.exit_code == 5
    assert not isinstance(raised.value, LostAnswerError)
    subject.faults.refuse_for(0)
    assert (await subject.state()).services == {}
