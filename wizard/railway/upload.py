"""Code sent as a gzipped tar: the same files make the same bytes, and no secrets file leaves by accident."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from wizard.errors import FailedError, RefusedError
from wizard.http import HttpAnswer
from wizard.railway.answers import Data, Garbled, Meaning, Refusal, meaning
from wizard.railway.ledger import Sent
from wizard.railway.transport import Transport

UPLOAD_SECONDS = 300.0
"""Without a byte: the archive is unpacked before the answer comes."""

_HARMLESS_ENV = (".example", ".sample", ".template", ".dist", ".defaults")
_NEVER = frozenset({".git", "node_modules"})
_LEVEL = 6
_OK, _BAD_REQUEST, _NOT_FOUND, _TOO_LARGE = 200, 400, 404, 413

Files = Sequence[tuple[str, Path]]
"""Archive path, `/`-separated and relative to its root, and where the file lies."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A finished archive."""

    content: bytes
    files: int


def pack(files: Files) -> Archive:
    """Build the archive; blocks, so call it in a thread.

    Raises RefusedError for a file that holds secrets by its name, FailedError for one that cannot be read.
    """
    kept = sorted((path, source) for path, source in files if not _NEVER & set(PurePosixPath(path).parts))
    if secret := next((path for path, _ in kept if _holds_secrets(path)), None):
        raise RefusedError("railway.env-in-upload", path=secret)
    buffer = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=_LEVEL, mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for folder in _folders(path for path, _ in kept):
            tar.addfile(_entry(folder, tarfile.DIRTYPE, 0o755))
        for path, source in kept:
            _add(tar, path, source)
    return Archive(buffer.getvalue(), len(kept))


def _holds_secrets(path: str) -> bool:
    name = PurePosixPath(path).name
    return (name == ".env" or name.startswith(".env.")) and not name.endswith(_HARMLESS_ENV)


def _folders(paths: Iterable[str]) -> list[str]:
    parents = {str(parent) for path in paths for parent in PurePosixPath(path).parents}
    return sorted(parents - {"."})


def _add(tar: tarfile.TarFile, path: str, source: Path) -> None:
    """Add a file's content; links are followed, owner and time are left behind."""
    try:
        content, mode = source.read_bytes(), source.stat().st_mode
    except OSError as error:
        raise FailedError("railway.unreadable-file", path=path, reason=error.strerror or str(error)) from error
    entry = _entry(path, tarfile.REGTYPE, 0o755 if mode & 0o100 else 0o644)
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))


def _entry(path: str, kind: bytes, mode: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(f"./{path}")
    entry.type, entry.mode, entry.mtime = kind, mode, 0
    return entry


async def send(transport: Transport, url: str, archive: Archive) -> dict[str, Any]:
    """Send an archive and return what the platform says of the deployment; raises LostAnswerError after a doubt."""

    async def post() -> HttpAnswer:
        transport.ledger.record(Sent.UPLOAD, "upload", {"url": url, "size": len(archive.content)})
        headers = {**transport.headers(), "Content-Type": "application/gzip"}
        return await transport.http.request(
            "POST", url, headers=headers, content=archive.content, timeout=UPLOAD_SECONDS
        )

    def judge(answer: HttpAnswer, operation: str, now: datetime) -> Meaning:
        return _meaning(answer, operation, now, len(archive.content))

    return await transport.deliver(Sent.UPLOAD, "upload", post, judge)


def _meaning(answer: HttpAnswer, operation: str, now: datetime, size: int) -> Meaning:
    if answer.status == _TOO_LARGE:
        return Refusal(FailedError("railway.upload-too-large", megabytes=round(size / 1e6, 1)))
    if answer.status == _NOT_FOUND:
        return Refusal(FailedError("railway.instance-not-found", operation=operation, message="404", trace="-"))
    if answer.status not in {_OK, _BAD_REQUEST}:
        return meaning(answer, operation, now)
    told = _document(answer)
    if answer.status == _BAD_REQUEST:
        return Refusal(FailedError("railway.upload-refused", message=str(told.get("message") or answer.text[:200])))
    return Data(told) if told.get("deploymentId") else Garbled("HTTP 200")


def _document(answer: HttpAnswer) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
