"""Sentences of `wizard.standin.sandbox`: why a machine has none, and how one differs from the platform's containers."""

from __future__ import annotations

from wizard.locale import Catalogue

_FIX = (
    "Nothing needs to be done: rehearse in the process tier, which works here, or on a Linux machine that allows user "
    "namespaces.",
    "별도의 조치는 필요 없습니다. 여기서 동작하는 프로세스 방식으로 예행연습하거나, 사용자 네임스페이스를 허용하는 "
    "Linux 컴퓨터에서 실행해 주십시오.",
)
_WHAT = ("Deployments cannot be sandboxed on this machine.", "이 컴퓨터에서는 배포를 샌드박스로 격리할 수 없습니다.")

CATALOGUE: Catalogue = {
    "sandbox.tier": (
        "Deployments run in sandboxes of this machine, with a root file system, processes and a private network of "
        "their own and no way out. The kernel and the programs of /usr are this machine's; memory is not limited; "
        "packages are not installed by apt-get; curl inside takes *.localhost for its own loopback.",
        "배포는 이 컴퓨터의 샌드박스에서 실행되며, 자체 루트 파일 시스템과 프로세스, 사설 네트워크를 갖고 외부로 나가는 "
        "경로가 없습니다. 커널과 /usr의 프로그램은 이 컴퓨터의 것이고, 메모리는 제한되지 않으며, apt-get은 패키지를 "
        "설치하지 않고, 내부의 curl은 *.localhost를 자신의 루프백으로 여깁니다.",
    ),
    "sandbox.one-user": (
        "Sandboxes know one user: USER is not honoured, and commands that make users or change owners are left out. "
        "Started by root they know all.",
        "샌드박스에는 사용자가 하나뿐이어서 USER가 적용되지 않고, 사용자를 만들거나 소유자를 바꾸는 명령은 생략됩니다. "
        "root로 실행하면 모두 적용됩니다.",
    ),
    "sandbox.no-internet": (
        "Deployments reach no other machine, although that was allowed: a sandbox has no route out.",
        "외부 접속을 허용했지만, 샌드박스에는 외부로 나가는 경로가 없어 배포가 다른 컴퓨터에 접속하지 못합니다.",
    ),
    "sandbox.fell-back": (
        "Deployments are not sandboxed: {reason}",
        "배포가 샌드박스로 격리되지 않습니다: {reason}",
    ),
    "sandbox.no-namespaces.what": _WHAT,
    "sandbox.no-namespaces.why": (
        "The system does not allow a user namespace with a network of its own: {reason}",
        "시스템이 자체 네트워크를 갖는 사용자 네임스페이스를 허용하지 않습니다: {reason}",
    ),
    "sandbox.no-namespaces.fix": _FIX,
    "sandbox.not-usable.what": _WHAT,
    "sandbox.not-usable.why": (
        "A sandbox was tried out and failed: {reason}",
        "샌드박스를 시험했지만 실패했습니다: {reason}",
    ),
    "sandbox.not-usable.fix": _FIX,
    "sandbox.not-linux.what": _WHAT,
    "sandbox.not-linux.why": (
        "Sandboxes are made of Linux namespaces, and this system is {system}.",
        "샌드박스는 Linux 네임스페이스로 만들어지는데 이 시스템은 {system}입니다.",
    ),
    "sandbox.not-linux.fix": _FIX,
    "sandbox.no-ip.what": _WHAT,
    "sandbox.no-ip.why": (
        "The program ip, of iproute2, is not installed.",
        "iproute2의 ip 프로그램이 설치되어 있지 않습니다.",
    ),
    "sandbox.no-ip.fix": _FIX,
}
