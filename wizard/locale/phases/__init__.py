"""Sentences of the phases: what is waited for, what was found, what went wrong."""

from __future__ import annotations

from wizard.locale import Catalogue
from wizard.locale.phases.errors import ERRORS

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
    "phases.answer-lost": (
        "{resource}: the answer was lost; what became of it is read back",
        "{resource}: 응답이 유실되어 결과를 다시 확인합니다",
    ),
    "phases.way-swept": (
        "Closed a public way into {database} that an earlier run had left open.",
        "이전 실행이 열어 둔 {database} 공개 접속 경로를 닫았습니다.",
    ),
    "phases.ask-way": (
        "{database} can be reached from the internet at {address}, and no run of this plan opened that. What now?",
        "{database:이} 인터넷에서 {address:으로} 접속되며, 이 계획의 실행이 연 것이 아닙니다. 어떻게 할까요?",
    ),
    "phases.way-keep": ("Leave it open", "그대로 둡니다"),
    "phases.way-close": ("Close it: who uses that address loses it", "닫습니다: 그 주소를 쓰던 쪽은 접속이 끊깁니다"),
    "phases.found-open-way": (
        "{database} can be reached from the internet at {address}, and no run of this plan opened that.",
        "{database:이} 인터넷에서 {address:으로} 접속되며, 이 계획의 실행이 연 것이 아닙니다.",
    ),
    "phases.found-open-way.fix": (
        "Where nobody needs it, run again with --answer proxy.{database}=close; it stays open until then.",
        "필요하지 않다면 --answer proxy.{database}=close 를 붙여 다시 실행하십시오. 그전까지는 열려 있습니다.",
    ),
    "phases.reading-back": ("reading back what was written", "기록한 내용을 다시 확인하는 중"),
    "phases.verifying-credential": ("asking whom the credential speaks for", "자격 증명의 소유자를 확인하는 중"),
    "phases.finding-project": ("looking for the project {project}", "프로젝트 {project:을} 찾는 중"),
    "phases.checking-limits": ("checking plan limits and credit", "요금제 한도와 잔액을 확인하는 중"),
    "phases.reading-tree": ("reading the repository", "저장소를 읽는 중"),
    "phases.setting-variables": ("setting variables of {service}: {count}", "{service}의 변수 {count}개를 설정하는 중"),
    "phases.waiting-for-database": (
        "waiting until the database {database} is live",
        "데이터베이스 {database:이} 가동되기를 기다리는 중",
    ),
    "phases.waiting-for-answer": ("waiting until {url} answers", "{url:이} 응답하기를 기다리는 중"),
    "phases.asking-repository": (
        "asking whether the platform can read {repo}",
        "플랫폼이 {repo:을} 읽을 수 있는지 확인하는 중",
    ),
    "phases.connecting": ("connecting {service} to {repo}", "{service:을} {repo}에 연결하는 중"),
    "phases.letting-pushes": (
        "letting pushes deploy {services} again",
        "푸시하면 {services:이} 다시 자동 배포되도록 켜는 중",
    ),
    "phases.pushes-unseen": (
        "pushes to {services} were switched on again, and the platform does not show it yet",
        "{services}의 푸시 자동 배포를 다시 켰지만 플랫폼에 아직 보이지 않습니다",
    ),
    "phases.joining": (
        "following the deployment of {service} that is under way",
        "이미 진행 중인 {service} 배포를 지켜보는 중",
    ),
    "phases.uploading": ("uploading files of {service}: {files}", "{service}의 파일 {files}개를 올리는 중"),
    "phases.platform-step": ("the platform is at {step}", "플랫폼 단계: {step}"),
    "phases.findings": ("findings: {count}", "발견 사항 {count}건"),
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
    "phases.answer-stands-for-one": (
        "This is empty or only stands for a value: an example, a template, an address of this machine.",
        "비어 있거나 예시, 템플릿, 이 컴퓨터의 주소처럼 실제 값이 아닙니다.",
    ),
    "phases.will-ask": (
        "A deployment will ask for: {ids}",
        "배포할 때 필요한 답변: {ids}",
    ),
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
    "phases.unknown-revision": (
        "which code {service} runs cannot be told ({have})",
        "{service:이} 어떤 코드로 실행 중인지 알 수 없습니다({have})",
    ),
    "phases.literal-for-reference": (
        "{service} has {name} as a literal that equals the plan's reference today; it stays, and will not follow",
        "{service}의 {name}에는 계획의 참조와 지금은 같은 값이 직접 적혀 있습니다. 그대로 두지만 바뀌어도 따라가지 않습니다",
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
        "Volumes the plan needs: {wanted}; the {plan} subscription allows {limit} a project.",
        "계획에는 볼륨 {wanted}개가 필요하지만 {plan} 요금제는 프로젝트당 {limit}개까지입니다.",
    ),
    "phases.found-volumes.fix": (
        "Upgrade the subscription, or drop a database or volume from wizard.toml.",
        "요금제를 올리거나 wizard.toml에서 데이터베이스 또는 볼륨을 줄이십시오.",
    ),
    "phases.found-services": (
        "The plan needs {wanted} services, databases included; the {plan} subscription allows {limit}.",
        "계획에는 데이터베이스를 포함해 서비스 {wanted}개가 필요하지만 {plan} 요금제는 {limit}개까지입니다.",
    ),
    "phases.found-services.fix": (
        "Upgrade the subscription, or take a service out of wizard.toml.",
        "요금제를 올리거나 wizard.toml에서 서비스를 줄이십시오.",
    ),
    "phases.found-admin-script": (
        "The platform cannot run `{script}` in the service's image; the administrator's row is written instead.",
        "플랫폼이 서비스 이미지에서 `{script}`를 실행할 수 없어 관리자 행을 직접 기록합니다.",
    ),
    "phases.found-admin-script.fix": (
        "Run the script yourself in a shell of the service, or take admin.script out of wizard.toml.",
        "서비스 셸에서 직접 실행하거나 wizard.toml에서 admin.script를 지우십시오.",
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
    "phases.found-domain-port": (
        "{host} leads to port {port} of {service}, and wizard.toml says {wanted}: it would answer 502.",
        "{host} 주소가 {service}의 {port} 포트로 연결되지만 wizard.toml에는 {wanted} 포트라고 되어 있습니다. 이대로면 502로 "
        "응답합니다.",
    ),
    "phases.found-domain-port.fix": (
        "Set the port of {host} to {wanted} in Railway under [Settings], [Networking] of {service}, or set "
        "services.{service}.port back.",
        "Railway에서 {service}의 [Settings], [Networking]에서 {host}의 포트를 {wanted:으로} 바꾸거나 "
        "services.{service}.port를 되돌리십시오.",
    ),
    "phases.found-unplanned": (
        "{service} has settings on the platform that wizard.toml does not name, and keeps them: {settings}.",
        "{service:은} wizard.toml에 없는 플랫폼 설정을 그대로 유지합니다: {settings}.",
    ),
    "phases.found-unplanned.fix": (
        "Clear them in Railway under [Settings] of {service}, or write them into wizard.toml.",
        "Railway에서 {service}의 [Settings]에서 지우거나 wizard.toml에 적으십시오.",
    ),
    "phases.found-volume-size": (
        "The volume {path} of {service} has {size} MB, and wizard.toml says {wanted}.",
        "{service}의 볼륨 {path} 크기는 {size}MB인데 wizard.toml에는 {wanted}MB라고 되어 있습니다.",
    ),
    "phases.found-volume-size.fix": (
        "Change the size in Railway in the settings of the volume: a size is written once, when the volume is made.",
        "크기는 볼륨을 만들 때 한 번만 지정됩니다. Railway의 볼륨 설정에서 크기를 바꾸십시오.",
    ),
    "phases.found-taken": (
        "{services} exist in this project already, in the environment {environment} only.",
        "이 프로젝트의 {environment} 환경에만 {services:이} 이미 있습니다.",
    ),
    "phases.found-taken.fix": (
        "A name is taken once in a project. Duplicate the environment {environment} in Railway, or give this "
        "environment a project of its own with another key.",
        "이름은 프로젝트에 하나뿐입니다. Railway에서 {environment} 환경을 복제하거나, 다른 key로 이 환경만의 프로젝트를 "
        "만드십시오.",
    ),
    "phases.found-other-environments": (
        "The project has other environments: {environments}. A service that is created or connected is so in all of "
        "them.",
        "프로젝트에 다른 환경이 있습니다: {environments}. 서비스를 만들거나 연결하면 모든 환경에 적용됩니다.",
    ),
    "phases.found-other-environments.fix": (
        "Remove the services there if they are not wanted; nothing else of those environments is touched.",
        "그 환경에 필요 없는 서비스는 삭제하십시오. 그 밖에는 아무것도 바뀌지 않습니다.",
    ),
    "phases.found-no-root": (
        "The folder {root} of {service} holds no file that would be deployed.",
        "{service}의 폴더 {root}에 배포할 파일이 없습니다.",
    ),
    "phases.found-no-root.fix": (
        "Correct services.{service}.root in wizard.toml, or commit the folder.",
        "wizard.toml의 services.{service}.root를 고치거나 폴더를 커밋하십시오.",
    ),
    "phases.found-no-dockerfile": (
        "{service} names the Dockerfile {path}, and there is none.",
        "{service:이} Dockerfile로 지정한 {path:이} 없습니다.",
    ),
    "phases.found-no-dockerfile.fix": (
        "Correct services.{service}.dockerfile in wizard.toml, or remove it to let the platform's own builder build.",
        "wizard.toml의 services.{service}.dockerfile을 고치거나, 지워서 플랫폼의 빌더가 빌드하게 하십시오.",
    ),
    "phases.found-unreadable": (
        "{path} of {service} may not be read and would be missing from the upload.",
        "{service}의 {path:을} 읽을 권한이 없어 업로드에서 빠지게 됩니다.",
    ),
    "phases.found-unreadable.fix": (
        "Give yourself permission to read {path}, or name it in .railwayignore.",
        "{path:을} 읽을 권한을 주거나 .railwayignore에 적으십시오.",
    ),
    "phases.found-no-pre-deploy": (
        "{service} has a command that runs before it serves, and this platform runs none.",
        "{service}에는 서비스 전에 실행할 명령이 있지만 이 플랫폼은 그런 명령을 실행하지 않습니다.",
    ),
    "phases.found-no-pre-deploy.fix": (
        "Remove services.{service}.pre_deploy from wizard.toml and let the application do it when it starts.",
        "wizard.toml에서 services.{service}.pre_deploy를 지우고 애플리케이션이 시작할 때 처리하게 하십시오.",
    ),
    "phases.found-hidden-repository": (
        "The platform cannot read {repo}.",
        "플랫폼이 {repo:을} 읽을 수 없습니다.",
    ),
    "phases.found-hidden-repository.fix": (
        "Install Railway's GitHub App on it (GitHub: [Settings], [Applications], [Railway App], [Configure]), or set "
        'source = {{ upload = "." }} in wizard.toml.',
        "GitHub의 [Settings], [Applications], [Railway App], [Configure]에서 이 저장소에 Railway 앱을 설치하거나 "
        'wizard.toml에서 source = {{ upload = "." }} 로 바꾸십시오.',
    ),
    "phases.found-public-repository": (
        "The platform reads {repo} as anybody does: a push will not deploy by itself.",
        "플랫폼이 {repo:을} 공개 저장소로만 읽으므로 푸시해도 자동으로 배포되지 않습니다.",
    ),
    "phases.found-public-repository.fix": (
        "Install Railway's GitHub App on it if pushes are to deploy; the wizard deploys without it.",
        "푸시로 배포하려면 Railway GitHub 앱을 설치하십시오. 마법사는 앱 없이도 배포합니다.",
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
        "Files that differ from the commit {commit} that would be deployed: {count}.",
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
    "phases.found-unpushed.fix": (
        "Push it and run again, check out the commit that was pushed, or deploy an upload instead.",
        "푸시한 뒤 다시 실행하거나, 푸시된 커밋을 체크아웃하거나, 업로드로 배포하십시오.",
    ),
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
    "phases.checked": ("checks done: {count} of {total}", "검사 {total}개 중 {count}개 완료"),
    "phases.way-left-open": (
        "{database} may still be open to the internet by a TCP proxy of this run: the next run closes it, or remove it "
        "in Railway under [Settings], [Networking] of the database",
        "이 실행이 만든 TCP 프록시로 {database:이} 아직 인터넷에 열려 있을 수 있습니다. 다음 실행이 닫습니다. "
        "Railway에서 데이터베이스의 [Settings], [Networking]에서 직접 제거할 수도 있습니다",
    ),
    "phases.left-behind": ("stays in the application: {what}", "애플리케이션에 남은 것: {what}"),
    **ERRORS,
}
