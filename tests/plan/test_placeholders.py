"""What counts as no value, and what only looks like it."""

from __future__ import annotations

import pytest

from wizard.plan.placeholders import Placeholder, missing, placeholder
from wizard.secrets import Secret


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("your-key-here", Placeholder.EXAMPLE),
        ("YOUR_API_KEY", Placeholder.EXAMPLE),
        ("your-secret-key-here", Placeholder.EXAMPLE),
        ("sk-your_openai_key", Placeholder.EXAMPLE),
        ("postgresql://user:your-password@db/app", Placeholder.EXAMPLE),
        ("changeme", Placeholder.EXAMPLE),
        ("change-me-in-production", Placeholder.EXAMPLE),
        ("CHANGE_THIS", Placeholder.EXAMPLE),
        ("replace-with-a-key", Placeholder.EXAMPLE),
        ("<token>", Placeholder.EXAMPLE),
        ("https://<your domain>/api", Placeholder.EXAMPLE),
        ("xxxx", Placeholder.EXAMPLE),
        ("http://localhost:3000", Placeholder.LOCALHOST),
        ("https://a.kr,http://127.0.0.1:3000", Placeholder.LOCALHOST),
        ("localhost", Placeholder.LOCALHOST),
        ("sqlite:///./app.db", Placeholder.SQLITE),
        ("sqlite+aiosqlite:///app.db", Placeholder.SQLITE),
        ("C:\\Users\\kim\\data", Placeholder.WINDOWS_PATH),
        ("${DATABASE_URL}", Placeholder.SELF),
        ("${PORT:-8000}", Placeholder.SELF),
    ],
)
def test_a_stand_in_is_recognised(text: str, kind: Placeholder) -> None:
    assert placeholder(text) is kind
    assert placeholder(Secret(text)) is kind
    assert missing(text)


@pytest.mark.parametrize(
    "text",
    [
        "echo",
        "postgresql://app:s3cret@db.company.kr:5432/app",
        "https://backend-abcd.localhost:4001",
        "https://app.company.kr",
        "your",
        "yourcompany.com",
        "How can I help you with your project?",
        "AIzaSyD-1234567890",
        "1",
        "${{postgres.DATABASE_URL}}",
        "HS256",
        "a < b",
        "production",
    ],
)
def test_a_value_that_may_be_meant_is_left_alone(text: str) -> None:
    assert placeholder(text) is None
    assert not missing(text)


def test_nothing_is_missing() -> None:
    assert missing(None)
    assert missing("")
    assert missing(Secret(" "))
