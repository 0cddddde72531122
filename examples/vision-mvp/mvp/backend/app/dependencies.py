"""Who is asking, and whether they may."""

from typing import Annotated

from fastapi import Depends, HTTPException, status
from fastapi.security import OAuth2PasswordBearer

from app.database import DatabaseSession
from app.models import User
from app.security import TokenClaims, read_token

oauth2_scheme = OAuth2PasswordBearer(tokenUrl="/api/v1/auth/login")


def get_token_claims(token: Annotated[str, Depends(oauth2_scheme)]) -> TokenClaims:
    claims = read_token(token)
    if claims is None:
        raise HTTPException(
            status.HTTP_401_UNAUTHORIZED, "invalid or expired token", headers={"WWW-Authenticate": "Bearer"}
        )
    return claims


CurrentClaims = Annotated[TokenClaims, Depends(get_token_claims)]


def get_current_user(claims: CurrentClaims, database: DatabaseSession) -> User:
    user = database.get(User, claims.user_id)
    if user is None or not user.is_active:
        raise HTTPException(
            status.HTTP_401_UNAUTHORIZED, "unknown or inactive user", headers={"WWW-Authenticate": "Bearer"}
        )
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]


def require_admin(user: CurrentUser) -> User:
    if user.role != "admin":
        raise HTTPException(status.HTTP_403_FORBIDDEN, "administrators only")
    return user
