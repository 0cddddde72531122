"""Chat over a WebSocket.

A client sends `{"type": "message", "text": ..., "nonce": ...}` or `{"type": "ping", "nonce": ...}`; every reply
carries the nonce of the frame it answers, so a client can tell its replies apart.
"""

from typing import Literal

from fastapi import APIRouter, HTTPException, WebSocket, WebSocketDisconnect, status
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from app.database import SessionFactory
from app.models import ChatSession, User
from app.security import read_token
from app.services import conversation
from app.services.assistant import AssistantError

router = APIRouter()


class Frame(BaseModel):
    type: Literal["message", "ping"] = "message"
    text: str = Field(default="", max_length=8_000)
    nonce: str | None = Field(default=None, max_length=200)


class Reply(BaseModel):
    type: Literal["reply", "pong", "error"]
    text: str = ""
    nonce: str | None = None


def _start_conversation(token: str) -> ChatSession | None:
    claims = read_token(token)
    if claims is None:
        return None
    with SessionFactory() as database:
        user = database.get(User, claims.user_id)
        if user is None or not user.is_active:
            return None
        return conversation.start(database, user.id, "WebSocket conversation")


def _answer(chat_session: ChatSession, frame: Frame) -> Reply:
    if frame.type == "ping":
        return Reply(type="pong", nonce=frame.nonce)
    if not frame.text:
        return Reply(type="error", text="the message is empty", nonce=frame.nonce)
    try:
        with SessionFactory() as database:
            message = conversation.answer(database, chat_session, frame.text)
    except AssistantError as error:
        return Reply(type="error", text=str(error), nonce=frame.nonce)
    except HTTPException as error:
        return Reply(type="error", text=error.detail, nonce=frame.nonce)
    return Reply(type="reply", text=message.text, nonce=frame.nonce)


async def _reply_to(chat_session: ChatSession, raw: str) -> Reply:
    try:
        frame = Frame.model_validate_json(raw)
    except ValidationError:
        return Reply(type="error", text="send JSON with a text and, if you like, a nonce")
    return await run_in_threadpool(_answer, chat_session, frame)


@router.websocket("/ws")
async def chat(websocket: WebSocket, token: str = "") -> None:
    chat_session = await run_in_threadpool(_start_conversation, token)
    if chat_session is None:
        await websocket.close(status.WS_1008_POLICY_VIOLATION)
        return
    await websocket.accept()
    try:
        while True:
            reply = await _reply_to(chat_session, await websocket.receive_text())
            await websocket.send_text(reply.model_dump_json())
    except WebSocketDisconnect:
        return
