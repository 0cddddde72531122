from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel


class UserBase(SQLModel):
    email: str = Field(unique=True, index=True, max_length=255)
    is_superuser: bool = False
    nickname: str | None = None


class User(UserBase, table=True):
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    hashed_password: str


class Note(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    owner: UUID = Field(foreign_key="user.id")
    body: str = ""
