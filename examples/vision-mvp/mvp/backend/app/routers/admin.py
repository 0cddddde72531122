"""What only an administrator may see."""

from fastapi import APIRouter, Depends
from sqlalchemy import select

from app.database import DatabaseSession
from app.dependencies import require_admin
from app.models import User
from app.schemas import UserOut

router = APIRouter(prefix="/admin", tags=["admin"], dependencies=[Depends(require_admin)])


@router.get("/users")
def list_users(database: DatabaseSession) -> list[UserOut]:
    users = database.scalars(select(User).order_by(User.id))
    return [UserOut.model_validate(user) for user in users]
