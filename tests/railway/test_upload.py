"""Archives that are the same every time, carry no secrets file, and answers to sending them."""

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from tests.support.railway_api import SkippingClock, scripted
from tests.support.raw_http import answered
from wizard.errors import FailedError, RefusedError, WizardError
from wizard.platform.handles import Answer, Group, Handle, Kind
from wizard.railway.platform import connect
from wizard.railway.upload import pack
from wizard.secrets import Secret

GROUP = Group(Handle("railway", Kind.PROJECT, "p", "demo"), Handle("railway", Kind.ENVIRONMENT, "e", "production"))
SERVICE = Handle("railway", Kind.SERVICE, "s", "backend")
STARTED = answered(b'{"deploymentId": "d1", "url": "u", "logsUrl": "l", "deploymentDomain": "x"}')


def tree(folder: Path, *names: str) -> list[tuple[str, Path]]:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"content of {name}")
    return [(name, folder / name) for name in names]


def test_an_archive_is_rooted_sorted_and_the_same_every_time(tmp_path: Path) -> None:
    files = tree(tmp_path, "b/run.sh", "a.py", "b/한글.txt", "node_modules/x.js", "b/.git/config")
    (tmp_path / "b/run.sh").chmod(0o755)
    first, second = pack(files), pack(list(reversed(files)))
    (tmp_path / "a.py").touch()
    assert first == second == pack(files)
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(first.content))) as tar:
        entries = {entry.name: entry for entry in tar.getmembers()}
        assert list(entries) == ["./b", "./a.py", "./b/run.sh", "./b/한글.txt"]
        assert {entry.mtime for entry in entries.values()} == {0}
        assert (entries["./b/run.sh"].mode, entries["./a.py"].mode) == (0o755, 0o644)
        content = tar.extractfile("./b/한글.txt")
        assert content is not None
        assert content.read().decode() == "content of b/한글.txt"
    assert first.files == 3


@pytest.mark.parametrize("name", [".env", "backend/.env", ".env.local", "a/.env.production"])
def test_a_secrets_file_is_never_packed(tmp_path: Path, name: str) -> None:
    with pytest.raises(RefusedError) as raised:
        pack(tree(tmp_path, "a.py", name))
    assert (raised.value.code, raised.value.params["path"]) == ("railway.env-in-upload", name)


@pytest.mark.parametrize("name", [".env.example", ".env.sample", ".environment", "env", ".env.production.example"])
def test_what_only_looks_like_one_is_packed(tmp_path: Path, name: str) -> None:
    assert pack(tree(tmp_path, name)).files == 1


def test_a_link_is_followed_and_one_to_nowhere_is_told(tmp_path: Path) -> None:
    files = tree(tmp_path, "real.txt")
    (tmp_path / "link.txt").symlink_to("real.txt")
    assert pack([*files, ("link.txt", tmp_path / "link.txt")]).files == 2
    (tmp_path / "real.txt").unlink()
    with pytest.raises(FailedError) as raised:
        pack([("link.txt", tmp_path / "link.txt")])
    assert raised.value.code == "railway.unreadable-file"


async def test_it_is_sent_whole_to_its_own_address(tmp_path: Path) -> None:
    async with scripted(STARTED) as railway:
        receipt = await railway.platform.deployments.upload(GROUP, SERVICE, tree(tmp_path, "a.py"), "mark:한 1")
    assert receipt.handle == Handle("railway", Kind.DEPLOYMENT, "d1", "backend")
    head, _, body = railway.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /project/p/environment/e/up?serviceId=s&message=mark%3A%ED%95%9C+1 HTTP")
    assert b"content-type: application/gzip" in head.lower()
    assert body == pack(tree(tmp_path, "a.py")).content


async def test_its_size_is_told_before_it_is_sent(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    platform = connect("http://127.0.0.1:1", Secret("t"), SkippingClock(), uploads=lambda *what: told.append(what))
    with pytest.raises(WizardError):
        await platform.deployments.upload(GROUP, SERVICE, tree(tmp_path, "a.py"), "m")
    assert told == [("backend", 1, len(pack(tree(tmp_path, "a.py")).content))]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (answered(b"Payload too large", status=413), "railway.upload-too-large"),
        (answered(b"Not found", status=404), "railway.instance-not-found"),
        (answered(b'{"message": "no root directory"}', status=400), "railway.upload-refused"),
        (answered(b"", status=401), "railway.not-authorized"),
    ],
)
async def test_a_refusal_is_told_by_its_status(tmp_path: Path, answer: bytes, code: str) -> None:
    async with scripted(answer) as railway:
        with pytest.raises(WizardError) as raised:
            await railway.platform.deployments.upload(GROUP, SERVICE, tree(tmp_path, "a.py"), "m")
    assert raised.value.code == code
    assert len(railway.requests) == 1


@pytest.mark.parametrize("answer", [answered(b"", status=504), answered(b"<html>"), answered(b"{}"), b"HTTP/1.1 200"])
async def test_a_lost_answer_is_ambiguous_and_nothing_is_sent_again(tmp_path: Path, answer: bytes) -> None:
    async with scripted(answer, STARTED) as railway:
        receipt = await railway.platform.deployments.upload(GROUP, SERVICE, tree(tmp_path, "a.py"), "m")
    assert (receipt.handle, receipt.answer) == (None, Answer.AMBIGUOUS)
    assert len(railway.requests) == 1
