"""Sentences of `wizard.source`."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "source.git-failed.what": (
        "`git {command}` failed in {folder}.",
        "{folder}에서 `git {command}` 실행에 실패했습니다.",
    ),
    "source.git-failed.why": ("{detail}", "{detail}"),
    "source.git-failed.fix": (
        "Check that git is installed, that the repository is healthy, and that it is yours "
        "(git config --global --add safe.directory {folder}).",
        "git이 설치되어 있고 저장소가 정상이며 본인 소유인지 확인해 주십시오"
        "(git config --global --add safe.directory {folder}).",
    ),
    "source.no-git.what": ("{folder} is not under git.", "{folder}은(는) git 저장소가 아닙니다."),
    "source.no-git.why": ("A commit was asked for, and there is none.", "커밋을 지정했지만 커밋이 없습니다."),
    "source.no-git.fix": (
        "Use the working tree, or run `git init` and commit.",
        "작업 트리를 사용하거나, `git init` 후 커밋해 주십시오.",
    ),
    "source.no-commit.what": ("There is no commit {revision} in {folder}.", "{folder}에 커밋 {revision:이} 없습니다."),
    "source.no-commit.why": (
        "The revision is not in this clone, or nothing has been committed yet.",
        "이 클론에 없는 리비전이거나 아직 커밋이 없습니다.",
    ),
    "source.no-commit.fix": (
        "Run `git fetch`, or name another commit.",
        "`git fetch`를 실행하거나 다른 커밋을 지정해 주십시오.",
    ),
    "source.no-folder.what": ("{folder} cannot be read as a folder.", "{folder} 폴더를 읽을 수 없습니다."),
    "source.no-folder.why": ("{detail}", "{detail}"),
    "source.no-folder.fix": (
        "Give the path of the project's folder, and check its permissions.",
        "프로젝트 폴더의 경로를 지정하고 접근 권한을 확인해 주십시오.",
    ),
    "source.absent": ("{path} does not exist.", "{path} 파일이 없습니다."),
    "source.binary": ("{path} is a binary file.", "{path} 파일은 바이너리입니다."),
    "source.not-utf8": (
        "{path} is not UTF-8 text (byte {offset}).",
        "{path} 파일은 UTF-8 텍스트가 아닙니다(바이트 {offset}).",
    ),
    "source.too-large": (
        "{path} is too large to read as source ({size} bytes).",
        "{path} 파일은 소스로 읽기에 너무 큽니다({size}바이트).",
    ),
    "source.link-outside": (
        "{path} is a link that leads nowhere inside the project.",
        "{path} 링크는 프로젝트 안의 파일을 가리키지 않습니다.",
    ),
    "source.no-file": ("{path} is not a regular file.", "{path}은(는) 일반 파일이 아닙니다."),
    "source.unreadable": ("{path} cannot be read: {detail}", "{path} 파일을 읽을 수 없습니다: {detail}"),
    "source.syntax": (
        "{path} is not valid {language}: line {line}, {detail}",
        "{path} 파일은 올바른 {language} 코드가 아닙니다: {line}행, {detail}",
    ),
    "source.reason-asgi": ("It defines the application {target}.", "애플리케이션 {target:을} 정의합니다."),
    "source.reason-framework": ("It depends on {framework} {version}.", "{framework} {version}에 의존합니다."),
    "source.reason-start-script": ("Its package has a start script.", "패키지에 start 스크립트가 있습니다."),
    "source.reason-dockerfile": ("This Dockerfile builds it.", "이 Dockerfile로 빌드합니다."),
    "source.reason-context": (
        "Everything the Dockerfile copies exists in {context}.",
        "Dockerfile이 복사하는 모든 파일이 {context}에 있습니다.",
    ),
    "source.reason-context-missing": (
        "The Dockerfile copies {missing}, which exists in no folder above it; {context} misses least.",
        "Dockerfile이 복사하는 {missing:이} 상위 폴더 어디에도 없습니다. 빠진 파일이 가장 적은 곳은 {context}입니다.",
    ),
    "source.reason-no-dockerfile": (
        "No Dockerfile: the platform builds the folder itself.",
        "Dockerfile이 없어 플랫폼이 이 폴더를 직접 빌드합니다.",
    ),
    "source.reason-port": (
        "The command or the image names port {port}.",
        "실행 명령 또는 이미지에 {port}번 포트가 지정되어 있습니다.",
    ),
    "source.reason-port-usual": (
        "{port} is the usual port of {framework}.",
        "{framework}의 기본 포트는 {port}번입니다.",
    ),
    "source.reason-health": ("This route looks like a health check.", "이 경로는 상태 확인용으로 보입니다."),
    "source.reason-start": ("Nothing else says how it starts.", "시작 방법을 정한 다른 설정이 없습니다."),
    "source.reason-procfile": ("The Procfile starts it so.", "Procfile에 시작 명령이 있습니다."),
    "source.reason-alembic": ("Alembic migrations lie here.", "Alembic 마이그레이션이 여기에 있습니다."),
    "source.reason-create-all": ("The code creates its tables when it starts.", "코드가 시작할 때 테이블을 만듭니다."),
    "source.reason-no-migration": ("Nothing in the code creates tables.", "코드에 테이블을 만드는 부분이 없습니다."),
    "source.reason-written": ("The code writes to {path}.", "코드가 {path}에 파일을 씁니다."),
    "source.reason-declared-volume": ("The Dockerfile declares this volume.", "Dockerfile에 선언된 볼륨입니다."),
    "source.reason-image-version": (
        "The compose file develops against version {version}.",
        "compose 파일이 버전 {version:을} 사용합니다.",
    ),
    "source.reason-needed": ("{service} connects to it.", "{service} 서비스가 연결합니다."),
    "source.reason-connects": ("It is used to connect to {engine}.", "{engine} 연결에 사용됩니다."),
    "source.reason-database-name": (
        "Its name and the installed driver say {engine}.",
        "이름과 설치된 드라이버로 보아 {engine}용입니다.",
    ),
    "source.reason-signs": ("It signs tokens.", "토큰 서명에 사용됩니다."),
    "source.reason-generated-name": (
        "Its name says it is a secret nobody has to know.",
        "이름으로 보아 사람이 알 필요 없는 비밀 값입니다.",
    ),
    "source.reason-cors": (
        "The CORS middleware takes its origins from it.",
        "CORS 미들웨어가 허용 출처를 이 값에서 읽습니다.",
    ),
    "source.reason-own-url": ("It holds the service's own address.", "이 서비스 자신의 주소를 담습니다."),
    "source.reason-other-url": ("It holds the address of {service}.", "{service}의 주소를 담습니다."),
    "source.reason-paths": (
        "With the path {prefix}, addresses built on it meet routes of {service}: {count}.",
        "경로 {prefix:을} 붙이면, 이 값으로 만든 주소 {count}개가 {service}의 경로와 일치합니다.",
    ),
    "source.reason-paths-plain": (
        "Addresses built on it meet routes of {service}: {count}.",
        "이 값으로 만든 주소 {count}개가 {service}의 경로와 일치합니다.",
    ),
    "source.reason-secret": ("Only a person has this value.", "사람만 알 수 있는 값입니다."),
    "source.reason-unless": (
        "It is not needed while {variable} is {value}.",
        "{variable:이} {value}이면 필요하지 않습니다.",
    ),
    "source.reason-example": ("The example file shows this value.", "예시 파일에 이 값이 있습니다."),
    "source.reason-no-value": (
        "The code needs it and nothing says its value.",
        "코드에 필요하지만 값을 알 수 없습니다.",
    ),
    "source.reason-development-default": (
        "Its default only fits a developer's machine.",
        "기본값이 개발자 컴퓨터에서만 유효합니다.",
    ),
}
