"""Sentences of `wizard.operations`."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "operations.nothing-ours.what": (
        "Nothing in the project {project} was made by this wizard on this machine.",
        "프로젝트 {project}에는 이 컴퓨터의 마법사가 만든 것이 없습니다.",
    ),
    "operations.nothing-ours.why": (
        "Teardown removes only what its own records name.",
        "철거는 기록에 있는 것만 삭제합니다.",
    ),
    "operations.nothing-ours.fix": (
        "Delete it in Railway under [Settings] if that is what you want.",
        "삭제하려면 Railway의 [Settings]에서 직접 삭제하십시오.",
    ),
    "operations.not-seen.what": (
        "The platform does not show what was asked for {project}.",
        "{project}에 요청한 내용이 플랫폼에 보이지 않습니다.",
    ),
    "operations.not-seen.why": (
        "It accepted the request, and a minute of reading did not show it.",
        "요청은 받아들여졌지만 1분 동안 읽어도 보이지 않았습니다.",
    ),
    "operations.not-seen.fix": ("Look at the project in Railway.", "Railway에서 프로젝트를 확인하십시오."),
    "operations.shared.what": (
        "Nothing was removed: other environments run the same services ({environments}).",
        "아무것도 삭제하지 않았습니다. 다른 환경에서 같은 서비스를 실행하고 있습니다({environments}).",
    ),
    "operations.shared.why": (
        "Railway deletes a service in every environment of the project at once, its volumes included.",
        "Railway는 서비스를 프로젝트의 모든 환경에서 볼륨까지 한꺼번에 삭제합니다.",
    ),
    "operations.shared.fix": (
        "Delete the environment itself in Railway under [Settings], [Environments].",
        "Railway의 [Settings], [Environments]에서 이 환경 자체를 삭제하십시오.",
    ),
    "operations.not-confirmed.what": (
        "The project {project} was not torn down.",
        "프로젝트 {project:을} 철거하지 않았습니다.",
    ),
    "operations.not-confirmed.why": ("Its name was not typed to confirm.", "확인을 위한 이름이 입력되지 않았습니다."),
    "operations.not-confirmed.fix": (
        "Run again and type {project}, or pass --confirm {project}.",
        "다시 실행해 {project:을} 입력하거나 --confirm {project:을} 지정하십시오.",
    ),
    "operations.unknown-service.what": ("There is no service {service}.", "{service} 서비스가 없습니다."),
    "operations.unknown-service.why": ("The environment has: {known}.", "환경에 있는 서비스: {known}."),
    "operations.unknown-service.fix": ("Name one of them.", "그중 하나를 지정하십시오."),
    "operations.never-deployed.what": ("{service} has no deployment.", "{service}에 배포가 없습니다."),
    "operations.never-deployed.why": ("It was created and never deployed.", "만들어졌지만 배포된 적이 없습니다."),
    "operations.never-deployed.fix": ("Run `railwizard deploy`.", "`railwizard deploy`를 실행하십시오."),
}
