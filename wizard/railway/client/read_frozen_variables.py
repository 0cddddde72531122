from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel


class ReadFrozenVariables(BaseModel):
    deployment_snapshot: Optional["ReadFrozenVariablesDeploymentSnapshot"] = Field(
        alias="deploymentSnapshot"
    )


class ReadFrozenVariablesDeploymentSnapshot(BaseModel):
    id: str
    variables: Any


