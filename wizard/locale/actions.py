"""Words of everything that can be done by a key: the label, and what it does."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "actions.app-help": ("Help", "도움말"),
    "actions.app-help-help": ("Show every key of this screen", "이 화면의 모든 키를 보여 줍니다"),
    "actions.app-language": ("한국어", "English"),
    "actions.app-language-help": ("Speak Korean", "영어로 바꿉니다"),
    "actions.app-theme": ("Theme", "테마"),
    "actions.app-theme-help": ("Dark, light, high contrast", "어둡게, 밝게, 고대비"),
    "actions.app-home": ("Start", "시작"),
    "actions.app-home-help": ("Back to the first screen", "첫 화면으로 돌아갑니다"),
    "actions.app-logs": ("Log", "로그"),
    "actions.app-logs-help": ("The whole log: search, filter, save", "로그 전체: 검색, 거르기, 저장"),
    "actions.logs-search": ("Search", "검색"),
    "actions.logs-search-help": ("Show the lines that hold a text", "글자가 들어 있는 줄만 보여 줍니다"),
    "actions.logs-source": ("Source", "출처"),
    "actions.logs-source-help": ("Show the next source alone", "다음 출처만 보여 줍니다"),
    "actions.logs-level": ("Level", "수준"),
    "actions.logs-level-help": ("All lines, warnings, or errors", "모든 줄, 경고, 또는 오류"),
    "actions.logs-follow": ("Follow", "따라가기"),
    "actions.logs-follow-help": ("Follow the end, or stay", "끝을 따라가거나 멈춥니다"),
    "actions.logs-save": ("Save", "저장"),
    "actions.logs-save-help": ("Write what is shown into a file", "보이는 내용을 파일로 씁니다"),
    "actions.app-leave": ("Leave", "나가기"),
    "actions.app-leave-help": ("Leave; a run is asked about first", "나갑니다. 실행 중이면 먼저 묻습니다"),
    "actions.home-deploy": ("Deploy, or one phase again", "배포, 또는 한 단계만 다시"),
    "actions.home-deploy-help": (
        "Every phase with what it will change; run all, one, or from here",
        "단계마다 바뀌는 내용을 보고 전체, 하나, 또는 여기부터 실행합니다",
    ),
    "actions.home-guided": ("Guided set-up", "안내에 따라 설정"),
    "actions.home-guided-help": (
        "From this repository to a verified deployment, step by step; rehearsed first",
        "저장소에서 확인된 배포까지 단계별로. 먼저 리허설합니다",
    ),
    "actions.guided-next": ("Next", "다음"),
    "actions.guided-next-help": (
        "Take the answers, run what the step runs, go on",
        "답을 받고 실행한 뒤 다음으로 갑니다",
    ),
    "actions.guided-back": ("Back", "이전"),
    "actions.guided-back-help": ("Show the step before", "이전 단계를 보여 줍니다"),
    "actions.guided-skip": ("Go on anyway", "그래도 계속"),
    "actions.guided-skip-help": ("Leave a failed step behind", "실패한 단계를 남겨 두고 계속합니다"),
    "actions.guided-stop": ("Stop", "중지"),
    "actions.guided-stop-help": ("Stop the run of this step", "이 단계의 실행을 중지합니다"),
    "actions.home-history": ("Past runs", "지난 실행"),
    "actions.home-history-help": (
        "What earlier runs did, and two of them beside each other",
        "이전 실행의 결과를 보고 두 실행을 비교합니다",
    ),
    "actions.history-mark": ("Compare", "비교"),
    "actions.history-mark-help": (
        "Mark a run; the next one chosen is put beside it",
        "실행을 표시하면 다음에 고른 실행과 나란히 놓습니다",
    ),
    "actions.history-save": ("Save", "저장"),
    "actions.history-save-help": ("Write the report into a file", "보고서를 파일로 씁니다"),
    "actions.deploy-run": ("Run", "실행"),
    "actions.deploy-run-help": (
        "Run every phase; what is done stays unchanged",
        "모든 단계를 실행합니다. 끝난 것은 그대로 둡니다",
    ),
    "actions.deploy-run-one": ("Only this", "이것만"),
    "actions.deploy-run-one-help": ("Run the chosen phase alone", "선택한 단계만 실행합니다"),
    "actions.deploy-run-from": ("From here", "여기부터"),
    "actions.deploy-run-from-help": ("Run the chosen phase and those behind it", "선택한 단계부터 실행합니다"),
    "actions.deploy-stop": ("Stop", "중지"),
    "actions.deploy-stop-help": ("Stop the run; what is done stays done", "실행을 중지합니다. 끝난 작업은 남습니다"),
}
