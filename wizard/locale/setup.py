"""Sentences of the guided set-up; names of buttons elsewhere stand in brackets, in the words they have there."""

from __future__ import annotations

from wizard.locale import Catalogue

_STEPS: Catalogue = {
    "setup.welcome": ("Welcome", "환영합니다"),
    "setup.welcome-intro": (
        "From this repository to a verified deployment on Railway. Every step says what it does before it does it.",
        "이 저장소를 Railway에 배포하고 확인하기까지 안내합니다. 단계마다 무엇을 하는지 먼저 알려 드립니다.",
    ),
    "setup.detection": ("What this is", "저장소 살펴보기"),
    "setup.detection-intro": (
        "Read from your files; each value says from where. Correct what is wrong.",
        "파일에서 읽은 값이며 각 값의 출처를 보여 줍니다. 틀린 값을 고치십시오.",
    ),
    "setup.choices": ("Open questions", "결정할 것"),
    "setup.choices-intro": (
        "What no file says. Each question tells what the answer changes.",
        "파일에 없는 내용입니다. 질문마다 답에 따라 무엇이 달라지는지 알려 드립니다.",
    ),
    "setup.findings": ("Findings", "발견한 문제"),
    "setup.findings-intro": (
        "What would go wrong, found before anything is made.",
        "무엇이든 만들기 전에 문제가 될 만한 것을 찾습니다.",
    ),
    "setup.rehearsal": ("Rehearse", "리허설"),
    "setup.rehearsal-intro": (
        "The whole deployment on this machine. No account, no cost; failures here are free.",
        "배포 전체를 이 컴퓨터에서 해 봅니다. 계정도 비용도 필요 없고, 여기서의 실패는 부담이 없습니다.",
    ),
    "setup.platforms": ("Platform and cost", "플랫폼과 비용"),
    "setup.platforms-intro": (
        "Where it will run and about what it costs. Prices as Railway published them in August 2026.",
        "어디에서 실행하고 비용이 얼마쯤인지 보여 줍니다. 가격은 2026년 8월 Railway 공개 자료 기준입니다.",
    ),
    "setup.needs": ("What you need", "준비물"),
    "setup.needs-intro": (
        "Things only a person can do, on Railway's pages. Take your time: waiting here asks Railway nothing.",
        "Railway 페이지에서 사람이 직접 해야 하는 일입니다. 천천히 하십시오. 여기서 기다리는 동안 Railway에 요청하지 않습니다.",
    ),
    "setup.token": ("Token", "토큰"),
    "setup.token-intro": (
        "The wizard speaks to Railway with a token of yours. It is tried as you give it.",
        "마법사는 토큰으로 Railway와 통신합니다. 입력하면 바로 확인합니다.",
    ),
    "setup.place": ("Where to", "배포할 곳"),
    "setup.place-intro": ("Workspace, project and region.", "워크스페이스, 프로젝트, 리전입니다."),
    "setup.changes": ("What will change", "바뀌는 내용"),
    "setup.changes-intro": (
        "The difference between your plan and what is there. Values are not shown.",
        "계획과 현재 상태의 차이입니다. 값은 보여 주지 않습니다.",
    ),
    "setup.deployment": ("Deploy", "배포"),
    "setup.deployment-intro": (
        "The same phases as in the rehearsal, now on Railway.",
        "리허설과 같은 단계를 이제 Railway에서 실행합니다.",
    ),
    "setup.verified": ("Verified", "확인 완료"),
    "setup.verified-intro": (
        "Your application is up, and it was seen to work.",
        "애플리케이션이 실행 중이며 동작을 확인했습니다.",
    ),
}
_START: Catalogue = {
    "setup.welcome-what": ("What happens", "진행 순서"),
    "setup.welcome-look": (
        "The repository is read; you correct what was read and answer what it does not say.",
        "저장소를 읽고, 잘못 읽은 것은 고치고 없는 것은 답합니다.",
    ),
    "setup.welcome-rehearse": (
        "Everything is rehearsed on this machine with real databases.",
        "실제 데이터베이스로 이 컴퓨터에서 전체를 리허설합니다.",
    ),
    "setup.welcome-deploy": (
        "Then the same is done on Railway, after you said yes to the exact changes.",
        "정확한 변경 내용에 동의하면 Railway에서 똑같이 진행합니다.",
    ),
    "setup.welcome-prove": (
        "Login, CORS, WebSocket and the database are proved, not assumed.",
        "로그인, CORS, WebSocket, 데이터베이스를 추측하지 않고 확인합니다.",
    ),
    "setup.welcome-time": ("How long", "걸리는 시간"),
    "setup.welcome-minutes": (
        "A rehearsal takes one to five minutes, a first deployment five to fifteen.",
        "리허설은 1~5분, 첫 배포는 5~15분 걸립니다.",
    ),
    "setup.welcome-again": (
        "You can leave at any time; the next start finds what is done.",
        "언제든 나가도 됩니다. 다음에 시작하면 끝난 일을 찾아 이어 갑니다.",
    ),
    "setup.welcome-cost": ("What it costs", "비용"),
    "setup.welcome-free": ("Rehearsing is free and needs no account.", "리허설은 무료이고 계정이 필요 없습니다."),
    "setup.welcome-paid": (
        "Railway's trial gives $5 once for 30 days; the forecast for your stack comes before you need an account.",
        "Railway 체험판은 30일 동안 5달러를 한 번 제공합니다. 계정을 만들기 전에 예상 비용을 보여 드립니다.",
    ),
    "setup.plan-found": ("The plan that is there", "있는 계획"),
    "setup.plan-decides": (
        "wizard.toml is there and decides; edit it to change an answer.",
        "wizard.toml이 있으므로 그 내용을 따릅니다. 바꾸려면 파일을 고치십시오.",
    ),
    "setup.detected": ("Detected", "찾은 것"),
    "setup.read-at": ("read at {place}", "출처: {place}"),
    "setup.unreadable": ("Not readable", "읽지 못한 파일"),
    "setup.unreadable-so": (
        "What these files say is not in the plan.",
        "이 파일들의 내용은 계획에 들어가지 않습니다.",
    ),
    "setup.left-out": ("Left out, because no plan can hold it", "계획에 담을 수 없어 뺀 것"),
    "setup.not-a-number": ("A number is needed here.", "숫자를 입력하십시오."),
    "setup.does-not-fit.what": ("The value at {where} does not fit.", "{where}의 값이 맞지 않습니다."),
    "setup.does-not-fit.why": ("The plan file refuses it there.", "계획 파일이 그 값을 받지 않습니다."),
    "setup.does-not-fit.fix": (
        "Put back what was there, or see docs/plan-file.md for what the key takes.",
        "원래 값으로 되돌리거나 docs/plan-file.ko.md에서 그 키의 값을 확인하십시오.",
    ),
    "setup.name-help": ("The project's name on Railway.", "Railway에 표시될 프로젝트 이름입니다."),
    "setup.ask-region": ("Which region?", "어느 리전에 둘까요?"),
    "setup.region-help": (
        "Backend and databases stand together there; the nearest to your users answers fastest.",
        "백엔드와 데이터베이스가 함께 놓입니다. 사용자와 가까울수록 응답이 빠릅니다.",
    ),
    "setup.region-singapore": ("Singapore, the nearest to Korea", "싱가포르(한국에서 가장 가까움)"),
    "setup.region-california": ("California, US West", "캘리포니아(미국 서부)"),
    "setup.region-virginia": ("Virginia, US East", "버지니아(미국 동부)"),
    "setup.region-amsterdam": ("Amsterdam, EU West", "암스테르담(서유럽)"),
    "setup.ask-redis": ("Keep Redis?", "Redis를 사용합니까?"),
    "setup.redis-help": (
        "Without it one service and one volume less are paid for; the application loses what it uses Redis for.",
        "사용하지 않으면 서비스와 볼륨이 하나씩 줄어 비용이 내려가지만, 애플리케이션에서 Redis를 쓰는 기능이 빠집니다.",
    ),
    "setup.ask-domain": (
        "A domain of your own? Empty for none.",
        "직접 소유한 도메인이 있습니까? 없으면 비워 두십시오.",
    ),
    "setup.domain-help": (
        "Railway gives each service an address. Your own needs two DNS records, which are shown after the deployment.",
        "Railway가 서비스마다 주소를 줍니다. 자신의 도메인에는 DNS 레코드 두 개가 필요하며 배포 후에 보여 드립니다.",
    ),
    "setup.findings-what": ("Before anything is made", "만들기 전에"),
    "setup.findings-how": (
        "The plan is held against your repository by the rules of real failures.",
        "실제 실패 사례의 규칙으로 계획과 저장소를 비교합니다.",
    ),
    "setup.findings-none": ("Nothing was found that stands in the way.", "걸림돌을 찾지 못했습니다."),
    "setup.rehearsal-what": ("The rehearsal", "리허설"),
    "setup.rehearsal-how": (
        "A local platform builds and runs your services with a real PostgreSQL and a real Redis-compatible server.",
        "로컬 플랫폼이 실제 PostgreSQL과 Redis 호환 서버로 서비스를 빌드하고 실행합니다.",
    ),
    "setup.rehearsal-fails": (
        "What fails here would have failed there; mend it and rehearse again.",
        "여기서 실패하는 것은 그곳에서도 실패합니다. 고치고 다시 리허설하십시오.",
    ),
    "setup.rehearsal-time": (
        "The second time is faster: layers are kept.",
        "두 번째부터는 레이어를 재사용해 더 빠릅니다.",
    ),
}
_COST: Catalogue = {
    "setup.one-platform": ("Railway: everything in one place", "Railway: 한곳에 모두"),
    "setup.one-account": ("One account, one token, one bill.", "계정, 토큰, 청구서가 하나입니다."),
    "setup.one-network": (
        "Backend and databases share a private network; databases are not public.",
        "백엔드와 데이터베이스가 사설 네트워크를 쓰며 데이터베이스는 공개되지 않습니다.",
    ),
    "setup.one-bill": (
        "Paid by use: memory $10 a GB and month, CPU $20 a core and month, disk $0.15 a GB and month.",
        "사용량만큼 냅니다. 메모리 GB당 월 10달러, CPU 코어당 월 20달러, 디스크 GB당 월 0.15달러입니다.",
    ),
    "setup.split": (
        "Vercel, Render, Supabase and Upstash: one part each",
        "Vercel, Render, Supabase, Upstash: 나누어 배치",
    ),
    "setup.split-accounts": (
        "Four accounts, four sets of variables, four bills; each may be free at first.",
        "계정, 변수, 청구서가 넷입니다. 처음에는 각각 무료일 수 있습니다.",
    ),
    "setup.split-network": (
        "The parts talk over the public internet; CORS and addresses cross four dashboards.",
        "구성 요소가 공개 인터넷으로 통신하고 CORS와 주소를 네 곳에서 맞춰야 합니다.",
    ),
    "setup.split-free": (
        "Free tiers sleep or pause when idle; look at each price page before you rely on one. This wizard deploys to Railway.",
        "무료 등급은 쓰지 않으면 잠들거나 멈춥니다. 의존하기 전에 각 가격표를 확인하십시오. 이 마법사는 Railway에 배포합니다.",
    ),
    "setup.forecast": ("About, when nobody uses it", "아무도 쓰지 않을 때의 예상 비용"),
    "setup.dollars": ("${dollars} a month", "월 {dollars}달러"),
    "setup.total": ("Together", "합계"),
    "setup.price-plans": ("Railway's plans for this stack", "이 구성에 맞는 Railway 요금제"),
    "setup.price-plan-trial": ("Trial", "체험판(Trial)"),
    "setup.price-plan-free": ("Free", "무료(Free)"),
    "setup.price-plan-hobby": ("Hobby", "Hobby"),
    "setup.price-plan-pro": ("Pro", "Pro"),
    "setup.price-trial": ("$5 once for 30 days, then the free plan", "30일 동안 5달러 한 번, 이후 무료 요금제"),
    "setup.price-free": ("$1 of use a month, one volume a project", "월 1달러 사용량, 프로젝트당 볼륨 하나"),
    "setup.price-hobby": ("$5 a month, $5 of use included", "월 5달러, 사용량 5달러 포함"),
    "setup.price-pro": ("$20 a month, $20 of use included", "월 20달러, 사용량 20달러 포함"),
    "setup.too-much": (
        "does not hold this stack: {volumes} volumes ({allowed} allowed), {services} services",
        "이 구성을 담을 수 없음: 볼륨 {volumes}개(허용 {allowed}개), 서비스 {services}개",
    ),
}
_ACCOUNT: Catalogue = {
    "setup.needs-what": ("At Railway", "Railway에서"),
    "setup.needs-account": (
        "An account: railway.com, [Login], with GitHub.",
        "계정: railway.com에서 [Login]을 눌러 GitHub로 로그인합니다.",
    ),
    "setup.needs-verified": (
        "A verified account: a new GitHub account gets a limited trial until Railway has verified it.",
        "인증된 계정: 새 GitHub 계정은 Railway가 인증할 때까지 제한된 체험판을 받습니다.",
    ),
    "setup.needs-card": (
        "A card only for Hobby and Pro: [Workspace settings], [Billing].",
        "카드는 Hobby와 Pro에만 필요합니다: [Workspace settings]의 [Billing].",
    ),
    "setup.needs-app": ("Railway's GitHub App", "Railway GitHub App"),
    "setup.app-only": (
        "Install it with [Only select repositories] and choose {repo}.",
        "[Only select repositories]를 선택하고 {repo}만 고르십시오.",
    ),
    "setup.app-approval": (
        "In an organisation its owner has to approve; GitHub sends them a mail.",
        "조직 저장소라면 소유자가 승인해야 하며 GitHub가 메일을 보냅니다.",
    ),
    "setup.app-later": (
        "Until then the wizard can send your files instead; pushes deploy nothing by themselves then.",
        "그때까지 파일을 직접 올려 배포할 수 있습니다. 이 경우 push해도 자동 배포되지 않습니다.",
    ),
    "setup.ask-meanwhile": ("Deploy by upload for now?", "우선 파일을 올려 배포할까요?"),
    "setup.meanwhile-help": (
        "Writes `source` of the plan; change it back when the App is installed.",
        "계획의 `source`를 바꿉니다. App을 설치한 뒤 되돌리면 됩니다.",
    ),
    "setup.token-which": ("Which token", "어떤 토큰"),
    "setup.token-account": (
        "An account token: railway.com/account/tokens, [No workspace], [Create].",
        "계정 토큰: railway.com/account/tokens에서 [No workspace]를 고르고 [Create].",
    ),
    "setup.token-workspace": (
        "Or a workspace token: the same page with a workspace chosen; it reaches that workspace alone.",
        "또는 워크스페이스 토큰: 같은 페이지에서 워크스페이스를 고릅니다. 그 워크스페이스에만 쓸 수 있습니다.",
    ),
    "setup.token-project": (
        "A project token is not enough: it may not create services.",
        "프로젝트 토큰으로는 부족합니다. 서비스를 만들 수 없습니다.",
    ),
    "setup.token-tried": ("The token works", "토큰 확인됨"),
    "setup.token-speaks": ("It speaks for", "토큰의 주인"),
    "setup.token-expiry": (
        "Railway names no end for such a token; it works until it is deleted on that page.",
        "Railway는 이런 토큰의 만료일을 알려 주지 않습니다. 그 페이지에서 지울 때까지 유효합니다.",
    ),
    "setup.ask-keep": ("Keep the token in this system's keyring?", "이 시스템의 키링에 토큰을 보관할까요?"),
    "setup.keep-help": (
        "Without it the token is used for this set-up alone and asked for next time.",
        "보관하지 않으면 이번에만 쓰고 다음에 다시 묻습니다.",
    ),
    "setup.no-token.what": ("No token was given.", "토큰을 입력하지 않았습니다."),
    "setup.no-token.why": ("Without one Railway answers nothing.", "토큰이 없으면 Railway가 답하지 않습니다."),
    "setup.no-token.fix": (
        "Make one at railway.com/account/tokens and paste it here.",
        "railway.com/account/tokens에서 만들어 여기에 붙여 넣으십시오.",
    ),
    "setup.place-what": ("Target", "대상"),
    "setup.region": ("Region", "리전"),
    "setup.region-default": ("the platform's own choice", "플랫폼 기본값"),
    "setup.ask-workspace": ("Which workspace?", "어느 워크스페이스에 둘까요?"),
}
_DEPLOYMENT: Catalogue = {
    "setup.ask-after-failure": ("What now?", "어떻게 할까요?"),
    "setup.try-again": ("Try again", "다시 시도"),
    "setup.changes-what": ("The difference", "차이"),
    "setup.changes-how": (
        "Railway is read, nothing is written.",
        "Railway에서 읽기만 하고 아무것도 쓰지 않습니다.",
    ),
    "setup.deployment-what": ("The deployment", "배포"),
    "setup.deployment-how": (
        "Project, databases, variables, backend, frontend, migration, administrator, proof: each waits for what it needs.",
        "프로젝트, 데이터베이스, 변수, 백엔드, 프런트엔드, 마이그레이션, 관리자, 확인을 필요한 순서대로 진행합니다.",
    ),
    "setup.deployment-leave": (
        "If you leave, deployments that began go on in the cloud; the next start continues here.",
        "나가더라도 시작된 배포는 클라우드에서 계속되며, 다음에 시작하면 여기서 이어집니다.",
    ),
    "setup.ask-deploy": (
        "Deploy {project} to {environment} now? From here on Railway counts what is used.",
        "지금 {project:을} {environment}에 배포할까요? 이제부터 Railway 사용량이 집계됩니다.",
    ),
    "setup.admin-is": ("Administrator", "관리자"),
    "setup.admin-password": (
        "`railwizard reveal admin.password` shows the password at a terminal",
        "비밀번호는 터미널에서 `railwizard reveal admin.password`로 봅니다",
    ),
    "setup.next-release": (
        "The next release: `railwizard deploy`. What is unchanged stays untouched.",
        "다음 릴리스: `railwizard deploy`. 바뀌지 않은 것은 그대로 둡니다.",
    ),
    "setup.next-check": ("To look again: `railwizard verify`.", "다시 확인: `railwizard verify`."),
    "setup.next-backups": (
        "Backups: the database's service, [Backups], a daily schedule.",
        "백업: 데이터베이스 서비스의 [Backups]에서 매일 백업을 켜십시오.",
    ),
    "setup.next-limit": (
        "A spending limit: [Workspace settings], [Usage], [Set limits].",
        "지출 한도: [Workspace settings]의 [Usage]에서 [Set limits].",
    ),
    "setup.next-domain": (
        "Your own domain: `domains` of a service in wizard.toml.",
        "자신의 도메인: wizard.toml에서 서비스의 `domains`.",
    ),
}
CATALOGUE: Catalogue = _STEPS | _START | _COST | _ACCOUNT | _DEPLOYMENT
