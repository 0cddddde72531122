"""What base images hold, and what of this machine an image made from them does not see."""

import os
import shutil
from pathlib import Path

import pytest

from wizard.standin.builder.contents import commands_of, family_of, hidden, lacking, libraries_of, packages_installed
from wizard.standin.builder.contents.families import BUILDER, RUNTIME


@pytest.mark.parametrize(
    ("script", "packages"),
    [
        ("apt-get update && apt-get install -y curl git", ("curl", "git")),
        ("apt-get -y install --no-install-recommends gcc=4:12* libpq-dev && rm -rf /x", ("gcc", "libpq-dev")),
        ("apt-get install -y \\\n  # why\n  curl \\\n  wget # and this\n", ("curl", "wget")),
        ("set -eux; apt install -y -t bookworm-backports tini; chmod +x /x", ("tini",)),
        ("DEBIAN_FRONTEND=noninteractive apt-get install -y -o Dpkg::Use-Pty=0 tzdata", ("tzdata",)),
        ("sudo apt-get install -yqq libgl1:amd64 || true", ("libgl1",)),
        ("apk add --no-cache --virtual .build gcc musl-dev && pip install x && apk del .build", ("gcc", "musl-dev")),
        ("apk --update add 'nodejs>20' bash", ("nodejs", "bash")),
        ("if true; then apt-get install -y jq; fi", ("jq",)),
        ("apt-get remove curl && echo apt-get install wget", ()),
        ("pip install apt-get", ()),
        ("echo 'unfinished", ()),
    ],
)
def test_packages_of_a_run_line(script: str, packages: tuple[str, ...]) -> None:
    assert packages_installed(script) == packages


def test_slim_images_lack_what_full_ones_have() -> None:
    slim, full = family_of("python", "3.12-slim").commands_with(), family_of("python", "3.12").commands_with()
    assert {"bash", "sed", "openssl", "perl"} <= slim
    assert not {"curl", "git", "gcc", "make", "wget", "ps", "ssh", "psql", "node"} & slim
    assert {"curl", "git", "gcc", "make", "wget", "ps", "ssh", "pg_config"} <= full
    assert not {"ffmpeg", "psql", "node", "vim"} & full


def test_alpine_has_busybox_and_no_bash() -> None:
    alpine = family_of("node", "22-alpine")
    assert {"wget", "nc", "vi"} <= alpine.commands_with()
    assert "bash" not in alpine.commands_with()
    assert "bash" in alpine.commands_with(["bash"])


def test_railpacks_builder_compiles_and_its_runtime_does_not() -> None:
    assert {"gcc", "git", "curl"} <= BUILDER.commands_with()
    assert not {"gcc", "git", "curl"} & RUNTIME.commands_with()


@pytest.mark.parametrize(
    ("packages", "commands", "libraries"),
    [
        (["build-essential"], {"gcc", "g++", "make", "ld", "cc"}, {"libgomp.so.1"}),
        (["postgresql-client-16"], {"psql", "pg_dump"}, {"libpq.so.5"}),
        (["libpq-dev"], {"pg_config"}, {"libpq.so.5"}),
        (["libgl1-mesa-glx"], set(), {"libGL.so.1", "libX11.so.6"}),
        (["libglib2.0-0t64"], set(), {"libgthread-2.0.so.0"}),
        (["netcat"], {"nc"}, set()),
        (["ffmpeg"], {"ffmpeg", "ffprobe"}, {"libGL.so.1"}),
        (["default-mysql-client"], {"mysql", "mysqldump"}, {"libmariadb.so.3"}),
        (["npm"], {"node", "npm"}, set()),
    ],
)
def test_what_packages_bring(packages: list[str], commands: set[str], libraries: set[str]) -> None:
    assert commands <= commands_of(packages)
    assert libraries <= libraries_of(packages)


def test_what_a_slim_image_lacks_is_hidden_until_it_is_installed() -> None:
    family = family_of("debian", "bookworm-slim")
    gone = hidden(family, ())
    assert {path.rpartition("/")[2] for path in gone if os.access(path, os.X_OK)} - family.commands_with()
    for name in ("git", "gcc", "make"):
        if program := shutil.which(name, path="/usr/bin:/bin"):
            assert program in gone
            assert program not in hidden(family, [name])
    assert not {"/usr/bin/sh", "/usr/bin/bash", "/usr/bin/sed", "/bin/sh", "/usr/bin/awk"} & gone
    assert all(not Path(path).is_dir() for path in gone)


def test_a_command_that_is_a_link_keeps_what_it_leads_to() -> None:
    gcc = shutil.which("gcc", path="/usr/bin")
    if gcc is None or not Path(gcc).is_symlink():
        pytest.skip("gcc is no link on this machine")
    assert os.path.realpath(gcc) in hidden(family_of("debian", "slim"), ())
    assert os.path.realpath(gcc) not in hidden(family_of("debian", "slim"), ["gcc"])


def test_programs_that_stand_in_are_never_hidden() -> None:
    program = shutil.which("git", path="/usr/bin") or shutil.which("make", path="/usr/bin")
    if program is None:
        pytest.skip("neither git nor make is on this machine")
    assert program in hidden(family_of("debian", "slim"), ())
    assert program not in hidden(family_of("debian", "slim"), (), [program])


def test_a_package_this_machine_lacks_is_told_and_an_unknown_one_is_not() -> None:
    assert lacking(["ca-certificates", "no-such-package"]) == ()
    here = shutil.which("wkhtmltopdf", path="/usr/bin:/bin")
    assert lacking(["wkhtmltopdf"]) == (() if here else ("wkhtmltopdf",))
