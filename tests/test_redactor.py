from __future__ import annotations

import pytest

from wizard.secrets import MASK, Redactor, Secret

URL = "postgresql://postgres:s3cret%2Fpass@postgres.railway.internal:5432/railway"
KEY = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n"


@pytest.mark.parametrize(
    ("known", "line", "cleaned"),
    [
        (URL, f"connecting to {URL}", f"connecting to {MASK}"),
        (
            URL,
            "engine: postgresql+psycopg://postgres:s3cret%2Fpass@postgres.railway.internal:5432/railway",
            f"engine: postgresql+psycopg://postgres:{MASK}@postgres.railway.internal:5432/railway",
        ),
        (URL, "dsn: password=s3cret/pass host=postgres", f"dsn: password={MASK} host=postgres"),
        (KEY, "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", MASK),
        ("sealed-value\n", "told: sealed-value.", f"told: {MASK}."),
        ("short", "a short word stays", "a short word stays"),
        ("redis://default:tiny@redis:6379", "tiny words stay", "tiny words stay"),
        ("http://[broken", "no address: http://[broken", f"no address: {MASK}"),
    ],
)
def test_masks_a_secret_in_every_form_it_is_printed_in(known: str, line: str, cleaned: str) -> None:
    assert Redactor([Secret(known)]).clean(line) == cleaned


def test_the_longest_known_value_is_masked_whole() -> None:
    redactor = Redactor([Secret("abcdef")])
    redactor.learn(Secret("abcdef-and-more"))
    assert redactor.clean("abcdef-and-more, abcdef") == f"{MASK}, {MASK}"
