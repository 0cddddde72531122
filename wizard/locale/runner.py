"""Sentences of `wizard.standin.runner`: how a process differs from a container."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "runner.process-tier": (
        "Deployments run as processes of this machine: its network, tools and user are theirs too. Python and Node.js "
        "servers that ask for every address are given 127.0.0.1.",
        "배포는 이 컴퓨터의 프로세스로 실행되며, 네트워크와 도구, 사용자를 함께 씁니다. 모든 주소에서 접속을 받으려는 "
        "Python과 Node.js 서버에는 127.0.0.1이 주어집니다.",
    ),
    "runner.exposed": (
        "The process listened on {address}, port {port}, where other machines could reach it, and was stopped.",
        "프로세스가 다른 컴퓨터에서 접근할 수 있는 {address} 주소의 {port}번 포트를 열어 중지했습니다.",
    ),
    "runner.loopback": (
        "Listens on this machine alone: {command} was started as {started}",
        "이 컴퓨터에서만 접속할 수 있도록 {command} 대신 다음을 실행했습니다: {started}",
    ),
    "runner.loopback-script": (
        "Listens on this machine alone: addresses in {script} were replaced.",
        "이 컴퓨터에서만 접속할 수 있도록 {script}의 주소를 바꾸었습니다.",
    ),
    "runner.port": (
        "The service declares port {declared}; here it got the free port {port}.",
        "서비스는 {declared}번 포트를 지정하지만, 여기서는 비어 있는 {port}번 포트를 받았습니다.",
    ),
}
