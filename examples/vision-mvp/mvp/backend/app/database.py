"""The engine, and one session per request."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from app.config import settings

CONNECT_TIMEOUT_SECONDS = 5

engine = create_engine(
    settings.database_url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_TIMEOUT_SECONDS}
)
SessionFactory = sessionmaker(engine, expire_on_commit=False)


def open_session() -> Iterator[Session]:
    with SessionFactory() as session:
        yield session


DatabaseSession = Annotated[Session, Depends(open_session)]
