from pydantic import Field

from .base_model import BaseModel
from .fragments import LogFields


class StreamDeployLogs(BaseModel):
    deployment_logs: list["StreamDeployLogsDeploymentLogs"] = Field(
        alias="deploymentLogs"
    )


StreamDeployLogsDeploymentLogs = LogFields
