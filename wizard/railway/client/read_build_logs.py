from pydantic import Field

from .base_model import BaseModel
from .fragments import LogFields


class ReadBuildLogs(BaseModel):
    build_logs: list["ReadBuildLogsBuildLogs"] = Field(alias="buildLogs")


ReadBuildLogsBuildLogs = LogFields
