"""Sentences of a run's progress on a plain terminal."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "progress.service": ("{service} is {status}", "{service}의 상태: {status}"),
    "progress.answered": ("{id} answered by {source}", "{id} 답변 출처: {source}"),
    "progress.until": ("until {time}", "{time}까지"),
    "progress.resumed": ("going on at the same step", "같은 단계에서 계속합니다"),
    "progress.budget": (
        "rate budget {remaining} of {limit}",
        "남은 요청 한도 {remaining}/{limit}",
    ),
    "progress.elapsed": ("{seconds} s so far", "{seconds}초 경과"),
    "progress.since": ("since {time}", "{time}부터"),
    "progress.usual": ("usually {seconds} s", "보통 {seconds}초"),
    "progress.phases": ("phases ended: {ended}", "{ended}개 단계 종료"),
    "progress.more": ("and {count} more", "외 {count}개"),
}
