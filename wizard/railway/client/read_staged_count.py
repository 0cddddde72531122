from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class ReadStagedCount(BaseModel):
    environment: "ReadStagedCountEnvironment"


class ReadStagedCountEnvironment(BaseModel):
    id: str
    unmerged_changes_count: Optional[int] = Field(alias="unmergedChangesCount")


