"""Sentences about answers given on the command line, in the environment or in a file."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "answers.no-equals.what": ("`--answer {given}` cannot be read.", "`--answer {given}` 옵션을 읽을 수 없습니다."),
    "answers.no-equals.why": (
        "An answer is written as id=value.",
        "답변은 id=값 형식으로 적어야 합니다.",
    ),
    "answers.no-equals.fix": (
        "Write it as `--answer {id}=VALUE`.",
        "`--answer {id}=값` 형식으로 적어 주십시오.",
    ),
    "answers.file-no-file.what": ("{file} is not a file.", "{file:은} 파일이 아닙니다."),
    "answers.file-no-file.why": (
        "A folder, a pipe or a device is not read: it may have no end.",
        "폴더, 파이프, 장치는 끝이 없을 수 있으므로 읽지 않습니다.",
    ),
    "answers.file-no-file.fix": (
        "Name an ordinary file.",
        "일반 파일을 지정해 주십시오.",
    ),
    "answers.file-unreadable.what": (
        "The answers file {file} cannot be read.",
        "답변 파일 {file:을} 읽을 수 없습니다.",
    ),
    "answers.file-unreadable.why": ("{detail}", "{detail}"),
    "answers.file-unreadable.fix": (
        "Check the path behind `--answers` and the file's permissions.",
        "`--answers` 뒤의 경로와 파일의 접근 권한을 확인해 주십시오.",
    ),
    "answers.file-too-large.what": ("The answers file {file} is too large.", "답변 파일 {file}의 크기가 너무 큽니다."),
    "answers.file-too-large.why": (
        "It has more than {limit} bytes; answers are a few lines.",
        "{limit}바이트를 넘습니다. 답변은 몇 줄이면 충분합니다.",
    ),
    "answers.file-too-large.fix": (
        "Check that `--answers` names the file you meant.",
        "`--answers`가 의도한 파일을 가리키는지 확인해 주십시오.",
    ),
    "answers.file-invalid.what": (
        "The answers file {file} is not valid.",
        "답변 파일 {file}의 형식이 올바르지 않습니다.",
    ),
    "answers.file-invalid.why": ("{detail}", "{detail}"),
    "answers.file-invalid.fix": (
        'Write TOML, one `"id" = "value"` a line, or JSON in a file whose name ends in .json.',
        'TOML로 한 줄에 `"id" = "값"` 하나씩 적거나, 이름이 .json으로 끝나는 파일에 JSON으로 적어 주십시오.',
    ),
    "answers.file-no-table.what": (
        "The answers file {file} holds no answers.",
        "답변 파일 {file}에 답변이 없습니다.",
    ),
    "answers.file-no-table.why": (
        "Its top level must be an object of ids and values.",
        "최상위가 id와 값으로 이루어진 객체여야 합니다.",
    ),
    "answers.file-no-table.fix": (
        'Write an object such as {{"admin.email": "ops@company.kr"}}.',
        '{{"admin.email": "ops@company.kr"}}처럼 객체로 적어 주십시오.',
    ),
    "answers.file-value.what": (
        "The answer to {id} in {file} has a type no question takes.",
        "{file} 파일에서 {id}의 답변은 어떤 질문에도 맞지 않는 형식입니다.",
    ),
    "answers.file-value.why": (
        "Answers are text, numbers, true or false, or lists of text.",
        "답변은 문자열, 숫자, true/false, 문자열 목록 중 하나여야 합니다.",
    ),
    "answers.file-value.fix": ("Change the value of {id}.", "{id}의 값을 고쳐 주십시오."),
    "answers.not-yes-or-no.what": (
        "The answer to {id} is neither yes nor no.",
        "{id}의 답변이 예도 아니오도 아닙니다.",
    ),
    "answers.not-yes-or-no.why": ("{where} says `{value}`.", "{where}의 값이 `{value}`입니다."),
    "answers.not-yes-or-no.fix": ("Use yes or no in {where}.", "{where}에 yes 또는 no를 적어 주십시오."),
    "answers.not-an-option.what": (
        "`{value}` is no answer to {id}; {where} gives it.",
        "`{value}`은(는) {id}의 선택지가 아닙니다. {where}에 적힌 값입니다.",
    ),
    "answers.not-an-option.why": ("The options are: {options}.", "선택지는 다음과 같습니다: {options}."),
    "answers.not-an-option.fix": (
        "Choose one of them in {where}, for example {nearest}.",
        "{where}에서 그중 하나를 고르십시오. 예: {nearest}.",
    ),
    "answers.invalid.what": (
        "The answer to {id} in {where} is not accepted.",
        "{where}에 있는 {id}의 답변을 쓸 수 없습니다.",
    ),
    "answers.invalid.why": ("The question does not take this value.", "이 질문에 쓸 수 없는 값입니다."),
    "answers.invalid.fix": ("Correct it in {where}.", "{where}에서 고쳐 주십시오."),
    "answers.secret-in-flag.what": (
        "The secret {id} was given on the command line.",
        "비밀 값 {id:이} 명령줄에 적혀 있습니다.",
    ),
    "answers.secret-in-flag.why": (
        "Other users of this machine see command lines, and your shell keeps them in its history.",
        "명령줄은 이 컴퓨터의 다른 사용자에게 보이고 셸 기록에도 남습니다.",
    ),
    "answers.secret-in-flag.fix": (
        "Put it into the environment variable {variable}, or let the wizard ask. Replace the value that was shown.",
        "환경 변수 {variable}에 넣거나 마법사의 질문에 답해 주십시오. 이미 드러난 값은 교체해 주십시오.",
    ),
    "answers.secret-in-file.what": (
        "The secret {id} is written in {file}.",
        "비밀 값 {id:이} {file}에 적혀 있습니다.",
    ),
    "answers.secret-in-file.why": (
        "Files are copied and committed; secrets are not read from them.",
        "파일은 복사되고 커밋되므로 비밀 값은 파일에서 읽지 않습니다.",
    ),
    "answers.secret-in-file.fix": (
        "Remove it there and put it into the environment variable {variable}, or let the wizard ask.",
        "파일에서 지우고 환경 변수 {variable}에 넣거나 마법사의 질문에 답해 주십시오.",
    ),
}
