from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import Page


class ReadPatches(BaseModel):
    environment_patches: "ReadPatchesEnvironmentPatches" = Field(
        alias="environmentPatches"
    )


class ReadPatchesEnvironmentPatches(BaseModel):
    edges: list["ReadPatchesEnvironmentPatchesEdges"]
    page_info: "ReadPatchesEnvironmentPatchesPageInfo" = Field(alias="pageInfo")


class ReadPatchesEnvironmentPatchesEdges(BaseModel):
    node: "ReadPatchesEnvironmentPatchesEdgesNode"


class ReadPatchesEnvironmentPatchesEdgesNode(BaseModel):
    id: str
    message: Optional[str]
    patch: Any
    created_at: str = Field(alias="createdAt")
    applied_at: Optional[str] = Field(alias="appliedAt")


ReadPatchesEnvironmentPatchesPageInfo = Page
