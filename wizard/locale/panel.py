"""Sentences of the deploy screen: how a phase and a run stand, and what can be done by a key."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "panel.steps": ("Steps", "작업"),
    "panel.notes": ("Notes", "알림"),
    "panel.log": ("Log (z larger, l all of it)", "로그 (z 크게, l 전체)"),
    "panel.changes": ("Changes: {made} of {count} made", "변경 사항: {count}건 중 {made}건 적용"),
    "panel.nothing-to-change": ("Nothing would change here.", "여기서는 바뀌는 것이 없습니다."),
    "panel.interrupted": (
        "Interrupted here; the next run looks what became of it and goes on.",
        "여기서 중단되었습니다. 다음 실행이 현재 상태를 확인하고 이어서 진행합니다.",
    ),
    "panel.left": ("{seconds} s left", "{seconds}초 남음"),
    "panel.not-begun": (
        "The run did not begin; nothing was changed.",
        "실행을 시작하지 못했습니다. 바뀐 것은 없습니다.",
    ),
    "panel.next-needs-input": (
        "Answers are missing; run again and give them. Nothing was changed.",
        "답변이 빠졌습니다. 다시 실행해 답하십시오. 아무것도 변경하지 않았습니다.",
    ),
    "panel.next-interrupted": (
        "Interrupted: r looks at what is there and goes on.",
        "중단되었습니다. r 키로 현재 상태를 확인하고 이어서 진행합니다.",
    ),
    "panel.next-rehearse-again": (
        "The rehearsal did not end; a rehearses again. Nothing of it reaches the target named on top.",
        "리허설이 끝나지 않았습니다. a 키로 다시 리허설합니다. 맨 위에 표시된 대상은 그대로입니다.",
    ),
    "panel.next-planned": (
        "Nothing was changed yet: r makes these changes.",
        "아직 바뀐 것은 없습니다. r 키로 적용합니다.",
    ),
    "panel.next-stale": (
        "{phase} does not fit what runs any more: choose it and press h.",
        "{phase} 단계가 현재 상태와 맞지 않습니다. 선택하고 h 키를 누르십시오.",
    ),
    "panel.next-rehearsed": (
        "The rehearsal proved it: r does the same at the target named on top.",
        "리허설로 확인했습니다. r 키를 누르면 맨 위에 표시된 대상에 그대로 배포합니다.",
    ),
    "panel.next-done": (
        "Nothing has to be done. F4, then Status shows how it stands.",
        "더 할 일이 없습니다. F4를 누르고 상태에서 현황을 볼 수 있습니다.",
    ),
    "panel.do-retry": ("Run again from the failed phase on", "실패한 단계부터 다시 실행"),
    "panel.do-again": ("Run again", "다시 실행"),
    "panel.do-rehearse": ("Rehearse again", "다시 리허설"),
    "panel.do-edit": (
        "Give {names} of {service} a new value, then go on",
        "{service}의 {names}에 새 값을 넣고 이어서 진행",
    ),
    "panel.do-log": ("Open the log of {service}", "{service} 로그 열기"),
    "panel.do-token": ("Give a token, then run again", "토큰을 입력하고 다시 실행"),
    "panel.do-guided": ("Make a plan in the guided set-up", "안내에 따라 계획 만들기"),
    "panel.skip-variables": (
        "Go on without Variables: services are deployed with the values they have.",
        "변수 단계 없이 계속: 서비스를 지금 있는 값으로 배포합니다.",
    ),
    "panel.skip-deploy": (
        "Go on without Deploy: what runs now is checked, not the new code.",
        "배포 단계 없이 계속: 새 코드가 아니라 지금 실행 중인 것을 확인합니다.",
    ),
    "panel.skip-migrate": (
        "Go on without Migrate: nobody proves that the database fits the code.",
        "마이그레이션 단계 없이 계속: 데이터베이스가 코드와 맞는지 확인하지 않습니다.",
    ),
    "panel.skip-admin": (
        "Go on without Admin: there may be no administrator to log in with.",
        "관리자 단계 없이 계속: 로그인할 관리자 계정이 없을 수 있습니다.",
    ),
    "panel.keep-help": (
        "Without it the token is used until you leave and asked for next time.",
        "보관하지 않으면 나갈 때까지만 쓰고 다음에 다시 묻습니다.",
    ),
    "panel.signed-in": ("The token works: {name}", "토큰 확인됨: {name}"),
    "panel.which-address": ("Which address?", "어느 주소를 복사할까요?"),
}
