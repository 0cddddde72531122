"""A small API: accounts, a health check that asks the database, and one page for administrators."""

from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, status
from fastapi.middleware.cors import CORSMiddleware
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from app.database import SessionOfRequest, User
from app.security import CurrentUser, hash_password, issue_token, password_matches, require_admin
from app.settings import CORS_ORIGINS

app = FastAPI(title="tiny")
app.add_middleware(
    CORSMiddleware, allow_origins=CORS_ORIGINS, allow_credentials=True, allow_methods=["*"], allow_headers=["*"]
)


class Credentials(BaseModel):
    email: str = Field(max_length=320, pattern=r"^[^@\s]+@[^@\s]+$")
    password: str = Field(min_length=8, max_length=128)


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"


class UserOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    email: str
    role: str


@app.get("/health")
def health(session: SessionOfRequest) -> dict[str, str]:
    try:
        session.execute(text("SELECT 1"))
    except OperationalError as error:
        raise HTTPException(status.HTTP_503_SERVICE_UNAVAILABLE, "database unreachable") from error
    return {"status": "ok"}


@app.post("/auth/register", status_code=status.HTTP_201_CREATED)
def register(credentials: Credentials, session: SessionOfRequest) -> UserOut:
    user = User(email=credentials.email, password_hash=hash_password(credentials.password))
    session.add(user)
    try:
        session.commit()
    except IntegrityError as error:
        raise HTTPException(status.HTTP_409_CONFLICT, "email already registered") from error
    return UserOut.model_validate(user)


@app.post("/auth/login")
def login(credentials: Credentials, session: SessionOfRequest) -> Token:
    user = session.scalar(select(User).where(User.email == credentials.email))
    if user is None or not password_matches(user.password_hash, credentials.password):
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "wrong email or password")
    return Token(access_token=issue_token(user))


@app.get("/auth/me")
def me(user: CurrentUser) -> UserOut:
    return UserOut.model_validate(user)


@app.get("/admin/users")
def list_users(_admin: Annotated[User, Depends(require_admin)], session: SessionOfRequest) -> list[UserOut]:
    return [UserOut.model_validate(user) for user in session.scalars(select(User).order_by(User.id))]
