"""Passwords and tokens."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import bcrypt
import jwt

from app.cache import is_revoked
from app.config import settings

ALGORITHM = "HS256"


@dataclass(frozen=True)
class TokenClaims:
    """Who a valid token speaks for, and until when."""

    user_id: int
    token_id: str
    expires_at: datetime


def hash_password(password: str) -> str:
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt()).decode()


def password_matches(hashed_password: str, password: str) -> bool:
    try:
        return bcrypt.checkpw(password.encode(), hashed_password.encode())
    except ValueError:
        return False


def issue_token(user_id: int) -> str:
    claims = {
        "sub": str(user_id),
        "jti": uuid4().hex,
        "exp": datetime.now(UTC) + timedelta(minutes=settings.jwt_lifetime_minutes),
    }
    return jwt.encode(claims, settings.jwt_secret.get_secret_value(), algorithm=ALGORITHM)


def read_token(token: str) -> TokenClaims | None:
    """Return the claims of a token that is genuine, unexpired and not revoked."""
    try:
        claims = jwt.decode(
            token,
            settings.jwt_secret.get_secret_value(),
            algorithms=[ALGORITHM],
            options={"require": ["sub", "jti", "exp"]},
        )
    except jwt.InvalidTokenError:
        return None
    if is_revoked(claims["jti"]):
        return None
    return TokenClaims(int(claims["sub"]), claims["jti"], datetime.fromtimestamp(claims["exp"], UTC))
