from typing import Any

from pydantic import Field

from .base_model import BaseModel


class ReadStagedChanges(BaseModel):
    environment_staged_changes: "ReadStagedChangesEnvironmentStagedChanges" = Field(
        alias="environmentStagedChanges"
    )


class ReadStagedChangesEnvironmentStagedChanges(BaseModel):
    id: str
    patch: Any


