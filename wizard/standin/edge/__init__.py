"""The only way in: one loopback listener a public domain (HTTP/1.1 and WebSocket), and raw ones for databases."""

from __future__ import annotations

from wizard.standin.edge.backend import Backend, Reached, Visits
from wizard.standin.edge.http import HttpEdge
from wizard.standin.edge.requests import RequestEntry, RequestSink
from wizard.standin.edge.tcp import TcpProxy

__all__ = ["Backend", "HttpEdge", "Reached", "RequestEntry", "RequestSink", "TcpProxy", "Visits"]
