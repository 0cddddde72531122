"""Causes in Python: what cannot be imported, installed or read."""

from __future__ import annotations

from wizard.locale import Catalogue

IMPORTS: Catalogue = {
    "diagnosis.driver-missing": (
        "{service} talks to its database through {module}, and no requirement of its image brings that driver.",
        "{service:이} 데이터베이스에 {module:으로} 연결하지만, 이미지에 이 드라이버를 설치하는 항목이 없습니다.",
    ),
    "diagnosis.driver-missing.fix": (
        "Add the line `{requirement}` to {file} and deploy again.",
        "{file}에 `{requirement}` 줄을 추가하고 다시 배포하십시오.",
    ),
    "diagnosis.driver-missing.scheme": (
        "Or use the driver that {file} already names: let the database URL begin with {scheme} in the code.",
        "또는 {file}에 이미 있는 드라이버를 쓰십시오. 코드에서 데이터베이스 URL이 {scheme:으로} 시작하게 하면 됩니다.",
    ),
    "diagnosis.driver-not-installed": (
        "{service} talks to its database through {module}. {file} names {declared}, but the image did not install it.",
        "{service:이} 데이터베이스에 {module:으로} 연결합니다. {file}에 {declared:이} 있지만 이미지에는 설치되지 않았습니다.",
    ),
    "diagnosis.driver-not-installed.fix": (
        "Check that the build installs from {file} itself, and not from another file, an extra or a development group.",
        "빌드가 다른 파일이나 extra, 개발용 그룹이 아니라 {file}에서 설치하는지 확인하십시오.",
    ),
    "diagnosis.driver-library": (
        "psycopg is installed without the PostgreSQL library it needs (libpq).",
        "psycopg가 필요한 PostgreSQL 라이브러리(libpq) 없이 설치되었습니다.",
    ),
    "diagnosis.driver-library.fix": (
        "Require `psycopg[binary]` instead of `psycopg`: it brings its own library.",
        "`psycopg` 대신 라이브러리를 포함한 `psycopg[binary]`를 지정하십시오.",
    ),
    "diagnosis.import-outside": (
        "{where} imports {module}, which lies in {folder}: outside {root}, the only folder that the image of {service} is built from.",
        "{where}에서 {module:을} 불러오지만 {folder}에 있습니다. {service}의 이미지는 {root} 폴더만으로 만들어지므로 들어가지 않습니다.",
    ),
    "diagnosis.import-outside.fix": (
        "Move {folder} into {root}, or make it a package that the service's requirements install.",
        "{folder:을} {root} 안으로 옮기거나, 서비스가 설치하는 패키지로 만드십시오.",
    ),
    "diagnosis.import-outside.root": (
        'Or build from above: set root = "." and the Dockerfile\'s new path under [services.{service}], and let its COPY lines name both folders.',
        '또는 상위 폴더에서 빌드하십시오. [services.{service}]의 root를 "."로, dockerfile을 새 경로로 바꾸고 COPY에 두 폴더를 모두 적으면 됩니다.',
    ),
    "diagnosis.import-not-found": (
        "{where} imports {module}. It lies in {folder}, but not where Python looks inside the image.",
        "{where}에서 {module:을} 불러옵니다. {folder}에 있지만 이미지 안에서 Python이 찾는 위치에는 없습니다.",
    ),
    "diagnosis.import-not-found.fix": (
        "Check that the Dockerfile copies {folder}, that .dockerignore and .gitignore let it through, and that the command starts in the folder above it (WORKDIR, PYTHONPATH).",
        "Dockerfile이 {folder:을} 복사하는지, .dockerignore와 .gitignore가 제외하지 않는지, 명령이 그 상위 폴더에서 시작하는지(WORKDIR, PYTHONPATH) 확인하십시오.",
    ),
    "diagnosis.module-missing": (
        "{where} imports {module}, and nothing in {file} installs it.",
        "{where}에서 {module:을} 불러오지만 {file}에 이를 설치하는 항목이 없습니다.",
    ),
    "diagnosis.module-missing.fix": (
        "Add the line `{requirement}` to {file} and deploy again.",
        "{file}에 `{requirement}` 줄을 추가하고 다시 배포하십시오.",
    ),
    "diagnosis.module-not-installed": (
        "{where} imports {module}. {file} names {requirement}, but the image did not install it.",
        "{where}에서 {module:을} 불러옵니다. {file}에 {requirement:이} 있지만 이미지에는 설치되지 않았습니다.",
    ),
    "diagnosis.module-not-installed.fix": (
        "Check that the build installs from {file} itself, and that the command runs with that Python and not another one.",
        "빌드가 {file}에서 설치하는지, 시작 명령이 같은 Python을 쓰는지 확인하십시오.",
    ),
    "diagnosis.form-data": (
        "A route of {service} reads a form, and python-multipart is not installed.",
        "{service}의 경로가 폼을 읽지만 python-multipart가 설치되지 않았습니다.",
    ),
    "diagnosis.form-data.fix": (
        "Add the line `python-multipart` to the service's requirements.",
        "서비스의 의존성 파일에 `python-multipart` 줄을 추가하십시오.",
    ),
    "diagnosis.email-validator": (
        "A model of {service} holds an e-mail address, and email-validator is not installed.",
        "{service}의 모델이 이메일 주소를 검사하지만 email-validator가 설치되지 않았습니다.",
    ),
    "diagnosis.email-validator.fix": (
        "Add the line `email-validator` to the service's requirements.",
        "서비스의 의존성 파일에 `email-validator` 줄을 추가하십시오.",
    ),
    "diagnosis.native-library": (
        "A package needs the system library {library}, which the image does not have.",
        "어떤 패키지에 시스템 라이브러리 {library:이} 필요하지만 이미지에 없습니다.",
    ),
    "diagnosis.native-library.fix": (
        "Install it in the Dockerfile (apt-get install), or use a package that needs none: opencv-python-headless instead of opencv-python.",
        "Dockerfile에서 설치하거나(apt-get install) 필요 없는 패키지로 바꾸십시오. 예: opencv-python 대신 opencv-python-headless.",
    ),
    "diagnosis.asgi-target": (
        "The start command asks for {wanted}, which the code does not have; its application is {found} ({where}).",
        "시작 명령은 {wanted:을} 찾지만 코드에 없습니다. 애플리케이션은 {found}입니다({where}).",
    ),
    "diagnosis.asgi-target.fix": (
        "Start the server with `{found}`, from the folder it is imported from.",
        "서버를 `{found}`(으)로 시작하고, 그 모듈을 불러올 수 있는 폴더에서 실행하십시오.",
    ),
    "diagnosis.asgi-absent": (
        "The start command asks for {wanted}, and no application was found in the code.",
        "시작 명령은 {wanted:을} 찾지만 코드에서 애플리케이션을 찾지 못했습니다.",
    ),
    "diagnosis.asgi-absent.fix": (
        "Name the module and the variable that hold the application, such as `app.main:app`, and check the working directory.",
        "`app.main:app`처럼 애플리케이션이 있는 모듈과 변수를 지정하고 작업 폴더를 확인하십시오.",
    ),
    "diagnosis.import-circle": (
        "Two modules import each other: {name} of {module} is asked for before it exists.",
        "두 모듈이 서로를 불러옵니다. {module}의 {name:이} 만들어지기 전에 요청되었습니다.",
    ),
    "diagnosis.import-circle.fix": (
        "Move what both need into a third module, or import it inside the function that uses it.",
        "둘 다 필요한 코드를 다른 모듈로 옮기거나, 사용하는 함수 안에서 불러오십시오.",
    ),
    "diagnosis.import-name": (
        "{module} has no {name}: the image holds another version of it than the code was written for.",
        "{module}에 {name:이} 없습니다. 이미지에 설치된 버전이 코드가 기대하는 버전과 다릅니다.",
    ),
    "diagnosis.import-name.fix": (
        "Pin the version you develop with in {file}, or, if the module is your own, define {name} there.",
        "개발할 때 쓰는 버전을 {file}에 고정하십시오. 직접 만든 모듈이라면 {name:을} 정의하십시오.",
    ),
    "diagnosis.syntax": (
        "{where} is no Python that {base} can read: {text}",
        "{where:을} {base}의 Python이 읽을 수 없습니다: {text}",
    ),
    "diagnosis.syntax.fix": (
        "Correct that line. If it runs on your machine, the image's Python is older: raise the version in the Dockerfile's FROM.",
        "해당 줄을 고치십시오. 로컬에서 실행된다면 이미지의 Python이 더 오래된 것이므로 Dockerfile의 FROM 버전을 올리십시오.",
    ),
    "diagnosis.python-too-old": (
        "{what} needs another Python than {base} has.",
        "{what}에는 {base}에 있는 것과 다른 Python 버전이 필요합니다.",
    ),
    "diagnosis.python-too-old.fix": (
        "Raise the version in the Dockerfile's FROM (or .python-version) to the one you develop with.",
        "Dockerfile의 FROM(또는 .python-version) 버전을 개발할 때 쓰는 버전으로 올리십시오.",
    ),
    "diagnosis.requirement-unknown": (
        "{where} asks for {requirement}, and the package index has none that fits {base}.",
        "{where}의 {requirement:을} 패키지 인덱스에서 찾을 수 없거나 {base}에 맞는 버전이 없습니다.",
    ),
    "diagnosis.requirement-unknown.fix": (
        "Check the name and the version; the log names the versions there are.",
        "이름과 버전을 확인하십시오. 로그에 사용 가능한 버전이 있습니다.",
    ),
    "diagnosis.requirements-conflict": (
        "The requirements of {service} contradict each other: {packages}",
        "{service}의 의존성이 서로 충돌합니다: {packages}",
    ),
    "diagnosis.requirements-conflict.fix": (
        "Loosen one of the versions the log names, install locally, and commit the file that results.",
        "로그에 나온 버전 제한 중 하나를 풀어 로컬에서 설치해 본 뒤, 그 결과를 커밋하십시오.",
    ),
    "diagnosis.requirements-file": (
        "The build installs from {file}, which is not in the image at that point.",
        "빌드가 {file}에서 설치하려 하지만 그 시점의 이미지에 없습니다.",
    ),
    "diagnosis.requirements-file.fix": (
        "COPY the file before that RUN, and check that no ignore file hides it.",
        "해당 RUN보다 앞에서 파일을 COPY하고, 무시 파일이 제외하지 않는지 확인하십시오.",
    ),
    "diagnosis.no-compiler": (
        "A package is compiled while it is installed, and the image has no compiler or headers for it ({tool}).",
        "설치 중에 컴파일해야 하는 패키지가 있지만 이미지에 컴파일러나 헤더가 없습니다({tool}).",
    ),
    "diagnosis.no-compiler.fix": (
        "Use a package that comes built (psycopg2-binary instead of psycopg2), or install gcc and the headers in the Dockerfile.",
        "미리 빌드된 패키지를 쓰거나(psycopg2 대신 psycopg2-binary) Dockerfile에서 gcc와 헤더를 설치하십시오.",
    ),
    "diagnosis.exception": (
        "{service} failed at {where}: {error}",
        "{service:이} {where}에서 실패했습니다: {error}",
    ),
    "diagnosis.exception.fix": (
        "Correct that line, or what it needs, and deploy again.",
        "해당 줄이나 그 줄에 필요한 것을 고치고 다시 배포하십시오.",
    ),
    "diagnosis.exception-elsewhere": (
        "{service} failed inside a library: {error}",
        "{service:이} 라이브러리 안에서 실패했습니다: {error}",
    ),
    "diagnosis.exception-elsewhere.fix": (
        "The start command or a variable is the likely reason: compare both with how it runs on your machine.",
        "시작 명령이나 변수가 원인일 가능성이 큽니다. 로컬에서 실행할 때와 비교하십시오.",
    ),
}
