"""What the local Railway's own process says."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "standin.usage": (
        "Usage: python -m wizard.standin FOLDER [--schema FILE]",
        "사용법: python -m wizard.standin 폴더 [--schema 파일]",
    ),
    "standin.bad-schema": (
        "{file} holds no introspection result of Railway's API: {detail}",
        "{file}에 Railway API의 인트로스펙션 결과가 없습니다: {detail}",
    ),
    "standin.bad-input": (
        "The first line of the input holds no valid settings and tokens: {problems}",
        "입력의 첫 줄에 올바른 설정과 토큰이 없습니다: {problems}",
    ),
    "standin.unknown-fault": (
        "No call of this API is named so, and a fault on it would never strike: {places}",
        "이 API에 없는 이름이어서 장애가 일어나지 않습니다: {places}",
    ),
    "standin.folder-in-use": (
        "Another local platform serves from the folder {folder}",
        "다른 로컬 플랫폼이 {folder} 폴더를 사용하고 있습니다",
    ),
    "standin.no-sandbox": (
        "The sandbox that was asked for cannot be had: {reason}",
        "요청한 샌드박스를 사용할 수 없습니다: {reason}",
    ),
    "standin.port-taken": (
        "Port {port} is taken by another program",
        "{port}번 포트는 다른 프로그램이 사용하고 있습니다",
    ),
}
