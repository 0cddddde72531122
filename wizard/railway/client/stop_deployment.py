from pydantic import Field

from .base_model import BaseModel


class StopDeployment(BaseModel):
    deployment_stop: bool = Field(alias="deploymentStop")
