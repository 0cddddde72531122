"""Child processes that cannot outlive the stand-in, with their output line by line.

Every child runs under a small guard (`guard.py`): it leads a session of its own, adopts whatever its child leaves
behind, and ends all of it when the child ends, when it is told to, or when the stand-in dies by whatever means.
"""

from __future__ import annotations

from wizard.standin.processes.child import Child, Command, run, start
from wizard.standin.processes.output import LogLine, LogSink, Stream, discard
from wizard.standin.processes.records import sweep
from wizard.standin.processes.table import RUN_ID, descendants, is_alive, start_time, with_run_id

__all__ = [
    "RUN_ID",
    "Child",
    "Command",
    "LogLine",
    "LogSink",
    "Stream",
    "descendants",
    "discard",
    "is_alive",
    "run",
    "start",
    "start_time",
    "sweep",
    "with_run_id",
]
