"""What the reference of the plan file says in two languages, beside what the models say of themselves.

A sentence of a model is translated by the sentence itself: when it changes, its translation is missing and a test
tells.
"""

from __future__ import annotations

from typing import NamedTuple


class Said(NamedTuple):
    """A text in both languages."""

    en: str
    ko: str


HEADINGS = {
    "key": Said("key", "키"),
    "type": Said("type", "형식"),
    "default": Said("default", "기본값"),
    "meaning": Said("meaning", "뜻"),
    "required": Said("required", "필수"),
    "none": Said("–", "–"),
}

SHAPES = {
    "name": Said("name", "이름"),
    "label": Said("label", "표시 이름"),
    "region": Said("region", "리전"),
    "variable-name": Said("variable name", "변수 이름"),
    "placeholder-name": Said("word", "단어"),
    "path": Said("path", "경로"),
    "mount-path": Said("absolute path", "절대 경로"),
    "route": Said("URL path", "URL 경로"),
    "domain": Said("domain", "도메인"),
    "endpoint": Said("URL", "URL"),
    "repository": Said("`owner/name`", "`owner/name`"),
    "branch": Said("branch", "브랜치"),
    "email": Said("e-mail address", "이메일 주소"),
    "key": Said("UUID", "UUID"),
    "cron": Said("five cron fields", "cron 필드 다섯 개"),
    "json-path": Said("JSON path", "JSON 경로"),
    "header-name": Said("header name", "헤더 이름"),
    "command": Said("command", "명령"),
    "text": Said("text", "문자열"),
    "pattern": Said("pattern", "패턴"),
}

TYPES = {
    "text": Said("text", "문자열"),
    "flag": Said("`true` or `false`", "`true` 또는 `false`"),
    "integer": Said("whole number", "정수"),
    "number": Said("number", "숫자"),
    "range": Said("{low} to {high}", "{low}~{high}"),
    "list": Said("list: {item}", "목록: {item}"),
    "table": Said("table of {item}", "{item} 테이블"),
    "keyed": Said("table: {key} = {item}", "테이블: {key} = {item}"),
    "value": Said("any value", "임의의 값"),
    "variable": Said("[value of a variable](#variables)", "[변수의 값](#variables)"),
    "or": Said(" or ", " 또는 "),
}

SECTIONS = {
    "plan": Said("The whole file", "파일 전체"),
    "project": Said("`[project]`", "`[project]`"),
    "source-repo": Said("`source = { repo = ... }`", "`source = { repo = ... }`"),
    "source-upload": Said("`source = { upload = ... }`", "`source = { upload = ... }`"),
    "database": Said("`[databases.NAME]`", "`[databases.이름]`"),
    "service": Said("`[services.NAME]`", "`[services.이름]`"),
    "health": Said("`health = { ... }`", "`health = { ... }`"),
    "volume": Said("`volumes = [{ ... }]`", "`volumes = [{ ... }]`"),
    "keyring-secret": Said("A secret somebody has", "사람이 가진 비밀 값"),
    "generated-secret": Said("A secret nobody needs to know", "아무도 알 필요 없는 비밀 값"),
    "migration": Said("`[migration]`", "`[migration]`"),
    "admin": Said("`[admin]`", "`[admin]`"),
    "check": Said("`[[checks]]`: every kind", "`[[checks]]`: 모든 종류"),
    "request": Said('`kind = "http"`, and every step of a flow', '`kind = "http"`와 flow의 각 단계'),
    "check-page": Said('`kind = "page"`', '`kind = "page"`'),
    "check-websocket": Said('`kind = "websocket"`', '`kind = "websocket"`'),
    "check-login": Said('`kind = "login"`', '`kind = "login"`'),
    "check-flow": Said('`kind = "flow"`', '`kind = "flow"`'),
    "step": Said("A step of a flow, beside its request", "flow 단계에 더할 수 있는 키"),
    "expect": Said("`expect = { ... }`", "`expect = { ... }`"),
    "overlay": Said("`[profiles.NAME]` and `[environments.NAME]`", "`[profiles.이름]`과 `[environments.이름]`"),
    "profile": Said("`[profiles.NAME]` only", "`[profiles.이름]`에만 있는 키"),
}
"""A section describes what one model adds to its parents."""

_OVERLAY = Said("Laid over the plan's own part of this name.", "계획의 같은 부분 위에 덮어씁니다.")

MEANINGS = {
    "plan.project": Said("Which project this is, and where.", "어떤 프로젝트를 어디에 배포할지 정합니다."),
    "plan.databases": Said("Databases the platform runs.", "플랫폼이 실행하는 데이터베이스입니다."),
    "plan.services": Said("Processes built from this repository.", "이 저장소에서 빌드하는 프로세스입니다."),
    "plan.migration": Said("How the database gets its tables.", "데이터베이스 테이블을 만드는 방법입니다."),
    "plan.admin": Said(
        "The first administrator; without it none is made.", "첫 관리자 계정입니다. 없으면 만들지 않습니다."
    ),
    "plan.checks": Said(
        "Proofs beyond those that every application gets.", "모든 앱이 기본으로 받는 검증 외에 더할 검사입니다."
    ),
    "plan.profiles": Said("Targets, and what differs there.", "배포 대상과 그곳에서 달라지는 점입니다."),
    "plan.environments": Said("What differs in one environment.", "환경마다 달라지는 점입니다."),
    "project.name": Said("The project's name on the platform.", "플랫폼에서 쓸 프로젝트 이름입니다."),
    "project.environment": Said("The environment a run works in.", "작업할 환경입니다."),
    "project.source": Said("Where the platform gets the code from.", "플랫폼이 코드를 가져오는 곳입니다."),
    "source-repo.repo": Said(
        "The GitHub repository; the platform must be able to see it.",
        "GitHub 저장소입니다. 플랫폼이 접근할 수 있어야 합니다.",
    ),
    "source-repo.branch": Said("The branch whose commits are deployed.", "배포할 커밋이 있는 브랜치입니다."),
    "database.engine": Said("What kind of database it is.", "데이터베이스 종류입니다."),
    "database.provider": Said("Who runs it; only `railway` exists.", "운영하는 곳입니다. 지금은 `railway`뿐입니다."),
    "service.provider": Said("Who runs it; only `railway` exists.", "운영하는 곳입니다. 지금은 `railway`뿐입니다."),
    "service.health": Said(
        "How the platform asks whether a deployment may serve; without it, it serves as soon as its process runs.",
        "배포가 요청을 받아도 되는지 플랫폼이 확인하는 방법입니다. 없으면 프로세스가 시작되자마자 요청을 받습니다.",
    ),
    "service.volumes": Said("Folders that outlive deployments.", "배포가 바뀌어도 남는 폴더입니다."),
    "service.build_command": Said("Replaces the builder's own build command.", "빌더의 기본 빌드 명령을 대신합니다."),
    "service.start_command": Said("Replaces what the image starts.", "이미지의 시작 명령을 대신합니다."),
    "service.restart": Said("What happens when the process ends.", "프로세스가 끝났을 때의 동작입니다."),
    "service.watch": Said(
        "Only changes of these files deploy; everything under `root` where it is empty. Patterns as in `.gitignore`.",
        "이 파일들이 바뀔 때만 배포합니다. 비어 있으면 `root` 아래 전부입니다. `.gitignore`와 같은 패턴입니다.",
    ),
    "service.restart_retries": Said("How often it is started again.", "다시 시작하는 횟수입니다."),
    "service.replicas": Said("How many copies run.", "동시에 실행할 개수입니다."),
    "service.sleep": Said(
        "Whether the platform may stop it while nobody asks.", "요청이 없을 때 플랫폼이 멈춰도 되는지 정합니다."
    ),
    "service.variables": Said("Its environment variables.", "이 서비스의 환경 변수입니다."),
    "health.path": Said("Must answer 200.", "200으로 응답해야 하는 경로입니다."),
    "volume.path": Said("Where it is mounted in the container.", "컨테이너 안에서 마운트할 위치입니다."),
    "keyring-secret.secret": Said(
        "Asked for once, then kept in the keyring and on the platform.",
        "한 번 물어본 뒤 키링과 플랫폼에 보관합니다.",
    ),
    "generated-secret.generate": Said(
        "How it is made; once, and kept while it exists.", "만드는 방법입니다. 한 번만 만들고 있는 동안 유지합니다."
    ),
    "migration.service": Said("The service that owns the tables.", "테이블을 관리하는 서비스입니다."),
    "admin.email": Said("Whom the account belongs to.", "계정 소유자의 이메일입니다."),
    "admin.username": Said(
        "For tables with a user name; the address's part before the @ where it is not given.",
        "사용자 이름 열이 있는 테이블에 씁니다. 없으면 이메일의 @ 앞부분을 씁니다.",
    ),
    "admin.script": Said(
        "The application's own way to create one, run in its image. Read, but not run yet.",
        "앱이 제공하는 계정 생성 명령입니다. 아직 읽기만 하고 실행하지 않습니다.",
    ),
    "admin.table": Said(
        "The users table, where it is not found by itself.", "자동으로 찾지 못할 때 쓸 사용자 테이블입니다."
    ),
    "check.name": Said("Its name in every report.", "보고서에 나오는 이름입니다."),
    "check.actor": Said("Who asks.", "누구의 권한으로 요청할지 정합니다."),
    "check.needs": Said(
        "`internet`, or databases and services of the plan. One that needs `internet` runs where the target is paid for, or with `--internet`.",
        "`internet` 또는 계획의 데이터베이스와 서비스입니다. `internet`이 필요한 검사는 요금이 청구되는 대상이거나 `--internet`을 붙였을 때 실행합니다.",
    ),
    "check.effect": Said("What it does to the deployment.", "배포에 미치는 영향입니다."),
    "check.weight": Said(
        "`must` decides the exit code, `should` only warns.", "`must`는 종료 코드를 결정하고 `should`는 경고만 합니다."
    ),
    "check.kind": Said(
        "Which kind of check this is; decides the keys below.", "검사의 종류입니다. 아래 키가 이에 따라 달라집니다."
    ),
    "check.service": Said(
        "Whom it asks; `page` asks the frontend, every other kind the API, where it is not given.",
        "요청할 서비스입니다. 없으면 `page`는 프런트엔드에, 나머지는 API에 요청합니다.",
    ),
    "check-page.path": Said("The page's path.", "페이지 경로입니다."),
    "check-page.contains": Said("Text the page must have.", "페이지에 있어야 할 문자열입니다."),
    "check-websocket.path": Said("The socket's path.", "소켓 경로입니다."),
    "check-login.path": Said("The login route.", "로그인 경로입니다."),
    "check-login.password_field": Said(
        "Name of the field; read from the code where it is not given.",
        "필드 이름입니다. 없으면 코드에서 읽습니다.",
    ),
    "check-login.encoding": Said("How the credentials are sent.", "로그인 정보를 보내는 형식입니다."),
    "check-flow.steps": Said("Requests in order.", "차례로 보낼 요청입니다."),
    "request.method": Said("The HTTP method.", "HTTP 메서드입니다."),
    "request.path": Said(
        "Where to ask; `{name}` stands for a value kept before.",
        "요청할 경로입니다. `{이름}`은 앞에서 보관한 값으로 바뀝니다.",
    ),
    "request.body": Said("A JSON body.", "JSON 본문입니다."),
    "request.form": Said("A form body instead.", "JSON 대신 보낼 폼 본문입니다."),
    "request.headers": Said("Headers beside the usual ones.", "추가로 보낼 헤더입니다."),
    "request.expect": Said("What the answer must be.", "기대하는 응답입니다."),
    "expect.status": Said("The status.", "응답 상태 코드입니다."),
    "profile.capabilities": Said(
        "Facts about this platform that differ from Railway's, for example `{ sleep = false }`.",
        "Railway와 다른 이 플랫폼의 특성입니다. 예: `{ sleep = false }`",
    ),
    "profile.scheme": Said(
        "Of public addresses; http where the endpoint is loopback.",
        "공개 주소의 방식입니다. 엔드포인트가 이 컴퓨터이면 http입니다.",
    ),
    "profile.endpoint": Said("The platform's API.", "플랫폼의 API 주소입니다."),
    "overlay.project": _OVERLAY,
    "overlay.databases": _OVERLAY,
    "overlay.services": _OVERLAY,
    "overlay.shared": _OVERLAY,
    "overlay.migration": _OVERLAY,
    "overlay.admin": _OVERLAY,
}
"""Meanings of keys that the models leave to their names or say to programmers only, by `<section>.<field>`."""

KOREAN = {
    "Written by init: the identity every mark is derived from.": "init이 적는 식별자입니다. 바꾸지 마십시오. 모든 표식이 여기에서 나옵니다.",
    "The platform's own choice where it is not given.": "없으면 플랫폼이 정합니다.",
    "Variables of the whole environment, referred to as `{shared.NAME}`.": "환경 전체의 변수입니다. `{shared.이름}`으로 참조합니다.",
    "The folder an archive is made of.": "업로드할 폴더입니다.",
    "Its major version; the platform's own choice where it is not given.": "메이저 버전입니다. 없으면 플랫폼이 정합니다.",
    "Where its code is.": "코드가 있는 폴더입니다.",
    "The build context on the platform; `.` when the Dockerfile copies from above.": "플랫폼의 빌드 컨텍스트입니다. Dockerfile이 상위 폴더에서 복사하면 `.`로 둡니다.",
    "Below `root`; without one the platform's own builder is used.": "`root` 아래의 Dockerfile입니다. 없으면 플랫폼의 빌더를 씁니다.",
    "Where it listens; a service without a port is a worker.": "요청을 받는 포트입니다. 포트가 없는 서비스는 워커입니다.",
    "Whether a service with a port gets a public address.": "포트가 있는 서비스에 공개 주소를 줄지 정합니다.",
    "Runs in the new image before it serves; its failure keeps the old deployment.": "새 이미지가 요청을 받기 전에 실행합니다. 실패하면 이전 배포가 그대로 남습니다.",
    "When it runs, in UTC; it runs to its end and stops.": "실행할 시각(UTC)입니다. 끝까지 실행하고 멈춥니다.",
    "Limit of one replica in gigabytes.": "하나당 메모리 한도(GB)입니다.",
    "Seconds an old deployment has to end.": "이전 배포가 정리하고 끝낼 시간(초)입니다.",
    "Seconds old and new serve together.": "이전 배포와 새 배포가 함께 요청을 받는 시간(초)입니다.",
    "Custom domains beside the generated one.": "자동으로 만든 주소 외의 사용자 도메인입니다.",
    "Services that must be deployed before this one.": "먼저 배포해야 하는 서비스입니다.",
    "Seconds until it gives up.": "포기할 때까지의 시간(초)입니다.",
    "The platform's default where it is not given.": "없으면 플랫폼의 기본 크기입니다.",
    "What it is and where to get one.": "무엇이며 어디에서 받는지 적습니다. 질문할 때 보여 줍니다.",
    "Not needed while these variables of the same service have these values.": "같은 서비스의 이 변수들이 이 값인 동안은 필요 없습니다.",
    "Bytes of entropy; characters for a password.": "무작위 바이트 수입니다. password에서는 글자 수입니다.",
    "`command` is the service's pre_deploy; at `startup` the application creates its tables itself.": "`command`는 서비스의 pre_deploy로, `startup`은 앱이 시작하면서 스스로 만드는 경우입니다.",
    "Whose users it joins; the migration's service where it is not given.": "어느 서비스의 사용자인지 정합니다. 없으면 마이그레이션의 서비스입니다.",
    'Values of columns the wizard cannot guess, for example `{ role = "ADMIN" }`.': '마법사가 짐작할 수 없는 열의 값입니다. 예: `{ role = "ADMIN" }`',
    "How the application hashes passwords.": "앱이 비밀번호를 해시하는 방식입니다.",
    "Text some answer must have; the nonce where one was sent and this is not given.": "응답 가운데 하나에 있어야 할 문자열입니다. 없으면 보낸 nonce를 찾습니다.",
    "What is sent after opening; `{nonce}` in it is made fresh.": "연결한 뒤 보낼 내용입니다. `{nonce}`는 매번 새로 만듭니다.",
    "The service from whose address it connects.": "어느 서비스의 주소에서 연결하는 것처럼 보일지 정합니다.",
    "Name of the field; read from the code where it is not given.": "필드 이름입니다. 없으면 코드에서 읽습니다.",
    "Where the answer carries the token.": "응답에서 토큰이 있는 위치입니다.",
    "Seconds for the whole check.": "검사 전체의 제한 시간(초)입니다.",
    "Values of the answer that later steps use.": "뒤 단계에서 쓸 응답의 값입니다.",
    'Values at JSON paths, for example `{ "$.role" = "admin" }`.': 'JSON 경로에 있어야 할 값입니다. 예: `{ "$.role" = "admin" }`',
    "Text somewhere in the body.": "본문 어딘가에 있어야 할 문자열입니다.",
    "Merged by name; new ones are added.": "이름이 같으면 합치고, 새 이름은 추가합니다.",
}
"""What the models say, sentence by sentence."""
