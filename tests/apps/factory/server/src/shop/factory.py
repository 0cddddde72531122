from fastapi import FastAPI, WebSocket
from fastapi.middleware.cors import CORSMiddleware

from shop.api import accounts_router, back_office_router
from shop.config import Config
from shop.db import Base, engine

API = "/api"


async def stock(websocket: WebSocket):
    await websocket.accept()
    await websocket.send_json({"stock": 1})


def add_routes(application):
    application.include_router(accounts_router, prefix=f"{API}/accounts")
    application.include_router(back_office_router, prefix=API + "/admin", include_in_schema=False)
    application.add_api_websocket_route("/live/stock", stock)
    application.add_api_route("/healthz", lambda: {"ok": True})


def create_app():
    application = FastAPI(docs_url=None, openapi_url=f"{API}/openapi.json")
    application.add_middleware(CORSMiddleware, allow_origins=Config.ALLOWED_ORIGINS, allow_credentials=True)
    add_routes(application)

    @application.on_event("startup")
    def create_tables():
        Base.metadata.create_all(engine)

    return application
