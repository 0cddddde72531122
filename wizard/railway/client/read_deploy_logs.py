from pydantic import Field

from .base_model import BaseModel
from .fragments import LogFields


class ReadDeployLogs(BaseModel):
    deployment_logs: list["ReadDeployLogsDeploymentLogs"] = Field(
        alias="deploymentLogs"
    )


ReadDeployLogsDeploymentLogs = LogFields
