"""Sentences about past runs."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "history.column-run": ("Run", "실행"),
    "history.column-when": ("When", "시각"),
    "history.column-command": ("Command", "명령"),
    "history.column-target": ("Target", "대상"),
    "history.column-result": ("Result", "결과"),
    "history.column-seconds": ("Seconds", "초"),
    "history.column-changes": ("Changes", "변경"),
    "history.column-what": ("What", "항목"),
    "history.none": ("No run of this plan is kept on this machine.", "이 컴퓨터에는 이 계획의 실행 기록이 없습니다."),
    "history.unfinished": ("not finished", "끝나지 않음"),
    "history.checks-alike": ("checks that went alike: {count}", "결과가 같은 확인: {count}개"),
    "history.no-such-run.what": ("There is no run `{run}`.", "`{run}` 실행이 없습니다."),
    "history.no-such-run.why": (
        "Runs are kept on the machine they ran on. The newest here: {known}.",
        "실행 기록은 실행한 컴퓨터에 남습니다. 여기의 최근 기록: {known}.",
    ),
    "history.no-such-run.fix": (
        "Take one from `railwizard history`, or `last`, or `last-1` for the one before.",
        "`railwizard history`에서 고르거나, 최근은 `last`, 그 앞은 `last-1`을 쓰십시오.",
    ),
    "history.several-runs.what": (
        "More than one run begins with `{run}`.",
        "`{run}`(으)로 시작하는 실행이 여럿입니다.",
    ),
    "history.several-runs.why": ("The newest here: {known}.", "여기의 최근 기록: {known}."),
    "history.several-runs.fix": ("Write more letters of its id.", "id를 더 길게 적으십시오."),
}
