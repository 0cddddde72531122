"""Sentences of `wizard.journal` and `wizard.lock`."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "journal.unusable.what": ("The journal {path} cannot be used.", "저널 {path:을} 사용할 수 없습니다."),
    "journal.unusable.why": ("The system said: {reason}", "시스템 응답: {reason}"),
    "journal.unusable.fix": (
        "Check the folder's permissions and free space, or point RAILWIZARD_STATE at another folder. "
        "The journal is a cache: deleting it loses nothing on the platform.",
        "폴더 권한과 여유 공간을 확인하거나 RAILWIZARD_STATE로 다른 폴더를 지정하십시오. "
        "저널은 캐시이므로 삭제해도 플랫폼에서는 아무것도 사라지지 않습니다.",
    ),
    "journal.moved-aside": (
        "The journal was damaged and was moved to {path}. It is a cache: what is deployed is read from the platform.",
        "저널이 손상되어 {path:으로} 옮겼습니다. 저널은 캐시일 뿐이며 배포 상태는 플랫폼에서 다시 읽습니다.",
    ),
    "journal.locked.what": (
        "Another run is working on this environment (process {pid}).",
        "다른 실행이 이 환경에서 작업 중입니다(프로세스 {pid}).",
    ),
    "journal.locked.why": (
        "Two runs at once would undo each other's work.",
        "두 실행이 동시에 진행되면 서로의 작업을 되돌리게 됩니다.",
    ),
    "journal.locked.fix": (
        "Wait for it to end, or end process {pid}; the lock goes away with it.",
        "끝날 때까지 기다리거나 프로세스 {pid:을} 종료하십시오. 잠금은 함께 해제됩니다.",
    ),
}
