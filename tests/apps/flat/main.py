from typing import Annotated

import jwt
from fastapi import APIRouter, Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordRequestForm
from pwdlib import PasswordHash
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import create_async_engine
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from settings import Settings, get_settings
from tables import User, UserBase

settings = get_settings()
engine = create_async_engine(settings.database.replace("postgresql://", "postgresql+asyncpg://"))
hasher = PasswordHash.recommended()
api = FastAPI(middleware=[Middleware(CORSMiddleware, allow_origins=settings.origins)], openapi_url=None)
router = APIRouter(prefix=settings.root_path)
files = APIRouter()


class UserCreate(UserBase):
    password: str


def current_user() -> User: ...


def is_admin(user: User) -> bool:
    return user.is_superuser


def superuser(user: Annotated[User, Depends(current_user)], config: Settings = Depends(get_settings)) -> User:
    if not is_admin(user):
        raise HTTPException(403, config.label)
    return user


@router.post("/users")
async def create_user(data: UserCreate):
    return {"hash": hasher.hash(data.password)}


@router.post("/login/access-token")
async def login(form: OAuth2PasswordRequestForm = Depends()):
    token = jwt.encode({"sub": form.username}, settings.token_key)
    return {"access_token": token, "mode": settings.mode, "mail": settings.mail.host}


@router.get("/users/me")
async def me(user: User = Depends(current_user)):
    return user


@router.delete("/users/{email}", dependencies=[Depends(superuser)])
async def remove(email: str): ...


@files.get("/{name:path}")
async def read_file(name: str): ...


router.include_router(files, prefix="/files")
api.include_router(router)
