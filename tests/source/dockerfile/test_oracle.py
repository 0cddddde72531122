"""The parser against BuildKit's own, where the `dockerfile` package (its binding) is installed."""

import random
from typing import Any

import pytest

from wizard.source.dockerfile import Instruction, parse

oracle: Any = pytest.importorskip("dockerfile", reason="the binding of BuildKit's parser is not installed")

PIECES = (
    *(
        "",
        "   ",
        "# comment",
        "  # indented",
        "RUN a",
        "run lower case",
        "RUN a \\\n  b",
        "RUN a \\   \n b",
        "RUN a \\",
    ),
    *("RUN a \\\n# c\n\n  && b", "RUN echo '#' \\\n  x", "RUN if x; then \\\n # in\n y; fi", "RUN echo a\\\\b"),
    *('RUN ["a", "b c"]', "RUN ['a']", 'ENTRYPOINT [ "x" ]', 'COPY ["a b", "c"]', 'VOLUME ["/a"]', "CMD x $Y"),
    *("RUN <<E\nx\n# y\nE", "RUN python - <<E > /o\n1\nE", "COPY <<A <<B /d\na\nA\n\tb\nB", "RUN <<E cat\nq\nE"),
    *("RUN 3<<E cat\nz\nE", "RUN cat <<'E' | sh\n$x\nE", 'RUN echo "<<E"', "RUN cat <<< x"),
    *(
        "COPY --from=b --chown=1:2 a b",
        "RUN --mount=type=cache,target=/x --network=none pip x --y",
        "ADD --checksum=x a b",
    ),
    *("COPY a \\\n  b \\\n  /c/", 'ENV A=b C="d e"', "ENV A b c", "LABEL x=y", "ARG V=1", "EXPOSE 80 90/tcp"),
    *("HEALTHCHECK --interval=5s CMD curl x", "HEALTHCHECK NONE", "FROM y AS z", "FROM --platform=linux/amd64 y"),
)

Row = tuple[object, ...]


def ours(text: str) -> list[Row]:
    rows: list[Row] = []
    for stage in parse(text).stages:
        rows.append((stage.line, "FROM"))
        rows += [_row(item) for item in stage.instructions]
    return rows


def _row(item: Instruction) -> Row:
    flags = tuple(f"--{flag.name}={flag.value}" for flag in item.flags)
    documents = tuple((document.name, document.content) for document in item.heredocs)
    is_text = item.exec_form is None and item.keyword in {"RUN", "CMD"}
    return (item.line, item.keyword, flags, item.exec_form, documents, item.text if is_text else None)


def theirs(text: str) -> list[Row]:
    return [_their_row(command) for command in oracle.parse_string(text)]


def _their_row(command: Any) -> Row:
    keyword = command.cmd.upper()
    if keyword == "FROM":
        return (command.start_line, "FROM")
    documents = tuple((document.name, document.content) for document in command.heredocs)
    is_text = not command.json and keyword in {"RUN", "CMD"}
    words = tuple(command.value) if command.json else None
    return (command.start_line, keyword, command.flags, words, documents, command.value[0] if is_text else None)


@pytest.mark.parametrize("seed", range(20))
def test_random_dockerfiles_mean_the_same(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - test data
    for _ in range(100):
        text = "FROM x\n" + "\n".join(chance.choices(PIECES, k=chance.randint(1, 5))) + chance.choice(["", "\n"])
        assert ours(text) == theirs(text), text
