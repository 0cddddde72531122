from pydantic import Field

from .base_model import BaseModel
from .fragments import TriggerPage


class ReadMoreTriggers(BaseModel):
    environment: "ReadMoreTriggersEnvironment"


class ReadMoreTriggersEnvironment(BaseModel):
    id: str
    deployment_triggers: "ReadMoreTriggersEnvironmentDeploymentTriggers" = Field(
        alias="deploymentTriggers"
    )


ReadMoreTriggersEnvironmentDeploymentTriggers = TriggerPage
