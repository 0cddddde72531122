"""Sentences of `wizard.source.dockerfile`."""

from __future__ import annotations

from wizard.locale import Catalogue

_FIX = ("Correct the Dockerfile at line {line}.", "Dockerfile {line}번째 줄을 고쳐 주십시오.")
_REFERENCE = (
    "The image builder would refuse this Dockerfile too.",
    "이미지 빌더도 이 Dockerfile을 거부합니다.",
)

CATALOGUE: Catalogue = {
    "dockerfile.directive-twice.what": (
        "Line {line}: the parser directive {name} is given twice.",
        "{line}번째 줄: 파서 지시자 {name:이} 두 번 나옵니다.",
    ),
    "dockerfile.directive-twice.why": _REFERENCE,
    "dockerfile.directive-twice.fix": _FIX,
    "dockerfile.escape.what": (
        "Line {line}: {value} cannot be the escape character.",
        "{line}번째 줄: {value:은} 이스케이프 문자가 될 수 없습니다.",
    ),
    "dockerfile.escape.why": (
        "Only a backslash and a backtick are possible.",
        "백슬래시와 백틱만 쓸 수 있습니다.",
    ),
    "dockerfile.escape.fix": _FIX,
    "dockerfile.heredoc-open.what": (
        "Line {line}: the document {name} never ends.",
        "{line}번째 줄: {name} 문서가 끝나지 않습니다.",
    ),
    "dockerfile.heredoc-open.why": (
        "No later line holds {name} alone.",
        "뒤쪽에 {name} 하나만 적힌 줄이 없습니다.",
    ),
    "dockerfile.heredoc-open.fix": (
        "Add a line that holds {name} and nothing else.",
        "{name} 외에 아무것도 없는 줄을 추가해 주십시오.",
    ),
    "dockerfile.brace-open.what": (
        "Line {line}: the brace in {word} is not closed.",
        "{line}번째 줄: {word}의 중괄호가 닫히지 않았습니다.",
    ),
    "dockerfile.brace-open.why": _REFERENCE,
    "dockerfile.brace-open.fix": _FIX,
    "dockerfile.modifier.what": (
        "Line {line}: {word} uses a form of substitution that does not exist.",
        "{line}번째 줄: {word:은} 없는 치환 형식을 사용합니다.",
    ),
    "dockerfile.modifier.why": (
        "Known forms are ${{X}}, ${{X:-default}}, ${{X:+other}}, ${{X:?reason}} and the pattern forms #, %, /.",
        "사용할 수 있는 형식은 ${{X}}, ${{X:-기본값}}, ${{X:+다른 값}}, ${{X:?이유}}와 패턴 형식 #, %, /입니다.",
    ),
    "dockerfile.modifier.fix": _FIX,
    "dockerfile.variable-required.what": (
        "Line {line}: {name} has no value and must have one.",
        "{line}번째 줄: 반드시 필요한 {name}의 값이 없습니다.",
    ),
    "dockerfile.variable-required.why": (
        "The Dockerfile says: {reason}",
        "Dockerfile의 설명: {reason}",
    ),
    "dockerfile.variable-required.fix": (
        "Give the service a variable {name}, and declare ARG {name} in the stage that needs it.",
        "서비스에 {name} 변수를 추가하고, 필요한 스테이지에 ARG {name:을} 선언해 주십시오.",
    ),
    "dockerfile.no-arguments.what": (
        "Line {line}: {keyword} stands alone.",
        "{line}번째 줄: {keyword} 뒤에 아무것도 없습니다.",
    ),
    "dockerfile.no-arguments.why": (
        "{keyword} needs at least one argument.",
        "{keyword}에는 인수가 하나 이상 필요합니다.",
    ),
    "dockerfile.no-arguments.fix": _FIX,
    "dockerfile.shell-form.what": (
        "Line {line}: SHELL is not a JSON array.",
        "{line}번째 줄: SHELL이 JSON 배열이 아닙니다.",
    ),
    "dockerfile.shell-form.why": (
        "SHELL knows only the exec form.",
        "SHELL은 exec 형식만 지원합니다.",
    ),
    "dockerfile.shell-form.fix": (
        'Write it as SHELL ["/bin/sh", "-c"].',
        'SHELL ["/bin/sh", "-c"]처럼 적어 주십시오.',
    ),
    "dockerfile.refused.what": (
        "Line {line}: {keyword} is not supported.",
        "{line}번째 줄: {keyword:은} 지원하지 않습니다.",
    ),
    "dockerfile.refused.why": (
        "{keyword} acts on images built from this one, which a deployment does not have.",
        "{keyword:은} 이 이미지를 바탕으로 하는 다른 이미지에만 작용하며, 배포에는 그런 이미지가 없습니다.",
    ),
    "dockerfile.refused.fix": (
        "Remove line {line}, or write the instruction itself without {keyword}.",
        "{line}번째 줄을 지우거나 {keyword} 없이 명령 자체를 적어 주십시오.",
    ),
    "dockerfile.unknown-instruction.what": (
        "Line {line}: {keyword} is no Dockerfile instruction.",
        "{line}번째 줄: {keyword:은} Dockerfile 명령이 아닙니다.",
    ),
    "dockerfile.unknown-instruction.why": (
        "The nearest instruction is {nearest}; a missing continuation on the line before has the same effect.",
        "가장 가까운 명령은 {nearest}입니다. 앞줄 끝의 줄 이음 문자가 빠져도 이렇게 됩니다.",
    ),
    "dockerfile.unknown-instruction.fix": _FIX,
    "dockerfile.before-from.what": (
        "Line {line}: {keyword} comes before the first FROM.",
        "{line}번째 줄: {keyword:이} 첫 FROM보다 앞에 있습니다.",
    ),
    "dockerfile.before-from.why": (
        "Only ARG may stand before FROM.",
        "FROM 앞에는 ARG만 올 수 있습니다.",
    ),
    "dockerfile.before-from.fix": _FIX,
    "dockerfile.no-from.what": ("The Dockerfile has no FROM.", "Dockerfile에 FROM이 없습니다."),
    "dockerfile.no-from.why": ("An image needs a base.", "이미지에는 바탕 이미지가 필요합니다."),
    "dockerfile.no-from.fix": (
        "Begin it with a FROM, such as FROM python:3.12-slim.",
        "FROM python:3.12-slim처럼 FROM으로 시작해 주십시오.",
    ),
    "dockerfile.from-form.what": (
        "Line {line}: FROM {text} cannot be read.",
        "{line}번째 줄: FROM {text:을} 읽을 수 없습니다.",
    ),
    "dockerfile.from-form.why": (
        "FROM takes an image and, if wanted, AS and a name.",
        "FROM에는 이미지 하나와, 필요하면 AS와 이름이 옵니다.",
    ),
    "dockerfile.from-form.fix": _FIX,
    "dockerfile.stage-name.what": (
        "Line {line}: {name} cannot name a stage.",
        "{line}번째 줄: {name:은} 스테이지 이름이 될 수 없습니다.",
    ),
    "dockerfile.stage-name.why": (
        "A stage's name begins with a letter and holds letters, digits, dots, dashes and underscores.",
        "스테이지 이름은 영문자로 시작하고 영문자, 숫자, 점, 하이픈, 밑줄로만 이루어집니다.",
    ),
    "dockerfile.stage-name.fix": _FIX,
    "dockerfile.pairs.what": (
        "Line {line}: {keyword} {text} is no list of NAME=value.",
        "{line}번째 줄: {keyword} {text:은} NAME=value 목록이 아닙니다.",
    ),
    "dockerfile.pairs.why": _REFERENCE,
    "dockerfile.pairs.fix": _FIX,
}
