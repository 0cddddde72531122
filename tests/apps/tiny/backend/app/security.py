"""Passwords, tokens, and who may pass."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import jwt
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from fastapi import Depends, HTTPException, status
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.database import SessionOfRequest, User
from app.settings import JWT_SECRET

TOKEN_LIFETIME = timedelta(hours=1)

_hasher = PasswordHasher()
_bearer = HTTPBearer()


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def password_matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except VerificationError:
        return False


def issue_token(user: User) -> str:
    claims = {"sub": str(user.id), "exp": datetime.now(UTC) + TOKEN_LIFETIME}
    return jwt.encode(claims, JWT_SECRET, algorithm="HS256")


def get_current_user(
    session: SessionOfRequest, credentials: Annotated[HTTPAuthorizationCredentials, Depends(_bearer)]
) -> User:
    try:
        claims = jwt.decode(credentials.credentials, JWT_SECRET, algorithms=["HS256"])
    except jwt.InvalidTokenError as error:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "invalid token") from error
    user = session.get(User, int(claims["sub"]))
    if user is None:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "unknown user")
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]


def require_admin(user: CurrentUser) -> User:
    if user.role != "admin":
        raise HTTPException(status.HTTP_403_FORBIDDEN, "administrators only")
    return user
