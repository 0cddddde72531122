from pydantic import Field

from .base_model import BaseModel
from .fragments import VolumeInstancePage


class ReadVolumeInstances(BaseModel):
    environment: "ReadVolumeInstancesEnvironment"


class ReadVolumeInstancesEnvironment(BaseModel):
    id: str
    volume_instances: "ReadVolumeInstancesEnvironmentVolumeInstances" = Field(
        alias="volumeInstances"
    )


ReadVolumeInstancesEnvironmentVolumeInstances = VolumeInstancePage
