"""Words of the variable checklist; who acts is said in the operator's own words."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "checklist.title": ("Environment variables", "환경 변수 점검표"),
    "checklist.state.set": ("set", "설정됨"),
    "checklist.state.missing": ("missing", "없음"),
    "checklist.state.differs": ("differs from the plan", "계획과 다름"),
    "checklist.state.extra": ("extra: not in the plan", "계획에 없음"),
    "checklist.state.empty-reference": ("refers to nothing", "빈 참조"),
    "checklist.state.placeholder": ("placeholder", "예시 값"),
    "checklist.state.no-effect": ("no effect: nobody reads it", "효과 없음(읽는 코드 없음)"),
    "checklist.state.sealed": ("sealed", "봉인됨"),
    "checklist.state.not-needed": ("not needed", "필요 없음"),
    "checklist.source.plan": ("from the plan", "계획 파일"),
    "checklist.source.reference": ("reference", "참조"),
    "checklist.source.generated": ("generated", "자동 생성"),
    "checklist.source.keyring": ("keyring", "키링"),
    "checklist.source.typed": ("typed", "직접 입력"),
    "checklist.source.kept-from-platform": ("kept from the platform", "플랫폼의 기존 값"),
    "checklist.source.env-file": ("env file", "env 파일"),
    "checklist.source.platform": ("set by the platform", "플랫폼 제공"),
    "checklist.source.unknown": ("no source yet", "출처 없음"),
    "checklist.acts.automatic": ("automatic", "자동 주입"),
    "checklist.acts.you": ("you", "수동 설정 필요"),
    "checklist.acts.platform": ("platform", "플랫폼"),
    "checklist.nobody": ("read by nobody", "읽는 코드 없음"),
}
