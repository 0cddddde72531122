from pydantic import Field

from .base_model import BaseModel


class RestartDeployment(BaseModel):
    deployment_restart: bool = Field(alias="deploymentRestart")
