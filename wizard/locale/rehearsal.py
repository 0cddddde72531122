"""Sentences of `wizard.rehearsal`."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "rehearsal.not-started.what": ("The local platform did not start.", "로컬 플랫폼이 시작되지 않았습니다."),
    "rehearsal.not-started.why": (
        "Its process ended or said nothing ({reason}); its last words follow.",
        "프로세스가 종료되었거나 응답이 없습니다({reason}). 마지막 출력은 아래와 같습니다.",
    ),
    "rehearsal.not-started.fix": (
        "Where a module is missing, install the extra: pip install 'railwizard[rehearsal]'. Otherwise mend what the lines name, then run again.",
        "모듈이 없다면 추가 구성 요소를 설치하십시오: pip install 'railwizard[rehearsal]'. 그 밖에는 출력에 나온 문제를 해결한 뒤 다시 실행하십시오.",
    ),
    "rehearsal.no-sandbox.what": (
        "Deployments cannot be sandboxed on this machine.",
        "이 컴퓨터에서는 배포를 샌드박스로 격리할 수 없습니다.",
    ),
    "rehearsal.no-sandbox.why": ("{reason}", "{reason}"),
    "rehearsal.no-sandbox.fix": (
        "Leave the tier open (`tier = auto`): deployments then run as processes of this machine.",
        "방식을 지정하지 마십시오(`tier = auto`). 그러면 배포가 이 컴퓨터의 프로세스로 실행됩니다.",
    ),
    "rehearsal.port-taken.what": ("Port {port} is taken.", "{port}번 포트를 사용할 수 없습니다."),
    "rehearsal.port-taken.why": (
        "Another program listens on it.",
        "다른 프로그램이 이 포트를 사용하고 있습니다.",
    ),
    "rehearsal.port-taken.fix": (
        "Name another port, or none: a free one is found then.",
        "다른 포트를 지정하거나 지정하지 마십시오. 지정하지 않으면 빈 포트를 찾습니다.",
    ),
    "rehearsal.bad-settings.what": (
        "The local platform refuses its settings.",
        "로컬 플랫폼이 설정을 거부했습니다.",
    ),
    "rehearsal.bad-settings.why": ("It said: {problems}", "거부한 이유: {problems}"),
    "rehearsal.bad-settings.fix": (
        "Correct the keys named above in the file behind `--settings`, or the option of that name.",
        "`--settings`로 지정한 파일이나 같은 이름의 옵션에서 위에 나온 키를 고치십시오.",
    ),
    "rehearsal.bad-schema.what": (
        "{file} cannot be served as Railway's schema.",
        "{file}을 Railway 스키마로 쓸 수 없습니다.",
    ),
    "rehearsal.bad-schema.why": (
        "It holds no introspection result of Railway's API: {detail}",
        "Railway API의 인트로스펙션 결과가 들어 있지 않습니다: {detail}",
    ),
    "rehearsal.bad-schema.fix": (
        "Name a JSON file with the answer to the introspection query, or leave `--schema` out.",
        "인트로스펙션 질의의 응답이 담긴 JSON 파일을 지정하거나 `--schema`를 빼십시오.",
    ),
    "rehearsal.unknown-fault.what": (
        "The local platform knows no place for this fault: {places}",
        "로컬 플랫폼에 없는 위치입니다: {places}",
    ),
    "rehearsal.unknown-fault.why": (
        "A fault strikes a call of the API by its root field, and none is named so; it would never strike.",
        "장애는 API 호출의 루트 필드 이름으로 지정하는데, 그런 이름의 호출이 없어 장애가 일어나지 않습니다.",
    ),
    "rehearsal.unknown-fault.fix": (
        "Name a root field such as projectCreate, or upload, subscribe:<field>, socket, pre-deploy or proxy.",
        "projectCreate 같은 루트 필드나 upload, subscribe:<필드>, socket, pre-deploy, proxy 중 하나를 지정하십시오.",
    ),
    "rehearsal.folder-in-use.what": (
        "Another local platform serves from {folder}.",
        "다른 로컬 플랫폼이 {folder} 폴더를 사용하고 있습니다.",
    ),
    "rehearsal.folder-in-use.why": (
        "Two of them would end each other's databases.",
        "두 개가 함께 쓰면 서로의 데이터베이스를 종료하게 됩니다.",
    ),
    "rehearsal.folder-in-use.fix": (
        "End the other one, or name another folder with `--folder`.",
        "다른 쪽을 종료하거나 `--folder`로 다른 폴더를 지정하십시오.",
    ),
    "rehearsal.no-folder.what": ("The folder {folder} cannot be made.", "폴더 {folder:을} 만들 수 없습니다."),
    "rehearsal.no-folder.why": ("The system said: {reason}", "시스템 응답: {reason}"),
    "rehearsal.no-folder.fix": (
        "Check permissions and free space, or point RAILWIZARD_STATE at another folder.",
        "권한과 여유 공간을 확인하거나 RAILWIZARD_STATE로 다른 폴더를 지정하십시오.",
    ),
}
