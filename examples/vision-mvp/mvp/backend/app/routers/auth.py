"""Accounts: register, log in, log out."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, status
from fastapi.security import OAuth2PasswordRequestForm
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.cache import limit_rate, revoke_token
from app.database import DatabaseSession
from app.dependencies import CurrentClaims, CurrentUser
from app.models import User
from app.schemas import Registration, Token, UserOut
from app.security import hash_password, issue_token, password_matches

LOGINS_PER_MINUTE = 20

router = APIRouter(prefix="/auth", tags=["auth"])


@router.post("/register", status_code=status.HTTP_201_CREATED)
def register(registration: Registration, database: DatabaseSession) -> UserOut:
    user = User(
        email=registration.email.lower(),
        hashed_password=hash_password(registration.password),
        full_name=registration.full_name,
    )
    database.add(user)
    try:
        database.commit()
    except IntegrityError as error:
        raise HTTPException(status.HTTP_409_CONFLICT, "email already registered") from error
    database.refresh(user)
    return UserOut.model_validate(user)


@router.post("/login")
def login(form: Annotated[OAuth2PasswordRequestForm, Depends()], database: DatabaseSession) -> Token:
    email = form.username.lower()
    limit_rate(f"login:{email}", limit=LOGINS_PER_MINUTE, window_seconds=60)
    user = database.scalar(select(User).where(User.email == email))
    if user is None or not user.is_active or not password_matches(user.hashed_password, form.password):
        raise HTTPException(
            status.HTTP_401_UNAUTHORIZED, "wrong email or password", headers={"WWW-Authenticate": "Bearer"}
        )
    return Token(access_token=issue_token(user.id))


@router.post("/logout", status_code=status.HTTP_204_NO_CONTENT)
def logout(claims: CurrentClaims) -> None:
    remaining = claims.expires_at - datetime.now(UTC)
    revoke_token(claims.token_id, int(remaining.total_seconds()))


@router.get("/me")
def me(user: CurrentUser) -> UserOut:
    return UserOut.model_validate(user)
