from pydantic import Field

from .base_model import BaseModel


class DeleteVolume(BaseModel):
    volume_delete: bool = Field(alias="volumeDelete")
