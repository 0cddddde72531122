"""Redis: request limits and revoked tokens, shared by every replica."""

from fastapi import HTTPException, status
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from app.config import settings

TIMEOUT_SECONDS = 2

redis = Redis.from_url(
    settings.redis_url,
    decode_responses=True,
    socket_timeout=TIMEOUT_SECONDS,
    socket_connect_timeout=TIMEOUT_SECONDS,
    retry=Retry(NoBackoff(), retries=1),
)


def limit_rate(key: str, *, limit: int, window_seconds: int) -> None:
    """Count one use of the key; past the limit, refuse until the window ends."""
    name = f"rate:{key}"
    with redis.pipeline() as pipeline:
        pipeline.incr(name)
        pipeline.expire(name, window_seconds, nx=True)
        pipeline.ttl(name)
        count, _, remaining_seconds = pipeline.execute()
    if count > limit:
        raise HTTPException(
            status.HTTP_429_TOO_MANY_REQUESTS, "too many requests", headers={"Retry-After": str(remaining_seconds)}
        )


def revoke_token(token_id: str, lifetime_seconds: int) -> None:
    redis.set(f"revoked:{token_id}", "1", ex=max(lifetime_seconds, 1))


def is_revoked(token_id: str) -> bool:
    return redis.exists(f"revoked:{token_id}") == 1
