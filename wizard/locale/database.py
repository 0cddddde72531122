"""Sentences of `wizard.database`."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "database.absent.what": (
        "The environment has no database {name}.",
        "환경에 데이터베이스 {name:이} 없습니다.",
    ),
    "database.absent.why": (
        "The plan names it, and the platform does not know it.",
        "계획에는 있으나 플랫폼에는 없는 이름입니다.",
    ),
    "database.absent.fix": (
        "Run the project phase, which creates it: `railwizard deploy --only project`.",
        "데이터베이스를 만드는 project 단계를 실행하십시오: `railwizard deploy --only project`.",
    ),
    "database.no-credential.what": (
        "No password for database {name} was found.",
        "데이터베이스 {name}의 비밀번호를 찾을 수 없습니다.",
    ),
    "database.no-credential.why": (
        "Of {variables}, the database's own variables carry none with a password.",
        "데이터베이스 자체 변수 {variables} 가운데 비밀번호가 들어 있는 것이 없습니다.",
    ),
    "database.no-credential.fix": (
        "Look at the database's variables on the platform: a deleted or sealed one must be restored.",
        "플랫폼에서 데이터베이스의 변수를 확인하고, 삭제되거나 봉인된 변수를 되돌려 주십시오.",
    ),
    "database.broken.what": (
        "The database {name} refused what was asked of it: {reason}",
        "데이터베이스 {name:이} 요청을 거절했습니다: {reason}",
    ),
    "database.broken.why": (
        "It was reached and the login was right; a right is missing, or it ended the connection.",
        "연결과 로그인은 되었지만 권한이 없거나 데이터베이스가 연결을 끊었습니다.",
    ),
    "database.broken.fix": (
        "Look at the database's log with railwizard logs {name}, then run again.",
        "railwizard logs {name} 명령으로 데이터베이스 로그를 확인한 뒤 다시 실행하십시오.",
    ),
    "database.refused.what": ("Database {name} refused the login.", "데이터베이스 {name:이} 로그인을 거부했습니다."),
    "database.refused.why": ("{reason}", "{reason}"),
    "database.refused.fix": (
        "The password of a PostgreSQL volume is set once, when it is empty: the variables were changed after that. "
        "Set the variable back, or change the role's password to it.",
        "비밀번호는 볼륨이 비어 있을 때 한 번만 정해지므로, 그 뒤에 변수가 바뀐 것입니다. 변수를 되돌리거나 "
        "데이터베이스 역할의 비밀번호를 변수에 맞추어 주십시오.",
    ),
    "database.unreachable.what": (
        "Database {name} does not answer at {address}.",
        "데이터베이스 {name:이} {address}에서 응답하지 않습니다.",
    ),
    "database.unreachable.why": ("{reason}", "{reason}"),
    "database.unreachable.fix": (
        "See in the platform's panel whether the database runs, and whether this network lets {address} through.",
        "플랫폼 화면에서 데이터베이스가 실행 중인지, 이 네트워크에서 {address}에 접속할 수 있는지 확인하십시오.",
    ),
    "database.no-such-table.what": ("There is no table {table}.", "테이블 {table:이} 없습니다."),
    "database.no-such-table.why": (
        "Plan or code name it as the table of accounts, and the database does not have it.",
        "계획이나 코드가 계정 테이블로 지정했으나 데이터베이스에 없습니다.",
    ),
    "database.no-such-table.fix": (
        "Run the migrations first, or set `table` under [admin] in wizard.toml.",
        "마이그레이션을 먼저 실행하거나 wizard.toml의 [admin]에 `table`을 지정하십시오.",
    ),
    "database.users-table-unclear.what": (
        "The table of accounts is not evident: {count} fit.",
        "계정 테이블이 분명하지 않습니다: 후보 {count}개.",
    ),
    "database.users-table-unclear.why": (
        "It needs a login and a password column. Looked at: {tables}.",
        "로그인 열과 비밀번호 열이 있어야 합니다. 살펴본 테이블: {tables}.",
    ),
    "database.users-table-unclear.fix": (
        "Set `table` under [admin] in wizard.toml.",
        "wizard.toml의 [admin]에 `table`을 지정하십시오.",
    ),
    "database.users-columns-unclear.what": (
        "Login and password columns of {table} are not evident.",
        "{table}의 로그인 열과 비밀번호 열이 분명하지 않습니다.",
    ),
    "database.users-columns-unclear.why": ("It has the columns {columns}.", "열 목록: {columns}."),
    "database.users-columns-unclear.fix": (
        "Name the right table under [admin], or create the administrator with a script of the application "
        "(`script` under [admin]).",
        "[admin]에 올바른 테이블을 지정하거나 애플리케이션의 스크립트(`script`)로 관리자를 만드십시오.",
    ),
    "database.unknown-scheme.what": (
        "The application hashes passwords in a way the wizard cannot: {prefix}.",
        "애플리케이션의 비밀번호 해시 방식({prefix})은 마법사가 만들 수 없습니다.",
    ),
    "database.unknown-scheme.why": (
        "Existing rows begin with it; bcrypt and argon2 are known.",
        "기존 행의 해시가 그렇게 시작합니다. bcrypt와 argon2만 지원합니다.",
    ),
    "database.unknown-scheme.fix": (
        "Let the application hash: set `script` under [admin] to the command that creates an administrator.",
        "애플리케이션이 직접 해시하도록, 관리자를 만드는 명령을 [admin]의 `script`에 지정하십시오.",
    ),
    "database.no-scheme.what": ("How passwords are hashed is unknown.", "비밀번호 해시 방식을 알 수 없습니다."),
    "database.no-scheme.why": (
        "The code does not say it, and there is no account yet to read it from.",
        "코드에서 알 수 없고, 참고할 계정도 아직 없습니다.",
    ),
    "database.no-scheme.fix": (
        'Set `scheme = "bcrypt"` or `"argon2"` under [admin] in wizard.toml.',
        'wizard.toml의 [admin]에 `scheme = "bcrypt"` 또는 `"argon2"`를 지정하십시오.',
    ),
    "database.scheme-conflict.what": (
        "Code and database disagree on how passwords are hashed.",
        "코드와 데이터베이스의 비밀번호 해시 방식이 서로 다릅니다.",
    ),
    "database.scheme-conflict.why": (
        "The code says {said}; existing rows are {seen}.",
        "코드는 {said}, 기존 행은 {seen}입니다.",
    ),
    "database.scheme-conflict.fix": (
        "Set `scheme` under [admin] in wizard.toml to what the deployed application verifies.",
        "배포된 애플리케이션이 검증하는 방식을 wizard.toml의 [admin]에 `scheme`으로 지정하십시오.",
    ),
    "database.password-too-long.what": (
        "The administrator's password is longer than {longest} bytes.",
        "관리자 비밀번호가 {longest}바이트보다 깁니다.",
    ),
    "database.password-too-long.why": (
        "bcrypt hashes no more than that.",
        "bcrypt는 그보다 긴 값을 해시하지 못합니다.",
    ),
    "database.password-too-long.fix": ("Choose a shorter password.", "더 짧은 비밀번호를 정하십시오."),
    "database.admin-conflict.what": (
        "The administrator's row collides with another row of {table}.",
        "관리자 행이 {table}의 다른 행과 겹칩니다.",
    ),
    "database.admin-conflict.why": (
        "The constraint {constraint} allows each value once.",
        "제약 조건 {constraint} 때문에 같은 값을 두 번 쓸 수 없습니다.",
    ),
    "database.admin-conflict.fix": (
        "Choose another username or value under [admin] in wizard.toml. Nothing was written.",
        "wizard.toml의 [admin]에서 다른 사용자 이름이나 값을 정하십시오. 기록된 것은 없습니다.",
    ),
    "database.admin-refused.what": (
        "The database refused the administrator's row in {table}.",
        "데이터베이스가 {table}의 관리자 행을 거부했습니다.",
    ),
    "database.admin-refused.why": ("{reason}", "{reason}"),
    "database.admin-refused.fix": (
        "Give the value of that column under [admin] `columns` in wizard.toml. Nothing was written.",
        "해당 열의 값을 wizard.toml의 [admin] `columns`에 지정하십시오. 기록된 것은 없습니다.",
    ),
    "database.ask-column": (
        "What does column {column} ({type}) of the administrator's row hold?",
        "관리자 행의 {column} 열({type})에는 어떤 값을 넣습니까?",
    ),
    "database.ask-column-help": (
        "The database requires it and nothing in the code says its value. wizard.toml can carry it: [admin] "
        "columns = {{ {column} = ... }}",
        "데이터베이스가 요구하지만 코드에서 값을 알 수 없습니다. wizard.toml의 [admin] columns = {{ {column} = ... }}에 "
        "적어 둘 수 있습니다.",
    ),
    "database.plain": ("{text}", "{text}"),
    "database.missing-table": ("Table {table} is missing.", "테이블 {table:이} 없습니다."),
    "database.missing-column": ("Column {table}.{column} is missing.", "열 {table}.{column:이} 없습니다."),
    "database.column-not-null": (
        "Column {table}.{column} must not be null, and the model lets it be.",
        "열 {table}.{column}에는 NULL을 넣을 수 없지만 모델은 NULL을 허용합니다.",
    ),
    "database.column-nullable": (
        "Column {table}.{column} may be null, and the model does not expect it.",
        "열 {table}.{column}에 NULL이 들어갈 수 있지만 모델은 이를 예상하지 않습니다.",
    ),
    "database.unset-column": (
        "Column {table}.{column} must be filled, and no model knows it: every insert fails.",
        "열 {table}.{column:은} 반드시 채워야 하지만 모델에 없어 모든 INSERT가 실패합니다.",
    ),
}
