from pydantic import Field

from .base_model import BaseModel
from .fragments import StepFields


class StreamSteps(BaseModel):
    deployment_events: "StreamStepsDeploymentEvents" = Field(alias="deploymentEvents")


StreamStepsDeploymentEvents = StepFields
