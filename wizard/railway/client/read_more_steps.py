from pydantic import Field

from .base_model import BaseModel
from .fragments import StepPage


class ReadMoreSteps(BaseModel):
    deployment_events: "ReadMoreStepsDeploymentEvents" = Field(alias="deploymentEvents")


ReadMoreStepsDeploymentEvents = StepPage
