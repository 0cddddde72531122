from pydantic import Field

from .base_model import BaseModel
from .fragments import LogFields


class StreamBuildLogs(BaseModel):
    build_logs: list["StreamBuildLogsBuildLogs"] = Field(alias="buildLogs")


StreamBuildLogsBuildLogs = LogFields
