"""Every kind of row the local Railway stores."""

from __future__ import annotations

from wizard.standin.state.records import RECORDS
from wizard.standin.state.rows import KINDS, Row

ALL_KINDS: tuple[type[Row], ...] = (*KINDS, *RECORDS)
