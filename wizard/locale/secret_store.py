"""Sentences of `wizard.secret_store`."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "secret_store.environment": ("environment variables", "환경 변수"),
    "secret_store.railway-cli": (
        "the Railway CLI's login in {file}, which only the CLI renews",
        "Railway CLI의 로그인({file}), 갱신은 CLI만 합니다",
    ),
    "secret_store.keyring": (
        "the operating system's keyring, as `{service}`",
        "운영체제 키링의 `{service}` 항목",
    ),
    "secret_store.file": (
        "files in {folder}, in plain text, readable by you only",
        "{folder} 폴더의 파일(암호화되지 않으며 본인만 읽을 수 있음)",
    ),
    "secret_store.memory": ("this run only", "이번 실행 동안만"),
    "secret_store.passing": ("this rehearsal only", "이번 리허설 동안만"),
    "secret_store.keyring-keeps": (
        "{name} was generated; it is kept in the operating system's keyring, as `{service}`. No run and no log prints "
        "it; `railwizard reveal {name}` shows it on a terminal.",
        "{name:을} 생성해 운영체제 키링의 `{service}` 항목에 보관했습니다. 실행 출력과 로그에는 표시하지 않으며, 터미널에서 "
        "`railwizard reveal {name}`을 실행하면 볼 수 있습니다.",
    ),
    "secret_store.file-keeps": (
        "{name} was generated; it is kept in a file in {folder}, in plain text, readable by you only. No run and no "
        "log prints it; `railwizard reveal {name}` shows it on a terminal.",
        "{name:을} 생성해 {folder} 폴더의 파일에 보관했습니다(암호화되지 않으며 본인만 읽을 수 있음). 실행 출력과 로그에는 "
        "표시하지 않으며, 터미널에서 `railwizard reveal {name}`을 실행하면 볼 수 있습니다.",
    ),
    "secret_store.passing-keeps": (
        "{name} was generated for this rehearsal only; it is never printed. To log in while it serves, choose it "
        "beforehand by {variable}.",
        "{name:을} 이번 리허설에만 쓰도록 생성했으며 표시하지 않습니다. 리허설 중에 로그인하려면 미리 {variable:으로} 정해 "
        "주십시오.",
    ),
    "secret_store.memory-keeps": (
        "{name} was generated, and nothing keeps it after this run: there is no keyring here. It is never printed. "
        "Before an account is made, choose it by {variable}, or have it kept by --secrets-file; this account's can "
        "only be replaced in the application.",
        "{name:을} 생성했지만 키링이 없어 이번 실행 뒤에는 보관되지 않으며, 화면에도 표시하지 않습니다. 계정을 만들기 전에 "
        "{variable:으로} 정하거나 --secrets-file로 보관하십시오. 이미 만든 계정의 값은 애플리케이션에서만 바꿀 수 있습니다.",
    ),
    "secret_store.read-only.what": (
        "{variable} in the environment cannot be changed from here.",
        "환경 변수 {variable:은} 여기에서 바꿀 수 없습니다.",
    ),
    "secret_store.read-only.why": (
        "The environment belongs to the shell or service that started railwizard.",
        "환경은 railwizard를 시작한 셸이나 서비스의 것입니다.",
    ),
    "secret_store.read-only.fix": (
        "Change or unset {variable} there.",
        "그곳에서 {variable:을} 바꾸거나 해제해 주십시오.",
    ),
    "secret_store.no-keyring.what": (
        "There is no keyring on this machine.",
        "이 컴퓨터에 사용할 수 있는 키링이 없습니다.",
    ),
    "secret_store.no-keyring.why": (
        "No secret service answers; on a server without a desktop that is normal.",
        "응답하는 비밀 저장소가 없습니다. 데스크톱이 없는 서버에서는 흔한 일입니다.",
    ),
    "secret_store.no-keyring.fix": (
        "Give secrets by environment variables, or choose the file that only you can read (--secrets-file).",
        "비밀 값을 환경 변수로 주거나, 본인만 읽을 수 있는 파일에 보관하도록 선택해 주십시오(--secrets-file).",
    ),
    "secret_store.locked.what": ("The keyring is locked.", "키링이 잠겨 있습니다."),
    "secret_store.locked.why": ("It answered: {detail}", "키링의 응답: {detail}"),
    "secret_store.locked.fix": (
        "Unlock it (log in to the desktop, or run gnome-keyring-daemon --unlock), or give secrets by "
        "environment variables.",
        "데스크톱에 로그인하거나 gnome-keyring-daemon --unlock으로 잠금을 풀거나, 비밀 값을 환경 변수로 주십시오.",
    ),
    "secret_store.timeout.what": (
        "The keyring did not answer within {seconds:.0f} s.",
        "키링이 {seconds:.0f}초 안에 응답하지 않았습니다.",
    ),
    "secret_store.timeout.why": (
        "It may be waiting for its password in a window you cannot see from here.",
        "이 화면에서 보이지 않는 창에서 암호를 기다리고 있을 수 있습니다.",
    ),
    "secret_store.timeout.fix": (
        "Unlock it there and run again, or give secrets by environment variables.",
        "그 창에서 잠금을 풀고 다시 실행하거나, 비밀 값을 환경 변수로 주십시오.",
    ),
    "secret_store.failed.what": ("The keyring refused the operation.", "키링이 작업을 거부했습니다."),
    "secret_store.failed.why": ("It answered: {detail}", "키링의 응답: {detail}"),
    "secret_store.failed.fix": (
        "Check the keyring with its own program, or give secrets by environment variables.",
        "키링 관리 프로그램으로 상태를 확인하거나, 비밀 값을 환경 변수로 주십시오.",
    ),
    "secret_store.exposed.what": (
        "The secret file {file} is not used.",
        "비밀 값 파일 {file:을} 사용하지 않습니다.",
    ),
    "secret_store.exposed.why": (
        "Others can read it (mode {mode}), or it is no ordinary file.",
        "다른 사용자가 읽을 수 있거나(권한 {mode}) 일반 파일이 아닙니다.",
    ),
    "secret_store.exposed.fix": (
        "Replace the secret it held, then delete the file.",
        "담겨 있던 비밀 값을 교체한 뒤 파일을 지워 주십시오.",
    ),
    "secret_store.unreadable.what": (
        "The secret file {file} cannot be read.",
        "비밀 값 파일 {file:을} 읽을 수 없습니다.",
    ),
    "secret_store.unreadable.why": ("Reading it failed: {detail}", "읽기에 실패했습니다: {detail}"),
    "secret_store.unreadable.fix": (
        "Check its permissions, or delete it.",
        "접근 권한을 확인하거나 파일을 지워 주십시오.",
    ),
    "secret_store.unwritable.what": (
        "The secret file {file} cannot be written.",
        "비밀 값 파일 {file:을} 쓸 수 없습니다.",
    ),
    "secret_store.unwritable.why": ("Writing it failed: {detail}", "쓰기에 실패했습니다: {detail}"),
    "secret_store.unwritable.fix": (
        "Check the folder's permissions and the free space.",
        "폴더의 접근 권한과 남은 공간을 확인해 주십시오.",
    ),
}
