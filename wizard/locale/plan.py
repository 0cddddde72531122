"""Sentences of `wizard.plan`: what can be wrong with a plan file and between its parts."""

from __future__ import annotations

from wizard.locale import Catalogue
from wizard.locale._plan_values import MEANT, SHAPES, SYNTAX, fault

_FILE: Catalogue = {
    "plan.missing-file.what": ("There is no plan at {file}.", "{file}에 계획 파일이 없습니다."),
    "plan.missing-file.why": (
        "A deployment follows a plan file that is committed with the code.",
        "배포는 코드와 함께 커밋된 계획 파일을 따릅니다.",
    ),
    "plan.missing-file.fix": (
        "Run `railwizard init` there to write one, or name the right folder.",
        "그 폴더에서 `railwizard init`을 실행해 파일을 만들거나, 올바른 폴더를 지정하십시오.",
    ),
    "plan.not-a-file.what": ("{file} is not a file.", "{file}{file:은} 파일이 아닙니다."),
    "plan.not-a-file.why": (
        "A folder or a device cannot be read as a plan.",
        "폴더나 장치는 계획으로 읽을 수 없습니다.",
    ),
    "plan.not-a-file.fix": (
        "Name the file itself, usually `wizard.toml`.",
        "파일 자체(보통 `wizard.toml`)를 지정하십시오.",
    ),
    "plan.unreadable.what": ("{file} cannot be read.", "{file} 파일을 읽을 수 없습니다."),
    "plan.unreadable.why": ("The operating system says: {reason}.", "운영 체제의 응답: {reason}."),
    "plan.unreadable.fix": (
        "Give yourself permission to read it, and run again.",
        "읽기 권한을 준 뒤 다시 실행하십시오.",
    ),
    "plan.too-large.what": (
        "{file} is too large for a plan: more than {limit} bytes.",
        "{file} 파일이 계획으로 보기에는 너무 큽니다. {limit}바이트를 넘습니다.",
    ),
    "plan.too-large.why": (
        "It has {size} bytes; a plan is a few kilobytes.",
        "크기는 {size}바이트이며, 계획은 보통 몇 킬로바이트입니다.",
    ),
    "plan.too-large.fix": ("Check that it is the right file.", "올바른 파일인지 확인하십시오."),
    "plan.unparsable.what": ("{file} cannot be parsed.", "{file} 파일을 해석할 수 없습니다."),
    "plan.unparsable.why": (
        "It nests too deeply, or has a number or date no computer can hold.",
        "중첩이 너무 깊거나, 표현할 수 없는 숫자나 날짜가 있습니다.",
    ),
    "plan.unparsable.fix": ("Check that it is the right file.", "올바른 파일인지 확인하십시오."),
    "plan.exists.what": ("{file} is already there.", "{file} 파일이 이미 있습니다."),
    "plan.exists.why": (
        "A plan may hold comments and decisions; it is not overwritten unasked.",
        "계획에는 주석과 결정 사항이 담길 수 있으므로 묻지 않고 덮어쓰지 않습니다.",
    ),
    "plan.exists.fix": (
        "Edit it, remove it, or say that it may be overwritten.",
        "직접 고치거나, 지우거나, 덮어써도 된다고 지정하십시오.",
    ),
    "plan.unwritable.what": ("{file} cannot be written.", "{file} 파일을 쓸 수 없습니다."),
    "plan.unwritable.why": ("The operating system says: {reason}.", "운영 체제의 응답: {reason}."),
    "plan.unwritable.fix": (
        "Make the folder writable and leave room on the disk, and run again.",
        "폴더의 쓰기 권한과 디스크 여유 공간을 확보한 뒤 다시 실행하십시오.",
    ),
    "plan.no-such-place.what": ("{file} has no place for `{where}`.", "{file}에는 `{where}` 항목을 둘 곳이 없습니다."),
    "plan.no-such-place.why": ("Something on the way there is not a table.", "그 경로의 중간 항목이 표가 아닙니다."),
    "plan.no-such-place.fix": ("Check the dotted name.", "점으로 이어 쓴 이름을 확인하십시오."),
}

_DRAFT: Catalogue = {
    "plan.draft-switch": ("It decides whether {name} is needed.", "{name:이} 필요한지를 결정합니다."),
    "plan.draft-heading": (
        "Written by railwizard init. Every value says where it was found; change what is wrong and commit the file.",
        "railwizard init이 작성했습니다. 값마다 찾은 곳이 적혀 있으니, 틀린 값을 고친 뒤 파일을 커밋하십시오.",
    ),
    "plan.nothing-detected.what": ("There is nothing to deploy here.", "여기에는 배포할 것이 없습니다."),
    "plan.nothing-detected.why": (
        "No FastAPI application, Node package with a start script, or Dockerfile was found.",
        "FastAPI 애플리케이션, start 스크립트가 있는 Node 패키지, Dockerfile을 찾지 못했습니다.",
    ),
    "plan.nothing-detected.fix": (
        "Name the folder of the repository, or write `wizard.toml` by hand.",
        "저장소 폴더를 지정하거나 `wizard.toml`을 직접 작성하십시오.",
    ),
    "plan.undraftable.what": ("No plan can be drafted: `{where}`.", "계획 초안을 만들 수 없습니다: `{where}`."),
    "plan.undraftable.why": ("A plan cannot do without that value.", "계획에는 그 값이 꼭 필요합니다."),
    "plan.undraftable.fix": (
        "Give it, or write `wizard.toml` by hand.",
        "값을 지정하거나 `wizard.toml`을 직접 작성하십시오.",
    ),
}

_NAMED: Catalogue = {
    "plan.unknown-profile.what": ("There is no target `{name}`.", "`{name}` 대상이 없습니다."),
    "plan.unknown-profile.why": (
        "A target is built in or has a table `[profiles.{name}]` in the plan.",
        "대상은 기본으로 제공되거나 계획에 `[profiles.{name}]` 표가 있어야 합니다.",
    ),
    "plan.unknown-profile.fix": MEANT,
    "plan.unknown-environment.what": ("There is no environment `{name}`.", "`{name}` 환경이 없습니다."),
    "plan.unknown-environment.why": (
        "An environment is the plan's own or has a table `[environments.{name}]` in it.",
        "환경은 계획의 기본 환경이거나 계획에 `[environments.{name}]` 표가 있어야 합니다.",
    ),
    "plan.unknown-environment.fix": MEANT,
}

_RELATIONS: Catalogue = {
    **fault(
        "reserved-name",
        ("`{where}`: the name `{name}` is taken.", "`{where}`: `{name}`{name:은} 이미 쓰이는 이름입니다."),
        ("`{{shared.NAME}}` refers to shared variables.", "`{{shared.NAME}}`은 공유 변수를 가리킵니다."),
        ("Choose another name.", "다른 이름을 고르십시오."),
    ),
    **fault(
        "duplicate-name",
        ("`{where}`: a database is called `{name}` too.", "`{where}`: 같은 이름 `{name}`의 데이터베이스가 있습니다."),
        ("References and the platform know resources by name alone.", "참조와 플랫폼은 자원을 이름으로만 구별합니다."),
        ("Rename one of them.", "둘 중 하나의 이름을 바꾸십시오."),
    ),
    **fault(
        "duplicate-check",
        ("`{where}`: two checks are called `{name}`.", "`{where}`: 이름이 `{name}`인 점검이 두 개입니다."),
        ("Results are told by name.", "결과는 이름으로 구별됩니다."),
        ("Rename one of them.", "둘 중 하나의 이름을 바꾸십시오."),
    ),
    **fault(
        "duplicate-domain",
        ("`{where}`: `{domain}` is listed twice.", "`{where}`: `{domain}`{domain:이} 두 번 나옵니다."),
        ("A domain leads to one service.", "도메인은 한 서비스로만 연결됩니다."),
        ("Remove one of them.", "둘 중 하나를 지우십시오."),
    ),
    **fault(
        "duplicate-volume",
        ("`{where}`: two volumes are mounted at `{folder}`.", "`{where}`: `{folder}`에 볼륨이 두 개 연결됩니다."),
        ("A folder holds one volume.", "폴더 하나에는 볼륨 하나만 연결됩니다."),
        ("Remove one of them or give it another folder.", "하나를 지우거나 다른 폴더를 지정하십시오."),
    ),
    **fault(
        "domain-without-port",
        (
            "`{where}`: `{name}` has domains but no public port.",
            "`{where}`: `{name}`에 도메인은 있지만 공개 포트가 없습니다.",
        ),
        ("Nothing would answer there.", "그 주소에서 응답할 것이 없습니다."),
        ("Give it a `port`, or remove `domains`.", "`port`를 지정하거나 `domains`를 지우십시오."),
    ),
    **fault(
        "reference-syntax",
        ("`{where}`: `{text}` is not a reference.", "`{where}`: `{text}`{text:은} 참조가 아닙니다."),
        (
            "A brace starts a reference such as `{{backend.url}}`.",
            "중괄호는 `{{backend.url}}` 같은 참조를 시작합니다.",
        ),
        ("Write a brace that means itself twice: `{{{{`.", "문자 그대로의 중괄호는 두 번(`{{{{`) 적으십시오."),
    ),
    **fault(
        "dangling-reference",
        (
            "`{where}`: `{reference}` refers to nothing in the plan.",
            "`{where}`: `{reference}`{reference:이} 가리키는 자원이 계획에 없습니다.",
        ),
        ("No service or database has that name.", "그런 이름의 서비스나 데이터베이스가 없습니다."),
        ("Nearest valid reference: `{nearest}`.", "가장 가까운 올바른 참조는 `{nearest}`입니다."),
    ),
    **fault(
        "unknown-output",
        (
            "`{where}`: `{reference}` refers to nothing.",
            "`{where}`: `{reference}`{reference:이} 가리키는 값이 없습니다.",
        ),
        ("`{name}` offers: {valid}.", "`{name}`에서 쓸 수 있는 값: {valid}."),
        ("Nearest valid reference: `{nearest}`.", "가장 가까운 올바른 참조는 `{nearest}`입니다."),
    ),
    **fault(
        "no-public-address",
        ("`{where}`: `{reference}` needs a public address.", "`{where}`: `{reference}`에는 공개 주소가 필요합니다."),
        ("`{name}` has no port, or is not public.", "`{name}`에 포트가 없거나 공개되지 않았습니다."),
        (
            "Give `{name}` a `port`, or refer to `{{{name}.internal_url}}`.",
            "`{name}`에 `port`를 지정하거나 `{{{name}.internal_url}}`을 참조하십시오.",
        ),
    ),
    **fault(
        "no-port",
        ("`{where}`: `{reference}` needs a port.", "`{where}`: `{reference}`에는 포트가 필요합니다."),
        ("`{name}` has none, so nothing listens there.", "`{name}`에 포트가 없어 응답할 것이 없습니다."),
        ("Give `{name}` a `port`.", "`{name}`에 `port`를 지정하십시오."),
    ),
    **fault(
        "unknown-resource",
        ("`{where}`: there is no `{name}` in the plan.", "`{where}`: 계획에 `{name}`{name:이} 없습니다."),
        ("Resources are known by their names in the plan.", "자원은 계획에 적힌 이름으로 구별됩니다."),
        MEANT,
    ),
    **fault(
        "no-migration-command",
        ("`{where}`: `{name}` has no `pre_deploy` command.", "`{where}`: `{name}`에 `pre_deploy` 명령이 없습니다."),
        (
            "Mode `command` migrates by the service's `pre_deploy`.",
            "`command` 방식은 서비스의 `pre_deploy`로 마이그레이션합니다.",
        ),
        (
            "Add `pre_deploy` to the service, or choose another mode.",
            "서비스에 `pre_deploy`를 추가하거나 다른 방식을 고르십시오.",
        ),
    ),
    **fault(
        "value-not-kept",
        ("`{where}`: no step before keeps `{name}`.", "`{where}`: 앞선 단계에서 `{name}` 값을 보관하지 않았습니다."),
        ("A step can use what earlier steps kept.", "단계는 앞선 단계가 보관한 값만 쓸 수 있습니다."),
        (
            "Add `keep` to an earlier step. Nearest known: `{nearest}`.",
            "앞선 단계에 `keep`을 추가하십시오. 가장 가까운 이름은 `{nearest}`입니다.",
        ),
    ),
    **fault(
        "identity-in-overlay",
        (
            "`{where}`: an overlay cannot change `{key}`.",
            "`{where}`: 덮어쓰기 설정으로 `{key}` 항목을 바꿀 수 없습니다.",
        ),
        ("The project's identity is the same on every target.", "프로젝트의 정체성은 모든 대상에서 같습니다."),
        ("Remove it there.", "그 항목을 지우십시오."),
    ),
    **fault(
        "cycle",
        ("`{where}`: these wait for each other: {cycle}.", "`{where}`: 서로를 기다립니다: {cycle}."),
        ("None of them could ever be deployed first.", "어느 것도 먼저 배포할 수 없습니다."),
        ("Remove one `after` or one reference on that way.", "그 경로에서 `after`나 참조 하나를 지우십시오."),
    ),
}

CATALOGUE: Catalogue = {**_FILE, **_DRAFT, **_NAMED, **SYNTAX, **SHAPES, **_RELATIONS}
