"""Sentences of `wizard.standin.builder`: how a local build differs from the platform's."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "builder.host-tools": (
        "The build of {image} runs on this machine: its system tools and libraries stand in for the image's.",
        "{image} 빌드는 이 컴퓨터에서 실행됩니다. 이미지의 시스템 도구와 라이브러리 대신 이 컴퓨터의 것을 씁니다.",
    ),
    "builder.other-python": (
        "Python {wanted} is not on this machine; {version} stands in for it.",
        "이 컴퓨터에 Python {wanted:이} 없어 {version:이} 대신합니다.",
    ),
    "builder.other-node": (
        "Node.js {wanted} is not on this machine; {version} stands in for it.",
        "이 컴퓨터에 Node.js {wanted:이} 없어 {version:이} 대신합니다.",
    ),
    "builder.musl": (
        "{image} is built on Alpine's C library; this machine's differs, and other packages may be installed.",
        "{image:은} Alpine의 C 라이브러리를 쓰지만 이 컴퓨터는 다르므로 다른 패키지가 설치될 수 있습니다.",
    ),
    "builder.user": (
        "USER {user} is not honoured: everything runs as you.",
        "USER {user:은} 적용되지 않으며, 모든 것이 현재 사용자로 실행됩니다.",
    ),
    "builder.chown": (
        "The owner {owner} is not set: every file belongs to you.",
        "소유자 {owner:은} 설정되지 않으며, 모든 파일은 현재 사용자의 것입니다.",
    ),
    "builder.skipped": (
        "Left out, because this machine is not the image's to change: {command}",
        "이 컴퓨터를 바꾸게 되므로 생략한 명령: {command}",
    ),
    "builder.uv-image": (
        "uv comes from the package index instead of {image}.",
        "uv는 {image} 대신 패키지 인덱스에서 설치됩니다.",
    ),
    "builder.fetched": (
        "{tool} comes from a package registry instead of {image}; its newest release there may differ.",
        "{tool:은} {image} 대신 패키지 레지스트리에서 가져오며, 세부 버전이 다를 수 있습니다.",
    ),
    "builder.package-missing": (
        "The image installs {package}, which is not on this machine: what needs it fails here.",
        "이미지가 설치하는 {package:이} 이 컴퓨터에 없습니다. 이를 쓰는 부분은 여기서 실패합니다.",
    ),
    "builder.uv-run": (
        "`uv run` uses what the build installed; on Railway it installs what is missing when the service starts.",
        "`uv run`은 빌드에서 설치된 것만 씁니다. Railway에서는 서비스가 시작될 때 빠진 것을 설치합니다.",
    ),
    "builder.not-pruned": (
        "RAILPACK_PRUNE_DEPS is not honoured: development dependencies stay in the image.",
        "RAILPACK_PRUNE_DEPS는 적용되지 않으며, 개발 의존성이 이미지에 남습니다.",
    ),
    "builder.caddy": (
        "A small server stands in for Caddy: paths, fallbacks and compression as in Railpack's Caddyfile.",
        "Caddy 대신 작은 서버가 Railpack의 Caddyfile과 같은 경로, 대체 페이지, 압축으로 응답합니다.",
    ),
    "builder.mise-package": (
        "Railpack would install {package}; here it is there only if this machine has it.",
        "Railpack은 {package:을} 설치하지만, 여기서는 이 컴퓨터에 있을 때만 쓸 수 있습니다.",
    ),
}
