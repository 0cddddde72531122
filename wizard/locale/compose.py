"""Sentences of `wizard.compose`."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "compose.upload": (
        "{service}: sending {files} files, {megabytes} MB compressed",
        "{service}: 파일 {files}개, 압축 {megabytes} MB를 보냅니다",
    ),
    "compose.no-credential.what": ("There is no credential for {endpoint}.", "{endpoint}에 쓸 자격 증명이 없습니다."),
    "compose.no-credential.why": (
        "Neither the environment nor the keyring holds a token for it.",
        "환경 변수에도 키링에도 토큰이 없습니다.",
    ),
    "compose.no-credential.fix": (
        "Make an account token at railway.com/account/tokens and run `railwizard login`, or set RAILWAY_API_TOKEN (RAILWIZARD_TOKEN for another endpoint).",
        "railway.com/account/tokens 에서 계정 토큰을 만들어 `railwizard login`을 실행하거나 RAILWAY_API_TOKEN(다른 엔드포인트는 RAILWIZARD_TOKEN)을 설정하십시오.",
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
