"""Images that users upload, one folder a user."""

from pathlib import Path
from uuid import uuid4

from fastapi import APIRouter, HTTPException, UploadFile, status

from app.config import settings
from app.dependencies import CurrentUser
from app.models import User
from app.schemas import UploadOut

MAX_BYTES = 5 * 1024 * 1024
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}

router = APIRouter(prefix="/uploads", tags=["uploads"])


def _folder_of(user: User) -> Path:
    return settings.upload_dir / str(user.id)


@router.get("")
def list_uploads(user: CurrentUser) -> list[UploadOut]:
    files = sorted(_folder_of(user).glob("*"))
    return [UploadOut(name=file.name, size=file.stat().st_size) for file in files]


@router.post("", status_code=status.HTTP_201_CREATED)
def upload(file: UploadFile, user: CurrentUser) -> UploadOut:
    suffix = SUFFIXES.get(file.content_type or "")
    if suffix is None:
        raise HTTPException(status.HTTP_415_UNSUPPORTED_MEDIA_TYPE, "send a JPEG, PNG or WebP image")
    content = file.file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise HTTPException(status.HTTP_413_CONTENT_TOO_LARGE, "the image is larger than 5 MB")
    target = _folder_of(user) / f"{uuid4().hex}{suffix}"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return UploadOut(name=target.name, size=len(content))
