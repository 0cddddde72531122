"""Sentences of `wizard.http`."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "http.unresolved.what": ("The name {host} was not found.", "{host} 주소를 찾지 못했습니다."),
    "http.unresolved.why": (
        "This machine has no network, or the name does not exist: {reason}",
        "네트워크에 연결되어 있지 않거나 없는 이름입니다: {reason}",
    ),
    "http.unresolved.fix": (
        "Check the connection and the spelling, then run the same command again.",
        "연결 상태와 철자를 확인한 뒤 같은 명령을 다시 실행해 주십시오.",
    ),
    "http.refused.what": ("Nothing answers at {host}.", "{host}에서 응답이 없습니다."),
    "http.refused.why": ("The connection was refused: {reason}", "연결이 거부되었습니다: {reason}"),
    "http.refused.fix": (
        "Check that the address and the port are right and that the server runs.",
        "주소와 포트가 맞는지, 서버가 실행 중인지 확인해 주십시오.",
    ),
    "http.timeout.what": ("{host} did not answer in time.", "{host}에서 제시간에 응답하지 않았습니다."),
    "http.timeout.why": (
        "The network is slow or the server is busy: {reason}",
        "네트워크가 느리거나 서버가 바쁩니다: {reason}",
    ),
    "http.timeout.fix": (
        "Wait a moment and run the same command again; what is done already is not done twice.",
        "잠시 기다린 뒤 같은 명령을 다시 실행해 주십시오. 이미 끝난 일은 반복하지 않습니다.",
    ),
    "http.certificate.what": (
        "The connection to {host} is not trusted.",
        "{host} 연결을 신뢰할 수 없습니다.",
    ),
    "http.certificate.why": (
        "Its certificate does not prove who it is: {reason}",
        "인증서로 상대를 확인할 수 없습니다: {reason}",
    ),
    "http.certificate.fix": (
        "Behind a company proxy, point SSL_CERT_FILE at its certificate bundle; otherwise do not go on.",
        "회사 프록시를 쓴다면 SSL_CERT_FILE에 인증서 묶음을 지정하고, 아니라면 진행하지 마십시오.",
    ),
    "http.no-tls.what": ("{host} does not speak https.", "{host:은} https로 응답하지 않습니다."),
    "http.no-tls.why": (
        "It answered without encryption where https was asked for: {reason}",
        "https로 요청했지만 암호화되지 않은 응답이 왔습니다: {reason}",
    ),
    "http.no-tls.fix": (
        "Check the port, or write http:// for a server of this machine.",
        "포트를 확인하거나, 이 컴퓨터의 서버라면 http://로 적어 주십시오.",
    ),
    "http.too-large.what": ("{host} sent too much.", "{host}에서 보낸 응답이 너무 큽니다."),
    "http.too-large.why": (
        "The answer is longer than {limit} bytes; reading was stopped.",
        "응답이 {limit}바이트를 넘어 읽기를 멈췄습니다.",
    ),
    "http.too-large.fix": (
        "Check that the address is the one you mean.",
        "주소가 맞는지 확인해 주십시오.",
    ),
    "http.broken.what": ("The connection to {host} broke.", "{host} 연결이 끊어졌습니다."),
    "http.broken.why": (
        "It ended before the answer was complete: {reason}",
        "응답이 끝나기 전에 끊겼습니다: {reason}",
    ),
    "http.broken.fix": (
        "Run the same command again; what is done already is not done twice.",
        "같은 명령을 다시 실행해 주십시오. 이미 끝난 일은 반복하지 않습니다.",
    ),
    "http.bad-url.what": ("{host} is not an address.", "{host:은} 올바른 주소가 아닙니다."),
    "http.bad-url.why": (
        "Only http:// and https:// addresses can be asked: {reason}",
        "http:// 또는 https:// 주소만 쓸 수 있습니다: {reason}",
    ),
    "http.bad-url.fix": ("Correct the address.", "주소를 고쳐 주십시오."),
}
