"""The folder of a rehearsal: private, gone at the end, swept when its process died, left where it was asked for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wizard.errors import FailedError
from wizard.rehearsal.folder import rehearsal_folder, sweep


def test_it_is_private_and_goes_at_the_end(tmp_path: Path) -> None:
    with rehearsal_folder(tmp_path, "one", keep=False) as folder:
        (folder / "secrets").write_text("x", "utf-8")
        mode = folder.stat().st_mode & 0o777
    assert mode == 0o700
    assert not folder.exists()


def test_it_goes_also_when_the_rehearsal_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), rehearsal_folder(tmp_path, "one", keep=False) as folder:
        raise RuntimeError
    assert not folder.exists()


def test_one_that_is_to_be_kept_stays_and_is_never_swept(tmp_path: Path) -> None:
    with rehearsal_folder(tmp_path, "one", keep=True) as kept:
        (kept / "log").write_text("x", "utf-8")
    with rehearsal_folder(tmp_path, "two", keep=False):
        pass
    assert [path.name for path in kept.iterdir()] == ["log"]


def test_one_whose_process_died_is_swept_and_a_living_one_is_not(tmp_path: Path) -> None:
    dead = tmp_path / "rehearsals" / "dead"
    dead.mkdir(parents=True)
    (dead / ".alive").touch()
    with rehearsal_folder(tmp_path, "living", keep=False) as living:
        assert not dead.exists()
        sweep(tmp_path / "rehearsals")
        assert living.exists()


def test_a_state_folder_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "rehearsals").write_text("", "utf-8")
    with pytest.raises(FailedError) as failed, rehearsal_folder(tmp_path, "one", keep=False):
        pass
    assert failed.value.code == "rehearsal.no-folder"
    assert failed.value.params["folder"] == os.fspath(tmp_path / "rehearsals" / "one")
