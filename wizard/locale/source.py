"""Sentences of `wizard.source`."""

from __future__ import annotations

from wizard.locale import Catalogue

CATALOGUE: Catalogue = {
    "source.git-failed.what": (
        "`git {command}` failed in {folder}.",
        "{folder}에서 `git {command}` 실행에 실패했습니다.",
    ),
    "source.git-failed.why": ("{detail}", "{detail}"),
    "source.git-failed.fix": (
        "Check that git is installed and that the folder is a healthy repository.",
        "git이 설치되어 있고 이 폴더가 정상적인 저장소인지 확인해 주십시오.",
    ),
    "source.no-git.what": ("{folder} is not under git.", "{folder}은(는) git 저장소가 아닙니다."),
    "source.no-git.why": ("A commit was asked for, and there is none.", "커밋을 지정했지만 커밋이 없습니다."),
    "source.no-git.fix": (
        "Use the working tree, or run `git init` and commit.",
        "작업 트리를 사용하거나, `git init` 후 커밋해 주십시오.",
    ),
    "source.no-commit.what": ("There is no commit {revision} in {folder}.", "{folder}에 커밋 {revision:이} 없습니다."),
    "source.no-commit.why": (
        "The revision is not in this clone, or nothing has been committed yet.",
        "이 클론에 없는 리비전이거나 아직 커밋이 없습니다.",
    ),
    "source.no-commit.fix": (
        "Run `git fetch`, or name another commit.",
        "`git fetch`를 실행하거나 다른 커밋을 지정해 주십시오.",
    ),
    "source.no-folder.what": ("{folder} cannot be read as a folder.", "{folder} 폴더를 읽을 수 없습니다."),
    "source.no-folder.why": ("{detail}", "{detail}"),
    "source.no-folder.fix": (
        "Give the path of the project's folder, and check its permissions.",
        "프로젝트 폴더의 경로를 지정하고 접근 권한을 확인해 주십시오.",
    ),
    "source.absent": ("{path} does not exist.", "{path} 파일이 없습니다."),
    "source.binary": ("{path} is a binary file.", "{path} 파일은 바이너리입니다."),
    "source.not-utf8": (
        "{path} is not UTF-8 text (byte {offset}).",
        "{path} 파일은 UTF-8 텍스트가 아닙니다(바이트 {offset}).",
    ),
    "source.too-large": (
        "{path} is too large to read as source ({size} bytes).",
        "{path} 파일은 소스로 읽기에 너무 큽니다({size}바이트).",
    ),
    "source.link-outside": (
        "{path} is a link that leads nowhere inside the project.",
        "{path} 링크는 프로젝트 안의 파일을 가리키지 않습니다.",
    ),
    "source.no-file": ("{path} is not a regular file.", "{path}은(는) 일반 파일이 아닙니다."),
    "source.unreadable": ("{path} cannot be read: {detail}", "{path} 파일을 읽을 수 없습니다: {detail}"),
    "source.syntax": (
        "{path} is not valid {language}: line {line}, {detail}",
        "{path} 파일은 올바른 {language} 코드가 아닙니다: {line}행, {detail}",
    ),
}
