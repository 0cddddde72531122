"""Chat over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, HTTPException, status
from sqlalchemy import select

from app.database import DatabaseSession
from app.dependencies import CurrentUser
from app.models import ChatMessage, ChatSession
from app.schemas import ChatMessageIn, ChatMessageOut, ChatSessionIn, ChatSessionOut
from app.services import conversation
from app.services.assistant import AssistantError

router = APIRouter(prefix="/chat/sessions", tags=["chat"])


def get_own_session(session_id: UUID, user: CurrentUser, database: DatabaseSession) -> ChatSession:
    chat_session = database.get(ChatSession, session_id)
    if chat_session is None or chat_session.owner_id != user.id:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "no such chat session")
    return chat_session


@router.get("")
def list_sessions(user: CurrentUser, database: DatabaseSession) -> list[ChatSessionOut]:
    query = select(ChatSession).where(ChatSession.owner_id == user.id).order_by(ChatSession.created_at)
    return [ChatSessionOut.model_validate(chat_session) for chat_session in database.scalars(query)]


@router.post("", status_code=status.HTTP_201_CREATED)
def create_session(user: CurrentUser, database: DatabaseSession, body: ChatSessionIn | None = None) -> ChatSessionOut:
    title = (body or ChatSessionIn()).title
    return ChatSessionOut.model_validate(conversation.start(database, user.id, title))


@router.delete("/{session_id}", status_code=status.HTTP_204_NO_CONTENT)
def delete_session(chat_session: Annotated[ChatSession, Depends(get_own_session)], database: DatabaseSession) -> None:
    database.delete(chat_session)
    database.commit()


@router.get("/{session_id}/messages")
def list_messages(
    chat_session: Annotated[ChatSession, Depends(get_own_session)], database: DatabaseSession
) -> list[ChatMessageOut]:
    query = select(ChatMessage).where(ChatMessage.session_id == chat_session.id).order_by(ChatMessage.id)
    return [ChatMessageOut.model_validate(message) for message in database.scalars(query)]


@router.post("/{session_id}/messages")
def send_message(
    body: ChatMessageIn, chat_session: Annotated[ChatSession, Depends(get_own_session)], database: DatabaseSession
) -> ChatMessageOut:
    try:
        reply = conversation.answer(database, chat_session, body.text)
    except AssistantError as error:
        raise HTTPException(status.HTTP_502_BAD_GATEWAY, str(error)) from error
    return ChatMessageOut.model_validate(reply)
