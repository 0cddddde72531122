"""Sentences of `wizard.compose`."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "compose.upload": (
        "sending files of {service}: {files} ({megabytes} MB compressed)",
        "{service}의 파일 {files}개(압축 {megabytes} MB)를 보내는 중",
    ),
    "compose.credential-refused": (
        "{endpoint} accepts the credential of this run no more; it goes on with another one",
        "{endpoint:이} 이 실행의 자격 증명을 더 이상 받지 않습니다. 다른 자격 증명이 있으면 이어서 진행합니다",
    ),
    "compose.ask-credential": (
        "Another token for {endpoint}, for the rest of this run (empty: end the run)",
        "이 실행을 마칠 때까지 쓸 {endpoint}의 다른 토큰 (비워 두면 실행을 끝냅니다)",
    ),
    "compose.no-credential.what": ("There is no credential for {endpoint}.", "{endpoint}에 쓸 자격 증명이 없습니다."),
    "compose.no-credential.why": (
        "Neither the environment nor the keyring holds a token for it.",
        "환경 변수에도 키링에도 토큰이 없습니다.",
    ),
    "compose.no-credential.fix": (
        "Run `railwizard login` with a token of {endpoint}, or set {variable}. Railway's are made at "
        "railway.com/account/tokens ([No workspace]).",
        "{endpoint}의 토큰으로 `railwizard login`을 실행하거나 {variable:을} 설정하십시오. Railway 토큰은 "
        "railway.com/account/tokens 에서 만듭니다([No workspace]).",
    ),
    "compose.not-kept.what": (
        "No secret named {name} is kept for this plan.",
        "이 계획에 보관된 비밀 값 {name:이} 없습니다.",
    ),
    "compose.not-kept.why": (
        "Neither the keyring nor a file holds it for the environment {environment} at {endpoint}.",
        "{endpoint}의 {environment} 환경에 대해 키링에도 파일에도 없습니다.",
    ),
    "compose.not-kept.fix": (
        "The administrator's is admin.password, a variable's is SERVICE.NAME. What this machine did not generate or "
        "was not told is not kept here.",
        "관리자 비밀번호는 admin.password, 변수는 서비스.이름 형식입니다. 이 컴퓨터에서 생성하거나 입력하지 않은 값은 보관되지 않습니다.",
    ),
    "compose.foreign-endpoint.what": (
        "The endpoint {endpoint} is not Railway.",
        "엔드포인트 {endpoint:은} Railway가 아닙니다.",
    ),
    "compose.foreign-endpoint.why": (
        "A credential would leave for a host nobody vouched for.",
        "확인되지 않은 호스트로 자격 증명이 전송됩니다.",
    ),
    "compose.foreign-endpoint.fix": (
        "If you trust it, pass --allow-endpoint.",
        "신뢰하는 호스트라면 --allow-endpoint 를 지정하십시오.",
    ),
    "compose.rehearsal-target.what": (
        "`rehearsal` is not a place to deploy to.",
        "`rehearsal`은 배포 대상이 아닙니다.",
    ),
    "compose.rehearsal-target.why": (
        "A rehearsal starts a local platform of its own and ends it.",
        "리허설은 자체 로컬 플랫폼을 시작하고 끝냅니다.",
    ),
    "compose.rehearsal-target.fix": ("Run `railwizard rehearse`.", "`railwizard rehearse`를 실행하십시오."),
}
