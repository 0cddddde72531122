"""The tables."""

from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Enum, ForeignKey, String, Text, func, true
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

CreatedAt = Annotated[datetime, mapped_column(DateTime(timezone=True), server_default=func.now())]
Owner = Annotated[int, mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)]


class Base(DeclarativeBase):
    """What Alembic compares the database with."""


class User(Base):
    """An account; the role `admin` opens the administration."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    hashed_password: Mapped[str] = mapped_column(String(128))
    full_name: Mapped[str | None] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(Enum("user", "admin", name="user_role"), default="user")
    is_active: Mapped[bool] = mapped_column(default=True, server_default=true())
    created_at: Mapped[CreatedAt]


class Project(Base):
    """A vision project of one user."""

    __tablename__ = "projects"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[Owner]
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[CreatedAt]


class ChatSession(Base):
    """A conversation of one user with the assistant."""

    __tablename__ = "chat_sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_id: Mapped[Owner]
    title: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[CreatedAt]


class ChatMessage(Base):
    """One turn of a conversation."""

    __tablename__ = "chat_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("chat_sessions.id", ondelete="CASCADE"), index=True)
    author: Mapped[str] = mapped_column(Enum("user", "assistant", name="message_author"))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[CreatedAt]


class TrainingConfig(Base):
    """How a user's next training run is set up."""

    __tablename__ = "training_configs"

    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    dataset: Mapped[str] = mapped_column(String(100))
    epochs: Mapped[int]
    learning_rate: Mapped[float]


class TrainingRun(Base):
    """A training run and how far it came."""

    __tablename__ = "training_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[Owner]
    dataset: Mapped[str] = mapped_column(String(100))
    epochs: Mapped[int]
    learning_rate: Mapped[float]
    status: Mapped[str] = mapped_column(
        Enum("queued", "running", "finished", "failed", name="run_status"), default="queued"
    )
    epochs_done: Mapped[int] = mapped_column(default=0)
    loss: Mapped[float | None]
    accuracy: Mapped[float | None]
    created_at: Mapped[CreatedAt]
