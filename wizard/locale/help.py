"""Help texts of commands and options."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "help.reference": ("Commands of railwizard", "railwizard 명령"),
    "help.usage": ("Usage:", "사용법:"),
    "help.options": ("Options", "옵션"),
    "help.commands": ("Commands", "명령"),
    "help.help": ("Show this and exit.", "이 도움말을 표시합니다."),
    "help.railwizard": (
        "Deploy a FastAPI and Next.js monorepo to Railway: rehearsed on your machine, proved afterwards.",
        "FastAPI와 Next.js 모노레포를 Railway에 배포합니다. 먼저 이 컴퓨터에서 리허설하고, 배포 후에는 실제로 동작하는지 검증합니다.",
    ),
    "help.version": ("Show the version and exit.", "버전을 표시합니다."),
    "help.lang": ("Language: en or ko.", "언어: en 또는 ko."),
    # Commands
    "help.init": (
        "Read the repository and write wizard.toml.",
        "저장소를 읽고 wizard.toml을 작성합니다.",
    ),
    "help.plan": (
        "Show what a deployment would change, without values and without changing anything.",
        "배포하면 무엇이 바뀌는지 값 없이 보여 줍니다. 아무것도 변경하지 않습니다.",
    ),
    "help.rehearse": (
        "Run the whole deployment on this machine, with real databases and no account.",
        "계정 없이 이 컴퓨터에서 실제 데이터베이스로 전체 배포를 리허설합니다.",
    ),
    "help.deploy": (
        "Deploy: all phases, or the part you name. Running it again is safe.",
        "배포합니다. 모든 단계 또는 지정한 단계만 실행하며, 다시 실행해도 안전합니다.",
    ),
    "help.verify": ("Prove that what is deployed works.", "배포된 것이 실제로 동작하는지 검증합니다."),
    "help.checklist": (
        "List every variable: its state, its source, who reads it, who must act; never a value.",
        "모든 환경 변수의 상태, 출처, 읽는 코드, 담당을 보여 줍니다. 값은 보여 주지 않습니다.",
    ),
    "help.status": ("Show how services and databases stand.", "서비스와 데이터베이스의 상태를 보여 줍니다."),
    "help.setup": (
        "Walk from this repository to a verified deployment, step by step.",
        "저장소에서 확인된 배포까지 단계별로 안내합니다.",
    ),
    "help.set": (
        "Give a variable a new value: SERVICE.NAME=VALUE; a secret is asked for.",
        "변수에 새 값을 설정합니다: 서비스.이름=값. 비밀 값은 물어봅니다.",
    ),
    "help.set-generate": ("Generate the value as the plan says.", "계획에 적힌 방식으로 값을 생성합니다."),
    "help.import": (
        "Take a block of .env text into a service; addresses of this machine and examples are never taken.",
        ".env 내용을 서비스에 가져옵니다. 이 컴퓨터의 주소와 예시 값은 가져오지 않습니다.",
    ),
    "help.import-unplanned": (
        "Also take names the plan does not have.",
        "계획에 없는 이름도 가져옵니다.",
    ),
    "help.watch": (
        "Show how everything stands, again whenever it changes; 40 requests an hour at most.",
        "상태를 보여 주고 바뀔 때마다 다시 알려 줍니다. 한 시간에 최대 40번 요청합니다.",
    ),
    "help.history": (
        "List the runs of this plan on this machine.",
        "이 컴퓨터에서 이 계획을 실행한 기록을 보여 줍니다.",
    ),
    "help.history-lines": ("how many runs", "보여 줄 실행 수"),
    "help.past-report": (
        "Write the report of a past run: an id, `last`, or `last-1`.",
        "지난 실행의 보고서를 씁니다. id, `last`, `last-1` 중 하나를 적습니다.",
    ),
    "help.format": ("how to write it", "형식"),
    "help.compare": ("Put two runs beside each other.", "두 실행을 나란히 비교합니다."),
    "help.logs": ("Show the last lines of a service.", "서비스의 최근 로그를 보여 줍니다."),
    "help.login": (
        "Try a token and keep it in the system's keyring.",
        "토큰을 확인하고 시스템 키링에 보관합니다.",
    ),
    "help.logout": ("Forget the token.", "보관한 토큰을 삭제합니다."),
    "help.reveal": (
        "Show a kept secret of this plan, such as admin.password, to a person at a terminal.",
        "admin.password처럼 이 계획에 보관된 비밀 값을 터미널에서 보여 줍니다.",
    ),
    "help.cost": (
        "Show what the project is estimated to cost this billing period.",
        "이번 결제 기간의 예상 비용을 보여 줍니다.",
    ),
    "help.teardown": (
        "End an environment, after you typed the project's name.",
        "프로젝트 이름을 확인한 뒤 환경을 철거합니다.",
    ),
    "help.standin": (
        "Serve the local platform for other clients.",
        "다른 클라이언트를 위해 로컬 플랫폼을 실행합니다.",
    ),
    "help.completion": (
        "Print the script that completes commands in your shell.",
        "셸 자동 완성 스크립트를 출력합니다.",
    ),
    # Faces and answers
    "help.json": (
        "NDJSON on stdout, no questions; the last line is the result.",
        "표준 출력에 NDJSON을 쓰고 질문하지 않습니다. 마지막 줄이 결과입니다.",
    ),
    "help.plain": (
        "Text and questions on a terminal, even where CI is detected.",
        "CI 환경으로 감지되어도 터미널에서 텍스트로 진행하고 질문합니다.",
    ),
    "help.verbose": ("Show every log line.", "모든 로그를 표시합니다."),
    "help.answer": (
        "Answer a question beforehand; may be repeated. Secrets belong into RAILWIZARD_ANSWER_<ID>.",
        "질문에 미리 답합니다. 여러 번 쓸 수 있습니다. 비밀 값은 환경 변수 RAILWIZARD_ANSWER_<ID>로 주십시오.",
    ),
    "help.answers": (
        "Answers from a TOML or JSON file; secrets are refused there.",
        "TOML 또는 JSON 파일의 답변을 사용합니다. 비밀 값은 파일에서 읽지 않습니다.",
    ),
    "help.yes": (
        "Take the default of every question that has one.",
        "기본값이 있는 질문은 기본값으로 답합니다.",
    ),
    "help.report": (
        "Write the run's report when it ended: .md for people, .json or .xml (JUnit) for programs; may be repeated.",
        "실행이 끝나면 보고서를 파일로 씁니다. .md는 사람용, .json과 .xml(JUnit)은 프로그램용입니다. 여러 번 쓸 수 있습니다.",
    ),
    "help.internet": (
        "Run checks that make the application call third parties, or leave them out. By default they run where the "
        "target is paid for, and not on this machine.",
        "애플리케이션이 외부 서비스를 호출하게 되는 검증을 실행하거나 건너뜁니다. 기본값: 요금이 청구되는 대상에서는 "
        "실행하고 이 컴퓨터에서는 실행하지 않습니다.",
    ),
    "help.worktree": (
        "Rehearse the files on disk, changes that are not committed included.",
        "커밋하지 않은 변경을 포함해 디스크에 있는 파일 그대로 리허설합니다.",
    ),
    # Where to
    "help.project": (
        "The folder of wizard.toml, or one below it.",
        "wizard.toml이 있는 폴더 또는 그 하위 폴더.",
    ),
    "help.environment": ("Environment; the plan's by default.", "환경. 기본값은 계획 파일의 환경입니다."),
    "help.target": (
        "Profile of the plan to deploy to.",
        "배포할 프로필(계획 파일의 profiles).",
    ),
    "help.endpoint": (
        "Another API endpoint; no overlay applies (RAILWIZARD_ENDPOINT).",
        "다른 API 엔드포인트. 오버레이는 적용하지 않습니다(RAILWIZARD_ENDPOINT).",
    ),
    "help.allow-endpoint": (
        "Let the credential go to an endpoint that is neither Railway nor this machine.",
        "Railway도 이 컴퓨터도 아닌 엔드포인트로 자격 증명을 보내도록 허용합니다.",
    ),
    "help.secrets-file": (
        "Without a keyring, keep secrets in plain files only you can read.",
        "키링이 없으면 본인만 읽을 수 있는 일반 파일에 비밀 값을 보관합니다.",
    ),
    # One command's own
    "help.only": ("Run this phase only; may be repeated.", "이 단계만 실행합니다. 여러 번 쓸 수 있습니다."),
    "help.from": ("Run this phase and all later ones.", "이 단계부터 끝까지 실행합니다."),
    "help.dry-run": ("Plan only, change nothing.", "계획만 보여 주고 아무것도 변경하지 않습니다."),
    "help.skip-rehearsal": ("Do not offer a rehearsal first.", "리허설을 먼저 제안하지 않습니다."),
    "help.detailed-exit-code": (
        "Exit with 8 where changes are pending.",
        "변경할 것이 있으면 종료 코드 8로 끝냅니다.",
    ),
    "help.keep": ("Keep the rehearsal's folder.", "리허설 폴더를 남겨 둡니다."),
    "help.wait": (
        "Keep everything serving until you press Enter or q.",
        "Enter 또는 q를 누를 때까지 모든 서비스를 계속 실행합니다.",
    ),
    "help.read-only": ("Skip checks that write.", "쓰기가 필요한 검증은 건너뜁니다."),
    "help.full": (
        "Also run checks that write, and clean up after them.",
        "쓰기가 필요한 검증도 실행하고 흔적을 정리합니다.",
    ),
    "help.markdown": ("Write Markdown with boxes to tick.", "체크 상자가 있는 마크다운으로 출력합니다."),
    "help.build": ("Lines of the build instead of the running service.", "실행 로그 대신 빌드 로그를 표시합니다."),
    "help.lines": ("How many lines.", "표시할 줄 수."),
    "help.confirm": (
        "The project's name, where nobody can be asked.",
        "질문할 수 없을 때 확인용 프로젝트 이름.",
    ),
    "help.undo": ("Take a scheduled deletion back.", "예약된 삭제를 취소합니다."),
    "help.force": ("Replace an existing wizard.toml.", "기존 wizard.toml을 덮어씁니다."),
    "help.standin-folder": (
        "Where it keeps its state; survives a restart.",
        "상태를 보관할 폴더. 다시 시작해도 유지됩니다.",
    ),
    "help.standin-settings": (
        "Its settings, TOML or JSON: latency, read_lag, plan, ...",
        "설정 파일(TOML 또는 JSON): latency, read_lag, plan 등.",
    ),
    "help.standin-repo": (
        "A GitHub repository and the local folder that stands for it; may be repeated.",
        "GitHub 저장소와 이를 대신할 로컬 폴더. 여러 번 쓸 수 있습니다.",
    ),
    "help.standin-schema": (
        "Railway's whole schema to serve, as an introspection result; what is not emulated says so.",
        "그대로 제공할 Railway 전체 스키마(인트로스펙션 결과). 흉내 내지 않는 항목은 그렇다고 답합니다.",
    ),
    "help.standin-fault": (
        "Let something go wrong, as projectCreate=apply-then-504 or upload=slow,seconds=20,times=all; may be repeated.",
        "일부러 장애를 일으킵니다. 예: projectCreate=apply-then-504, upload=slow,seconds=20,times=all. 여러 번 쓸 수 있습니다.",
    ),
    "help.standin-record": (
        "Write every request and answer to this file, one JSON line each, without secrets.",
        "모든 요청과 응답을 이 파일에 한 줄에 하나씩 JSON으로 기록합니다. 비밀 값은 기록하지 않습니다.",
    ),
    "help.standin-port": ("Port of the API; a free one by default.", "API 포트. 기본값은 빈 포트입니다."),
}
