"""What the API takes and gives."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, EmailStr, Field

BCRYPT_MAX_BYTES = 72


def _fits_bcrypt(password: str) -> str:
    if len(password.encode()) > BCRYPT_MAX_BYTES:
        message = f"the password is longer than {BCRYPT_MAX_BYTES} bytes"
        raise ValueError(message)
    return password


class Row(BaseModel):
    """Anything read from a table."""

    model_config = ConfigDict(from_attributes=True)


class Registration(BaseModel):
    email: EmailStr
    password: Annotated[str, Field(min_length=8), AfterValidator(_fits_bcrypt)]
    full_name: str | None = Field(default=None, max_length=200)


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"


class UserOut(Row):
    id: int
    email: str
    full_name: str | None
    role: str
    is_active: bool
    created_at: datetime


class ProjectIn(BaseModel):
    name: str = Field(min_length=1, max_length=200)
    description: str = Field(default="", max_length=10_000)


class ProjectOut(Row, ProjectIn):
    id: int
    created_at: datetime


class ChatSessionIn(BaseModel):
    title: str = Field(default="New conversation", min_length=1, max_length=200)


class ChatSessionOut(Row, ChatSessionIn):
    id: UUID
    created_at: datetime


class ChatMessageIn(BaseModel):
    text: str = Field(min_length=1, max_length=8_000)


class ChatMessageOut(Row):
    id: int
    author: str
    text: str
    created_at: datetime


class DatasetOut(BaseModel):
    name: str
    description: str
    classes: list[str]
    samples: int


class TrainingConfigBody(Row):
    dataset: str = Field(default="shapes", min_length=1, max_length=100)
    epochs: int = Field(default=20, ge=1, le=200)
    learning_rate: float = Field(default=0.1, gt=0, le=1)


class TrainingRunOut(Row):
    id: int
    dataset: str
    epochs: int
    epochs_done: int
    status: str
    loss: float | None
    accuracy: float | None
    created_at: datetime


class UploadOut(BaseModel):
    name: str
    size: int
