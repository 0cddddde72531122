"""Sentences of `wizard.questions`."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "questions.empty": ("An answer is needed here.", "답변이 필요합니다."),
    "questions.missing.what": ("Answers are missing: {ids}.", "답변이 필요합니다: {ids}."),
    "questions.missing.why": (
        "Nobody can be asked here: there is no terminal, or continuous integration or --json was detected.",
        "터미널이 없거나 CI 환경 또는 --json 옵션이어서 질문할 수 없습니다.",
    ),
    "questions.missing.fix": (
        "Set the environment variables named in parentheses; what is no secret can also be given by --answer ID=VALUE or --answers FILE.",
        "괄호 안의 환경 변수를 설정해 주십시오. 비밀 값이 아니면 --answer ID=값 또는 --answers 파일로도 답할 수 있습니다.",
    ),
}
