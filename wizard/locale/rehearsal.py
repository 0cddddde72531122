"""Sentences of `wizard.rehearsal`."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "rehearsal.not-started.what": ("The local platform did not start.", "로컬 플랫폼이 시작되지 않았습니다."),
    "rehearsal.not-started.why": (
        "Its process ended or said nothing ({reason}); its last words are above.",
        "프로세스가 종료되었거나 응답이 없습니다({reason}). 마지막 출력은 위에 있습니다.",
    ),
    "rehearsal.not-started.fix": (
        "Install the extra: pip install 'railwizard[rehearsal]', then run again.",
        "추가 구성 요소를 설치한 뒤 다시 실행하십시오: pip install 'railwizard[rehearsal]'",
    ),
    "rehearsal.no-folder.what": ("The folder {folder} cannot be made.", "폴더 {folder:을} 만들 수 없습니다."),
    "rehearsal.no-folder.why": ("The system said: {reason}", "시스템 응답: {reason}"),
    "rehearsal.no-folder.fix": (
        "Check permissions and free space, or point RAILWIZARD_STATE at another folder.",
        "권한과 여유 공간을 확인하거나 RAILWIZARD_STATE로 다른 폴더를 지정하십시오.",
    ),
}
