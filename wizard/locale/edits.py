"""Sentences about changing variables from outside."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "edits.no-such-service.what": ("The plan has no service `{service}`.", "계획에 `{service}` 서비스가 없습니다."),
    "edits.no-such-service.why": ("It has: {known}.", "있는 서비스: {known}."),
    "edits.no-such-service.fix": ("Take one of these. {nearest}", "이 가운데 하나를 쓰십시오. {nearest}"),
    "edits.not-readable.what": (
        "{name} of {service} cannot be read from the platform.",
        "플랫폼에서 {service}의 {name:을} 읽을 수 없습니다.",
    ),
    "edits.not-readable.why": ("It is not there, or it is sealed.", "없거나 봉인되어 있습니다."),
    "edits.not-readable.fix": (
        "Set it anew with `railwizard set {service}.{name}`.",
        "`railwizard set {service}.{name}`으로 새로 설정하십시오.",
    ),
    "edits.secret-on-the-line.what": (
        "The value of {name} must not stand on the command line.",
        "{name}의 값을 명령줄에 적으면 안 됩니다.",
    ),
    "edits.secret-on-the-line.why": (
        "By its name it is a secret; command lines are seen by other programs and kept by the shell.",
        "이름으로 보아 비밀 값입니다. 명령줄은 다른 프로그램이 볼 수 있고 셸 기록에 남습니다.",
    ),
    "edits.secret-on-the-line.fix": (
        "Leave `=...` away and type it when asked, or give it by RAILWIZARD_ANSWER_VARIABLE_<SERVICE>_<NAME>.",
        "`=...`을 빼고 물을 때 입력하거나 RAILWIZARD_ANSWER_VARIABLE_<서비스>_<이름> 환경 변수로 주십시오.",
    ),
    "edits.no-variable.what": ("`{given}` names no variable.", "`{given}`은(는) 변수 이름이 아닙니다."),
    "edits.no-variable.why": (
        "A variable is named by its service, a dot and its name.",
        "변수는 서비스, 점, 이름으로 적습니다.",
    ),
    "edits.no-variable.fix": (
        "For example: `railwizard set backend.LOG_LEVEL=debug`.",
        "예: `railwizard set backend.LOG_LEVEL=debug`.",
    ),
    "edits.unreadable.what": ("{file} cannot be read.", "{file:을} 읽을 수 없습니다."),
    "edits.unreadable.why": ("{reason}.", "{reason}."),
    "edits.unreadable.fix": (
        "Name a file that can be read, or give the block on standard input.",
        "읽을 수 있는 파일을 지정하거나 표준 입력으로 주십시오.",
    ),
    "edits.restart": ("A new value of {name} restarts {service}.", "{name:이} 바뀌면 {service:이} 다시 시작됩니다."),
    "edits.rebuild": (
        "{name} is built into {service}: a new value needs a new build.",
        "{name:은} {service}의 빌드에 들어갑니다. 값이 바뀌면 다시 빌드해야 합니다.",
    ),
    "edits.logs-out": (
        "{name} signs what users carry: a new value restarts {service} and logs everyone out.",
        "{name:은} 로그인 정보를 서명합니다. 값이 바뀌면 {service:이} 다시 시작되고 모든 사용자가 로그아웃됩니다.",
    ),
    "edits.ask-apply": ("Set {name} of {service} now?", "지금 {service}의 {name:을} 설정할까요?"),
    "edits.ask-import": ("Take {count} values into {service} now?", "지금 값 {count}개를 {service}에 설정할까요?"),
    "edits.column-taken": ("Taken", "가져옴"),
    "edits.column-kept": ("Kept", "보관"),
    "edits.kept-secret": ("as a secret", "비밀 값으로"),
    "edits.kept-plan": ("in the plan", "계획 파일에"),
    "edits.taken": ("yes", "예"),
    "edits.unplanned": ("no: the plan does not name it", "아니요: 계획에 없는 이름"),
    "edits.problem-example": ("no: empty or an example", "아니요: 비었거나 예시 값"),
    "edits.problem-localhost": ("no: an address of this machine", "아니요: 이 컴퓨터의 주소"),
    "edits.problem-sqlite": ("no: a database file of this machine", "아니요: 이 컴퓨터의 데이터베이스 파일"),
    "edits.problem-windows-path": ("no: a path of somebody's machine", "아니요: 특정 컴퓨터의 경로"),
    "edits.problem-self": ("no: it stands for itself", "아니요: 자기 자신을 가리키는 값"),
}
