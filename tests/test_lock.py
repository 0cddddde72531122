"""One run at a time on a machine: a second one is refused by name, a dead one's lock is gone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wizard.errors import FailedError, RefusedError
from wizard.lock import exclusive

HOLD = """
import sys
from pathlib import Path
from wizard.lock import exclusive
with exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_is_refused_and_names_who_runs(tmp_path: Path) -> None:
    journal = tmp_path / "journals" / "production.sqlite3"
    with exclusive(journal), pytest.raises(RefusedError) as refused, exclusive(journal):
        pass
    assert (refused.value.code, refused.value.params["pid"]) == ("journal.locked", str(os.getpid()))


def test_a_lock_whose_holder_left_no_name_is_a_lock(tmp_path: Path) -> None:
    journal = tmp_path / "production.sqlite3"
    with exclusive(journal):
        journal.with_suffix(".pid").unlink()
        with pytest.raises(RefusedError) as refused, exclusive(journal):
            pass
    assert refused.value.params["pid"] == "?"


def test_the_lock_goes_with_its_process_however_it_ends(tmp_path: Path) -> None:
    journal = tmp_path / "production.sqlite3"
    command = [sys.executable, "-c", HOLD, str(journal)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        with pytest.raises(RefusedError) as refused, exclusive(journal):
            pass
        child.kill()
        child.wait()
    with exclusive(journal):
        assert refused.value.params["pid"] == str(child.pid)


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(FailedError) as failed, exclusive(tmp_path / "file" / "journals" / "x.sqlite3"):
        pass
    assert failed.value.code == "journal.unusable"
