from pydantic import Field

from .base_model import BaseModel


class UpdateAutoDeploy(BaseModel):
    service_instance_auto_deploy_update: "UpdateAutoDeployServiceInstanceAutoDeployUpdate" = Field(
        alias="serviceInstanceAutoDeployUpdate"
    )


class UpdateAutoDeployServiceInstanceAutoDeployUpdate(BaseModel):
    enabled: bool


