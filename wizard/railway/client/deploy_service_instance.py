from pydantic import Field

from .base_model import BaseModel


class DeployServiceInstance(BaseModel):
    service_instance_deploy_v_2: str = Field(alias="serviceInstanceDeployV2")
