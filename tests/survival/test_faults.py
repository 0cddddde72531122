"""Every mutation the wizard uses, and the upload, meets every way an answer gets lost, late or garbled.

Each ends as it would have without, or with an error an operator can act on and a second run that mends it; nothing is
ever there twice. The mutations are read from the wizard's own operations: a new one joins by itself.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import FieldNode, OperationDefinitionNode, OperationType, parse

from tests.support.fault_stories import STORIES, Story, counted, doubled
from tests.support.quiet_project import QuietProject
from wizard.standin.faults import Fault
from wizard.standin.faults.model import parsed

OPERATIONS = Path(__file__).parents[2] / "wizard" / "railway" / "operations.graphql"
ELSEWHERE = {
    "serviceConnect": "repository",
    "serviceInstanceAutoDeployUpdate": "repository",
    "serviceInstanceDeployV2": "release",
    "environmentCreate": "staging",
    "projectScheduleDelete": "teardown",
    "projectScheduleDeleteCancel": "undo",
    "serviceDelete": "parts",
    "volumeDelete": "parts",
    "deploymentStop": "outage",
    "deploymentRestart": "outage",
    "environmentPatchCommit": "way",
    "tcpProxyDelete": "way",
}
"""The story that asks for a mutation, where it is not the first deployment's."""
FAULTS = {
    "drop-before": "drop-before",
    "apply-then-504": "apply-then-504",
    "429": "429,retry_after=3",
    "html-502": "html-502",
    "truncated": "truncated",
    "slow": "slow,seconds=45",
}
MORE = {"drop-after": "drop-after", "504-before": "504-before", "late": "late,seconds=20"}
"""Kinds that look to the wizard like another one, at another moment."""


def mutations() -> list[str]:
    """Return the root field of every mutation in the wizard's operations."""
    found = []
    for node in parse(OPERATIONS.read_text("utf-8")).definitions:
        if isinstance(node, OperationDefinitionNode) and node.operation is OperationType.MUTATION:
            [root] = [one.name.value for one in node.selection_set.selections if isinstance(one, FieldNode)]
            found.append(root)
    return found


PLACES = [*mutations(), "upload"]


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
async def test_every_story_reaches_its_goal_on_a_good_day(tmp_path: Path, story: Story) -> None:
    async with story.open(tmp_path) as quiet:
        if story.prepare:
            await story.prepare(quiet)

        ended = await story.act(quiet)

        assert ended.reached, ended.errors
        await until_nothing_is_wanting(quiet, story, reached=True)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("place", PLACES)
async def test_a_struck_call_ends_well_or_is_mended_by_the_next_run(tmp_path: Path, place: str, fault: str) -> None:
    await struck(tmp_path, place, FAULTS[fault])


@pytest.mark.full
@pytest.mark.parametrize("fault", MORE)
@pytest.mark.parametrize("place", PLACES)
async def test_a_call_struck_otherwise_ends_well_or_is_mended(tmp_path: Path, place: str, fault: str) -> None:
    await struck(tmp_path, place, MORE[fault])


async def struck(folder: Path, place: str, fault: str) -> None:
    """Live through a story in which one call of a place is struck."""
    story = STORIES[ELSEWHERE.get(place, "first")]
    async with story.open(folder) as quiet:
        if story.prepare:
            await story.prepare(quiet)
        armed = quiet.standin.gateway.faults.arm(Fault.model_validate(parsed(f"{place}={fault}")))

        ended = await story.act(quiet)

        assert armed.fired == 1, "the story never asks for it: give it another in ELSEWHERE"
        assert ended.unclear == []
        await until_nothing_is_wanting(quiet, story, reached=ended.reached)


async def until_nothing_is_wanting(quiet: QuietProject, story: Story, *, reached: bool) -> None:
    """Run again where the first run did not reach its goal; count what is there."""
    if not reached:
        await quiet.settle()
        again = await story.act(quiet)
        assert again.reached, again.errors
    await quiet.settle()
    assert counted(quiet) | story.made == counted(quiet)
    assert (doubled(quiet), counted(quiet)["TcpProxy"]) == ([], 0)
