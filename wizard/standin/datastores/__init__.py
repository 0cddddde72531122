"""Real database servers for the local platform: PostgreSQL and Valkey, with passwords that count."""

from __future__ import annotations

from wizard.standin.datastores.postgres import start as start_postgres
from wizard.standin.datastores.server import Server, Site
from wizard.standin.datastores.valkey import start as start_valkey

__all__ = ["Server", "Site", "start_postgres", "start_valkey"]
