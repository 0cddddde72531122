"""Causes in images and in Node.js builds."""

from __future__ import annotations

from wizard.locale import Catalogue

BUILDS: Catalogue = {
    "diagnosis.copy-outside": (
        "{dockerfile} copies {path}, which lies in {found}: outside {root}, the only folder that the build of {service} sees.",
        "{dockerfile}에서 {path:을} 복사하지만 {found}에 있습니다. {service}의 빌드는 {root} 폴더만 볼 수 있습니다.",
    ),
    "diagnosis.copy-outside.fix": (
        'Build from above: set root = "." and the Dockerfile\'s new path under [services.{service}], and write every COPY from there.',
        '상위 폴더에서 빌드하십시오. [services.{service}]의 root를 "."로, dockerfile을 새 경로로 바꾸고 모든 COPY를 그 기준으로 적으면 됩니다.',
    ),
    "diagnosis.copy-outside.move": (
        "Or move {found} into {root} and copy it from there.",
        "또는 {found:을} {root} 안으로 옮겨서 복사하십시오.",
    ),
    "diagnosis.copy-ignored": (
        "{dockerfile} copies {path}, which {where} keeps out of the build.",
        "{dockerfile}에서 {path:을} 복사하지만 {where}에서 빌드 대상에서 제외합니다.",
    ),
    "diagnosis.copy-ignored.fix": (
        "Remove that line of the ignore file, or let the path through with a line `!{path}` below it.",
        "무시 파일의 그 줄을 지우거나, 아래에 `!{path}` 줄을 추가하십시오.",
    ),
    "diagnosis.copy-absent": (
        "{dockerfile} copies {path}, and there is no such file or folder in {root} as it was deployed.",
        "{dockerfile}에서 {path:을} 복사하지만 배포된 {root}에 그런 파일이나 폴더가 없습니다.",
    ),
    "diagnosis.copy-absent.fix": (
        "Correct the path: it counts from {root}. If the file is on your machine, commit it and check .gitignore.",
        "경로를 고치십시오. 기준은 {root}입니다. 파일이 로컬에만 있다면 커밋하고 .gitignore를 확인하십시오.",
    ),
    "diagnosis.dockerfile-missing": (
        "The build of {service} finds no Dockerfile at {path} below {root}.",
        "{service}의 빌드가 {root} 아래 {path}에서 Dockerfile을 찾지 못했습니다.",
    ),
    "diagnosis.dockerfile-missing.fix": (
        "Correct `dockerfile` under [services.{service}]: it counts from `root`. If the file is new, commit it.",
        "[services.{service}]의 `dockerfile`을 고치십시오. 기준은 `root`입니다. 새 파일이라면 커밋하십시오.",
    ),
    "diagnosis.dockerfile-syntax": (
        "Line {line} of the Dockerfile of {service} cannot be read: {text}",
        "{service}의 Dockerfile {line}번째 줄을 읽을 수 없습니다: {text}",
    ),
    "diagnosis.dockerfile-syntax.fix": (
        "Correct that line; a missing backslash at the end of the line before has the same effect.",
        "그 줄을 고치십시오. 앞줄 끝의 역슬래시가 빠져도 이렇게 됩니다.",
    ),
    "diagnosis.base-image": (
        "The image {image} that the Dockerfile of {service} builds on was not found.",
        "{service}의 Dockerfile이 바탕으로 하는 이미지 {image:을} 찾을 수 없습니다.",
    ),
    "diagnosis.base-image.fix": (
        "Correct the name and the tag in FROM; a private image cannot be pulled.",
        "FROM의 이름과 태그를 고치십시오. 비공개 이미지는 받을 수 없습니다.",
    ),
    "diagnosis.package-missing": (
        "{where} imports {module}, and package.json does not name it.",
        "{where}에서 {module:을} 불러오지만 package.json에 없습니다.",
    ),
    "diagnosis.package-missing.fix": (
        "Run `{add}` beside {file}, commit package.json and the lock file, and deploy again.",
        "{file:이} 있는 폴더에서 `{add}`을(를) 실행하고 package.json과 lock 파일을 커밋한 뒤 다시 배포하십시오.",
    ),
    "diagnosis.package-not-installed": (
        "{where} imports {module}. package.json names {package}, but the build did not install it.",
        "{where}에서 {module:을} 불러옵니다. package.json에 {package:이} 있지만 빌드에서 설치되지 않았습니다.",
    ),
    "diagnosis.package-not-installed.fix": (
        "Bring the lock file up to date and commit it. If it is a development dependency, do not install with --omit=dev before the build; if only a part is missing, check the import's path.",
        "lock 파일을 갱신해 커밋하십시오. 개발 의존성이라면 빌드 전에 --omit=dev로 설치하지 말고, 일부만 없다면 import 경로를 확인하십시오.",
    ),
    "diagnosis.file-unresolved": (
        "{where} imports {module}, and the deployed files hold nothing there.",
        "{where}에서 {module:을} 불러오지만 배포된 파일에 없습니다.",
    ),
    "diagnosis.file-unresolved.fix": (
        "Correct the path; capital letters count. If the file is on your machine, commit it: git or an ignore file leaves it out. Check `paths` in tsconfig.json for an alias.",
        "경로를 고치십시오(대소문자 구분). 로컬에 파일이 있다면 커밋하십시오. git이나 무시 파일이 제외하고 있습니다. 별칭이라면 tsconfig.json의 `paths`를 확인하십시오.",
    ),
    "diagnosis.lock-behind": (
        "The lock file of {service} does not fit its package.json, so nothing is installed.",
        "{service}의 lock 파일이 package.json과 맞지 않아 설치가 중단되었습니다.",
    ),
    "diagnosis.lock-behind.fix": (
        "Run the install command (`npm install`) in {root} and commit the lock file.",
        "{root}에서 설치 명령(`npm install`)을 실행하고 lock 파일을 커밋하십시오.",
    ),
    "diagnosis.lock-missing": (
        "The build of {service} runs `npm ci`, and there is no package-lock.json in {root}.",
        "{service}의 빌드가 `npm ci`를 실행하지만 {root}에 package-lock.json이 없습니다.",
    ),
    "diagnosis.lock-missing.fix": (
        "Run `npm install` in {root} and commit package-lock.json; check that no ignore file hides it.",
        "{root}에서 `npm install`을 실행하고 package-lock.json을 커밋하십시오. 무시 파일이 제외하지 않는지도 확인하십시오.",
    ),
    "diagnosis.package-unknown": (
        "The package registry does not have {package}.",
        "패키지 레지스트리에 {package:이} 없습니다.",
    ),
    "diagnosis.package-unknown.fix": (
        "Check name and version in package.json; a private package needs a token in the build.",
        "package.json의 이름과 버전을 확인하십시오. 비공개 패키지라면 빌드에 토큰이 필요합니다.",
    ),
    "diagnosis.package-peers": (
        "Packages of {service} want different versions of a third one.",
        "{service}의 패키지들이 서로 다른 버전의 같은 패키지를 요구합니다.",
    ),
    "diagnosis.package-peers.fix": (
        "Move the package the log names to a version both accept, and commit the lock file.",
        "로그에 나온 패키지를 양쪽이 허용하는 버전으로 바꾸고 lock 파일을 커밋하십시오.",
    ),
    "diagnosis.script-missing": (
        "package.json of {service} has no script `{script}`.",
        "{service}의 package.json에 `{script}` 스크립트가 없습니다.",
    ),
    "diagnosis.script-missing.fix": (
        "Add the script, or set build_command or start_command under [services.{service}].",
        "스크립트를 추가하거나 [services.{service}]에 build_command 또는 start_command를 설정하십시오.",
    ),
    "diagnosis.node-version": (
        "The image has Node.js {have}; Next.js wants {want}.",
        "이미지의 Node.js는 {have:이}지만 Next.js에는 {want:이} 필요합니다.",
    ),
    "diagnosis.node-version.fix": (
        'Set `"engines"` in package.json, or the version in the Dockerfile\'s FROM, to what it wants.',
        'package.json의 `"engines"`나 Dockerfile의 FROM 버전을 맞추십시오.',
    ),
    "diagnosis.font": (
        "The build wants the font {font} from Google, and could not fetch it.",
        "빌드가 Google에서 {font} 글꼴을 받으려 했지만 받지 못했습니다.",
    ),
    "diagnosis.font.fix": (
        "Put the font into the repository and load it by next/font/local: the build needs no network then.",
        "글꼴을 저장소에 넣고 next/font/local로 불러오십시오. 그러면 빌드에 네트워크가 필요 없습니다.",
    ),
    "diagnosis.types": (
        "A type error stops the build at {where}: {text}",
        "{where}의 타입 오류로 빌드가 중단되었습니다: {text}",
    ),
    "diagnosis.types.fix": (
        "Correct it; `npx tsc --noEmit` in {root} shows all of them at once.",
        "고치십시오. {root}에서 `npx tsc --noEmit`을 실행하면 모든 오류를 한 번에 볼 수 있습니다.",
    ),
    "diagnosis.suspense": (
        "The page {page} uses {hook} outside a Suspense boundary, so it cannot be built.",
        "{page} 페이지가 Suspense 경계 밖에서 {hook:을} 사용해 빌드할 수 없습니다.",
    ),
    "diagnosis.suspense.fix": (
        "Wrap the component that calls {hook} in <Suspense>.",
        "{hook:을} 호출하는 컴포넌트를 <Suspense>로 감싸십시오.",
    ),
    "diagnosis.prerender": (
        "The page {page} fails while it is built.",
        "{page} 페이지를 빌드하는 중에 오류가 발생했습니다.",
    ),
    "diagnosis.prerender.fix": (
        "The error below the line names the reason; a page that needs the server or a key at build time must be rendered on request.",
        "그 아래 오류에 이유가 있습니다. 빌드할 때 서버나 키가 필요한 페이지는 요청 시 렌더링하도록 바꾸십시오.",
    ),
    "diagnosis.not-built": (
        "{service} was started without a build: the folder {folder} is not in the image.",
        "{service:이} 빌드 없이 시작되었습니다. 이미지에 {folder} 폴더가 없습니다.",
    ),
    "diagnosis.not-built.fix": (
        "Let the Dockerfile run the build, or set build_command under [services.{service}]; check that the start command runs in the folder of the build.",
        "Dockerfile에서 빌드를 실행하거나 [services.{service}]에 build_command를 설정하고, 시작 명령이 빌드된 폴더에서 실행되는지 확인하십시오.",
    ),
    "diagnosis.swc": (
        "Next.js has no compiler for {platform} among the installed packages.",
        "설치된 패키지 중에 {platform:을} 위한 Next.js 컴파일러가 없습니다.",
    ),
    "diagnosis.swc.fix": (
        "Delete the lock file and node_modules, install again and commit: the lock file was made for another system.",
        "lock 파일과 node_modules를 지우고 다시 설치한 뒤 커밋하십시오. lock 파일이 다른 시스템에서 만들어졌습니다.",
    ),
    "diagnosis.command-failed": (
        "The command `{command}` of the build ended with code {code}.",
        "빌드 명령 `{command}`이(가) 코드 {code:으로} 끝났습니다.",
    ),
    "diagnosis.command-failed.fix": (
        "Run the same command in {root} on your machine; its last lines say what is wrong.",
        "{root}에서 같은 명령을 실행해 보십시오. 마지막 줄들에 원인이 있습니다.",
    ),
}
