"""Sentences of `wizard.railway`: what Railway said, in the operator's words."""

from __future__ import annotations

from wizard.locale import Catalogue
from wizard.locale.railway.refusals import REFUSALS, Sentences

_ERRORS: dict[str, Sentences] = {
    "capability": (
        (
            "The profile names a capability nobody knows: {name}.",
            "프로필에 알 수 없는 기능이 있습니다: {name}.",
        ),
        ("Known are: {known}.", "알려진 기능: {known}."),
        (
            "Correct profiles.NAME.capabilities in wizard.toml.",
            "wizard.toml의 profiles.NAME.capabilities를 고치십시오.",
        ),
    ),
    "credential-expired": (
        (
            "{endpoint} stopped accepting this run's credential.",
            "{endpoint:이} 이 실행의 자격 증명을 더 이상 받지 않습니다.",
        ),
        (
            "It expired or was revoked while the run was under way. What was done stays; nothing is half written.",
            "실행하는 동안 만료되었거나 폐기되었습니다. 끝난 작업은 그대로 남아 있습니다.",
        ),
        (
            "Log in again (railwizard login) and run the same command: it goes on where this run stopped.",
            "다시 로그인한 뒤(railwizard login) 같은 명령을 실행하면 멈춘 곳부터 이어서 진행합니다.",
        ),
    ),
    "token-refused": (
        ("{endpoint} does not accept this token.", "{endpoint}에서 이 토큰을 받아들이지 않았습니다."),
        (
            "It was refused as a token of every kind tried ({kinds}): it is mistyped, revoked or expired, or belongs "
            "to another endpoint.",
            "시도한 모든 종류({kinds})의 토큰으로 거부되었습니다. 잘못 입력했거나 취소 또는 만료되었거나, 다른 엔드포인트의 "
            "토큰입니다.",
        ),
        (
            "Run `railwizard login` with a token of {endpoint}, or set {variable}. Railway's are made at "
            "railway.com/account/tokens ([No workspace]).",
            "{endpoint}의 토큰으로 `railwizard login`을 실행하거나 {variable:을} 설정해 주십시오. Railway 토큰은 "
            "railway.com/account/tokens에서 만듭니다([No workspace]).",
        ),
    ),
    "no-token": (
        ("There is no Railway token.", "Railway 토큰이 없습니다."),
        ("The token that was given is empty.", "주어진 토큰이 비어 있습니다."),
        (
            "Run `railwizard login`, or set RAILWAY_API_TOKEN (RAILWIZARD_TOKEN for another endpoint).",
            "`railwizard login`을 실행하거나 RAILWAY_API_TOKEN(다른 엔드포인트는 RAILWIZARD_TOKEN)을 지정해 주십시오.",
        ),
    ),
    "malformed-token": (
        ("This is not a Railway token.", "Railway 토큰의 형식이 아닙니다."),
        (
            "It holds spaces, line breaks or letters no token has; something else was probably pasted.",
            "공백이나 줄바꿈, 토큰에 없는 문자가 들어 있습니다. 다른 내용을 붙여 넣은 것 같습니다.",
        ),
        (
            "Copy the token again and run `railwizard login`.",
            "토큰을 다시 복사해 `railwizard login`을 실행해 주십시오.",
        ),
    ),
    "rate-limited": (
        ("The request budget is spent.", "요청 한도를 다 썼습니다."),
        (
            "Railway asks to wait {seconds} s before {operation}.",
            "Railway가 {operation} 전에 {seconds}초를 기다리라고 합니다.",
        ),
        (
            "Run the same command again then. Other programs with the same token use the same budget.",
            "그 뒤에 같은 명령을 다시 실행해 주십시오. 같은 토큰을 쓰는 다른 프로그램도 한도를 함께 씁니다.",
        ),
    ),
    "answer-lost": (
        ("Railway's answer to {operation} was lost.", "{operation} 작업에 대한 Railway의 응답을 받지 못했습니다."),
        (
            "It may have been done or not: {reason}",
            "처리되었을 수도, 아닐 수도 있습니다: {reason}",
        ),
        (
            "Run the same command again: it looks first and does only what is missing.",
            "같은 명령을 다시 실행해 주십시오. 먼저 확인하고 빠진 일만 합니다.",
        ),
    ),
    "unavailable": (
        ("Railway does not answer properly.", "Railway가 정상적으로 응답하지 않습니다."),
        ("{operation} got no readable answer: {reason}", "{operation}: 읽을 수 있는 응답이 없었습니다({reason})."),
        (
            "See status.railway.com; run the same command again later.",
            "status.railway.com을 확인하고 나중에 같은 명령을 다시 실행해 주십시오.",
        ),
    ),
    "stream-broken": (
        ("The live stream from Railway broke.", "Railway의 실시간 스트림이 끊어졌습니다."),
        ("The connection said: {reason}", "연결 상태: {reason}"),
        (
            "Nothing is lost: the state is read by query until the stream is back.",
            "잃은 것은 없습니다. 스트림이 돌아올 때까지 조회로 상태를 읽습니다.",
        ),
    ),
    "no-api-here": (
        ("There is no Railway API at {url}.", "{url}에는 Railway API가 없습니다."),
        ("The server answered 404.", "서버가 404로 응답했습니다."),
        ("Check --endpoint and RAILWIZARD_ENDPOINT.", "--endpoint와 RAILWIZARD_ENDPOINT를 확인해 주십시오."),
    ),
    "bad-endpoint": (
        ("{endpoint} is not an endpoint.", "{endpoint:은} 엔드포인트가 아닙니다."),
        (
            "An endpoint is an https address, or an http address of this machine.",
            "엔드포인트는 https 주소이거나 이 컴퓨터의 http 주소여야 합니다.",
        ),
        ("Check --endpoint and RAILWIZARD_ENDPOINT.", "--endpoint와 RAILWIZARD_ENDPOINT를 확인해 주십시오."),
    ),
    "open-endpoint": (
        ("The token is not sent to {endpoint}.", "{endpoint:으로} 토큰을 보내지 않습니다."),
        (
            "Over http anybody on the way could read it.",
            "http로 보내면 중간에서 누구나 읽을 수 있습니다.",
        ),
        ("Use an https address.", "https 주소를 사용해 주십시오."),
    ),
    "ambiguous-environment": (
        (
            "The project {project} has several environments called {name}.",
            "프로젝트 {project}에 {name}이라는 환경이 여러 개 있습니다.",
        ),
        ("Their names differ by case at most.", "이름이 대소문자만 다르거나 같습니다."),
        (
            "Rename or delete one of them on railway.com.",
            "railway.com에서 하나의 이름을 바꾸거나 지워 주십시오.",
        ),
    ),
    "staged-by-others": (
        (
            "Somebody has staged changes in this environment: {count}.",
            "이 환경에 누군가 준비해 둔 변경 사항이 {count}개 있습니다.",
        ),
        (
            "What we would commit now would commit them too.",
            "지금 반영하면 그 변경 사항까지 함께 반영됩니다.",
        ),
        (
            "Deploy or discard them on railway.com ([Deploy] or [Discard]), then run the same command again.",
            "railway.com에서 [Deploy] 또는 [Discard]로 정리한 뒤 같은 명령을 다시 실행해 주십시오.",
        ),
    ),
    "staged-meanwhile": (
        (
            "Somebody staged changes at the same moment: {count}.",
            "같은 순간에 누군가 변경 사항 {count}개를 준비했습니다.",
        ),
        (
            "Ours is staged beside them and was not committed.",
            "이번 변경은 그 옆에 준비만 되었고 반영되지 않았습니다.",
        ),
        (
            "Deploy or discard what is staged on railway.com, then run the same command again.",
            "railway.com에서 준비된 변경 사항을 정리한 뒤 같은 명령을 다시 실행해 주십시오.",
        ),
    ),
    "no-template": (
        ("Railway has no template for {engine}.", "Railway에 {engine} 템플릿이 없습니다."),
        ("postgres, redis, mysql and mongo are known.", "postgres, redis, mysql, mongo만 사용할 수 있습니다."),
        ("Correct `engine` in wizard.toml.", "wizard.toml의 `engine`을 고쳐 주십시오."),
    ),
    "template-changed": (
        ("Railway's template for {engine} has changed.", "Railway의 {engine} 템플릿이 바뀌었습니다."),
        (
            "No service with an image is in it any more.",
            "이미지를 가진 서비스가 더 이상 들어 있지 않습니다.",
        ),
        ("Update railwizard.", "railwizard를 업데이트해 주십시오."),
    ),
    "template-asks": (
        (
            "Railway's template for {engine} asks for {name}.",
            "Railway의 {engine} 템플릿이 {name} 값을 요구합니다.",
        ),
        ("It has no default value.", "기본값이 없습니다."),
        (
            "Create the database on railway.com under the name of the plan, then run the same command again.",
            "railway.com에서 계획과 같은 이름으로 데이터베이스를 만든 뒤 같은 명령을 다시 실행해 주십시오.",
        ),
    ),
    "template-failed": (
        ("Railway could not create {name}.", "Railway가 {name:을} 만들지 못했습니다."),
        ("Its workflow said: {reason}", "작업 결과: {reason}"),
        (
            "Look at the project on railway.com, then run the same command again.",
            "railway.com에서 프로젝트를 확인한 뒤 같은 명령을 다시 실행해 주십시오.",
        ),
    ),
    "proxy-late": (
        (
            "The temporary way to {name} did not open within {seconds} s.",
            "{name}에 대한 임시 접속 경로가 {seconds}초 안에 열리지 않았습니다.",
        ),
        ("Railway has accepted it and is still working on it.", "Railway가 요청을 받아 아직 처리하고 있습니다."),
        (
            "Run the same command again: what was opened is found and removed.",
            "같은 명령을 다시 실행해 주십시오. 열린 경로는 찾아서 지웁니다.",
        ),
    ),
    "env-in-upload": (
        ("{path} would have been uploaded.", "{path} 파일이 업로드될 뻔했습니다."),
        (
            "Files of that name hold secrets, and no ignore file excludes it.",
            "이런 이름의 파일에는 비밀 값이 들어 있는데, 제외하는 ignore 파일이 없습니다.",
        ),
        (
            "Add it to .gitignore or .railwayignore; variables belong into the plan.",
            ".gitignore나 .railwayignore에 추가해 주십시오. 변수는 계획에서 관리합니다.",
        ),
    ),
    "unreadable-file": (
        ("{path} could not be read.", "{path} 파일을 읽지 못했습니다."),
        ("The system said: {reason}", "시스템 응답: {reason}"),
        (
            "Make it readable, or exclude it in .railwayignore.",
            "읽을 수 있게 하거나 .railwayignore에서 제외해 주십시오.",
        ),
    ),
    "upload-refused": (
        ("Railway refused the upload.", "Railway가 업로드를 거부했습니다."),
        ("Railway said: {message}", "Railway 응답: {message}"),
        (
            "Do what the message asks, then run the same command again.",
            "위 응답대로 조치한 뒤 같은 명령을 다시 실행해 주십시오.",
        ),
    ),
    "upload-too-large": (
        ("The upload of {megabytes} MB is too large.", "업로드 크기 {megabytes}MB가 너무 큽니다."),
        (
            "Railway does not take archives of that size; it does not say where the limit is.",
            "Railway가 이 크기의 파일을 받지 않습니다. 한도는 공개되어 있지 않습니다.",
        ),
        (
            "Exclude data, caches and build output in .railwayignore, or deploy from GitHub.",
            "데이터, 캐시, 빌드 결과를 .railwayignore에서 제외하거나 GitHub에서 배포해 주십시오.",
        ),
    ),
}

_WAITS: Catalogue = {
    "railway.waiting-for-budget": (
        "Railway's request budget is spent; it refills by itself.",
        "Railway 요청 한도를 다 썼습니다. 시간이 지나면 다시 채워집니다.",
    ),
    "railway.waiting-for-cooldown": (
        "Railway allows {operation} only every 30 seconds.",
        "Railway는 {operation} 작업을 30초에 한 번만 허용합니다.",
    ),
    "railway.waiting-for-platform": (
        "Railway does not answer; trying again.",
        "Railway가 응답하지 않아 다시 시도합니다.",
    ),
}

CATALOGUE: Catalogue = {
    f"railway.{name}.{part}": pair
    for name, parts in (_ERRORS | REFUSALS).items()
    for part, pair in zip(("what", "why", "fix"), parts, strict=True)
} | _WAITS
