"""Sentences of the screens that belong to no single place."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "screens.home": ("Start", "시작"),
    "screens.title": ("railwizard", "railwizard"),
    "screens.deploy": ("Deploy", "배포"),
    "screens.guided": ("Guided set-up", "안내에 따라 설정"),
    "screens.guided-at": ("Step {step} of {steps} · {name}", "{steps}단계 중 {step}단계 · {name}"),
    "screens.guided-here": ("now", "지금"),
    "screens.guided-on": ("Ctrl+N goes on", "Ctrl+N으로 다음"),
    "screens.guided-begin": ("Ctrl+N begins", "Ctrl+N으로 시작"),
    "screens.guided-runs": ("under way, F8 stops", "진행 중, F8로 중지"),
    "screens.guided-done": ("done, Ctrl+N goes on", "끝남, Ctrl+N으로 다음"),
    "screens.guided-again": ("Ctrl+N tries again", "Ctrl+N으로 다시 시도"),
    "screens.guided-failed": (
        "Ctrl+N tries again, Ctrl+K goes on anyway",
        "Ctrl+N으로 다시 시도, Ctrl+K로 그래도 계속",
    ),
    "screens.guided-end": ("the end, Ctrl+Q leaves", "마지막 단계, Ctrl+Q로 나가기"),
    "screens.guided-skip": (
        "Go on without `{step}`? What it found stays true and may stop the deployment later.",
        "`{step}` 없이 계속할까요? 발견된 문제는 그대로 남아 나중에 배포를 막을 수 있습니다.",
    ),
    "screens.logs": ("Log", "로그"),
    "screens.status": ("Status", "상태"),
    "screens.status-since": ("Since", "경과"),
    "screens.status-seen": ("seen {ago}", "{ago} 확인"),
    "screens.ago-seconds": ("{count} s ago", "{count}초 전"),
    "screens.ago-minutes": ("{count} min ago", "{count}분 전"),
    "screens.ago-hours": ("{count} h ago", "{count}시간 전"),
    "screens.ago-days": ("{count} d ago", "{count}일 전"),
    "screens.checklist-all": ("all", "전체"),
    "screens.checklist-missing": ("missing", "없음"),
    "screens.checklist-differs": ("differs", "다름"),
    "screens.checklist-no-effect": ("no effect", "효과 없음"),
    "screens.checklist-count": ("{shown} of {all} variables", "변수 {all}개 중 {shown}개"),
    "screens.checklist-take": (
        "Write what the platform has for {name} of {service} into the plan? The platform stays as it is.",
        "플랫폼에 있는 {service}의 {name} 값을 계획에 쓸까요? 플랫폼은 그대로 둡니다.",
    ),
    "screens.checklist-send": (
        "Send what the plan says for every variable? Services whose values change restart at the next deployment.",
        "모든 변수를 계획대로 보낼까요? 값이 바뀐 서비스는 다음 배포 때 다시 시작됩니다.",
    ),
    "screens.checklist-changed": ("Sent and read back.", "보내고 다시 읽어 확인했습니다."),
    "screens.copied": ("Copied: {text}", "복사했습니다: {text}"),
    "screens.paste-into": ("Paste a block of .env text for {service}", "{service}에 넣을 .env 내용을 붙여 넣으십시오"),
    "screens.paste-help": (
        "Addresses of this machine, SQLite, Windows paths, examples and names the plan does not have are never taken.",
        "이 컴퓨터의 주소, SQLite, Windows 경로, 예시 값, 계획에 없는 이름은 가져오지 않습니다.",
    ),
    "screens.paste-take": ("Take", "가져오기"),
    "screens.history": ("Past runs", "지난 실행"),
    "screens.log-all-sources": ("all sources", "모든 출처"),
    "screens.log-level-all": ("all levels", "모든 수준"),
    "screens.log-level-warning": ("warnings and errors", "경고와 오류"),
    "screens.log-level-error": ("errors", "오류"),
    "screens.log-follows": ("follows the end", "끝을 따라감"),
    "screens.log-stays": ("stays", "멈춤"),
    "screens.log-lines": ("{shown} of {all} lines", "{all}줄 중 {shown}줄"),
    "screens.log-search": ("search, Enter to return", "검색, Enter로 돌아가기"),
    "screens.saved": ("Saved: {place}", "저장했습니다: {place}"),
    "screens.target-production": ("PRODUCTION", "프로덕션"),
    "screens.target-rehearsal": ("rehearsal", "리허설"),
    "screens.target-other": ("another endpoint", "다른 엔드포인트"),
    "screens.too-small": (
        "This terminal has {width} columns and {height} rows.\nPlease make it {wide} by {high} or larger;\nnothing is lost meanwhile.",
        "이 터미널은 {width}열 {height}행입니다.\n{wide}열 {high}행 이상으로 늘려 주십시오.\n그동안 잃는 것은 없습니다.",
    ),
    "screens.welcome": (
        "railwizard takes your repository to a verified deployment on Railway, and proves that it works.\n"
        "A rehearsal on this machine comes first: it needs no account and costs nothing.",
        "railwizard는 저장소를 Railway에 배포하고 실제로 동작하는지 확인합니다.\n"
        "먼저 이 컴퓨터에서 리허설합니다. 계정도 비용도 필요 없습니다.",
    ),
    "screens.yes": ("Yes", "예"),
    "screens.no": ("No", "아니요"),
    "screens.take-these": ("Take these", "이대로 선택"),
    "screens.leave": ("Leave", "나가기"),
    "screens.leave-during-run": (
        "A run goes on. Leave now? What is done stays done, deployments that began go on in the cloud, "
        "and the next run continues where this one stands.",
        "실행이 진행 중입니다. 지금 나가시겠습니까? 끝난 작업은 그대로 남고, 시작된 배포는 클라우드에서 계속되며, "
        "다음 실행이 이어서 진행합니다.",
    ),
    "screens.stop": ("Stop", "중지"),
    "screens.stop-run": (
        "Stop the run now? What is done stays done; a deployment that began goes on in the cloud.",
        "지금 실행을 중지하시겠습니까? 끝난 작업은 그대로 남고, 시작된 배포는 클라우드에서 계속됩니다.",
    ),
    "screens.run-goes-on": ("A run goes on already.", "이미 실행이 진행 중입니다."),
    "screens.phase-preflight": (
        "Looks at the repository, the credential and the plan before anything is made.",
        "무엇이든 만들기 전에 저장소, 자격 증명, 계획을 살펴봅니다.",
    ),
    "screens.phase-project": (
        "Finds or makes the project, its databases, services and domains.",
        "프로젝트와 데이터베이스, 서비스, 도메인을 찾거나 만듭니다.",
    ),
    "screens.phase-variables": (
        "Generates, asks for and refers to values, and reads them back.",
        "값을 생성하고 묻고 참조한 뒤 다시 읽어 확인합니다.",
    ),
    "screens.phase-deploy": (
        "Deploys in order and waits until each service is healthy.",
        "순서대로 배포하고 각 서비스가 정상 상태가 될 때까지 기다립니다.",
    ),
    "screens.phase-migrate": (
        "Proves that the database stands at the code's revision.",
        "데이터베이스가 코드의 리비전에 있는지 확인합니다.",
    ),
    "screens.phase-admin": (
        "Makes the administrator's account and logs in with it.",
        "관리자 계정을 만들고 로그인해 봅니다.",
    ),
    "screens.phase-verify": (
        "Proves login, CORS, WebSocket and what else the application promises.",
        "로그인, CORS, WebSocket 등 애플리케이션의 약속을 확인합니다.",
    ),
}
