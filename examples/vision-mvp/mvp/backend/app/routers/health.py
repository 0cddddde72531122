"""Whether this instance can do its work."""

from fastapi import APIRouter, Response, status
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.cache import redis
from app.database import engine

router = APIRouter(tags=["health"])


def _database_answers() -> bool:
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


def _redis_answers() -> bool:
    try:
        redis.ping()
    except RedisError:
        return False
    return True


@router.get("/health")
def health(response: Response) -> dict[str, str]:
    answers = {"database": _database_answers(), "redis": _redis_answers()}
    healthy = all(answers.values())
    if not healthy:
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    report = {name: "ok" if answered else "unreachable" for name, answered in answers.items()}
    return {"status": "ok" if healthy else "degraded", **report}
