"""Causes in running processes and their health checks."""

from __future__ import annotations

from wizard.locale import Catalogue

RUNNING: Catalogue = {
    "diagnosis.still-serves": (
        "There is time: the deployment of {service} before this one keeps serving.",
        "서두르지 않아도 됩니다. {service}의 이전 배포가 계속 서비스하고 있습니다.",
    ),
    "diagnosis.port": (
        "{service} listens on port {port}, as {where} says, and is asked at {wanted}: the port the platform gives it in PORT.",
        "{service:이} {where}에 적힌 대로 {port}번 포트에서 수신하지만, 플랫폼은 PORT로 알려준 {wanted}번 포트에 요청합니다.",
    ),
    "diagnosis.port.fix": (
        "Let it listen on the PORT it is given: `--port ${{PORT:-{wanted}}}` in {where}, in a command that a shell reads.",
        "{where:을} 주어진 PORT에서 수신하도록 고치십시오. 셸이 해석하는 명령에서 `--port ${{PORT:-{wanted}}}`로 적으면 됩니다.",
    ),
    "diagnosis.port-elsewhere": (
        "{service} listens on port {port} and is asked at {wanted}: the port the platform gives it in PORT.",
        "{service:이} {port}번 포트에서 수신하지만, 플랫폼은 PORT로 알려준 {wanted}번 포트에 요청합니다.",
    ),
    "diagnosis.port-elsewhere.fix": (
        "Let it read PORT, or set `port = {port}` under [services.{service}] if it really cannot.",
        "PORT를 읽게 하십시오. 바꿀 수 없다면 [services.{service}]에 `port = {port}`을(를) 설정하십시오.",
    ),
    "diagnosis.loopback": (
        "{service} listens on {host}:{port} alone ({where}): nothing outside its own container reaches it.",
        "{service:이} {host}:{port}에서만 수신하므로({where}) 컨테이너 밖에서는 연결할 수 없습니다.",
    ),
    "diagnosis.loopback.fix": (
        "Let it listen on every address: `--host 0.0.0.0` in {where}.",
        "모든 주소에서 수신하게 하십시오. {where}에 `--host 0.0.0.0`을 지정하면 됩니다.",
    ),
    "diagnosis.health-path": (
        "The health check asks for {path}, which {service} does not serve ({status}); its own health check is {right} ({where}).",
        "상태 확인이 {path:을} 요청하지만 {service}에 없는 경로입니다({status}). 코드의 상태 확인 경로는 {right}입니다({where}).",
    ),
    "diagnosis.health-path.fix": (
        'Set health = {{ path = "{right}" }} under [services.{service}] in wizard.toml.',
        'wizard.toml의 [services.{service}]에 health = {{ path = "{right}" }}을(를) 설정하십시오.',
    ),
    "diagnosis.health-absent": (
        "The health check asks for {path}, which {service} does not serve ({status}). Without an account it serves: {served}",
        "상태 확인이 {path:을} 요청하지만 {service}에 없는 경로입니다({status}). 로그인 없이 제공하는 경로: {served}",
    ),
    "diagnosis.health-absent.fix": (
        "Add a route {path} that asks the database and answers 200, or set `path` of health under [services.{service}] to one that is served.",
        "데이터베이스를 확인하고 200으로 응답하는 {path} 경로를 추가하거나, [services.{service}]의 health `path`를 제공되는 경로로 바꾸십시오.",
    ),
    "diagnosis.health-slash": (
        "{path} answers {status}, a redirect to {right} ({where}); the platform follows none and wants 200.",
        "{path:이} {right:으로} 리디렉션({status})합니다({where}). 플랫폼은 따라가지 않으며 200을 기대합니다.",
    ),
    "diagnosis.health-slash.fix": (
        'Set health = {{ path = "{right}" }} under [services.{service}] in wizard.toml.',
        'wizard.toml의 [services.{service}]에 health = {{ path = "{right}" }}을(를) 설정하십시오.',
    ),
    "diagnosis.health-redirect": (
        "{path} answers {status}, a redirect; the platform follows none and wants 200.",
        "{path:이} 리디렉션({status})으로 응답합니다. 플랫폼은 따라가지 않으며 200을 기대합니다.",
    ),
    "diagnosis.health-redirect.fix": (
        "Ask for the address it leads to: mind the slash at the end, and let the check be exempt from HTTPS and login redirects.",
        "실제 경로를 지정하십시오. 끝의 슬래시에 주의하고, HTTPS나 로그인 리디렉션에서 상태 확인을 제외하십시오.",
    ),
    "diagnosis.health-guarded": (
        "{path} wants a login ({status}); the platform has none.",
        "{path:이} 로그인을 요구합니다({status}). 플랫폼은 로그인하지 않습니다.",
    ),
    "diagnosis.health-guarded.fix": (
        "Take the guard off {path}, or name a path that answers anybody under [services.{service}].",
        "{path}의 인증을 없애거나, [services.{service}]에 누구에게나 응답하는 경로를 지정하십시오.",
    ),
    "diagnosis.health-host": (
        "{path} answers {status}: the service turns away the host name the check comes with.",
        "{path:이} {status:으로} 응답합니다. 서비스가 상태 확인의 호스트 이름을 거부합니다.",
    ),
    "diagnosis.health-host.fix": (
        "Let the list of allowed hosts hold the platform's health check host, or leave {path} out of the rule.",
        "허용 호스트 목록에 플랫폼의 상태 확인 호스트를 추가하거나 {path:을} 규칙에서 제외하십시오.",
    ),
    "diagnosis.health-unwell": (
        "{service} runs and says itself that it is not well: {path} answers {status}.",
        "{service:이} 실행 중이지만 스스로 정상이 아니라고 응답합니다: {path} {status}.",
    ),
    "diagnosis.health-unwell.fix": (
        "Look at what {path} asks (database, Redis): check their variables with `railwizard checklist`, and the service's log.",
        "{path:이} 확인하는 대상(데이터베이스, Redis)의 변수를 `railwizard checklist`로 확인하고 서비스 로그를 보십시오.",
    ),
    "diagnosis.health-silent": (
        "{service} runs but did not begin to listen within {seconds} seconds.",
        "{service:이} 실행 중이지만 {seconds}초 안에 수신을 시작하지 않았습니다.",
    ),
    "diagnosis.health-silent.fix": (
        "See where it stays: a model that loads, a database that is waited for. Raise `timeout` of health under [services.{service}] if it needs longer; check that the command starts a server.",
        "어디에서 멈추는지 확인하십시오(모델 로딩, 데이터베이스 대기 등). 더 오래 걸린다면 [services.{service}]의 health `timeout`을 늘리고, 명령이 서버를 시작하는지 확인하십시오.",
    ),
    "diagnosis.ended": (
        "{service} ended before it served: {reason}",
        "{service:이} 서비스를 시작하기 전에 끝났습니다: {reason}",
    ),
    "diagnosis.ended.fix": (
        "Its last lines are above. A start command must stay: a script that ends, ends the service.",
        "마지막 로그가 위에 있습니다. 시작 명령은 계속 실행되어야 하며, 끝나는 스크립트라면 서비스도 끝납니다.",
    ),
    "diagnosis.port-word": (
        "The server was given the word $PORT instead of its value: no shell read the command.",
        "서버가 PORT의 값이 아니라 $PORT라는 글자를 받았습니다. 명령을 셸이 해석하지 않았습니다.",
    ),
    "diagnosis.port-word.fix": (
        "Write the command without brackets in {where}, or as `sh -c 'exec ...'`: then ${{PORT}} is replaced.",
        "{where}의 명령을 대괄호 없이 적거나 `sh -c 'exec ...'`로 바꾸십시오. 그러면 ${{PORT}}가 치환됩니다.",
    ),
    "diagnosis.port-taken": (
        "Port {port} is already in use inside the container: two servers want it.",
        "컨테이너 안에서 {port}번 포트가 이미 사용 중입니다. 두 서버가 같은 포트를 쓰려 합니다.",
    ),
    "diagnosis.port-taken.fix": (
        "Start only one of them in this service; the other belongs in a service of its own.",
        "이 서비스에서는 하나만 시작하고, 다른 하나는 별도의 서비스로 옮기십시오.",
    ),
    "diagnosis.command-missing": (
        "The image has no command `{command}`.",
        "이미지에 `{command}` 명령이 없습니다.",
    ),
    "diagnosis.command-missing.fix": (
        "If a Python or Node.js package brings it, add that to {file}; else install it in the Dockerfile; and check that PATH holds the virtual environment.",
        "Python이나 Node.js 패키지가 제공하는 명령이라면 {file}에 추가하고, 아니라면 Dockerfile에서 설치하십시오. 가상 환경이 PATH에 있는지도 확인하십시오.",
    ),
    "diagnosis.exec-format": (
        "The start command is a file that the platform's processor cannot run.",
        "시작 명령이 플랫폼의 프로세서에서 실행할 수 없는 파일입니다.",
    ),
    "diagnosis.exec-format.fix": (
        "Build for linux/amd64; a script needs `#!/bin/sh` as its first line.",
        "linux/amd64용으로 빌드하십시오. 스크립트라면 첫 줄에 `#!/bin/sh`가 있어야 합니다.",
    ),
    "diagnosis.not-executable": (
        "{command} may not be executed.",
        "{command:을} 실행할 권한이 없습니다.",
    ),
    "diagnosis.not-executable.fix": (
        "Run `git update-index --chmod=+x` on it and commit, or start it as `sh {command}`.",
        "`git update-index --chmod=+x`로 권한을 주고 커밋하거나 `sh {command}`로 시작하십시오.",
    ),
    "diagnosis.memory": (
        "{service} was killed: it needed more memory than it may have (code 137).",
        "{service:이} 허용된 메모리를 초과해 강제로 종료되었습니다(코드 137).",
    ),
    "diagnosis.memory.fix": (
        "Start fewer workers, load less at start, or raise `memory` under [services.{service}] as far as the subscription lets it; for a Node.js build set NODE_OPTIONS=--max-old-space-size.",
        "워커 수를 줄이거나 시작할 때 덜 불러오고, 요금제가 허용하는 만큼 [services.{service}]의 `memory`를 늘리십시오. Node.js 빌드라면 NODE_OPTIONS=--max-old-space-size를 설정하십시오.",
    ),
    "diagnosis.disk-full": (
        "The disk was full while {service} was built or started.",
        "{service:을} 빌드하거나 시작하는 중에 디스크가 가득 찼습니다.",
    ),
    "diagnosis.disk-full.fix": (
        "In a rehearsal, free space on this machine. On the platform, make the image smaller (CPU builds of torch, .dockerignore) or the volume larger.",
        "리허설이라면 이 컴퓨터의 공간을 확보하십시오. 플랫폼이라면 이미지를 줄이거나(CPU용 torch, .dockerignore) 볼륨을 늘리십시오.",
    ),
    "diagnosis.not-writable": (
        "{service} may not write to {path}.",
        "{service:이} {path}에 쓸 권한이 없습니다.",
    ),
    "diagnosis.not-writable.fix": (
        "Give the folder to the image's user (COPY --chown, RUN chown), or write to a volume of the plan or to /tmp.",
        "폴더의 소유자를 이미지의 사용자로 바꾸거나(COPY --chown, RUN chown), 계획의 볼륨이나 /tmp에 쓰십시오.",
    ),
    "diagnosis.file-missing": (
        "{service} wants the file {path}, which the image does not have.",
        "{service}에 필요한 파일 {path:이} 이미지에 없습니다.",
    ),
    "diagnosis.file-missing.fix": (
        "Commit it and let the Dockerfile copy it; check .gitignore and .dockerignore, and from which folder a relative path counts.",
        "파일을 커밋하고 Dockerfile에서 복사하십시오. .gitignore와 .dockerignore, 상대 경로의 기준 폴더도 확인하십시오.",
    ),
    "diagnosis.pre-deploy-failed": (
        "The command before the start, `{command}`, ended with code {code}.",
        "시작 전 명령 `{command}`이(가) 코드 {code:으로} 끝났습니다.",
    ),
    "diagnosis.pre-deploy-failed.fix": (
        "Its last lines say why. Run it in {root} against a local database, then deploy again.",
        "마지막 줄들에 이유가 있습니다. {root}에서 로컬 데이터베이스로 실행해 본 뒤 다시 배포하십시오.",
    ),
}
