"""The assistant behind the chat: Gemini, or an echo where no key is at hand."""

from collections.abc import Sequence
from dataclasses import dataclass

import httpx

from app.config import settings

GEMINI_URL = "https://generativelanguage.googleapis.com/v1beta/models"
TIMEOUT_SECONDS = 30


class AssistantError(Exception):
    """The assistant could not answer; the text may be shown to the user."""


@dataclass(frozen=True)
class Turn:
    """One turn of a conversation, by `user` or `assistant`."""

    author: str
    text: str


def ask(turns: Sequence[Turn]) -> str:
    """Return the assistant's answer to the last turn."""
    return _echo(turns) if settings.llm_provider == "echo" else _ask_gemini(turns)


def _echo(turns: Sequence[Turn]) -> str:
    return f"You said: {turns[-1].text}"


def _ask_gemini(turns: Sequence[Turn]) -> str:
    try:
        response = httpx.post(
            f"{GEMINI_URL}/{settings.gemini_model}:generateContent",
            headers={"x-goog-api-key": settings.google_api_key.get_secret_value() if settings.google_api_key else ""},
            json={"contents": [_as_content(turn) for turn in turns]},
            timeout=TIMEOUT_SECONDS,
        )
        response.raise_for_status()
    except httpx.HTTPStatusError as error:
        message = f"Gemini refused the request ({error.response.status_code})"
        raise AssistantError(message) from error
    except httpx.HTTPError as error:
        raise AssistantError("Gemini could not be reached") from error
    return _text_of(response)


def _as_content(turn: Turn) -> dict[str, object]:
    role = "model" if turn.author == "assistant" else "user"
    return {"role": role, "parts": [{"text": turn.text}]}


def _text_of(response: httpx.Response) -> str:
    try:
        parts = response.json()["candidates"][0]["content"]["parts"]
        return "".join(part.get("text", "") for part in parts)
    except (ValueError, LookupError) as error:
        # a blocked prompt comes back without candidates
        raise AssistantError("Gemini gave no answer to this message") from error
