"""Causes in databases, migrations and variables."""

from __future__ import annotations

from wizard.locale import Catalogue

DATA: Catalogue = {
    "diagnosis.variable-missing": (
        "{service} does not start without {names}, and nothing sets that for it.",
        "{service:은} {names} 없이는 시작되지 않지만, 설정된 값이 없습니다.",
    ),
    "diagnosis.variable-missing.fix": (
        "Add {names} under [services.{service}.variables] in wizard.toml: a reference, a generated secret, or a secret that you type once.",
        "wizard.toml의 [services.{service}.variables]에 {names:을} 추가하십시오. 참조, 생성되는 비밀, 한 번 입력하는 비밀 중 하나로 지정할 수 있습니다.",
    ),
    "diagnosis.variable-unseen": (
        "{service} does not see {names}, though the plan sets it.",
        "계획에는 {names:이} 있지만 {service}에는 보이지 않습니다.",
    ),
    "diagnosis.variable-unseen.fix": (
        "A Docker build sees only what it declares: add `ARG {names}` before the RUN that needs it, in that stage. At run time, check that no script replaces the environment.",
        "Docker 빌드는 선언한 변수만 볼 수 있습니다. 필요한 RUN보다 앞, 같은 스테이지에 `ARG {names}`를 추가하십시오. 실행 중이라면 스크립트가 환경을 바꾸지 않는지 확인하십시오.",
    ),
    "diagnosis.variable-invalid": (
        "{service} refuses the value of {names}: {problem}",
        "{service:이} {names}의 값을 받아들이지 않습니다: {problem}",
    ),
    "diagnosis.variable-invalid.fix": (
        "Correct {names} under [services.{service}.variables], or the rule in the settings class.",
        "[services.{service}.variables]의 {names:을} 고치거나 설정 클래스의 규칙을 고치십시오.",
    ),
    "diagnosis.variable-json": (
        "The setting {field} is a list or an object, and its variable is not written as JSON.",
        "설정 {field:은} 목록이나 객체인데 변수 값이 JSON이 아닙니다.",
    ),
    "diagnosis.variable-json.fix": (
        'Write the value as JSON (["https://a.example"]), or annotate the field with NoDecode and split it at commas in a validator.',
        '값을 JSON(["https://a.example"])으로 적거나, 필드에 NoDecode를 붙이고 검증 함수에서 쉼표로 나누십시오.',
    ),
    "diagnosis.database-local": (
        "{service} looks for its database on its own machine ({host}:{port}), where a developer has one and a container has none.",
        "{service:이} 자기 자신({host}:{port})에서 데이터베이스를 찾습니다. 개발 환경에는 있지만 컨테이너에는 없습니다.",
    ),
    "diagnosis.database-local.fix": (
        "Let the code read {variable} and have no default (written at {where}); set it under [services.{service}.variables].",
        "코드가 기본값 없이 {variable:을} 읽게 하고(작성된 위치: {where}), [services.{service}.variables]에 설정하십시오.",
    ),
    "diagnosis.database-refused": (
        "Nothing answers at {host}:{port}, where {service} looks for a database.",
        "{service:이} 데이터베이스를 찾는 {host}:{port}에서 응답이 없습니다.",
    ),
    "diagnosis.database-refused.fix": (
        "Check with `railwizard status` that the database runs, and that the variable refers to it ({{postgres.DATABASE_URL}}) instead of holding a copied address.",
        "`railwizard status`로 데이터베이스가 실행 중인지, 변수가 복사한 주소가 아니라 참조({{postgres.DATABASE_URL}})인지 확인하십시오.",
    ),
    "diagnosis.database-host": (
        "{service} connects to a host that does not exist where it runs: {host}",
        "{service:이} 실행 환경에 없는 호스트에 연결합니다: {host}",
    ),
    "diagnosis.database-host.fix": (
        "Use the plan's reference ({{postgres.DATABASE_URL}}) instead of a copied host. Private names resolve only while the service runs, not during its build.",
        "복사한 호스트 대신 계획의 참조({{postgres.DATABASE_URL}})를 쓰십시오. 내부 이름은 빌드 중이 아니라 실행 중에만 찾을 수 있습니다.",
    ),
    "diagnosis.database-password": (
        "The database does not let {user} in: the password is another one.",
        "데이터베이스가 {user} 접속을 거부했습니다. 비밀번호가 다릅니다.",
    ),
    "diagnosis.database-password.fix": (
        "Use the plan's reference ({{postgres.DATABASE_URL}}): a copied URL keeps an old password.",
        "계획의 참조({{postgres.DATABASE_URL}})를 쓰십시오. 복사한 URL에는 이전 비밀번호가 남습니다.",
    ),
    "diagnosis.redis-password": (
        "Redis does not let {service} in: the URL has no password, or an old one.",
        "Redis가 {service}의 접속을 거부했습니다. URL에 비밀번호가 없거나 이전 비밀번호입니다.",
    ),
    "diagnosis.redis-password.fix": (
        "Use the plan's reference ({{redis.REDIS_URL}}) and let the code connect by that URL, not by host and port alone.",
        "계획의 참조({{redis.REDIS_URL}})를 쓰고, 코드가 호스트와 포트가 아니라 그 URL로 연결하게 하십시오.",
    ),
    "diagnosis.database-name": (
        "The server has no database {name}.",
        "서버에 {name} 데이터베이스가 없습니다.",
    ),
    "diagnosis.database-name.fix": (
        "Use the name in the database's own URL ({{postgres.DATABASE_URL}}), or create {name} once with `railwizard psql`.",
        "데이터베이스 URL({{postgres.DATABASE_URL}})에 있는 이름을 쓰거나, `railwizard psql`로 {name:을} 한 번 만드십시오.",
    ),
    "diagnosis.database-scheme": (
        "The database URL begins with {scheme}://, which SQLAlchemy no longer knows.",
        "데이터베이스 URL이 SQLAlchemy가 더는 지원하지 않는 {scheme}://로 시작합니다.",
    ),
    "diagnosis.database-scheme.fix": (
        "Replace the beginning in the code once, where the URL is read: postgresql+psycopg:// names the driver too.",
        "URL을 읽는 곳에서 앞부분을 바꾸십시오. postgresql+psycopg://라고 하면 드라이버까지 지정됩니다.",
    ),
    "diagnosis.database-dialect": (
        "SQLAlchemy knows no database of the kind {scheme}, as the URL names it.",
        "SQLAlchemy가 URL에 적힌 {scheme} 종류의 데이터베이스를 알지 못합니다.",
    ),
    "diagnosis.database-dialect.fix": (
        "Correct the beginning of the URL, or install the package that brings this dialect.",
        "URL의 앞부분을 고치거나 해당 방언을 제공하는 패키지를 설치하십시오.",
    ),
    "diagnosis.database-async": (
        "The code builds an asynchronous engine, and {driver}, which the URL leads to, is not asynchronous.",
        "코드는 비동기 엔진을 만들지만 URL이 가리키는 {driver:은} 비동기 드라이버가 아닙니다.",
    ),
    "diagnosis.database-async.fix": (
        "Let the URL begin with postgresql+asyncpg:// (and require asyncpg) or postgresql+psycopg://: replace the beginning where it is read.",
        "URL이 postgresql+asyncpg://(asyncpg 설치 필요)나 postgresql+psycopg://로 시작하도록 읽는 곳에서 바꾸십시오.",
    ),
    "diagnosis.database-sslmode": (
        "asyncpg does not understand the URL's option {option}.",
        "asyncpg는 URL의 {option} 옵션을 이해하지 못합니다.",
    ),
    "diagnosis.database-sslmode.fix": (
        "Take {option} out of the URL before the engine is built; asyncpg is told by connect_args={{'ssl': ...}}.",
        "엔진을 만들기 전에 URL에서 {option:을} 빼십시오. asyncpg에는 connect_args={{'ssl': ...}}로 지정합니다.",
    ),
    "diagnosis.database-url": (
        "{service} was given no database URL, or an empty one.",
        "{service}에 데이터베이스 URL이 없거나 비어 있습니다.",
    ),
    "diagnosis.database-url.fix": (
        'Set DATABASE_URL = "{{postgres.DATABASE_URL}}" under [services.{service}.variables]; `railwizard checklist` shows what is missing.',
        '[services.{service}.variables]에 DATABASE_URL = "{{postgres.DATABASE_URL}}"을 설정하십시오. `railwizard checklist`에서 빠진 값을 볼 수 있습니다.',
    ),
    "diagnosis.database-full": (
        "The database has no connection left for {service}.",
        "데이터베이스에 {service:이} 쓸 연결이 남아 있지 않습니다.",
    ),
    "diagnosis.database-full.fix": (
        "Lower pool_size and max_overflow, or the number of workers: workers times pool must stay below 100; during a deployment old and new run together.",
        "pool_size와 max_overflow, 또는 워커 수를 줄이십시오. 워커 수 × 풀 크기가 100보다 작아야 하며, 배포 중에는 이전 것과 함께 실행됩니다.",
    ),
    "diagnosis.table-missing": (
        "The database has no table {table}.",
        "데이터베이스에 {table} 테이블이 없습니다.",
    ),
    "diagnosis.table-missing.fix": (
        'Nothing created it before the service started: set pre_deploy = "alembic upgrade head" under [services.{service}], or create the tables at startup.',
        '서비스가 시작되기 전에 만들어지지 않았습니다. [services.{service}]에 pre_deploy = "alembic upgrade head"를 설정하거나 시작할 때 테이블을 만드십시오.',
    ),
    "diagnosis.column-missing": (
        "The database has no column {column}: its tables are older than the code.",
        "데이터베이스에 {column} 열이 없습니다. 테이블이 코드보다 오래되었습니다.",
    ),
    "diagnosis.column-missing.fix": (
        "Write a migration that adds it; create_all never changes a table that exists.",
        "열을 추가하는 마이그레이션을 작성하십시오. create_all은 이미 있는 테이블을 바꾸지 않습니다.",
    ),
    "diagnosis.database-extension": (
        "The database server does not have the extension {extension}.",
        "데이터베이스 서버에 {extension} 확장이 없습니다.",
    ),
    "diagnosis.database-extension.fix": (
        "Choose a database image that has it, or do without it. A rehearsal may lack what the platform's server has: the report names the server that stood in.",
        "확장이 포함된 데이터베이스 이미지를 고르거나 확장 없이 쓰십시오. 리허설에는 플랫폼 서버에 있는 것이 없을 수 있으며, 어떤 서버를 썼는지는 보고서에 있습니다.",
    ),
    "diagnosis.revision-failed": (
        "Migration {revision} ({where}) was refused by the database: {error}",
        "마이그레이션 {revision}({where})을(를) 데이터베이스가 거부했습니다: {error}",
    ),
    "diagnosis.revision-failed.fix": (
        "Correct the revision at {where} and try it on an empty database: `alembic upgrade head`.",
        "{where}의 리비전을 고치고 빈 데이터베이스에서 `alembic upgrade head`를 실행해 보십시오.",
    ),
    "diagnosis.revision-failed.rolled-back": (
        "PostgreSQL takes back the revision that failed; those before it stay, and the next run goes on from there.",
        "PostgreSQL은 실패한 리비전을 되돌립니다. 앞선 리비전은 그대로이며 다음 실행은 그 뒤부터 이어집니다.",
    ),
    "diagnosis.heads": (
        "The migrations end in more than one head ({heads}), so `upgrade head` does not know where to go.",
        "마이그레이션의 head가 둘 이상이라({heads}) `upgrade head`가 대상을 정할 수 없습니다.",
    ),
    "diagnosis.heads.fix": (
        "Run `alembic merge heads`, commit the new revision, and deploy again.",
        "`alembic merge heads`를 실행해 새 리비전을 커밋하고 다시 배포하십시오.",
    ),
    "diagnosis.revision-unknown": (
        "The database stands at migration {revision}, which the deployed code does not have.",
        "데이터베이스는 마이그레이션 {revision}에 있지만 배포된 코드에는 그 리비전이 없습니다.",
    ),
    "diagnosis.revision-unknown.fix": (
        "Commit the file of {revision} to {folder}, or deploy the branch that has it; .gitignore or .dockerignore may leave it out.",
        "{revision} 파일을 {folder}에 커밋하거나 그 파일이 있는 브랜치를 배포하십시오. .gitignore나 .dockerignore가 제외할 수도 있습니다.",
    ),
    "diagnosis.revision-parent": (
        "A migration ({child}) follows {missing}, and no file defines that.",
        "마이그레이션({child})이 {missing} 다음이라고 되어 있지만 그것을 정의한 파일이 없습니다.",
    ),
    "diagnosis.revision-parent.fix": (
        "Commit the missing file, or correct down_revision.",
        "빠진 파일을 커밋하거나 down_revision을 고치십시오.",
    ),
    "diagnosis.database-behind": (
        "The database of {service} does not stand at the newest migration.",
        "{service}의 데이터베이스가 최신 마이그레이션이 아닙니다.",
    ),
    "diagnosis.database-behind.fix": (
        "Run `alembic upgrade head` before the command that complains.",
        "오류가 난 명령보다 먼저 `alembic upgrade head`를 실행하십시오.",
    ),
    "diagnosis.alembic-config": (
        "The command finds no Alembic configuration where it runs.",
        "명령을 실행한 위치에서 Alembic 설정을 찾지 못했습니다.",
    ),
    "diagnosis.alembic-config.fix": (
        "Run it in the folder of alembic.ini (`cd` or `alembic -c path`), and check that the image holds the file.",
        "alembic.ini가 있는 폴더에서 실행하고(`cd` 또는 `alembic -c 경로`), 이미지에 그 파일이 있는지 확인하십시오.",
    ),
}
