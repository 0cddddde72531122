"""What Railway refuses, by its message: its own words are the why."""

from __future__ import annotations

_SAID = ("Railway said: {message} (trace {trace})", "Railway 응답: {message} (추적 번호 {trace})")
"""The why of everything Railway refuses: its own words, and what its support asks for."""


Pair = tuple[str, str]
Sentences = tuple[Pair, Pair, Pair]
"""What, why and fix."""

REFUSALS: dict[str, Sentences] = {
    "not-authorized": (
        ("Railway does not allow {operation}.", "Railway가 {operation} 작업을 허용하지 않았습니다."),
        _SAID,
        (
            "The token may be expired, of the wrong kind, or made for another workspace; what was asked for may also "
            "be gone. Make an account token at railway.com/account/tokens ([No workspace]) and run `railwizard login`.",
            "토큰이 만료되었거나 종류가 다르거나 다른 워크스페이스용일 수 있고, 대상이 이미 삭제되었을 수도 있습니다. "
            "railway.com/account/tokens에서 계정 토큰([No workspace])을 만들고 `railwizard login`을 실행해 주십시오.",
        ),
    ),
    "project-token-not-found": (
        ("Railway does not know this project token.", "Railway가 이 프로젝트 토큰을 찾지 못했습니다."),
        _SAID,
        (
            "Use an account token: a project token cannot create services. If you do want a project token, make a new "
            "one in the project's settings ([Tokens]).",
            "프로젝트 토큰으로는 서비스를 만들 수 없으므로 계정 토큰을 사용해 주십시오. 프로젝트 토큰이 꼭 필요하면 "
            "프로젝트 설정의 [Tokens]에서 새로 만들어 주십시오.",
        ),
    ),
    "two-factor": (
        (
            "The workspace asks for two-factor authentication.",
            "워크스페이스에 2단계 인증이 필요합니다.",
        ),
        _SAID,
        (
            "Switch it on at railway.com/account/security, then run the same command again.",
            "railway.com/account/security에서 2단계 인증을 켠 뒤 같은 명령을 다시 실행해 주십시오.",
        ),
    ),
    "plan-limit": (
        ("The workspace's plan has no room for this.", "워크스페이스 요금제의 한도를 넘었습니다."),
        _SAID,
        (
            "Delete what is not needed any more, or change the plan at railway.com/workspace/plans.",
            "쓰지 않는 자원을 지우거나 railway.com/workspace/plans에서 요금제를 바꿔 주십시오.",
        ),
    ),
    "limited-plan": (
        ("The account is on Railway's limited plan.", "제한된 요금제의 계정입니다."),
        _SAID,
        (
            "Verify the account with GitHub, or choose a plan at railway.com/account/plans.",
            "GitHub로 계정을 인증하거나 railway.com/account/plans에서 요금제를 선택해 주십시오.",
        ),
    ),
    "restricted": (
        ("Railway has restricted the workspace.", "워크스페이스 사용이 제한되었습니다."),
        _SAID,
        (
            "See the workspace's page on railway.com, or ask Railway's support.",
            "railway.com의 워크스페이스 화면을 확인하거나 Railway 지원팀에 문의해 주십시오.",
        ),
    ),
    "name-taken": (
        ("A service of this name is there already.", "같은 이름의 서비스가 이미 있습니다."),
        _SAID,
        (
            "Run the same command again to adopt it, or choose another name in wizard.toml.",
            "같은 명령을 다시 실행하면 그 서비스를 사용합니다. 아니면 wizard.toml에서 다른 이름을 정해 주십시오.",
        ),
    ),
    "project-not-found": (
        ("The project is not there.", "프로젝트를 찾을 수 없습니다."),
        _SAID,
        (
            "It was deleted, or the token belongs to another account. Run `railwizard status`.",
            "삭제되었거나 다른 계정의 토큰입니다. `railwizard status`로 확인해 주십시오.",
        ),
    ),
    "instance-not-found": (
        (
            "The service does not exist in this environment.",
            "이 환경에 해당 서비스가 없습니다.",
        ),
        _SAID,
        (
            "Run `railwizard deploy --only project`: it creates what is missing.",
            "`railwizard deploy --only project`를 실행하면 없는 것을 만듭니다.",
        ),
    ),
    "volume-not-found": (
        ("The volume does not exist in this environment.", "이 환경에 해당 볼륨이 없습니다."),
        _SAID,
        (
            "Run `railwizard deploy --only project`: it creates what is missing.",
            "`railwizard deploy --only project`를 실행하면 없는 것을 만듭니다.",
        ),
    ),
    "project-name": (
        ("Railway does not accept the project's name.", "Railway가 프로젝트 이름을 받아들이지 않았습니다."),
        _SAID,
        (
            "Choose a name of letters, digits and hyphens in wizard.toml.",
            "wizard.toml에서 영문자, 숫자, 하이픈으로 된 이름을 정해 주십시오.",
        ),
    ),
    "bad-domain": (
        ("Railway does not accept the domain.", "Railway가 도메인을 받아들이지 않았습니다."),
        _SAID,
        ("Correct the domain in wizard.toml.", "wizard.toml의 도메인을 고쳐 주십시오."),
    ),
    "domain-not-ready": (
        ("The service cannot have a domain yet.", "아직 서비스에 도메인을 만들 수 없습니다."),
        _SAID,
        (
            "Railway is still setting the service up; run the same command again in a minute.",
            "Railway가 서비스를 준비하고 있습니다. 1분 뒤 같은 명령을 다시 실행해 주십시오.",
        ),
    ),
    "no-snapshot": (
        ("There is nothing to deploy again.", "다시 배포할 내용이 없습니다."),
        _SAID,
        (
            "Run `railwizard deploy --from deploy`: it deploys the code anew.",
            "`railwizard deploy --from deploy`를 실행해 코드를 새로 배포해 주십시오.",
        ),
    ),
    "still-building": (
        ("Railway is still building the last deployment.", "Railway가 이전 배포를 아직 빌드하고 있습니다."),
        _SAID,
        (
            "Wait until it ends (`railwizard status`), then run the same command again.",
            "`railwizard status`로 끝난 것을 확인한 뒤 같은 명령을 다시 실행해 주십시오.",
        ),
    ),
    "commit-not-found": (
        ("Railway cannot find the commit.", "Railway가 커밋을 찾지 못했습니다."),
        _SAID,
        (
            "Push it to the connected branch, then run the same command again.",
            "연결된 브랜치에 푸시한 뒤 같은 명령을 다시 실행해 주십시오.",
        ),
    ),
    "pre-deploy-refused": (
        ("Railway does not accept the pre-deploy command.", "Railway가 배포 전 명령을 받아들이지 않았습니다."),
        _SAID,
        (
            "Write one command in `pre_deploy`; join several with `&&`.",
            "`pre_deploy`에는 명령 하나만 쓰고, 여러 개는 `&&`로 이어 주십시오.",
        ),
    ),
    "in-progress": (
        ("Railway is still busy with the same thing.", "Railway가 같은 작업을 아직 처리하고 있습니다."),
        _SAID,
        ("Run the same command again in a minute.", "1분 뒤 같은 명령을 다시 실행해 주십시오."),
    ),
    "config-as-code": (
        (
            "Railway no longer takes railway.json or railway.toml for new services.",
            "Railway는 새 서비스에 railway.json이나 railway.toml을 받지 않습니다.",
        ),
        _SAID,
        (
            "Keep the settings in wizard.toml; they are written through the API.",
            "설정을 wizard.toml에 두면 API로 적용됩니다.",
        ),
    ),
    "problem": (
        ("Railway could not process {operation}.", "Railway가 {operation} 작업을 처리하지 못했습니다."),
        _SAID,
        (
            "Run the same command again in a minute; if it stays, see status.railway.com and keep the trace number.",
            "1분 뒤 같은 명령을 다시 실행하고, 계속되면 status.railway.com을 확인하고 추적 번호를 남겨 두십시오.",
        ),
    ),
    "unknown-error": (
        ("Railway failed on {operation} without saying why.", "Railway가 {operation} 작업에서 이유 없이 실패했습니다."),
        _SAID,
        (
            "Run the same command again. A sealed variable must be deleted before it can be set anew.",
            "같은 명령을 다시 실행해 주십시오. 봉인된 변수는 지운 뒤에만 다시 설정할 수 있습니다.",
        ),
    ),
    "refused": (
        ("Railway refused {operation}.", "Railway가 {operation} 작업을 거부했습니다."),
        _SAID,
        (
            "Do what the message asks, then run the same command again.",
            "위 응답대로 조치한 뒤 같은 명령을 다시 실행해 주십시오.",
        ),
    ),
    "bad-input": (
        ("Railway does not accept a value of {operation}.", "Railway가 {operation} 작업의 값을 받아들이지 않았습니다."),
        _SAID,
        (
            "Correct the value in wizard.toml that the message names.",
            "응답에 나온 값을 wizard.toml에서 고쳐 주십시오.",
        ),
    ),
    "schema-changed": (
        ("Railway's API has changed.", "Railway API가 바뀌었습니다."),
        _SAID,
        ("Update railwizard.", "railwizard를 업데이트해 주십시오."),
    ),
    "cooldown": (
        ("Railway asks for patience before {operation}.", "Railway가 {operation} 전에 기다리라고 합니다."),
        _SAID,
        (
            "Run the same command again in a few minutes; what is done already is not done twice.",
            "몇 분 뒤 같은 명령을 다시 실행해 주십시오. 이미 끝난 일은 반복하지 않습니다.",
        ),
    ),
}
