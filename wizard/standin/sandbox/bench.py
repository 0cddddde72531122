"""What one build works with: the store, the namespaces, the request, the log."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from wizard.standin.builder.image import BuildRequest
from wizard.standin.processes import LogLine, LogSink, run
from wizard.standin.sandbox.entrance import Entrance
from wizard.standin.sandbox.layers import ChainStore
from wizard.standin.sandbox.network import Holder

_KEPT_LINES = 20


@dataclass(frozen=True, slots=True)
class Bench:
    """One build's surroundings."""

    store: ChainStore
    holder: Holder
    request: BuildRequest
    log: LogSink

    async def run(self, entrance: Entrance) -> tuple[int, tuple[str, ...]]:
        """Run in a sandbox; returns the exit code and the last lines, which are in the log too."""
        tail: deque[str] = deque(maxlen=_KEPT_LINES)

        def told(line: LogLine) -> None:
            tail.append(line.text)
            self.log(line)

        request, holder = self.request, self.holder
        command = entrance.command(holder.pid, request.run_id, request.records, owners=holder.owners)
        return await run(command, told), tuple(tail)
