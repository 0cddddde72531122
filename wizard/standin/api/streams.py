"""Subscriptions: a replay of what was, then what comes, until the deployment ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from wizard.standin.api.context import Context
from wizard.standin.api.log_filter import compile_filter
from wizard.standin.api.logs import environment_lines, searched, shown
from wizard.standin.api.registry import subscription
from wizard.standin.state import rules
from wizard.standin.state.logs import Kind
from wizard.standin.state.rows import Deployment, DeploymentEvent, Document, Environment

_DEFAULT_REPLAY = 500


@subscription("buildLogs")
async def build_logs(
    context: Context, deploymentId: str, filter: str | None = None, limit: int | None = None
) -> AsyncIterator[list[Document]]:
    """Stream a build's lines in batches; ends when the deployment is decided. A skipped one stays silent."""
    row = context.require(Deployment, deploymentId)
    async for batch in _follow(context, row, "build", (filter, limit)):
        yield batch


@subscription("deploymentLogs")
async def deployment_logs(
    context: Context, deploymentId: str, filter: str | None = None, limit: int | None = None
) -> AsyncIterator[list[Document]]:
    """Stream a deployment's lines in batches; ends when it has ended."""
    row = context.require(Deployment, deploymentId)
    async for batch in _follow(context, row, "deploy", (filter, limit)):
        yield batch


@subscription("environmentLogs")
async def environment_logs(
    context: Context, environmentId: str, filter: str | None = None, beforeLimit: int | None = None, **_window: Any
) -> AsyncIterator[list[Document]]:
    """Stream the lines of every deployment of an environment; has no end of its own."""
    environment = context.require(Environment, environmentId)
    sent, keep = "", beforeLimit or _DEFAULT_REPLAY
    while True:
        changed = context.railway.cloud.logs.pulse.next()
        rows = {row.id: row for row in context.railway.tables.where(Deployment, environment_id=environment.id)}
        matches = compile_filter(filter, searched(rows))
        lines = environment_lines(context, rows, filter)
        batch = [line for line in lines if line.timestamp > sent and matches(line)]
        if batch:
            yield [shown(rows[line.deployment_id], line) for line in batch[-keep:]]
        sent, keep = (lines[-1].timestamp if lines else sent), len(lines) + _DEFAULT_REPLAY
        await changed.wait()


@subscription("deployment")
async def deployment(context: Context, id: str) -> AsyncIterator[Deployment]:
    """Stream a deployment whenever it changes, its present state first; ends when it has ended."""
    row, sent = context.require(Deployment, id), None
    while True:
        changed = context.railway.store.pulse.next()
        row = context.railway.tables.get(Deployment, id) or row
        if row != sent:
            sent = row
            yield row
        if row.status in rules.ENDED or context.railway.tables.get(Deployment, id) is None:
            return
        await changed.wait()


@subscription("deploymentEvents")
async def deployment_events(context: Context, id: str) -> AsyncIterator[DeploymentEvent]:
    """Stream a deployment's steps as they begin and end, those of the past first; ends when it has ended."""
    row = context.require(Deployment, id)
    sent: dict[str, DeploymentEvent] = {}
    while True:
        changed = context.railway.store.pulse.next()
        ended = _ended(context, row.id)
        for event in context.railway.tables.where(DeploymentEvent, deployment_id=row.id):
            if sent.get(event.id) != event:
                sent[event.id] = event
                yield event
        if ended:
            return
        await changed.wait()


async def _follow(
    context: Context, row: Deployment, kind: Kind, options: tuple[str | None, int | None]
) -> AsyncIterator[list[Document]]:
    matches, keep = compile_filter(options[0], searched({row.id: row})), options[1] or _DEFAULT_REPLAY
    sent = ""
    while True:
        logged, changed = context.railway.cloud.logs.pulse.next(), context.railway.store.pulse.next()
        ended = _finished(context, row.id, kind)
        lines = context.railway.cloud.logs.read([row.id], kind)
        batch = [line for line in lines if line.timestamp > sent and matches(line)]
        if batch:
            yield [shown(row, line) for line in batch[-keep:]]
        sent, keep = (lines[-1].timestamp if lines else sent), len(lines) + _DEFAULT_REPLAY
        if ended:
            return
        await _either(logged, changed)


async def _either(*events: asyncio.Event) -> None:
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()


def _finished(context: Context, id_: str, kind: Kind) -> bool:
    row = context.railway.tables.get(Deployment, id_)
    if row is not None and row.status == "SKIPPED":
        return False
    return _ended(context, id_) if kind == "deploy" else row is None or row.status not in rules.IN_PROGRESS


def _ended(context: Context, id_: str) -> bool:
    row = context.railway.tables.get(Deployment, id_)
    return row is None or row.status in rules.ENDED
