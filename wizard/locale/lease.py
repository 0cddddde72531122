"""Sentences of the lease: who works on a project, on whichever machine."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "lease.taken-over": (
        "Took over from a run of {who} on {host} ({environment}, begun {since} UTC) that did not end properly.",
        "{host}에서 {who:이} 시작한 실행({environment}, 시작 {since} UTC)이 정상적으로 끝나지 않아 이어받았습니다.",
    ),
    "lease.ask-take-over": (
        "A run of {who} on {host} works on this project ({environment}, begun {since} UTC). Take over from it?",
        "{host}에서 {who:이} 이 프로젝트를 작업 중입니다({environment}, 시작 {since} UTC). 이어받을까요?",
    ),
    "lease.left": (
        "This run's lock could not be taken off the project; it ends by itself in {seconds} s.",
        "이 실행의 잠금을 프로젝트에서 지우지 못했습니다. {seconds}초 뒤 저절로 풀립니다.",
    ),
    "lease.held.what": (
        "Another run works on this project: {who} on {host}, since {since} UTC ({environment}).",
        "다른 실행이 이 프로젝트를 작업 중입니다: {host}의 {who}, {since} UTC부터({environment}).",
    ),
    "lease.held.why": (
        "Two runs at once would undo each other's work. Nothing was changed by this one.",
        "두 실행이 동시에 진행되면 서로의 작업을 되돌리게 됩니다. 이 실행은 아무것도 바꾸지 않았습니다.",
    ),
    "lease.held.fix": (
        "Wait for it to end. A run that was killed stops counting at {until} UTC; "
        "where you know that it is dead, run again with --answer {answer}=yes.",
        "끝날 때까지 기다리십시오. 강제로 끝난 실행은 {until} UTC에 효력을 잃습니다. "
        "이미 죽은 실행이 확실하면 --answer {answer}=yes 를 붙여 다시 실행하십시오.",
    ),
    "lease.lost.what": (
        "Another run took over this project: {who} on {host}, since {since} UTC ({environment}).",
        "다른 실행이 이 프로젝트를 이어받았습니다: {host}의 {who}, {since} UTC부터({environment}).",
    ),
    "lease.lost.why": (
        "It was faster, or somebody told it that this run is dead. This run changes nothing more.",
        "그 실행이 더 빨랐거나 누군가 이 실행이 죽었다고 알렸습니다. 이 실행은 더 이상 아무것도 바꾸지 않습니다.",
    ),
    "lease.lost.fix": (
        "Wait for it to end and run again: what was done is found, what is left is done.",
        "그 실행이 끝난 뒤 다시 실행하십시오. 끝난 일은 그대로 두고 남은 일만 합니다.",
    ),
    "lease.unseen.what": (
        "The lock of this run does not show in the description of {project}.",
        "이 실행의 잠금이 {project}의 설명에 보이지 않습니다.",
    ),
    "lease.unseen.why": (
        "The platform took it twice, and two minutes of reading did not show it.",
        "플랫폼에 두 번 기록했지만 2분 동안 읽어도 보이지 않았습니다.",
    ),
    "lease.unseen.fix": (
        "Run again; nothing was changed.",
        "다시 실행하십시오. 아무것도 바뀌지 않았습니다.",
    ),
}
