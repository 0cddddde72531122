from pydantic import Field

from .base_model import BaseModel


class CommitPatch(BaseModel):
    environment_patch_commit: str = Field(alias="environmentPatchCommit")
