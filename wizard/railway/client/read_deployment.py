from pydantic import Field

from .base_model import BaseModel
from .fragments import DeploymentFields, StepPage


class ReadDeployment(BaseModel):
    deployment: "ReadDeploymentDeployment"
    deployment_events: "ReadDeploymentDeploymentEvents" = Field(
        alias="deploymentEvents"
    )


ReadDeploymentDeployment = DeploymentFields
ReadDeploymentDeploymentEvents = StepPage
