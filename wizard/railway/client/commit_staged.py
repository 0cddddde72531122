from pydantic import Field

from .base_model import BaseModel


class CommitStaged(BaseModel):
    environment_patch_commit_staged: str = Field(alias="environmentPatchCommitStaged")
