from pydantic import Field

from .base_model import BaseModel


class CreateVolume(BaseModel):
    volume_create: "CreateVolumeVolumeCreate" = Field(alias="volumeCreate")


class CreateVolumeVolumeCreate(BaseModel):
    id: str
    name: str


