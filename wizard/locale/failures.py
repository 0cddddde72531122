"""What checks see when something is wrong, each with what to do."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "failures.too-slow": ("No answer after {seconds} s", "{seconds}초 안에 응답이 없음"),
    "failures.too-slow.fix": (
        "Read the service's log for what it waits for; a slow third party needs a time-out in the code.",
        "무엇을 기다리는지 서비스 로그를 확인하십시오. 느린 외부 호출에는 코드에 제한 시간을 두어야 합니다.",
    ),
    "failures.broken": ("{reason}", "{reason}"),
    "failures.broken.fix": (
        "Run `railwizard verify` again; if it stays, read the service's log at this moment.",
        "`railwizard verify`를 다시 실행하고, 반복되면 같은 시각의 서비스 로그를 확인하십시오.",
    ),
    "failures.frozen": (
        "After the call {service} does not answer {path} within {seconds} s: the whole process is frozen",
        "호출 뒤 {service:이} {seconds}초 안에 {path}에 응답하지 않음: 프로세스 전체가 멈춤",
    ),
    "failures.frozen.fix": (
        "A blocking call runs inside the event loop: use an async client, or run it in a thread, with a time-out. "
        "Restart {service} now.",
        "이벤트 루프 안에서 차단 호출이 실행되고 있습니다. 비동기 클라이언트나 스레드로 바꾸고 제한 시간을 두십시오. "
        "지금은 {service:을} 다시 시작하십시오.",
    ),
    "failures.health-status": ("{status} from {service}: {body}", "{service} 응답 {status}: {body}"),
    "failures.health-status.fix": (
        "Read the log of {service}: the first traceback after the start names the cause, usually a variable or the "
        "database.",
        "{service} 로그에서 시작 직후의 첫 오류를 확인하십시오. 대개 변수나 데이터베이스 문제입니다.",
    ),
    "failures.health-ailing": ("{status}, and yet {parts}", "{status} 응답이지만 {parts}"),
    "failures.health-ailing.fix": (
        "Check the variable of {service} that names that part, and whether it runs. Health should answer 503 then: the "
        "platform believes the status alone.",
        "해당 항목을 가리키는 {service}의 변수와 실행 상태를 확인하십시오. 플랫폼은 상태 코드만 보므로 이때는 503으로 "
        "응답해야 합니다.",
    ),
    "failures.docs-missing": ("{path} {status}: {body}", "{path} {status}: {body}"),
    "failures.docs-missing.fix": (
        "If the documentation is meant to be closed, set docs_url=None in the code.",
        "문서를 공개하지 않으려면 코드에서 docs_url=None으로 설정하십시오.",
    ),
    "failures.openapi-none": ("{path} {status}, no description: {body}", "{path} {status}, 명세가 아님: {body}"),
    "failures.openapi-none.fix": (
        "See whether the address leads to this application at all, and not to a page before it.",
        "이 주소가 다른 페이지가 아니라 실제 애플리케이션으로 연결되는지 확인하십시오.",
    ),
    "failures.openapi-lacks": (
        "routes of the code that are not served: {count}: {routes}",
        "코드에 있는 경로 {count}개가 제공되지 않음: {routes}",
    ),
    "failures.openapi-lacks.fix": (
        "An older build serves, or a router is not included: compare the active deployment's commit, then deploy again.",
        "이전 빌드가 실행 중이거나 라우터가 포함되지 않았습니다. 배포된 커밋을 확인한 뒤 다시 배포하십시오.",
    ),
    "failures.page-status": ("{path} {status}: {body}", "{path} {status}: {body}"),
    "failures.page-status.fix": (
        "Read the service's log: pages fail there when a variable is missing at run time.",
        "서비스 로그를 확인하십시오. 실행 시 필요한 변수가 없을 때 흔히 발생합니다.",
    ),
    "failures.page-no-html": ("{path} is no page but {type}", "{path:은} 페이지가 아니라 {type}"),
    "failures.page-no-html.fix": (
        "Check that this service is the frontend and that its start command serves the built pages.",
        "이 서비스가 프런트엔드인지, 시작 명령이 빌드된 페이지를 제공하는지 확인하십시오.",
    ),
    "failures.page-lacks": ("{path} does not contain “{wanted}”", "{path}에 “{wanted}”이(가) 없음"),
    "failures.page-lacks.fix": (
        "Look at the page; correct `contains` in the plan if the text has changed.",
        "페이지를 확인하고, 문구가 바뀌었다면 계획의 `contains`를 고치십시오.",
    ),
    "failures.page-assets": (
        "scripts or style sheets of {path} that do not load: {count}: {assets}",
        "{path}의 스크립트나 스타일 {count}개를 불러올 수 없음: {assets}",
    ),
    "failures.page-assets.fix": (
        "The build's static files are not beside the server: with output standalone copy .next/static and public.",
        "정적 파일이 서버 옆에 없습니다. standalone 출력이라면 .next/static과 public을 함께 복사하십시오.",
    ),
    "failures.bundle-foreign": (
        "Scripts name other applications: {origins}; expected only {expected}",
        "스크립트에 다른 주소가 있음: {origins} (기대한 주소: {expected})",
    ),
    "failures.bundle-foreign.fix": (
        "Set the public variables of {service} before its build, remove fallbacks to localhost in the code, and build "
        "again: these values are frozen into scripts.",
        "빌드 전에 {service}의 공개 변수를 설정하고 코드의 localhost 대체값을 없앤 뒤 다시 빌드하십시오. 이 값들은 빌드할 "
        "때 스크립트에 고정됩니다.",
    ),
    "failures.bundle-written": (
        "Browsers are sent to {origins}, written at {where}; expected only {expected}",
        "브라우저가 {origins:으로} 연결됨. 작성된 위치: {where} (기대한 주소: {expected})",
    ),
    "failures.bundle-written.fix": (
        "Let {where} read a public variable of {service} (NEXT_PUBLIC_... in Next.js) with no address behind it as a fallback, and deploy again: the value is frozen into the scripts by the build.",
        "{where:이} 대체 주소 없이 {service}의 공개 변수(Next.js는 NEXT_PUBLIC_...)를 읽게 하고 다시 배포하십시오. 값은 빌드할 때 스크립트에 고정됩니다.",
    ),
    "failures.bundle-missing": (
        "no script names {origins} (looked at: {count})",
        "스크립트 {count}개 어디에도 {origins:이} 없음",
    ),
    "failures.bundle-missing.fix": (
        "The build did not see the variable: pass it as a build argument (ARG in the Dockerfile), then build {service} "
        "again.",
        "빌드가 변수를 보지 못했습니다. Dockerfile의 ARG로 전달한 뒤 {service:을} 다시 빌드하십시오.",
    ),
    "failures.register-refused": ("{status} from {path} for {email}: {body}", "{path} {status} ({email}): {body}"),
    "failures.register-refused.fix": (
        "The answer says which field is wrong; a 500 has its cause in the service's log, often a missing table.",
        "응답에서 잘못된 필드를 확인하십시오. 500이라면 서비스 로그에 원인이 있으며, 대개 테이블이 없는 경우입니다.",
    ),
    "failures.stored-nowhere": ("{table} has no row of {login}", "{table}에 {login} 행이 없음"),
    "failures.stored-nowhere.fix": (
        "The application writes elsewhere, such as SQLite inside the container: check the variable that names the "
        "database, and that the code reads that one.",
        "앱이 컨테이너 안의 SQLite 등 다른 곳에 저장하고 있습니다. 데이터베이스 변수와 코드가 읽는 변수를 확인하십시오.",
    ),
    "failures.login-refused": ("{path} does not let {email} in", "{path}에서 {email} 로그인이 거부됨"),
    "failures.login-refused.fix": (
        "Registration made the account under another password or database; a 500 has its cause in the log.",
        "다른 비밀번호나 데이터베이스로 만들어진 계정일 수 있습니다. 500이라면 로그를 확인하십시오.",
    ),
    "failures.login-any-password": (
        "{path} let a wrong password in ({status})",
        "{path:이} 잘못된 비밀번호를 받아들임({status})",
    ),
    "failures.login-any-password.fix": (
        "Anybody can log in as anybody: take the service off the net until the code compares the password.",
        "누구나 로그인할 수 있는 상태입니다. 비밀번호 비교를 고칠 때까지 서비스를 내리십시오.",
    ),
    "failures.login-wrong-status": (
        "{path} answers a wrong password with {status}: {body}",
        "{path:이} 잘못된 비밀번호에 {status:으로} 응답함: {body}",
    ),
    "failures.login-wrong-status.fix": (
        "Refuse with 401; a 500 here is an exception in the comparison, see the log.",
        "401로 거부해야 합니다. 500이라면 비교 중 예외이므로 로그를 확인하십시오.",
    ),
    "failures.no-session": ("Nobody could log in as {actor}", "{actor:으로} 로그인할 수 없음"),
    "failures.no-session.fix": (
        "See the checks of registration and login; they run before this one.",
        "먼저 실행된 회원 가입과 로그인 점검 결과를 확인하십시오.",
    ),
    "failures.admin-no-login": ("{email} does not log in at {path}", "{email:이} {path}에서 로그인되지 않음"),
    "failures.admin-no-login.fix": (
        "Run the admin phase: `railwizard deploy --only admin`. If its row is there, the code hashes passwords another "
        "way: set `scheme` under [admin].",
        "`railwizard deploy --only admin`을 실행하십시오. 행이 이미 있다면 해시 방식이 다른 것이므로 [admin]의 "
        "`scheme`을 지정하십시오.",
    ),
    "failures.admin-refused": (
        "The administrator gets {status} from {path}: {body}",
        "관리자가 {path}에서 {status} 응답을 받음: {body}",
    ),
    "failures.admin-refused.fix": (
        "The guard reads another column or value than the row has: see `columns` under [admin] in wizard.toml.",
        "권한 검사에 쓰는 열이나 값이 다릅니다. wizard.toml의 [admin] `columns`를 확인하십시오.",
    ),
    "failures.admin-open": ("{path} answers anybody with {status}", "{path:이} 로그인 없이 {status:으로} 응답함"),
    "failures.admin-open.fix": (
        "Put the guard on this route, then deploy: administration is open to the world.",
        "관리 기능이 모두에게 열려 있습니다. 이 경로에 권한 검사를 추가하고 다시 배포하십시오.",
    ),
    "failures.admin-ordinary": (
        "{path} answers an ordinary account with {status}",
        "{path:이} 일반 계정에 {status:으로} 응답함",
    ),
    "failures.admin-ordinary.fix": (
        "The guard does not look at the role, or new accounts are administrators: check both in the code.",
        "권한 검사가 역할을 확인하지 않거나 새 계정이 관리자로 만들어집니다. 코드를 확인하십시오.",
    ),
    "failures.default-account-open": (
        "{login} logs in with a password everybody can guess ({status})",
        "{login} 계정이 누구나 아는 비밀번호로 로그인됨({status})",
    ),
    "failures.default-account-open.fix": (
        "Delete the account or change its password now, and remove it from seeds and migrations.",
        "지금 계정을 삭제하거나 비밀번호를 바꾸고, 시드와 마이그레이션에서 제거하십시오.",
    ),
    "failures.cors-everybody": (
        "Every origin is let in (`*`)",
        "모든 출처가 허용됨(`*`)",
    ),
    "failures.cors-everybody.fix": (
        "Set {variables} to {origin} alone: with `*` any page may ask, and browsers refuse it with cookies.",
        "{variables:을} {origin:으로} 한정하십시오. `*`는 아무 페이지나 호출할 수 있고 쿠키와 함께 쓸 수 없습니다.",
    ),
    "failures.cors-refused": (
        "Preflight {status}; allowed origin {allowed}, wanted {origin}",
        "사전 요청 {status}; 허용된 출처 {allowed}, 필요한 출처 {origin}",
    ),
    "failures.cors-refused.fix": (
        "Add {origin} to {variables}, without a slash at its end, and deploy again.",
        "{variables}에 {origin:을} (끝의 슬래시 없이) 추가하고 다시 배포하십시오.",
    ),
    "failures.cors-written": (
        "Pages at {origin} are not let in: {where} lists the allowed origins in the code ({written})",
        "{origin}의 페이지가 허용되지 않음: {where}에 허용 출처가 코드로 적혀 있음({written})",
    ),
    "failures.cors-written.fix": (
        'Let {where} read the origins from a variable such as CORS_ORIGINS, and set it under [services.{service}.variables] to the addresses of the frontend, as in "{{frontend.urls}}".',
        '{where:이} CORS_ORIGINS 같은 변수에서 출처를 읽게 하고, [services.{service}.variables]에 프런트엔드의 주소(예: "{{frontend.urls}}")를 설정하십시오.',
    ),
    "failures.cors-broken": (
        "The preflight from {origin} is answered {status}: the service is broken, CORS is not the reason",
        "{origin}에서 보낸 사전 요청에 {status} 응답: CORS가 아니라 서비스 자체의 오류",
    ),
    "failures.cors-broken.fix": (
        "Read the log of {service} at this moment; browsers show such an answer as a CORS error.",
        "이 시각의 {service} 로그를 확인하십시오. 브라우저에는 CORS 오류로 보입니다.",
    ),
    "failures.cors-unreadable": (
        "The preflight passes, the answer itself lacks the header (allowed origin {allowed})",
        "사전 요청은 통과하지만 실제 응답에 헤더가 없음(허용된 출처 {allowed})",
    ),
    "failures.cors-unreadable.fix": (
        "A browser at {origin} cannot read the answer: add the CORS middleware before others, see {variables}.",
        "{origin}의 브라우저가 응답을 읽을 수 없습니다. CORS 미들웨어의 위치와 {variables:을} 확인하십시오.",
    ),
    "failures.cors-credentials": (
        "{origin} may not send credentials",
        "{origin}에서 자격 증명을 보낼 수 없음",
    ),
    "failures.cors-credentials.fix": (
        "Set allow_credentials=True beside {variables}.",
        "{variables:과} 함께 allow_credentials=True를 설정하십시오.",
    ),
    "failures.cors-foreign": (
        "A foreign origin is let in: {foreign} gets {allowed}",
        "다른 출처가 허용됨: {foreign} → {allowed}",
    ),
    "failures.cors-foreign.fix": (
        "Allow {origin} by name: a pattern in {variables} or a mirrored origin lets everybody in.",
        "{origin:을} 명시하십시오. {variables}의 패턴이나 출처 반사는 모두를 허용합니다.",
    ),
    "failures.sweep-broken": ("Broken as {actor}: {routes}", "{actor} 권한에서 오류: {routes}"),
    "failures.sweep-broken.fix": (
        "Each has a traceback in the service's log at this moment; a missing table or file is the usual cause.",
        "같은 시각의 서비스 로그에 오류가 있습니다. 대개 테이블이나 파일이 없는 경우입니다.",
    ),
    "failures.sweep-forbidden": ("Forbidden to the administrator: {routes}", "관리자에게 금지됨: {routes}"),
    "failures.sweep-forbidden.fix": (
        "These guards want another role than the administrator has: see `columns` under [admin].",
        "이 경로들은 다른 역할을 요구합니다. [admin]의 `columns`를 확인하십시오.",
    ),
    "failures.open-guarded": (
        "Open to the world though guarded in the code: {routes}",
        "코드에는 권한 검사가 있으나 열려 있음: {routes}",
    ),
    "failures.open-guarded.fix": (
        "What serves is not this code, or the guard lets nobody in particular in: deploy, then look at the guard.",
        "배포된 코드가 다르거나 권한 검사가 동작하지 않습니다. 다시 배포한 뒤 코드를 확인하십시오.",
    ),
    "failures.redis-unused": (
        "No command of {service} arrived in {database}",
        "{service}의 명령이 {database}에 도착하지 않음",
    ),
    "failures.redis-unused.fix": (
        "The code connects elsewhere or swallows the error: check the variable of {service} that names {database}.",
        "다른 곳에 연결하거나 오류를 무시하고 있습니다. {database:을} 가리키는 {service}의 변수를 확인하십시오.",
    ),
    "failures.websocket-refused": (
        "{path} answers the handshake with {status}",
        "{path:이} 연결 요청에 {status:으로} 응답함",
    ),
    "failures.websocket-refused.fix": (
        "404 or 426: the server lacks a WebSocket library (uvicorn[standard] or websockets). 403: token or origin.",
        "404나 426이면 서버에 WebSocket 라이브러리(uvicorn[standard] 또는 websockets)가 없습니다. 403이면 토큰이나 출처를 "
        "확인하십시오.",
    ),
    "failures.websocket-unreachable": ("{path} did not open: {reason}", "{path} 연결 실패: {reason}"),
    "failures.websocket-unreachable.fix": (
        "Check that the service runs and listens on its port; the log says why a handshake ended.",
        "서비스가 실행 중이고 포트에서 수신하는지 확인하십시오. 로그에 연결이 끊긴 이유가 있습니다.",
    ),
    "failures.websocket-other": (
        "{path} opened, and no answer held “{wanted}” (answers: {count}): {last}",
        "{path} 연결됨. 응답 {count}개에 “{wanted}”이(가) 없음: {last}",
    ),
    "failures.websocket-other.fix": (
        "Compare `send` of the check with what the socket expects; its answer above says what it understood.",
        "점검의 `send`가 소켓이 기대하는 형식인지 위의 응답과 비교하십시오.",
    ),
    "failures.other-status": (
        "{request}: {status}, wanted {wanted}: {body}",
        "{request}: {status} (기대값 {wanted}): {body}",
    ),
    "failures.other-status.fix": (
        "The body says what was wrong; correct the application, or `expect` in the plan.",
        "응답 본문을 확인하고 애플리케이션이나 계획의 `expect`를 고치십시오.",
    ),
    "failures.not-contained": ("{request}: “{wanted}” is not in {body}", "{request}: “{wanted}”이(가) 없음: {body}"),
    "failures.not-contained.fix": (
        "Correct the application, or `contains` in the plan.",
        "애플리케이션이나 계획의 `contains`를 고치십시오.",
    ),
    "failures.other-value": (
        "{request}: {path} is {seen}, wanted {wanted}",
        "{request}: {path} 값이 {seen} (기대값 {wanted})",
    ),
    "failures.other-value.fix": (
        "Correct the application, or the value in the plan.",
        "애플리케이션이나 계획의 값을 고치십시오.",
    ),
    "failures.nothing-to-keep": (
        "Step {step}, {request}: nothing at {path}",
        "{step}단계 {request}: {path} 값이 없음",
    ),
    "failures.nothing-to-keep.fix": (
        "Correct `keep` of that step in the plan to where the answer carries the value.",
        "계획에서 그 단계의 `keep`을 응답의 실제 위치로 고치십시오.",
    ),
    "failures.outage-unnoticed": (
        "{path} stayed well for {seconds} s without {database}",
        "{database} 없이도 {path:이} {seconds}초 동안 정상으로 응답함",
    ),
    "failures.outage-unnoticed.fix": (
        "Let {path} ask {database} (SELECT 1) and answer 503 when it fails: the platform can only act on what it says.",
        "{path}에서 {database}에 질의(SELECT 1)하고 실패하면 503으로 응답하도록 하십시오.",
    ),
    "failures.outage-no-recovery": (
        "{seconds} s after {database} came back health still fails",
        "{database} 복구 {seconds}초 뒤에도 상태 확인이 실패함",
    ),
    "failures.outage-no-recovery.fix": (
        "Connections are not renewed: set pool_pre_ping=True on the engine.",
        "연결이 갱신되지 않습니다. 엔진에 pool_pre_ping=True를 설정하십시오.",
    ),
}
