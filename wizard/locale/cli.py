"""Sentences of the command line: errors of use, questions of commands, what commands answer."""

from __future__ import annotations

from wizard.locale import Catalogue

_ERRORS: Catalogue = {
    "cli.no-such-command.what": ("There is no command `{command}`.", "`{command}` 명령이 없습니다."),
    "cli.no-such-command.why": (
        "railwizard knows other commands.",
        "railwizard에 없는 명령입니다.",
    ),
    "cli.no-such-command.fix": (
        "Did you mean `railwizard {nearest}`? `railwizard --help` lists them all.",
        "`railwizard {nearest}`을(를) 찾으셨습니까? 전체 목록은 `railwizard --help`로 볼 수 있습니다.",
    ),
    "cli.seen-at": ("Seen at {time}", "{time}에 확인"),
    "cli.not-saved.what": ("{file} could not be written.", "{file:을} 쓸 수 없었습니다."),
    "cli.not-saved.why": ("{reason}.", "{reason}."),
    "cli.not-saved.fix": (
        "Free space or open the folder for writing, then save again.",
        "공간을 비우거나 폴더의 쓰기 권한을 연 뒤 다시 저장하십시오.",
    ),
    "cli.no-such-option.what": (
        "`{command}` has no option {option}.",
        "`{command}`에 {option} 옵션이 없습니다.",
    ),
    "cli.no-such-option.why": ("Options near it: {near}.", "비슷한 옵션: {near}."),
    "cli.no-such-option.fix": ("See `{command} --help`.", "`{command} --help`를 확인하십시오."),
    "cli.missing-parameter.what": ("{name} is missing.", "{name} 값이 빠졌습니다."),
    "cli.missing-parameter.why": ("`{command}` cannot work without it.", "`{command}`에 꼭 필요한 값입니다."),
    "cli.missing-parameter.fix": ("See `{command} --help`.", "`{command} --help`를 확인하십시오."),
    "cli.bad-parameter.what": ("The value of {name} is not accepted.", "{name}의 값이 올바르지 않습니다."),
    "cli.bad-parameter.why": ("{detail}", "{detail}"),
    "cli.bad-parameter.fix": ("See `{command} --help`.", "`{command} --help`를 확인하십시오."),
    "cli.not-a-choice.what": ("The value of {name} is not accepted.", "{name}의 값이 올바르지 않습니다."),
    "cli.not-a-choice.why": ("It is one of: {choices}.", "다음 중 하나여야 합니다: {choices}."),
    "cli.not-a-choice.fix": ("See `{command} --help`.", "`{command} --help`를 확인하십시오."),
    "cli.not-in-range.what": ("The value of {name} is not accepted.", "{name}의 값이 올바르지 않습니다."),
    "cli.not-in-range.why": (
        "It is a whole number from {least} to {most}.",
        "{least} 이상 {most} 이하의 정수여야 합니다.",
    ),
    "cli.not-in-range.fix": ("See `{command} --help`.", "`{command} --help`를 확인하십시오."),
    "cli.not-a-folder.what": ("The value of {name} is not accepted.", "{name}의 값이 올바르지 않습니다."),
    "cli.not-a-folder.why": (
        "A folder is meant; this is a file, or it may not be read.",
        "폴더를 지정해야 합니다. 지정한 것이 파일이거나 읽을 권한이 없습니다.",
    ),
    "cli.not-a-folder.fix": (
        "Name the folder that holds wizard.toml, and check its permissions.",
        "wizard.toml이 있는 폴더를 지정하고 접근 권한을 확인하십시오.",
    ),
    "cli.system-refused.what": ("The operating system refused: {reason}.", "운영체제가 거부했습니다: {reason}."),
    "cli.system-refused.why": (
        "This happened at {file}: permissions or space are missing there.",
        "{file}에서 권한이나 공간이 부족했습니다.",
    ),
    "cli.system-refused.fix": (
        "Check permissions and free space, then run the same command again: what is done stays done.",
        "권한과 남은 공간을 확인한 뒤 같은 명령을 다시 실행하십시오. 끝난 일은 그대로 남습니다.",
    ),
    "cli.option-usage.what": ("{option} is used wrongly.", "{option:을} 잘못 사용했습니다."),
    "cli.option-usage.why": (
        "Its value is missing, or it takes none and was given one.",
        "값이 빠졌거나, 값을 받지 않는 옵션에 값을 주었습니다.",
    ),
    "cli.option-usage.fix": ("See `{command} --help`.", "`{command} --help`를 확인하십시오."),
    "cli.usage.what": ("The command line cannot be understood.", "명령줄을 이해할 수 없습니다."),
    "cli.usage.why": ("{detail}", "{detail}"),
    "cli.usage.fix": ("See `{command} --help`.", "`{command} --help`를 확인하십시오."),
    "cli.crash.what": (
        "railwizard met a mistake of its own ({kind}) and stopped.",
        "railwizard 내부 오류({kind})로 중단되었습니다.",
    ),
    "cli.crash.why": (
        "This is a bug, not something you did. What happened is written, without secrets, to {file}.",
        "사용자의 잘못이 아닌 프로그램 결함입니다. 비밀 값을 뺀 내용을 {file}에 기록했습니다.",
    ),
    "cli.crash.fix": (
        "Run the same command again: it continues from what is there. Please send the file with a bug report.",
        "같은 명령을 다시 실행하면 현재 상태에서 이어집니다. 이 파일을 첨부해 결함을 알려 주십시오.",
    ),
    "cli.exclusive-options.what": (
        "{first} and {second} cannot be used together.",
        "{first:과} {second:은} 함께 쓸 수 없습니다.",
    ),
    "cli.exclusive-options.why": ("They ask for different things.", "서로 다른 것을 요구하는 옵션입니다."),
    "cli.exclusive-options.fix": ("Leave one of them out.", "둘 중 하나만 쓰십시오."),
    "cli.bad-repo.what": ("`--repo {given}` cannot be read.", "`--repo {given}` 옵션을 읽을 수 없습니다."),
    "cli.bad-repo.why": (
        "A repository is written as OWNER/NAME=PATH.",
        "저장소는 소유자/이름=경로 형식으로 적어야 합니다.",
    ),
    "cli.bad-repo.fix": (
        "For example `--repo company/shop=../shop`.",
        "예: `--repo company/shop=../shop`.",
    ),
    "cli.bad-settings.what": ("The settings file {file} cannot be used.", "설정 파일 {file:을} 사용할 수 없습니다."),
    "cli.bad-settings.why": ("{detail}", "{detail}"),
    "cli.bad-settings.fix": (
        "Write TOML, or JSON in a file whose name ends in .json.",
        "TOML로 적거나, 이름이 .json으로 끝나는 파일에 JSON으로 적어 주십시오.",
    ),
    "cli.reveal-refused.what": (
        "{name} is not shown here.",
        "여기에서는 {name:을} 보여 주지 않습니다.",
    ),
    "cli.reveal-refused.why": (
        "What is revealed goes to a person at a terminal only: output that is redirected, continuous integration and "
        "--json leave it in files and logs.",
        "비밀 값은 터미널 앞의 사람에게만 보여 줍니다. 리디렉션된 출력, CI, --json은 파일이나 로그에 남습니다.",
    ),
    "cli.reveal-refused.fix": (
        "Run `railwizard reveal {name}` in a terminal of your own. A program is given secrets by its own environment.",
        "본인의 터미널에서 `railwizard reveal {name}`을 실행하십시오. 프로그램에는 환경 변수로 비밀 값을 주십시오.",
    ),
    "cli.standin-ended.what": ("The local platform ended by itself.", "로컬 플랫폼이 스스로 종료되었습니다."),
    "cli.standin-ended.why": (
        "Its process is gone; its log is standin.log in its folder.",
        "프로세스가 사라졌습니다. 로그는 해당 폴더의 standin.log에 있습니다.",
    ),
    "cli.standin-ended.fix": (
        "Read the log's last lines, then start it again.",
        "로그의 마지막 부분을 확인한 뒤 다시 시작하십시오.",
    ),
}
_QUESTIONS: Catalogue = {
    "cli.ask-rehearsal": (
        "Rehearse on this machine first?",
        "먼저 이 컴퓨터에서 리허설을 할까요?",
    ),
    "cli.ask-rehearsal-help": (
        "A rehearsal runs every phase against a local platform and costs nothing; the deployment follows if it succeeds.",
        "리허설은 로컬 플랫폼에서 모든 단계를 실행하며 비용이 들지 않습니다. 성공하면 이어서 배포합니다.",
    ),
    "cli.ask-token": ("Token", "토큰"),
    "cli.ask-token-help": (
        "Make one at railway.com/account/tokens: [No workspace] for an account token, or choose a workspace.",
        "railway.com/account/tokens 에서 만듭니다. 계정 토큰은 [No workspace], 또는 워크스페이스를 선택하십시오.",
    ),
    "cli.ask-teardown": (
        "Type the project's name, {project}, to confirm",
        "확인을 위해 프로젝트 이름 {project:을} 입력하십시오",
    ),
    "cli.teardown-whole": (
        "The whole project {project} ({id}) will be scheduled for deletion; that can be undone for 48 hours.",
        "프로젝트 {project}({id}) 전체의 삭제를 예약합니다. 48시간 안에 되돌릴 수 있습니다.",
    ),
    "cli.teardown-parts": (
        "In {project} these will be deleted, and nothing else: {resources}",
        "{project}에서 다음만 삭제합니다: {resources}",
    ),
    "cli.ask-write": ("Write wizard.toml?", "wizard.toml을 작성할까요?"),
    "cli.ask-project-name": ("Name of the project", "프로젝트 이름"),
    "cli.ask-admin-email": ("E-mail address of the first administrator", "첫 관리자의 이메일 주소"),
    "cli.ask-admin-email-help": (
        "The admin phase makes this account and proves that it may do what an administrator may. Leave it empty and "
        "no administrator is made.",
        "관리자 단계에서 이 계정을 만들고 관리자 권한이 실제로 동작하는지 확인합니다. 비워 두면 관리자를 만들지 않습니다.",
    ),
    "cli.no-email": (
        "This is no e-mail address; leave it empty where no administrator is wanted.",
        "이메일 주소 형식이 아닙니다. 관리자를 만들지 않으려면 비워 두십시오.",
    ),
    "cli.ask-source": ("Where does the platform take the code from?", "플랫폼이 코드를 어디에서 가져옵니까?"),
    "cli.source-repo": ("GitHub: {repo}, branch {branch}", "GitHub: {repo}, {branch} 브랜치"),
    "cli.source-upload": ("Upload from this machine", "이 컴퓨터에서 업로드"),
    "cli.ask-value": ("Value of {name} for {service}", "{service}의 {name} 값"),
}
_ANSWERS: Catalogue = {
    "cli.interrupted": ("Interrupted.", "중단했습니다."),
    "cli.unused-answers": (
        "These answers were given but never asked for, perhaps they are misspelt: {ids}",
        "주어졌지만 사용되지 않은 답변입니다. id의 철자를 확인하십시오: {ids}",
    ),
    "cli.serving": (
        "Everything keeps serving. Press Enter or q to end it.",
        "모든 서비스가 계속 실행 중입니다. Enter 또는 q를 누르면 끝냅니다.",
    ),
    "cli.column-service": ("Service", "서비스"),
    "cli.column-status": ("Status", "상태"),
    "cli.column-newest": ("Newest attempt", "최근 시도"),
    "cli.column-code": ("Code", "코드"),
    "cli.column-since": ("Since (UTC)", "시작(UTC)"),
    "cli.column-url": ("URL", "주소"),
    "cli.column-variable": ("Variable", "변수"),
    "cli.column-state": ("State", "상태"),
    "cli.column-source": ("Source", "출처"),
    "cli.column-acts": ("Who acts", "담당"),
    "cli.column-readers": ("Read by", "읽는 곳"),
    "cli.column-resource": ("Resource", "리소스"),
    "cli.column-dollars": ("US dollars", "미국 달러"),
    "cli.sum": ("Sum", "합계"),
    "cli.nobody-billed": (
        "This target bills nobody; the figures are what Railway would estimate.",
        "이 대상은 요금을 청구하지 않습니다. Railway의 예상 금액을 계산한 값입니다.",
    ),
    "cli.staged": (
        "Staged on the platform and not deployed: {count}.",
        "플랫폼에 배포되지 않은 변경 {count}건이 대기 중입니다.",
    ),
    "cli.logged-in": (
        "The token works: {kind} token of {name}, workspaces: {workspaces}.",
        "토큰을 확인했습니다: {name}의 {kind} 토큰, 워크스페이스: {workspaces}.",
    ),
    "cli.kept": ("Kept in: {place}", "보관 위치: {place}"),
    "cli.logged-out": ("The token is forgotten.", "토큰을 삭제했습니다."),
    "cli.still-set": (
        "{variable} is still set in your environment.",
        "환경 변수 {variable:이} 아직 설정되어 있습니다.",
    ),
    "cli.teardown-scheduled": (
        "{project} is scheduled for deletion in 48 hours. `railwizard teardown --undo` takes that back.",
        "{project:은} 48시간 뒤 삭제됩니다. `railwizard teardown --undo`로 취소할 수 있습니다.",
    ),
    "cli.teardown-removed": (
        "Deleted from {project}: {count}.",
        "{project}에서 리소스 {count}개를 삭제했습니다.",
    ),
    "cli.teardown-undone": (
        "The deletion of {project} is cancelled.",
        "{project}의 삭제를 취소했습니다.",
    ),
    "cli.standin-serves": (
        "The local platform serves at {url}. Ctrl-C ends it. In another shell:",
        "로컬 플랫폼이 {url}에서 실행 중입니다. Ctrl-C로 끝냅니다. 다른 셸에서는 다음을 실행하십시오:",
    ),
    "cli.wrote": ("Wrote {file}.", "{file:을} 작성했습니다."),
    "cli.open-values": (
        "Still to be answered when you deploy: {names}",
        "배포할 때 답해야 할 항목: {names}",
    ),
    "cli.left-out": (
        "{place} was detected but cannot be written to a plan; add it by hand.",
        "{place:을} 감지했지만 계획에 쓸 수 없습니다. 직접 추가해 주십시오.",
    ),
    "cli.after-init": (
        "Next: `railwizard rehearse` tries all of it on this machine.",
        "다음: `railwizard rehearse`로 이 컴퓨터에서 전체 과정을 시험해 보십시오.",
    ),
}
CATALOGUE: Catalogue = _ERRORS | _QUESTIONS | _ANSWERS
