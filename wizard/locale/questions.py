"""Sentences of `wizard.questions`."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "questions.empty": ("An answer is needed here.", "답변이 필요합니다."),
}
