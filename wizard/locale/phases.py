"""Sentences of the phases: what is waited for, what was found, what went wrong."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "phases.preflight": ("Preflight", "사전 점검"),
    "phases.project": ("Project", "프로젝트"),
    "phases.variables": ("Variables", "환경 변수"),
    "phases.deploy": ("Deploy", "배포"),
    "phases.migrate": ("Migrate", "마이그레이션"),
    "phases.admin": ("Admin", "관리자"),
    "phases.verify": ("Verify", "검증"),
    "phases.verbatim": ("{text}", "{text}"),
    "phases.requires": ("skipped: {step} did not succeed", "건너뜀: {step} 단계가 성공하지 못했습니다"),
    "phases.after": ("after {steps}", "{steps} 다음"),
    "phases.creating": ("creating {resource}", "{resource:을} 만드는 중"),
    "phases.reading-back": ("reading back what was written", "기록한 내용을 다시 확인하는 중"),
    "phases.verifying-credential": ("asking whom the credential speaks for", "자격 증명의 소유자를 확인하는 중"),
    "phases.finding-project": ("looking for the project {project}", "프로젝트 {project:을} 찾는 중"),
    "phases.checking-limits": ("checking plan limits and credit", "요금제 한도와 잔액을 확인하는 중"),
    "phases.reading-tree": ("reading the repository", "저장소를 읽는 중"),
    "phases.setting-variables": ("setting {count} variables of {service}", "{service}의 변수 {count}개를 설정하는 중"),
    "phases.waiting-for-database": (
        "waiting until the database {database} is live",
        "데이터베이스 {database:이} 가동되기를 기다리는 중",
    ),
    "phases.waiting-for-answer": ("waiting until {url} answers", "{url:이} 응답하기를 기다리는 중"),
    "phases.uploading": ("uploading {files} files of {service}", "{service}의 파일 {files}개를 올리는 중"),
    "phases.platform-step": ("the platform is at {step}", "플랫폼 단계: {step}"),
    "phases.findings": ("{count} findings", "발견 사항 {count}건"),
    "phases.ask-workspace": ("Which workspace should own the project?", "어느 워크스페이스에 프로젝트를 만들까요?"),
    "phases.ask-adopt": (
        "A project named {project} exists ({id}) that this plan did not make. What now?",
        "이 계획이 만들지 않은 같은 이름의 프로젝트 {project}({id})가 있습니다. 어떻게 할까요?",
    ),
    "phases.adopt-new": ("Create another project of the same name", "같은 이름으로 새 프로젝트를 만듭니다"),
    "phases.adopt-existing": (
        "Use that project: its services may be changed",
        "그 프로젝트를 사용합니다: 서비스 설정이 바뀔 수 있습니다",
    ),
    "phases.ask-variable": ("Value of {name} for {service}", "{service}의 {name} 값"),
    "phases.ask-admin-password": (
        "Password of the administrator {email} (empty: one is generated)",
        "관리자 {email}의 비밀번호 (비워 두면 자동 생성)",
    ),
    # Why a service is deployed again
    "phases.stale-never": ("{service} has never been deployed", "{service:은} 아직 배포된 적이 없습니다"),
    "phases.stale-status": ("{service} is {status}", "{service}의 상태가 {status}입니다"),
    "phases.stale-revision": (
        "the code of {service} is {wanted}, deployed is {have}",
        "{service}의 코드는 {wanted}인데 배포된 것은 {have}입니다",
    ),
    "phases.stale-settings": (
        "{service} runs with other settings: {settings}",
        "{service:이} 다른 설정으로 실행 중입니다: {settings}",
    ),
    "phases.stale-variables": (
        "{service} runs with other values of {names}",
        "{service:이} 다른 값으로 실행 중입니다: {names}",
    ),
    "phases.stale-proof": (
        "what was verified is not what would be deployed now",
        "검증된 상태와 지금 배포될 상태가 다릅니다",
    ),
    # Findings
    "phases.found-refusal": (
        "The platform will not create a project: {reason}",
        "플랫폼이 프로젝트 생성을 거부합니다: {reason}",
    ),
    "phases.found-refusal.fix": (
        "Open railway.com/workspace/plans and settle what it names, then run again.",
        "railway.com/workspace/plans 에서 안내된 내용을 해결한 뒤 다시 실행하십시오.",
    ),
    "phases.found-volumes": (
        "The plan needs {wanted} volumes; the {plan} subscription allows {limit} a project.",
        "계획에는 볼륨 {wanted}개가 필요하지만 {plan} 요금제는 프로젝트당 {limit}개까지입니다.",
    ),
    "phases.found-volumes.fix": (
        "Upgrade the subscription, or drop a database or volume from wizard.toml.",
        "요금제를 올리거나 wizard.toml에서 데이터베이스 또는 볼륨을 줄이십시오.",
    ),
    "phases.found-credit": (
        "The workspace {workspace} has no credit left.",
        "워크스페이스 {workspace}에 남은 크레딧이 없습니다.",
    ),
    "phases.found-credit.fix": (
        "Add a card or credit under [Usage] in Railway, then run again.",
        "Railway의 [Usage]에서 카드나 크레딧을 추가한 뒤 다시 실행하십시오.",
    ),
    "phases.found-incident": ("Railway reports an incident: {incident}", "Railway에 장애가 보고되었습니다: {incident}"),
    "phases.found-incident.fix": (
        "Deployments may be slow or fail; consider waiting until it is over.",
        "배포가 느리거나 실패할 수 있으니 해결될 때까지 기다리는 것이 좋습니다.",
    ),
    "phases.found-env-file": (
        "{path} holds secrets and would be uploaded.",
        "{path:이} 비밀 값을 담고 있으며 그대로 업로드됩니다.",
    ),
    "phases.found-env-file.fix": (
        "Add {path} to .gitignore or .railwayignore; its values belong into the variables phase.",
        "{path:을} .gitignore나 .railwayignore에 추가하십시오. 값은 환경 변수 단계에서 설정합니다.",
    ),
    "phases.found-no-git": (
        "The folder is in no git repository; the files on disk are deployed.",
        "이 폴더는 git 저장소가 아니므로 디스크에 있는 파일이 배포됩니다.",
    ),
    "phases.found-no-git.fix": (
        "Nothing to do; with git every release would name its commit.",
        "조치할 것은 없습니다. git을 쓰면 모든 릴리스에 커밋이 표시됩니다.",
    ),
    "phases.found-no-root": (
        "The folder {root} of {service} holds no file that would be deployed.",
        "{service}의 폴더 {root}에 배포할 파일이 없습니다.",
    ),
    "phases.found-no-root.fix": (
        "Correct services.{service}.root in wizard.toml, or commit the folder.",
        "wizard.toml의 services.{service}.root를 고치거나 폴더를 커밋하십시오.",
    ),
    "phases.found-no-pre-deploy": (
        "{service} has a command that runs before it serves, and this platform runs none.",
        "{service}에는 서비스 전에 실행할 명령이 있지만 이 플랫폼은 그런 명령을 실행하지 않습니다.",
    ),
    "phases.found-no-pre-deploy.fix": (
        "Remove services.{service}.pre_deploy from wizard.toml and let the application do it when it starts.",
        "wizard.toml에서 services.{service}.pre_deploy를 지우고 애플리케이션이 시작할 때 처리하게 하십시오.",
    ),
    "phases.found-no-commit": (
        "The plan deploys {repo}, but there is no commit here to deploy.",
        "계획은 {repo:을} 배포하지만 여기에는 배포할 커밋이 없습니다.",
    ),
    "phases.found-no-commit.fix": (
        'Commit and push, or set source = {{ upload = "." }} in wizard.toml.',
        '커밋하고 푸시하거나 wizard.toml에서 source = {{ upload = "." }} 로 바꾸십시오.',
    ),
    "phases.found-dirty": (
        "{count} files differ from the commit {commit} that would be deployed.",
        "파일 {count}개가 배포될 커밋 {commit:과} 다릅니다.",
    ),
    "phases.found-dirty.fix": (
        "Commit and push them, deploy an upload instead, or put them aside.",
        "커밋하고 푸시하거나, 업로드로 배포하거나, 변경을 잠시 치워 두십시오.",
    ),
    "phases.found-branch": (
        "The work tree is on {branch}; the plan deploys {wanted}.",
        "작업 트리는 {branch} 브랜치이고 계획은 {wanted:을} 배포합니다.",
    ),
    "phases.found-branch.fix": (
        "Switch the branch, or correct project.source.branch in wizard.toml.",
        "브랜치를 바꾸거나 wizard.toml의 project.source.branch를 고치십시오.",
    ),
    "phases.found-unpushed": (
        "Commit {commit} is not on the remote branch {branch}: the platform cannot see it.",
        "커밋 {commit:이} 원격 브랜치 {branch}에 없어 플랫폼이 볼 수 없습니다.",
    ),
    "phases.found-unpushed.fix": ("Push it, then run again.", "푸시한 뒤 다시 실행하십시오."),
    # Migration and administrator
    "phases.reading-schema": ("reading the schema of the database", "데이터베이스 스키마를 읽는 중"),
    "phases.reading-log": ("looking for the migration head in the log", "로그에서 마이그레이션 헤드를 찾는 중"),
    "phases.no-postgres": (
        "{service} refers to no PostgreSQL of the plan",
        "{service:이} 계획의 PostgreSQL을 참조하지 않습니다",
    ),
    "phases.head-last": (
        "not looked at in this run; the last release, on {at}, stood at {head}",
        "이번 실행에서는 확인하지 않았습니다. 마지막 릴리스({at})의 헤드는 {head}입니다",
    ),
    "phases.head-unseen": (
        "the log of {service} does not show the head; `railwizard verify --full` looks into the database",
        "{service}의 로그에 헤드가 보이지 않습니다. `railwizard verify --full`이 데이터베이스에서 확인합니다",
    ),
    "phases.schema-unseen": (
        "the tables of {service} were not looked at; `railwizard verify --full` compares them with the models",
        "{service}의 테이블은 확인하지 않았습니다. `railwizard verify --full`이 모델과 비교합니다",
    ),
    "phases.dns-record": (
        "{domain} needs a DNS record: {type} {host} -> {value}",
        "{domain}에 DNS 레코드가 필요합니다: {type} {host} -> {value}",
    ),
    "phases.trying-admin": ("logging in as {email}", "{email:으로} 로그인하는 중"),
    "phases.making-admin": ("making the administrator {email}", "관리자 {email:을} 만드는 중"),
    "phases.admin-unknown": (
        "the password of {email} is not known on this machine; give it by RAILWIZARD_ANSWER_ADMIN_PASSWORD to prove it",
        "이 컴퓨터에는 {email}의 비밀번호가 없습니다. RAILWIZARD_ANSWER_ADMIN_PASSWORD로 제공하면 확인할 수 있습니다",
    ),
    "phases.admin-created": ("the administrator {email} was created", "관리자 {email:을} 만들었습니다"),
    "phases.admin-present": ("the administrator {email} was there already", "관리자 {email:이} 이미 있습니다"),
    "phases.admin-promoted": ("{email} was made an administrator", "{email:을} 관리자로 올렸습니다"),
    "phases.checked": ("{count} of {total} checks done", "검사 {total}개 중 {count}개 완료"),
    "phases.left-behind": ("stays in the application: {what}", "애플리케이션에 남은 것: {what}"),
    # Errors
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
        "{count} tables or columns are not what the models say; they are listed above.",
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
    "phases.checks-failed.what": ("{count} checks failed: {checks}.", "검사 {count}개가 실패했습니다: {checks}."),
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
