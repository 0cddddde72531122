from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import ServiceInstancePage, TriggerPage, VolumeInstancePage


class ObserveEnvironment(BaseModel):
    project: "ObserveEnvironmentProject"
    environment: "ObserveEnvironmentEnvironment"


class ObserveEnvironmentProject(BaseModel):
    id: str
    name: str
    description: Optional[str]
    workspace_id: Optional[str] = Field(alias="workspaceId")


class ObserveEnvironmentEnvironment(BaseModel):
    id: str
    name: str
    config: Any
    unmerged_changes_count: Optional[int] = Field(alias="unmergedChangesCount")
    service_instances: "ObserveEnvironmentEnvironmentServiceInstances" = Field(
        alias="serviceInstances"
    )
    volume_instances: "ObserveEnvironmentEnvironmentVolumeInstances" = Field(
        alias="volumeInstances"
    )
    deployment_triggers: "ObserveEnvironmentEnvironmentDeploymentTriggers" = Field(
        alias="deploymentTriggers"
    )


ObserveEnvironmentEnvironmentServiceInstances = ServiceInstancePage
ObserveEnvironmentEnvironmentVolumeInstances = VolumeInstancePage
ObserveEnvironmentEnvironmentDeploymentTriggers = TriggerPage
