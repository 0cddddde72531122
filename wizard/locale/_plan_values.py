"""Sentences about single keys and values of a plan: a part of `wizard.locale.plan`."""

from __future__ import annotations

from wizard.locale import Catalogue

_AT = ("{file}, line {line}: ", "{file} {line}번째 줄: ")
MEANT = (
    "Nearest valid name: `{nearest}`. Valid here: {valid}.",
    "가장 가까운 올바른 이름은 `{nearest}`입니다. 여기서 쓸 수 있는 이름: {valid}.",
)


def fault(code: str, what: tuple[str, str], why: tuple[str, str], fix: tuple[str, str]) -> Catalogue:
    """Return the three sentences of a fault that has a line."""
    located = (_AT[0] + what[0], _AT[1] + what[1])
    return {f"plan.{code}.what": located, f"plan.{code}.why": why, f"plan.{code}.fix": fix}


def _like(example: str) -> tuple[str, str]:
    """Return the fix that shows an example; its braces mean themselves."""
    shown = example.replace("{", "{{").replace("}", "}}")
    return f"Write it like `{shown}`.", f"`{shown}`처럼 적으십시오."


def _invalid(kind: str, noun: tuple[str, str], why: tuple[str, str], example: str) -> Catalogue:
    """Return the three sentences of a text of the wrong shape."""
    return fault(
        f"invalid-{kind}",
        (
            f"`{{where}}`: `{{value}}` is not {noun[0]}.",
            f"`{{where}}`: `{{value}}`{{value:은}} 올바른 {noun[1]} 형식이 아닙니다.",
        ),
        why,
        _like(example),
    )


def _expects(code: str, noun: tuple[str, str], example: str) -> Catalogue:
    """Return the three sentences of a value of the wrong type."""
    return fault(
        f"expects-{code}",
        (f"`{{where}}` must be {noun[0]}.", f"`{{where}}`에는 {noun[1]} 와야 합니다."),
        ("The file has a TOML {found} there.", "파일에는 TOML {found} 값이 적혀 있습니다."),
        _like(example),
    )


SYNTAX: Catalogue = {
    **fault(
        "not-text",
        ("the file is not UTF-8 text.", "파일이 UTF-8 텍스트가 아닙니다."),
        ("A byte at offset {offset} belongs to no character.", "{offset}번째 바이트가 어떤 문자에도 속하지 않습니다."),
        ("Save it as UTF-8, or name the right file.", "UTF-8로 저장하거나 올바른 파일을 지정하십시오."),
    ),
    **fault(
        "invalid-toml",
        ("not valid TOML at column {column}.", "{column}번째 칸이 올바른 TOML이 아닙니다."),
        ("The parser says: {reason}.", "해석기의 응답: {reason}."),
        ("Mend that line; a plan is plain TOML 1.0.", "그 줄을 고치십시오. 계획은 표준 TOML 1.0입니다."),
    ),
    **fault(
        "duplicate-key",
        ("`{key}` is written twice.", "`{key}` 항목이 두 번 적혀 있습니다."),
        ("Which of the two is meant cannot be known.", "둘 중 어느 쪽이 맞는지 알 수 없습니다."),
        ("Remove one of them.", "둘 중 하나를 지우십시오."),
    ),
    **fault(
        "unknown-key",
        ("`{where}`: nobody knows the key `{key}`.", "`{where}`: `{key}`{key:은} 알 수 없는 키입니다."),
        (
            "An unknown key would be ignored without a word, so it is refused.",
            "알 수 없는 키는 조용히 무시될 수 있으므로 거부합니다.",
        ),
        MEANT,
    ),
    **fault(
        "missing-key",
        ("`{where}` is missing.", "`{where}` 항목이 없습니다."),
        ("`{key}` is needed there.", "그곳에는 `{key}` 항목이 필요합니다."),
        ("Add it.", "추가하십시오."),
    ),
    **fault(
        "not-one-of",
        ("`{where}` cannot be `{value}`.", "`{where}`에는 `{value}` 값을 쓸 수 없습니다."),
        ("Only these are known: {valid}.", "쓸 수 있는 값: {valid}."),
        ("Nearest valid value: `{nearest}`.", "가장 가까운 올바른 값은 `{nearest}`입니다."),
    ),
    **fault(
        "out-of-range",
        ("`{where}` cannot be {value}.", "`{where}`에는 {value} 값을 쓸 수 없습니다."),
        ("It must be {limit}.", "{limit}이어야 합니다."),
        ("Write a number within the limit.", "범위 안의 숫자를 적으십시오."),
    ),
    **fault(
        "empty",
        ("`{where}` is empty.", "`{where}` 항목이 비어 있습니다."),
        ("It needs at least one entry.", "하나 이상 있어야 합니다."),
        ("Add one.", "하나를 추가하십시오."),
    ),
    **fault(
        "invalid-value",
        ("`{where}` has a value that cannot be used.", "`{where}`의 값을 쓸 수 없습니다."),
        ("The file has a TOML {found} there.", "파일에는 TOML {found} 값이 적혀 있습니다."),
        ("Use text, numbers, true or false, lists and tables.", "문자열, 숫자, true/false, 목록, 표만 사용하십시오."),
    ),
    **_expects("text", ("text", "문자열이"), 'name = "value"'),
    **_expects("integer", ("a whole number", "정수가"), "port = 8000"),
    **_expects("number", ("a number", "숫자가"), "memory = 0.5"),
    **_expects("flag", ("true or false", "true 또는 false가"), "sleep = true"),
    **_expects("table", ("a table", "표가"), 'health = { path = "/health" }'),
    **_expects("list", ("a list", "목록이"), 'after = ["backend"]'),
    **_expects(
        "variable",
        ("text, a number, or a secret's table", "문자열, 숫자, 또는 비밀 값의 표가"),
        'NAME = { secret = "keyring" }',
    ),
}

SHAPES: Catalogue = {
    **_invalid(
        "name",
        ("a resource name", "자원 이름"),
        (
            "It becomes a host name: lower case, digits and hyphens, a letter first, at most 32.",
            "호스트 이름이 됩니다. 소문자로 시작하고 소문자, 숫자, 하이픈만 쓰며 32자까지입니다.",
        ),
        "backend",
    ),
    **_invalid(
        "label",
        ("a name", "이름"),
        (
            "Letters, digits, spaces, dots, hyphens and underscores, at most 64.",
            "글자, 숫자, 공백, 점, 하이픈, 밑줄만 쓰며 64자까지입니다.",
        ),
        "production",
    ),
    **_invalid(
        "region",
        ("a region", "지역"),
        ("Regions have lower-case identifiers with hyphens.", "지역 식별자는 소문자와 하이픈으로 되어 있습니다."),
        "asia-southeast1-eqsg3a",
    ),
    **_invalid(
        "variable-name",
        ("the name of a variable", "변수 이름"),
        ("Letters, digits and underscores, no digit first.", "글자, 숫자, 밑줄만 쓰며 숫자로 시작할 수 없습니다."),
        "DATABASE_URL",
    ),
    **_invalid(
        "placeholder-name",
        ("a name for a value", "값의 이름"),
        ("Lower case, digits and underscores.", "소문자, 숫자, 밑줄만 씁니다."),
        "session_id",
    ),
    **_invalid(
        "path",
        ("a path inside the project", "프로젝트 안의 경로"),
        (
            "Paths start at the plan's folder, use `/` and never leave it with `..`.",
            "경로는 계획 파일의 폴더에서 시작하고 `/`로 구분하며 `..`로 벗어날 수 없습니다.",
        ),
        "mvp/backend",
    ),
    **_invalid(
        "mount-path",
        ("a folder in the container", "컨테이너 안의 폴더"),
        ("It starts with `/` and has no `..`.", "`/`로 시작하고 `..`가 없어야 합니다."),
        "/app/uploads",
    ),
    **_invalid(
        "route",
        ("the path of an address", "주소의 경로"),
        ("It starts with one `/` and has no blank.", "`/` 하나로 시작하고 공백이 없어야 합니다."),
        "/health",
    ),
    **_invalid(
        "domain",
        ("a domain", "도메인"),
        ("Lower case, with a dot, without a scheme or a path.", "소문자이며 점이 있고, 스킴이나 경로가 없어야 합니다."),
        "app.company.kr",
    ),
    **_invalid(
        "endpoint",
        ("the address of an API", "API 주소"),
        (
            "http or https, without credentials, query or fragment.",
            "http 또는 https이며 자격 증명, 질의, 조각이 없어야 합니다.",
        ),
        "https://backboard.railway.com/graphql/v2",
    ),
    **_invalid(
        "repository",
        ("a repository", "저장소"),
        ("Owner and name, as GitHub writes them.", "GitHub 표기대로 소유자와 이름을 적습니다."),
        "owner/name",
    ),
    **_invalid(
        "branch",
        ("a branch", "브랜치"),
        ("Git would not accept that name.", "Git이 받아들이지 않는 이름입니다."),
        "main",
    ),
    **_invalid(
        "email",
        ("an e-mail address", "이메일 주소"),
        ("It needs a name, an `@` and a domain.", "이름, `@`, 도메인이 필요합니다."),
        "ops@company.kr",
    ),
    **_invalid(
        "key",
        ("a project key", "프로젝트 키"),
        (
            "It is a UUID in lower case, written once by `railwizard init`.",
            "`railwizard init`이 한 번 적는 소문자 UUID입니다.",
        ),
        "e5f197c5-a0fd-4425-a638-d20cc778700d",
    ),
    **_invalid(
        "cron",
        ("a schedule", "일정"),
        (
            "Five fields: minute, hour, day, month, weekday, in UTC.",
            "분, 시, 일, 월, 요일의 다섯 항목이며 UTC 기준입니다.",
        ),
        "0 3 * * *",
    ),
    **_invalid(
        "json-path",
        ("a path into JSON", "JSON 경로"),
        ("It starts with `$`; `.name` and `[0]` lead on.", "`$`로 시작하고 `.이름`과 `[0]`으로 이어집니다."),
        "$.user.id",
    ),
    **_invalid(
        "header-name",
        ("the name of a header", "헤더 이름"),
        ("HTTP does not allow it.", "HTTP가 허용하지 않는 이름입니다."),
        "Accept-Language",
    ),
    **_invalid(
        "command",
        ("a command", "명령"),
        ("It is empty or has control characters.", "비어 있거나 제어 문자가 있습니다."),
        "alembic upgrade head",
    ),
    **_invalid(
        "text",
        ("text an environment can carry", "환경 변수로 쓸 수 있는 문자열"),
        ("It has a NUL character, or more than 64 KB.", "NUL 문자가 있거나 64KB를 넘습니다."),
        "value",
    ),
    **_invalid(
        "pattern",
        ("a file pattern", "파일 패턴"),
        ("Patterns are written as in .gitignore, with `/`.", "패턴은 .gitignore처럼 `/`로 적습니다."),
        "mvp/backend/**",
    ),
}
