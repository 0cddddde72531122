"""A file that is no plan is refused with what, why and fix, and never with a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.plan.plans import SMALL, Refuse, assert_told
from wizard.errors import ExitCode, UsageError
from wizard.plan.loader import load


def refused(path: Path) -> UsageError:
    with pytest.raises(UsageError) as caught:
        load(path)
    assert_told(caught.value)
    assert caught.value.exit_code is ExitCode.USAGE
    return caught.value


def written(folder: Path, content: bytes) -> Path:
    path = folder / "wizard.toml"
    path.write_bytes(content)
    return path


def test_a_plan_is_loaded_from_its_file(tmp_path: Path) -> None:
    assert load(written(tmp_path, SMALL.encode())).project.name == "vision-mvp"


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()
    assert load(written(tmp_path, content)).services["backend"].port == 8000
    error = refused(written(tmp_path, content.replace(b"port", b"prot", 1)))
    assert (error.code, error.params["line"]) == ("plan.unknown-key", 11)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    assert refused(tmp_path / "wizard.toml").code == "plan.missing-file"
    assert refused(tmp_path / "nowhere" / "wizard.toml").code == "plan.missing-file"


def test_a_folder_or_a_device_is_not_a_file(tmp_path: Path) -> None:
    assert refused(tmp_path).code == "plan.not-a-file"
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe").code == "plan.not-a-file"


def test_a_path_the_system_refuses_is_unreadable(tmp_path: Path) -> None:
    assert refused(tmp_path / ("a" * 300)).code == "plan.unreadable"
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert refused(tmp_path / "loop").code == "plan.unreadable"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL.encode())
    path.chmod(0)
    assert refused(path).code == "plan.unreadable"


def test_ten_megabytes_are_refused_by_size(tmp_path: Path) -> None:
    error = refused(written(tmp_path, b"# " + b"x" * 10_000_000))
    assert (error.code, error.params["limit"]) == ("plan.too-large", 1_000_000)


def test_binary_is_refused_as_no_text(tmp_path: Path) -> None:
    error = refused(written(tmp_path, b'[project]\nname = "\xff\xfe\x00"'))
    assert (error.code, error.params["line"]) == ("plan.not-text", 2)
    assert refused(written(tmp_path, b"\x00\x01\x02")).code == "plan.invalid-toml"


def test_invalid_toml_is_refused_with_line_and_column(refuse: Refuse) -> None:
    error = refuse(SMALL.replace("[databases.postgres]", "[databases.postgres"))
    assert (error.code, error.params["line"], error.params["column"]) == ("plan.invalid-toml", 6, 20)
    error = refuse('[project]\nname = "')
    assert (error.code, error.params["line"]) == ("plan.invalid-toml", 2)


@pytest.mark.parametrize(
    ("before", "after", "key", "line"),
    [
        ("port = 8000", "port = 8000\nport = 9000", "port", 12),
        ("[services.frontend]", "[services.backend]", "services.backend", 17),
        ("[environments.staging]", "[[services]]", "services", 23),
        ("[environments.staging]", "[project.name]", "project.name", 23),
    ],
)
def test_a_key_written_twice_is_refused_at_the_second(
    before: str, after: str, key: str, line: int, refuse: Refuse
) -> None:
    error = refuse(SMALL.replace(before, after))
    assert (error.code, error.params["key"], error.params["line"]) == ("plan.duplicate-key", key, line)


@pytest.mark.parametrize("text", ["a = " + "[" * 50_000, "a = " + "9" * 10_000, "a = 2026-99-99"])
def test_what_the_parser_cannot_hold_is_refused(text: str, refuse: Refuse) -> None:
    assert refuse(text).code in {"plan.unparsable", "plan.invalid-toml"}


def test_an_empty_file_misses_its_tables(refuse: Refuse) -> None:
    error = refuse("")
    assert (error.code, error.params["key"], error.params["line"]) == ("plan.missing-key", "project", 1)
