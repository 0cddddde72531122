"""What can go wrong in a phase: what, why and fix."""

from __future__ import annotations

from wizard.locale import Catalogue

ERRORS: Catalogue = {
    "phases.nothing-to-stop.what": (
        "The database {database} cannot be stopped for a check.",
        "확인을 위해 데이터베이스 {database}을(를) 중지할 수 없습니다.",
    ),
    "phases.nothing-to-stop.why": (
        "No deployment serves it now.",
        "지금 서비스 중인 배포가 없습니다.",
    ),
    "phases.nothing-to-stop.fix": (
        "Look at its log with `railwizard logs {database}`, then verify again.",
        "`railwizard logs {database}`로 로그를 확인한 뒤 다시 검증하십시오.",
    ),
    "phases.heads-differ.what": (
        "The database stands at {database}, the code of {service} at {code}.",
        "데이터베이스는 {database}, {service}의 코드는 {code}에 있습니다.",
    ),
    "phases.heads-differ.why": (
        "The migration did not run, did not finish, or ran on another database.",
        "마이그레이션이 실행되지 않았거나 끝나지 않았거나 다른 데이터베이스에서 실행되었습니다.",
    ),
    "phases.heads-differ.fix": (
        "Check services.{service}.pre_deploy in wizard.toml (alembic upgrade head) and its output in the deploy log.",
        "wizard.toml의 services.{service}.pre_deploy(alembic upgrade head)와 배포 로그의 출력을 확인하십시오.",
    ),
    "phases.schema-differs.what": (
        "Tables or columns that are not what the models say: {count}; they are listed above.",
        "모델과 다른 테이블 또는 열이 {count}개 있습니다. 위에 나열되어 있습니다.",
    ),
    "phases.schema-differs.why": (
        "A migration is missing for them; the first model is at {where}.",
        "해당 마이그레이션이 없습니다. 첫 번째 모델은 {where}에 있습니다.",
    ),
    "phases.schema-differs.fix": (
        "Make one with `alembic revision --autogenerate`, read it, commit it, and deploy again.",
        "`alembic revision --autogenerate`로 만들어 검토하고 커밋한 뒤 다시 배포하십시오.",
    ),
    "phases.admin-no-postgres.what": (
        "The administrator of {service} cannot be made.",
        "{service}의 관리자를 만들 수 없습니다.",
    ),
    "phases.admin-no-postgres.why": (
        "The service refers to no PostgreSQL of the plan.",
        "서비스가 계획의 PostgreSQL을 참조하지 않습니다.",
    ),
    "phases.admin-no-postgres.fix": (
        "Refer to it in the service's variables, or remove [admin] from wizard.toml.",
        "서비스 변수에서 참조하거나 wizard.toml에서 [admin]을 지우십시오.",
    ),
    "phases.admin-exists.what": (
        "{email} exists in {table} with another password.",
        "{table}에 {email:이} 다른 비밀번호로 이미 있습니다.",
    ),
    "phases.admin-exists.why": (
        "An account that is not known to be ours is never overwritten.",
        "우리 것으로 확인되지 않은 계정은 덮어쓰지 않습니다.",
    ),
    "phases.admin-exists.fix": (
        "Give its password by RAILWIZARD_ANSWER_ADMIN_PASSWORD, or name another address under [admin].",
        "RAILWIZARD_ANSWER_ADMIN_PASSWORD로 비밀번호를 제공하거나 [admin]에 다른 주소를 지정하십시오.",
    ),
    "phases.admin-columns.what": (
        "The table {table} needs values nobody can guess: {columns}.",
        "테이블 {table}에 추측할 수 없는 값이 필요합니다: {columns}.",
    ),
    "phases.admin-columns.why": (
        "These columns may not be empty and neither code nor database fills them.",
        "비워 둘 수 없는 열이지만 코드도 데이터베이스도 값을 채우지 않습니다.",
    ),
    "phases.admin-columns.fix": (
        'Write them in wizard.toml: [admin] columns = {{ name = "value" }}.',
        'wizard.toml에 적어 주십시오: [admin] columns = {{ 이름 = "값" }}.',
    ),
    "phases.checks-failed.what": ("Checks that failed: {count}: {checks}.", "검사 {count}개가 실패했습니다: {checks}."),
    "phases.checks-failed.why": (
        "What is deployed does not do what the plan and the code promise.",
        "배포된 애플리케이션이 계획과 코드대로 동작하지 않습니다.",
    ),
    "phases.checks-failed.fix": (
        "Each failed check says above what was seen and what to do; mend it and deploy again.",
        "실패한 검사마다 확인된 내용과 조치 방법이 위에 있습니다. 고친 뒤 다시 배포하십시오.",
    ),
    "phases.preflight-errors.what": ("Preflight found errors: {rules}.", "사전 점검에서 오류를 발견했습니다: {rules}."),
    "phases.preflight-errors.why": (
        "Each of them would make the deployment fail; they are listed above.",
        "각 오류는 배포를 실패하게 만듭니다. 위에 나열되어 있습니다.",
    ),
    "phases.preflight-errors.fix": (
        "Mend them and run again; nothing was changed.",
        "고친 뒤 다시 실행하십시오. 아무것도 변경되지 않았습니다.",
    ),
    "phases.no-project.what": ("There is no project for this plan yet.", "이 계획의 프로젝트가 아직 없습니다."),
    "phases.no-project.why": (
        "The phase needs what the project phase makes.",
        "이 단계에는 프로젝트 단계의 결과가 필요합니다.",
    ),
    "phases.no-project.fix": (
        "Run `railwizard deploy` without --only first.",
        "먼저 --only 없이 `railwizard deploy`를 실행하십시오.",
    ),
    "phases.no-account.what": ("The credential was not verified.", "자격 증명이 확인되지 않았습니다."),
    "phases.no-account.why": (
        "The preflight step before it did not succeed.",
        "앞선 사전 점검 단계가 성공하지 못했습니다.",
    ),
    "phases.no-account.fix": (
        "Mend what the first error names and run again.",
        "첫 번째 오류를 해결한 뒤 다시 실행하십시오.",
    ),
    "phases.project-token.what": (
        "The credential is a project token of {name}.",
        "자격 증명이 {name}의 프로젝트 토큰입니다.",
    ),
    "phases.project-token.why": (
        "A project token sees one environment and may not create services or databases.",
        "프로젝트 토큰은 한 환경만 볼 수 있고 서비스나 데이터베이스를 만들 수 없습니다.",
    ),
    "phases.project-token.fix": (
        "Make an account token at railway.com/account/tokens with [No workspace] and run `railwizard login`.",
        "railway.com/account/tokens 에서 [No workspace]로 계정 토큰을 만들고 `railwizard login`을 실행하십시오.",
    ),
    "phases.no-workspace.what": (
        "The credential sees no workspace.",
        "자격 증명으로 볼 수 있는 워크스페이스가 없습니다.",
    ),
    "phases.no-workspace.why": ("A project lives in a workspace.", "프로젝트는 워크스페이스 안에 있어야 합니다."),
    "phases.no-workspace.fix": (
        "Create one at railway.com, or use a token of a member of it.",
        "railway.com에서 워크스페이스를 만들거나 구성원의 토큰을 사용하십시오.",
    ),
    "phases.marked-twice.what": (
        "Several projects carry the mark of this plan: {ids}.",
        "이 계획의 표식을 가진 프로젝트가 여러 개입니다: {ids}.",
    ),
    "phases.marked-twice.why": (
        "Which of them is {project} cannot be told.",
        "어느 것이 {project}인지 알 수 없습니다.",
    ),
    "phases.marked-twice.fix": (
        "Remove the `railwizard:` line from the description of the ones that are not.",
        "해당하지 않는 프로젝트의 설명에서 `railwizard:` 줄을 지우십시오.",
    ),
    "phases.ambiguous-environment.what": (
        "Several environments are named {environment} but for letter case.",
        "대소문자만 다른 {environment} 환경이 여러 개 있습니다.",
    ),
    "phases.ambiguous-environment.why": ("Changing the wrong one would hurt.", "잘못된 환경을 바꾸면 피해가 생깁니다."),
    "phases.ambiguous-environment.fix": ("Rename one of them in Railway.", "Railway에서 하나의 이름을 바꾸십시오."),
    "phases.create-lost.what": (
        "The platform did not confirm creating {resource}.",
        "플랫폼이 {resource} 생성을 확인해 주지 않았습니다.",
    ),
    "phases.create-lost.why": (
        "The answer was lost and the resource did not appear.",
        "응답이 유실되었고 리소스가 나타나지 않았습니다.",
    ),
    "phases.create-lost.fix": (
        "Run again: nothing is created twice.",
        "다시 실행하십시오. 같은 것이 두 번 만들어지지 않습니다.",
    ),
    "phases.write-lost.what": (
        "The platform did not confirm what was written to {resource}.",
        "플랫폼이 {resource}에 기록한 내용을 확인해 주지 않았습니다.",
    ),
    "phases.write-lost.why": (
        "Both answers were lost, and a minute of reading after each did not show it.",
        "응답이 두 번 모두 유실되었고, 그때마다 1분 동안 읽어도 보이지 않았습니다.",
    ),
    "phases.write-lost.fix": (
        "Run again: writing it twice changes nothing.",
        "다시 실행하십시오. 두 번 기록해도 달라지는 것은 없습니다.",
    ),
    "phases.not-read-back.what": (
        "The platform does not show what was written: {changes}.",
        "기록한 내용이 플랫폼에 보이지 않습니다: {changes}.",
    ),
    "phases.not-read-back.why": (
        "A write was accepted and a minute of reading did not show it.",
        "쓰기는 받아들여졌지만 1분 동안 읽어도 보이지 않았습니다.",
    ),
    "phases.not-read-back.fix": (
        "Run again; if it stays, set it by hand in Railway and report it.",
        "다시 실행하고, 계속되면 Railway에서 직접 설정한 뒤 알려 주십시오.",
    ),
    "phases.variables-not-read-back.what": (
        "{service}: the platform does not show the variables that were set: {names}.",
        "{service}: 설정한 변수가 플랫폼에 보이지 않습니다: {names}.",
    ),
    "phases.variables-not-read-back.why": (
        "A write was accepted and a minute of reading did not show it.",
        "쓰기는 받아들여졌지만 1분 동안 읽어도 보이지 않았습니다.",
    ),
    "phases.variables-not-read-back.fix": ("Run the variables phase again.", "환경 변수 단계를 다시 실행하십시오."),
    "phases.empty-reference.what": (
        "{service}: these variables render empty: {names}.",
        "{service}: 빈 값이 되는 변수가 있습니다: {names}.",
    ),
    "phases.empty-reference.why": (
        "A reference to something that does not exist is rendered as nothing.",
        "존재하지 않는 것을 참조하면 빈 값이 됩니다.",
    ),
    "phases.empty-reference.fix": (
        "Check the names in the references of wizard.toml; `railwizard checklist` shows each variable.",
        "wizard.toml의 참조 이름을 확인하십시오. `railwizard checklist`가 변수마다 상태를 보여 줍니다.",
    ),
    "phases.placeholder.what": (
        "{service}: these secrets are placeholders: {names}.",
        "{service}: 자리표시자인 비밀 값이 있습니다: {names}.",
    ),
    "phases.placeholder.why": (
        "A placeholder would be deployed as if it were the secret.",
        "자리표시자가 비밀 값처럼 배포됩니다.",
    ),
    "phases.placeholder.fix": (
        "Run the variables phase and give the real values.",
        "환경 변수 단계를 실행해 실제 값을 입력하십시오.",
    ),
    "phases.database-not-deployed.what": (
        "The database {database} shows no deployment.",
        "데이터베이스 {database}에 배포가 보이지 않습니다.",
    ),
    "phases.database-not-deployed.why": (
        "It was created a minute ago and never started.",
        "1분 전에 만들어졌지만 시작되지 않았습니다.",
    ),
    "phases.database-not-deployed.fix": (
        "Look at it in Railway, then run again.",
        "Railway에서 상태를 확인한 뒤 다시 실행하십시오.",
    ),
    "phases.no-service.what": (
        "There is no service {service} in the environment.",
        "환경에 {service} 서비스가 없습니다.",
    ),
    "phases.no-service.why": (
        "It was never created, or somebody deleted it.",
        "만들어진 적이 없거나 누군가 삭제했습니다.",
    ),
    "phases.no-service.fix": (
        "Run the project phase: `railwizard deploy --only project`.",
        "프로젝트 단계를 실행하십시오: `railwizard deploy --only project`.",
    ),
    "phases.deployment-failed.what": (
        "The deployment of {service} ended {status} at {step}.",
        "{service} 배포가 {step} 단계에서 {status} 상태로 끝났습니다.",
    ),
    "phases.deployment-failed.why": ("{reason}", "{reason}"),
    "phases.deployment-failed.fix": (
        "Read the lines above, mend the cause and run again: what is done stays done, and an older deployment keeps serving.",
        "위의 로그를 읽고 원인을 고친 뒤 다시 실행하십시오. 끝난 일은 유지되며 이전 배포가 계속 서비스합니다.",
    ),
    "phases.not-active.what": (
        "{service}: deployment {deployment} succeeded but another one serves.",
        "{service}: 배포 {deployment:은} 성공했지만 다른 배포가 서비스 중입니다.",
    ),
    "phases.not-active.why": (
        "Somebody deployed at the same time, or the switch did not happen.",
        "누군가 동시에 배포했거나 전환이 이루어지지 않았습니다.",
    ),
    "phases.not-active.fix": (
        "Run `railwizard status`, then deploy again.",
        "`railwizard status`로 확인한 뒤 다시 배포하십시오.",
    ),
    "phases.no-answer.what": (
        "{service} runs, but {url} does not answer.",
        "{service:은} 실행 중이지만 {url:이} 응답하지 않습니다.",
    ),
    "phases.no-answer.why": (
        "For {seconds} seconds the edge found nothing listening on the service's port.",
        "{seconds}초 동안 서비스의 포트에서 응답하는 것을 찾지 못했습니다.",
    ),
    "phases.no-answer.fix": (
        "Listen on 0.0.0.0 and on $PORT; `railwizard logs {service}` shows what it says. A health path would have told it earlier.",
        "0.0.0.0과 $PORT에서 수신하도록 하십시오. `railwizard logs {service}`로 로그를 볼 수 있습니다. 상태 확인 경로를 두면 더 일찍 알 수 있습니다.",
    ),
    "phases.nothing-to-upload.what": (
        "{service}: the folder {root} holds nothing to upload.",
        "{service}: 폴더 {root}에 올릴 파일이 없습니다.",
    ),
    "phases.nothing-to-upload.why": (
        "It is empty, or ignore rules leave nothing of it.",
        "비어 있거나 무시 규칙 때문에 남는 파일이 없습니다.",
    ),
    "phases.nothing-to-upload.fix": (
        "Correct the root in wizard.toml or the ignore files.",
        "wizard.toml의 root나 무시 파일을 고치십시오.",
    ),
    "phases.deployment-lost.what": (
        "{service}: the platform did not confirm the deployment.",
        "{service}: 플랫폼이 배포를 확인해 주지 않았습니다.",
    ),
    "phases.deployment-lost.why": (
        "The answer was lost and no deployment of this revision appeared.",
        "응답이 유실되었고 이 리비전의 배포가 나타나지 않았습니다.",
    ),
    "phases.deployment-lost.fix": ("Run again.", "다시 실행하십시오."),
}
