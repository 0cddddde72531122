"""A shop on PostgreSQL and Redis that can be broken in every way a check must notice.

What is broken is read from the file that SHOP_FAULTS names, at every request: one word a line.
"""

import asyncio
import hashlib
import hmac
import os
import socket
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import bcrypt
import psycopg
from fastapi import Depends, FastAPI, Header, HTTPException, Request, Response, WebSocket
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

DATABASE_URL = os.environ["DATABASE_URL"]
REDIS_URL = os.environ["REDIS_URL"]
SECRET = os.environ["JWT_SECRET"]
CORS_ORIGINS = os.environ["CORS_ORIGINS"].split(",")
FAULTS = Path(os.environ["SHOP_FAULTS"])
HEADER_FAULTS = {
    "cors-closed": "access-control-allow-origin",
    "cors-preflight-only": "access-control-allow-origin",
    "cors-no-credentials": "access-control-allow-credentials",
}

app = FastAPI(title="shop")
app.add_middleware(
    CORSMiddleware, allow_origins=CORS_ORIGINS, allow_credentials=True, allow_methods=["*"], allow_headers=["*"]
)


def broken(word: str) -> bool:
    return word in FAULTS.read_text().split()


@app.middleware("http")
async def break_things(request: Request, call_next: Callable) -> Response:
    if request.url.path in ("/openapi.json", "/docs") and broken("no-documentation"):
        return Response("gone", status_code=404)
    response = await call_next(request)
    origin = request.headers.get("origin")
    if origin and broken("cors-everybody"):
        response.headers["access-control-allow-origin"] = "*"
    if origin and broken("cors-mirror"):
        response.headers["access-control-allow-origin"] = origin
        response.status_code = 200
    for fault, header in HEADER_FAULTS.items():
        readable = fault != "cors-preflight-only" or request.method != "OPTIONS"
        if broken(fault) and readable and header in response.headers:
            del response.headers[header]
    return response


def connect() -> psycopg.Connection:
    return psycopg.connect(DATABASE_URL, autocommit=True)


def redis(*words: str) -> bytes:
    url = urlsplit(REDIS_URL)
    with socket.create_connection((url.hostname, url.port), timeout=5) as link:
        for command in (("AUTH", url.username or "default", url.password), words):
            parts = [f"*{len(command)}\r\n", *(f"${len(word)}\r\n{word}\r\n" for word in command)]
            link.sendall("".join(parts).encode())
            answer = link.recv(4096)
    return answer


@app.on_event("startup")
def create_tables() -> None:
    with connect() as database:
        database.execute(
            "CREATE TABLE IF NOT EXISTS users (id serial PRIMARY KEY, email text UNIQUE NOT NULL,"
            " hashed_password text NOT NULL, role text NOT NULL DEFAULT 'user')"
        )


class Registration(BaseModel):
    email: str
    password: str = Field(min_length=8)
    full_name: str
    terms_accepted: bool


class Credentials(BaseModel):
    email: str
    password: str


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"


class Order(BaseModel):
    article: str


def sign(user_id: int) -> str:
    return hmac.new(SECRET.encode(), str(user_id).encode(), hashlib.sha256).hexdigest()


def user_of(token: str) -> tuple | None:
    user_id, _, signature = token.partition(".")
    if not user_id.isdigit() or not hmac.compare_digest(signature, sign(int(user_id))):
        return None
    with connect() as database:
        return database.execute("SELECT id, email, role FROM users WHERE id = %s", (int(user_id),)).fetchone()


def get_current_user(authorization: Annotated[str, Header()] = "") -> dict:
    user = user_of(authorization.removeprefix("Bearer "))
    if user is None:
        raise HTTPException(401, "not logged in")
    return {"id": user[0], "email": user[1], "role": user[2]}


def require_admin(user: Annotated[dict, Depends(get_current_user)]) -> dict:
    if user["role"] != "admin" and not broken("guard-sleeps"):
        raise HTTPException(403, "administrators only")
    if broken("guard-refuses-all"):
        raise HTTPException(403, "nobody at all")
    return user


@app.get("/health")
def health(response: Response) -> dict:
    if broken("unwell"):
        response.status_code = 503
        return {"status": "down"}
    if broken("ailing"):
        return {"status": "ok", "parts": {"cache": "unreachable"}}
    if not broken("no-redis"):
        redis("PING")
    try:
        with psycopg.connect(DATABASE_URL, connect_timeout=2) as database:
            database.execute("SELECT 1")
    except psycopg.OperationalError:
        if not broken("oblivious"):
            response.status_code = 503
    return {"status": "ok"}


@app.post("/auth/register", status_code=201)
def register(body: Registration) -> dict:
    if broken("no-registration"):
        raise HTTPException(500, "relation does not exist")
    if broken("forgetful"):
        return {"id": 0}
    hashed = bcrypt.hashpw(body.password.encode(), bcrypt.gensalt(4)).decode()
    try:
        with connect() as database:
            database.execute("INSERT INTO users (email, hashed_password) VALUES (%s, %s)", (body.email, hashed))
    except psycopg.errors.UniqueViolation as error:
        raise HTTPException(409, "taken") from error
    return {"email": body.email}


@app.post("/auth/login")
def login(body: Credentials) -> Token:
    if broken("everybody-in") or (broken("default-account") and body.password == "admin"):
        return Token(access_token=f"1.{sign(1)}")
    with connect() as database:
        row = database.execute("SELECT id, hashed_password FROM users WHERE email = %s", (body.email,)).fetchone()
    if row is None or not bcrypt.checkpw(body.password.encode(), row[1].encode()):
        raise HTTPException(500 if broken("login-crashes") else 401, "wrong email or password")
    return Token(access_token=f"{row[0]}.{sign(row[0])}")


@app.get("/auth/me")
def me(user: Annotated[dict, Depends(get_current_user)]) -> dict:
    return user


@app.delete("/auth/me", status_code=204)
def leave(user: Annotated[dict, Depends(get_current_user)]) -> None:
    if broken("nobody-leaves"):
        raise HTTPException(405, "accounts stay")
    with connect() as database:
        database.execute("DELETE FROM users WHERE id = %s", (user["id"],))


@app.get("/admin/users", dependencies=[Depends(require_admin)])
def list_users() -> list[str]:
    with connect() as database:
        return [row[0] for row in database.execute("SELECT email FROM users").fetchall()]


@app.get("/admin/open")
def open_administration() -> list:
    if not broken("administration-open"):
        raise HTTPException(401, "not logged in")
    return []


@app.get("/orders")
def list_orders(user: Annotated[dict, Depends(get_current_user)]) -> list:
    if broken("orders-crash"):
        raise HTTPException(500, "no such table")
    if broken("orders-forbidden"):
        raise HTTPException(403, "no")
    return []


@app.post("/orders", status_code=201)
def order(body: Order, user: Annotated[dict, Depends(get_current_user)]) -> dict:
    return {"id": 7, "article": body.article, "lines": [{"name": body.article}]}


@app.get("/orders/{order_id}")
def read_order(order_id: int, user: Annotated[dict, Depends(get_current_user)]) -> dict:
    if order_id != 7:
        raise HTTPException(404, "no such order")
    return {"id": order_id, "status": "lost" if broken("order-lost") else "open"}


@app.get("/auth/logout", status_code=204)
def log_out(user: Annotated[dict, Depends(get_current_user)]) -> None:
    with connect() as database:
        database.execute("DELETE FROM users")


@app.get("/search")
def search(term: str) -> list[str]:
    return [term]


@app.get("/events")
async def events() -> StreamingResponse:
    async def endless() -> AsyncIterator[str]:
        while True:
            yield ": still here\n\n"
            await asyncio.sleep(0.2)

    return StreamingResponse(endless(), media_type="text/event-stream")


@app.post("/ask")
async def ask_a_third_party() -> dict[str, str]:
    if broken("blocking-call"):
        time.sleep(4)  # noqa: ASYNC251 - the mistake that a check must notice
    return {"answer": "fine"}


@app.websocket("/ws")
async def talk(websocket: WebSocket, token: str = "") -> None:
    if broken("socket-closed") or user_of(token) is None:
        await websocket.close(1008)
        return
    await websocket.accept()
    while True:
        text = await websocket.receive_text()
        await websocket.send_text("I did not understand" if broken("socket-deaf") else f"you said {text}")
