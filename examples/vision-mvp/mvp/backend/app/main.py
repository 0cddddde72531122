"""The application: routers, CORS, and the upload folder."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.middleware.cors import CORSMiddleware

from app.config import settings
from app.redaction import redact_tokens
from app.routers import admin, auth, chat, datasets, health, projects, training, uploads, websocket


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    settings.upload_dir.mkdir(parents=True, exist_ok=True)
    redact_tokens()
    yield


app = FastAPI(title="Vision MVP", version="0.1.0", lifespan=lifespan)
app.add_middleware(
    CORSMiddleware,
    allow_origins=settings.cors_origins,
    allow_credentials=True,
    allow_methods=["*"],
    allow_headers=["*"],
)

api = APIRouter(prefix="/api/v1")
for routes in (auth, admin, projects, datasets, chat, training, uploads):
    api.include_router(routes.router)

app.include_router(api)
app.include_router(health.router)
app.include_router(websocket.router)
