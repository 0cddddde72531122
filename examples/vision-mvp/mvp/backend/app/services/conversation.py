"""A conversation: its start, and one question with its answer."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cache import limit_rate
from app.models import ChatMessage, ChatSession
from app.services import assistant

MESSAGES_PER_MINUTE = 30
REMEMBERED_TURNS = 20


def start(database: Session, owner_id: int, title: str) -> ChatSession:
    chat_session = ChatSession(owner_id=owner_id, title=title)
    database.add(chat_session)
    database.commit()
    database.refresh(chat_session)
    return chat_session


def answer(database: Session, chat_session: ChatSession, text: str) -> ChatMessage:
    """Store the user's message, ask the assistant with what was said before, store its reply."""
    limit_rate(f"chat:{chat_session.owner_id}", limit=MESSAGES_PER_MINUTE, window_seconds=60)
    _store(database, chat_session, "user", text)
    return _store(database, chat_session, "assistant", assistant.ask(_recent_turns(database, chat_session)))


def _store(database: Session, chat_session: ChatSession, author: str, text: str) -> ChatMessage:
    message = ChatMessage(session_id=chat_session.id, author=author, text=text)
    database.add(message)
    database.commit()
    database.refresh(message)
    return message


def _recent_turns(database: Session, chat_session: ChatSession) -> list[assistant.Turn]:
    query = (
        select(ChatMessage)
        .where(ChatMessage.session_id == chat_session.id)
        .order_by(ChatMessage.id.desc())
        .limit(REMEMBERED_TURNS)
    )
    return [assistant.Turn(message.author, message.text) for message in reversed(database.scalars(query).all())]
