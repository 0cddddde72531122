"""Sentences of `wizard.standin.datastores`."""

from __future__ import annotations

from wizard.locale import Catalogue

_EXTRA = (
    "Install the rehearsal extra (pip install 'railwizard[rehearsal]') in the wizard's environment.",
    "마법사의 환경에 rehearsal 추가 구성(pip install 'railwizard[rehearsal]')을 설치해 주십시오.",
)
_LOG = (
    "The last lines of its log tell the cause; free disk space, memory and the port are worth a look.",
    "로그의 마지막 줄에 원인이 있습니다. 디스크 여유 공간, 메모리, 포트를 확인해 주십시오.",
)

CATALOGUE: Catalogue = {
    "datastores.other-major": (
        "PostgreSQL {wanted} is not available on this machine; {version} stands in for it.",
        "이 컴퓨터에서는 PostgreSQL {wanted:을} 쓸 수 없어 {version:이} 대신합니다.",
    ),
    "datastores.no-postgres.what": (
        "There is no PostgreSQL to rehearse with.",
        "예행연습에 쓸 PostgreSQL이 없습니다.",
    ),
    "datastores.no-postgres.why": (
        "Neither the packaged server nor one of the machine's own (14 or newer) can be run here.",
        "패키지로 제공되는 서버도, 이 컴퓨터에 설치된 서버(14 이상)도 실행할 수 없습니다.",
    ),
    "datastores.no-postgres.fix": _EXTRA,
    "datastores.no-valkey.what": (
        "There is no Redis-compatible server to rehearse with.",
        "예행연습에 쓸 Redis 호환 서버가 없습니다.",
    ),
    "datastores.no-valkey.why": (
        "Neither the packaged Valkey nor a valkey-server or redis-server on PATH can be run here.",
        "패키지로 제공되는 Valkey도, PATH에 있는 valkey-server나 redis-server도 실행할 수 없습니다.",
    ),
    "datastores.no-valkey.fix": _EXTRA,
    "datastores.root.what": (
        "PostgreSQL cannot be run by root here.",
        "여기서는 root가 PostgreSQL을 실행할 수 없습니다.",
    ),
    "datastores.root.why": (
        "PostgreSQL refuses to run as root, and this machine allows neither a user namespace nor a step down to nobody.",
        "PostgreSQL은 root로 실행되지 않으며, 이 컴퓨터에서는 사용자 네임스페이스도 nobody로의 전환도 허용되지 않습니다.",
    ),
    "datastores.root.fix": (
        "Run the wizard as an ordinary user.",
        "일반 사용자로 마법사를 실행해 주십시오.",
    ),
    "datastores.data-of-other-major.what": (
        "The rehearsal's data were written by PostgreSQL {found}; PostgreSQL {wanted} cannot read them.",
        "예행연습 데이터는 PostgreSQL {found:이} 기록한 것이라 PostgreSQL {wanted:이} 읽을 수 없습니다.",
    ),
    "datastores.data-of-other-major.why": (
        "Data folders belong to one major version, on the platform as well.",
        "데이터 폴더는 하나의 주 버전에만 속하며, 실제 플랫폼에서도 같습니다.",
    ),
    "datastores.data-of-other-major.fix": (
        "Return to version {found}, or remove {folder} to begin with an empty database.",
        "버전을 {found:으로} 되돌리거나, {folder:을} 지우고 빈 데이터베이스로 시작해 주십시오.",
    ),
    "datastores.not-initialised.what": (
        "PostgreSQL could not make its data folder.",
        "PostgreSQL이 데이터 폴더를 만들지 못했습니다.",
    ),
    "datastores.not-initialised.why": ("It said: {lines}", "출력 내용: {lines}"),
    "datastores.not-initialised.fix": _LOG,
    "datastores.not-answering.what": (
        "{name} did not begin to answer.",
        "{name:이} 응답하지 않습니다.",
    ),
    "datastores.not-answering.why": ("It said: {lines}", "출력 내용: {lines}"),
    "datastores.not-answering.fix": _LOG,
    "datastores.password.what": (
        "The database refuses the password of {user}.",
        "데이터베이스가 {user}의 비밀번호를 거부합니다.",
    ),
    "datastores.password.why": (
        "The data in {folder} were made with another password, or another server holds the port.",
        "{folder}의 데이터가 다른 비밀번호로 만들어졌거나, 다른 서버가 포트를 차지하고 있습니다.",
    ),
    "datastores.password.fix": (
        "Remove the rehearsal's folder and run it again.",
        "예행연습 폴더를 지우고 다시 실행해 주십시오.",
    ),
}
