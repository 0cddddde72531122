"""Sentences of reports and of the closing summary; the words for states."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "report.waiting": ("waiting", "대기"),
    "report.running": ("running", "진행 중"),
    "report.paused": ("paused", "일시 중지"),
    "report.done": ("done", "완료"),
    "report.unchanged": ("unchanged", "변경 없음"),
    "report.failed": ("failed", "실패"),
    "report.skipped": ("skipped", "건너뜀"),
    "report.stale": ("stale", "다시 필요"),
    "report.unknown": ("unknown", "알 수 없음"),
    "report.passed": ("passed", "통과"),
    "report.warned": ("warned", "주의"),
    "report.not-checked": ("not checked", "확인 안 함"),
    "report.error": ("error", "오류"),
    "report.warning": ("warning", "경고"),
    "report.note": ("note", "참고"),
    "report.verified": ("verified", "검증됨"),
    "report.applied": ("applied", "적용됨"),
    "report.planned": ("changes pending", "변경 대기"),
    "report.needs-input": ("needs input", "입력 필요"),
    "report.refused": ("refused", "거부됨"),
    "report.interrupted": ("interrupted", "중단됨"),
    "report.effect-none": ("nothing restarts", "재시작 없음"),
    "report.effect-restart": ("restarts the service", "서비스를 재시작함"),
    "report.effect-rebuild": ("rebuilds the service", "서비스를 다시 빌드함"),
    "report.effect-redeploy": ("deploys the service again", "서비스를 다시 배포함"),
    "report.effect-destroy": ("destroys what is there", "기존 내용을 삭제함"),
    "report.unknown-suffix.what": (
        "No report is written into {file}.",
        "{file}에는 보고서를 쓸 수 없습니다.",
    ),
    "report.unknown-suffix.why": (
        "The end of the name chooses the format; these are known: {suffixes}.",
        "파일 이름의 끝으로 형식을 정하며, 다음만 쓸 수 있습니다: {suffixes}.",
    ),
    "report.unknown-suffix.fix": (
        "Name the file with one of them: .md for people, .json for programs, .xml for continuous integration (JUnit).",
        "이름을 이 가운데 하나로 끝내 주십시오. .md는 사람용, .json은 프로그램용, .xml은 CI용(JUnit)입니다.",
    ),
    "report.unwritable.what": (
        "The report {file} cannot be written.",
        "실행 후 보고서 {file:을} 쓸 수 없습니다.",
    ),
    "report.unwritable.why": ("Trying the place failed: {detail}", "위치를 확인하는 데 실패했습니다: {detail}"),
    "report.unwritable.fix": (
        "Make the folder, or name a file in a folder you may write to. Nothing was run.",
        "폴더를 만들거나, 쓰기 권한이 있는 폴더의 파일을 지정해 주십시오. 아직 아무것도 실행하지 않았습니다.",
    ),
    "report.not-written.what": (
        "The report {file} was not written.",
        "보고서 {file:을} 쓰지 못했습니다.",
    ),
    "report.not-written.why": (
        "Writing it failed: {detail}. The run itself ended as told above.",
        "쓰기에 실패했습니다: {detail}. 실행 자체는 위에 표시된 대로 끝났습니다.",
    ),
    "report.not-written.fix": (
        "Check the folder and the free space, then run again.",
        "폴더와 남은 공간을 확인한 뒤 다시 실행해 주십시오.",
    ),
    "report.title": ("railwizard {command}: report", "railwizard {command} 보고서"),
    "report.title-result": ("Result", "결과"),
    "report.title-error": ("What went wrong", "문제"),
    "report.title-findings": ("Findings", "발견 사항"),
    "report.title-phases": ("Phases", "단계"),
    "report.title-changes": ("Changes", "변경 사항"),
    "report.title-checks": ("Checks", "검증 항목"),
    "report.title-not-checked": ("Not checked", "확인하지 않은 항목"),
    "report.title-differences": ("How this differs from production", "프로덕션과 다른 점"),
    "report.title-urls": ("URLs", "주소"),
    "report.title-next": ("Next", "다음 할 일"),
    "report.cost": (
        "{seconds} s, requests: {requests}, of them changes: {mutations}",
        "{seconds}초, 요청 {requests}회(그중 변경 {mutations}회)",
    ),
    "report.seconds": ("{seconds} s", "{seconds}초"),
    "report.target": ("Target", "대상"),
    "report.workspace": ("Workspace", "워크스페이스"),
    "report.project": ("Project", "프로젝트"),
    "report.environment": ("Environment", "환경"),
    "report.ids": ("Ids", "ID"),
    "report.step": ("Step", "단계"),
    "report.what": ("What", "현상"),
    "report.why": ("Why", "원인"),
    "report.fix": ("Fix", "해결 방법"),
    "report.code": ("Code", "코드"),
    "report.tier": ("Tier", "실행 방식"),
    "report.overlay": ("Overlay", "오버레이"),
    "report.optional": ("does not decide the result", "결과에 영향을 주지 않음"),
    "report.next-rehearsed": (
        "The rehearsal proved it: `railwizard deploy` does the same on Railway.",
        "리허설로 확인했습니다. `railwizard deploy`를 실행하면 Railway에 그대로 배포합니다.",
    ),
    "report.next-done": (
        "Nothing has to be done. `railwizard status` shows how it stands, `railwizard logs SERVICE` what it says.",
        "더 할 일이 없습니다. 상태는 `railwizard status`, 로그는 `railwizard logs 서비스`로 볼 수 있습니다.",
    ),
    "report.next-planned": (
        "Changes pending: {count}. `railwizard deploy` makes them.",
        "대기 중인 변경: {count}건. `railwizard deploy`를 실행하면 적용합니다.",
    ),
    "report.next-stale": (
        "Later phases are stale; run `{command}` to bring them up to date.",
        "이후 단계가 현재 설정과 맞지 않습니다. `{command}`로 맞춰 주십시오.",
    ),
    "report.next-failed": (
        "Fix the cause and run the same command again: what is done stays done, it continues where it failed.",
        "원인을 해결한 뒤 같은 명령을 다시 실행하십시오. 끝난 작업은 유지되고 실패한 곳부터 이어집니다.",
    ),
    "report.next-needs-input": (
        "Give the missing answers and run the same command again: nothing was changed.",
        "빠진 답변을 준비한 뒤 같은 명령을 다시 실행하십시오. 아무것도 변경하지 않았습니다.",
    ),
    "report.next-refused": (
        "Nothing was changed. Read the reason above before you try another way.",
        "아무것도 변경하지 않았습니다. 다른 방법을 시도하기 전에 위의 이유를 확인하십시오.",
    ),
    "report.next-interrupted": (
        "Run the same command again: it looks at what is there and continues.",
        "같은 명령을 다시 실행하면 현재 상태를 확인하고 이어서 진행합니다.",
    ),
}
