"""Sentences of `wizard.checks`: titles, what was seen, and why nobody looked; failures are an area of their own."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    # titles
    "checks.plan-check": ("{name}", "{name}"),
    "checks.health": ("{service} answers for its health at {path}", "{service}의 상태 확인({path})"),
    "checks.docs": ("{service} serves its documentation", "{service}의 API 문서"),
    "checks.openapi": (
        "{service} has the routes of the code",
        "{service}에 코드의 경로가 모두 있음",
    ),
    "checks.page": ("{service} loads in a browser", "{service} 첫 화면 로드"),
    "checks.bundle": (
        "The built {service} names the deployed addresses and no others",
        "{service} 번들이 배포된 주소만 가리킴",
    ),
    "checks.register": ("An account can be registered at {service}", "{service} 회원 가입"),
    "checks.stored": (
        "Accounts of {service} are stored in the plan's database",
        "{service}의 계정이 계획된 데이터베이스에 저장됨",
    ),
    "checks.login": (
        "Login at {service} works, and a wrong password does not",
        "{service} 로그인과 잘못된 비밀번호 거부",
    ),
    "checks.admin": (
        "The administrator of {service} passes its guard, nobody else does",
        "{service} 관리자만 관리자 경로에 접근함",
    ),
    "checks.default-accounts": (
        "Accounts everybody knows are refused by {service}",
        "{service:이} 널리 알려진 기본 계정을 거부함",
    ),
    "checks.cors": (
        "Browsers at {origin} may ask {service}, foreign ones may not",
        "{origin}에서만 {service} 호출 허용(CORS)",
    ),
    "checks.sweep": ("No readable route of {service} breaks", "{service}의 조회 경로에 오류 없음"),
    "checks.open": ("What the whole world may read of {service}", "{service}에서 누구나 볼 수 있는 경로"),
    "checks.redis": ("{service} uses the plan's {database}", "{service:이} 계획된 {database:을} 사용함"),
    "checks.websocket": ("The socket {path} of {service} answers", "{service}의 WebSocket {path} 응답"),
    "checks.outage": (
        "Health of {service} notices when {database} is down",
        "{database:이} 멈추면 {service}의 상태 확인이 알아챔",
    ),
    "checks.cleanup": ("Cleaning up the probe account of {service}", "{service}의 점검용 계정 정리"),
    # what was seen
    "checks.health-ok": ("{status} in {ms} ms: {body}", "{status}, {ms}ms: {body}"),
    "checks.docs-ok": ("{path} {status} in {ms} ms", "{path} {status}, {ms}ms"),
    "checks.openapi-ok": (
        "{path} in {ms} ms, routes: {count}, none of the code's is missing",
        "{path} {ms}ms, 경로 {count}개, 코드의 경로가 모두 있음",
    ),
    "checks.openapi-routes": (
        "No description is served; readable routes of the code that answer: {count}",
        "API 명세는 제공되지 않으며, 코드의 조회 경로 {count}개가 응답함",
    ),
    "checks.page-ok": (
        "{status} in {ms} ms, “{title}”, scripts and style sheets: {assets}",
        "{status}, {ms}ms, “{title}”, 스크립트와 스타일 {assets}개",
    ),
    "checks.bundle-ok": (
        "scripts name {origins}, and no other application (scripts: {count}, pages: {pages})",
        "페이지 {pages}개의 스크립트 {count}개가 {origins}만 가리킴",
    ),
    "checks.register-ok": (
        "{status} from {path} in {ms} ms for {email}",
        "{path} {status}, {ms}ms ({email})",
    ),
    "checks.register-before": (
        "{email} exists from an earlier run and logs in",
        "이전 실행에서 만든 {email} 계정으로 로그인됨",
    ),
    "checks.stored-ok": ("The row of {login} is in {table}", "{table}에 {login} 행이 있음"),
    "checks.login-ok": (
        "{status} from {path} in {ms} ms; {wrong} for a wrong password",
        "{path} {status}, {ms}ms; 잘못된 비밀번호는 {wrong}",
    ),
    "checks.admin-ok": (
        "{path}: administrator let in after {ms} ms, ordinary account {user}, nobody {nobody}",
        "{path}: 관리자 통과({ms}ms), 일반 계정 {user}, 비로그인 {nobody}",
    ),
    "checks.admin-ok-nobody": (
        "{path}: administrator let in after {ms} ms, nobody {nobody}; no ordinary account was at hand",
        "{path}: 관리자 통과({ms}ms), 비로그인 {nobody}; 일반 계정이 없어 확인하지 못함",
    ),
    "checks.default-accounts-closed": (
        "known logins refused: {count}",
        "알려진 계정 {count}개가 모두 거부됨",
    ),
    "checks.cors-ok": (
        "Preflight {status} for {origin}; a foreign origin is not let in",
        "{origin} 사전 요청 {status}; 다른 출처는 허용되지 않음",
    ),
    "checks.sweep-ok": (
        "routes asked as {actor}: {count}, none broke. Skipped for their parameters: {skipped}. Without end: {slow}",
        "{actor} 권한으로 {count}개 경로 확인, 오류 없음. 매개변수가 필요해 건너뜀: {skipped}. 끝나지 않음: {slow}",
    ),
    "checks.open-ok": (
        "routes that answer anybody: {open} of {count}: {routes}",
        "{count}개 가운데 {open}개가 누구에게나 응답함: {routes}",
    ),
    "checks.redis-ok": (
        "commands that arrived in {database} while the application was asked: {count}; connections: {clients}",
        "앱을 호출하는 동안 {database}에 명령 {count}개가 도착함(연결 {clients}개)",
    ),
    "checks.redis-connected": (
        "connections of the application to {database}: {clients}",
        "{database}에 앱 연결 {clients}개",
    ),
    "checks.websocket-ok": (
        "{path} opened in {ms} ms and sent our text back",
        "{path} 연결({ms}ms), 보낸 값을 그대로 돌려받음",
    ),
    "checks.websocket-opened": ("{path} opened in {ms} ms", "{path} 연결({ms}ms)"),
    "checks.flow-ok": (
        "requests as {actor}: {count}, the last {last} {status}, {ms} ms in all",
        "{actor} 권한으로 요청 {count}개, 마지막 {last} {status}, 총 {ms}ms",
    ),
    "checks.outage-ok": (
        "With {database} stopped health failed after {noticed} s, and was well {recovered} s after its return",
        "{database} 중지 {noticed}초 뒤 감지, 복구 {recovered}초 뒤 정상",
    ),
    "checks.cleanup-ok": ("{email} was removed by {path}", "{path}로 {email} 계정 삭제"),
    "checks.cleanup-stays": (
        "{email} stays: no route removes an account; later runs log in with it",
        "계정을 삭제하는 경로가 없어 {email:은} 남겨 둠(다음 실행에서 다시 사용)",
    ),
    # why nobody looked
    "checks.skipped-write": (
        "It writes, and nothing was deployed in this run; `railwizard verify --full` runs it",
        "쓰기가 필요하지만 이번 실행에서 배포가 없었음(`railwizard verify --full`로 실행)",
    ),
    "checks.skipped-disruptive": (
        "It would disturb what is running",
        "실행 중인 서비스를 방해하는 점검임",
    ),
    "checks.skipped-internet": (
        "It makes the application call a third party, which this run does not do",
        "외부 서비스를 호출하는 점검이라 이번 실행에서 하지 않음",
    ),
    "checks.skipped-need": ("It needs {need}, which the plan does not have", "계획에 없는 {need:이} 필요함"),
    "checks.not-public": (
        "{service} has no public address: only its status on the platform is known",
        "{service}에는 공개 주소가 없어 플랫폼의 상태만 알 수 있음",
    ),
    "checks.no-service": ("The service it asks has no public address", "대상 서비스에 공개 주소가 없음"),
    "checks.no-access": (
        "Nothing was deployed in this run, so no way into the database was opened",
        "이번 실행에서 배포가 없어 데이터베이스 접속을 열지 않음",
    ),
    "checks.no-postgres": (
        "No variable of the service refers to a PostgreSQL of the plan",
        "서비스 변수 가운데 계획의 PostgreSQL을 참조하는 것이 없음",
    ),
    "checks.no-routes": (
        "Neither the code nor the application tells its routes",
        "코드와 앱에서 경로를 알 수 없음",
    ),
    "checks.no-admin": (
        "Nobody here knows the administrator's password",
        "관리자 비밀번호를 알 수 없음",
    ),
    "checks.docs-off": ("The code switches the documentation off", "코드에서 API 문서를 꺼 둠"),
    "checks.openapi-off": (
        "The code switches the description off and no route can be asked without values",
        "코드에서 명세를 꺼 두었고 값 없이 호출할 수 있는 경로가 없음",
    ),
    "checks.bundle-nothing": (
        "No public variable of the plan refers to a service; no foreign address was found",
        "서비스를 참조하는 공개 변수가 없음. 다른 주소도 발견되지 않음",
    ),
    "checks.register-none": ("No registration route was found", "회원 가입 경로를 찾지 못함"),
    "checks.login-none": ("No login route was found", "로그인 경로를 찾지 못함"),
    "checks.login-nobody": (
        "No account is known here, and a read-only run makes none",
        "알고 있는 계정이 없고, 읽기 전용 실행에서는 만들지 않음",
    ),
    "checks.admin-no-route": (
        "{email} logs in; no route for administrators that takes no parameter was found",
        "{email} 로그인됨. 매개변수 없이 확인할 관리자 경로를 찾지 못함",
    ),
    "checks.default-accounts-limited": (
        "The application limits logins and answered none of them",
        "로그인 횟수 제한 때문에 확인하지 못함",
    ),
    "checks.websocket-parameters": (
        "{path} needs values: add a websocket check to the plan",
        "{path}에 값이 필요함: 계획에 websocket 점검을 추가할 것",
    ),
    "checks.websocket-silent": (
        "{path} opened in {ms} ms; no answer held our text (answers: {count}, the last: {last}). A websocket check of the plan can "
        "say what to send",
        "{path} 연결({ms}ms). 응답 {count}개에 보낸 값이 없음({last}). 계획의 websocket 점검에 보낼 내용을 적을 수 있음",
    ),
    "checks.outage-impossible": (
        "This target cannot stop a database",
        "이 대상에서는 데이터베이스를 멈출 수 없음",
    ),
    "checks.cleanup-nothing": ("No probe account was used", "점검용 계정을 사용하지 않음"),
    "checks.redis-unread": (
        "No service with a public address reads a variable of {database}",
        "공개 주소가 있는 서비스 가운데 {database}의 변수를 읽는 것이 없음",
    ),
}
