"""Work that is carried to its end: a cancellation waits for it, and is not lost where the work fails."""

from __future__ import annotations

import asyncio

import pytest

from wizard.shield import to_the_end


@pytest.mark.parametrize("fails", [False, True])
async def test_a_cancellation_waits_for_the_work_and_goes_before_its_error(*, fails: bool) -> None:
    began, go_on, ended = asyncio.Event(), asyncio.Event(), []

    async def work() -> None:
        began.set()
        await go_on.wait()
        ended.append(True)
        if fails:
            raise OSError("broken")

    task = asyncio.create_task(to_the_end(work()))
    await began.wait()
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError) as raised:
        await task
    assert ended == [True]
    assert isinstance(raised.value.__cause__, OSError) is fails


async def test_an_error_of_the_work_is_raised() -> None:
    async def work() -> None:
        raise OSError("broken")

    with pytest.raises(OSError, match="broken"):
        await to_the_end(work())
