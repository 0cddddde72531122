"""What a Dockerfile means, case by case, from BuildKit's reference."""

import pytest

from wizard.errors import UsageError
from wizard.source.dockerfile import Instruction, parse


def only(text: str) -> Instruction:
    [instruction] = parse(f"FROM x\n{text}").stages[0].instructions
    return instruction


def test_stages_bases_and_names() -> None:
    dockerfile = parse(
        "ARG V=1\nFROM --platform=linux/amd64 python:$V AS Build\nRUN a\nFROM build\nRUN b\nfrom scratch as last\n"
    )
    assert [(stage.base, stage.name, stage.platform, stage.line) for stage in dockerfile.stages] == [
        ("python:$V", "build", "linux/amd64", 2),
        ("build", None, None, 4),
        ("scratch", "last", None, 6),
    ]
    assert [argument.text for argument in dockerfile.arguments] == ["V=1"]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("RUN a \\\n  b", "a   b"),
        ("RUN a \\   \n  b", "a   b"),
        ("RUN a \\\n\n# comment\n  && b", "a   && b"),
        ("RUN a \\\n  # comment \\\n  b", "a   b"),
        ("RUN a \\", "a"),
        ("run   a  ", "a"),
        ("RUN a # kept", "a # kept"),
        ("RUN a\\b", "a\\b"),
    ],
)
def test_continuations_and_comments(text: str, joined: str) -> None:
    assert only(text).text == joined


def test_lines_are_those_an_instruction_starts_on() -> None:
    stage = parse("# c\n\nFROM x\nRUN a \\\n  b\n\n# c\nRUN c\nRUN <<E\nx\nE\nRUN d\n").stages[0]
    assert [(item.line, item.keyword) for item in stage.instructions] == [
        (4, "RUN"),
        (8, "RUN"),
        (9, "RUN"),
        (12, "RUN"),
    ]


def test_a_backtick_can_be_the_escape() -> None:
    dockerfile = parse("# syntax=docker/dockerfile:1\n# escape=`\nFROM x\nRUN dir C:\\ `\n  /b\n")
    assert dockerfile.escape == "`"
    assert dockerfile.directives["syntax"] == "docker/dockerfile:1"
    assert dockerfile.stages[0].instructions[0].text == "dir C:\\   /b"


def test_a_directive_after_anything_else_is_a_comment() -> None:
    assert parse("# hello\n# escape=`\nFROM x\nRUN a \\\n b").stages[0].instructions[0].text == "a  b"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('CMD ["a", "b c"]', ("a", "b c")),
        ('CMD [ "a" ]', ("a",)),
        ("CMD []", ()),
        ("CMD ['a']", None),
        ('CMD ["a", 1]', None),
        ('CMD ["a"', None),
        ("CMD a", None),
        ('CMD ["\\u00e9"]', ("é",)),
    ],
)
def test_exec_forms(text: str, expected: tuple[str, ...] | None) -> None:
    assert only(text).exec_form == expected


def test_flags() -> None:
    copy = only("COPY --from=build --chown=1:2 --link a b")
    assert (copy.flag("from"), copy.flag("chown"), copy.flag("link"), copy.flag("chmod")) == (
        "build",
        "1:2",
        "true",
        None,
    )
    assert copy.text == "a b"
    run = only("RUN --mount=type=cache,target=/c --mount=type=bind,target=/b --network=none cmd --flag")
    assert run.flags_named("mount") == ("type=cache,target=/c", "type=bind,target=/b")
    assert run.text == "cmd --flag"


def test_heredocs() -> None:
    run = only("RUN <<EOF\n  one \\\n# two\nEOF")
    assert run.heredocs[0].content == "  one \\\n# two\n"
    assert run.heredocs[0].expand
    copy = only("COPY <<-'A' <<B /d/\n\tx $Y\n\tA\ny\nB")
    assert [(item.name, item.content, item.expand) for item in copy.heredocs] == [
        ("A", "x $Y\n", False),
        ("B", "y\n", True),
    ]
    mixed = only("RUN python - <<E > /out\nprint(1)\nE\n")
    assert mixed.text == "python - <<E > /out"
    assert mixed.heredocs[0].raw == "print(1)\nE"


def test_less_than_signs_that_open_nothing() -> None:
    assert only("RUN echo '<<EOF'").heredocs == ()
    assert only("RUN cat <<< word").heredocs == ()
    assert only("ENV A=<<EOF").heredocs == ()


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "dockerfile.no-from", 1),
        ("# only a comment\n", "dockerfile.no-from", 1),
        ("RUN x", "dockerfile.before-from", 1),
        ("FROM x\nONBUILD RUN y", "dockerfile.refused", 2),
        ("FROM x\n\nCPOY a b", "dockerfile.unknown-instruction", 3),
        ("FROM x\nRUN", "dockerfile.no-arguments", 2),
        ("FROM", "dockerfile.no-arguments", 1),
        ("FROM x y", "dockerfile.from-form", 1),
        ("FROM x AS 1a", "dockerfile.stage-name", 1),
        ("FROM x\nRUN <<EOF\nnever", "dockerfile.heredoc-open", 2),
        ("FROM x\nSHELL /bin/sh", "dockerfile.shell-form", 2),
        ("# escape=x\nFROM x", "dockerfile.escape", 1),
        ("# escape=`\n# escape=`\nFROM x", "dockerfile.directive-twice", 2),
    ],
)
def test_what_the_builder_refuses_is_refused_with_its_line(text: str, code: str, line: int) -> None:
    with pytest.raises(UsageError) as refused:
        parse(text)
    assert refused.value.code == code
    assert refused.value.params.get("line", 1) == line


def test_an_unknown_instruction_names_the_nearest() -> None:
    with pytest.raises(UsageError) as refused:
        parse("FROM x\nCPOY a b")
    assert refused.value.params["nearest"] == "COPY"


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    assert parse("\ufeffFROM x\r\nRUN a \\\r\n  b\r\n").stages[0].instructions[0].text == "a   b"
