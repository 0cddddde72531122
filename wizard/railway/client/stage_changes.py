from typing import Any

from pydantic import Field

from .base_model import BaseModel
from .enums import EnvironmentPatchStatus


class StageChanges(BaseModel):
    environment_stage_changes: "StageChangesEnvironmentStageChanges" = Field(
        alias="environmentStageChanges"
    )


class StageChangesEnvironmentStageChanges(BaseModel):
    id: str
    status: EnvironmentPatchStatus
    patch: Any


