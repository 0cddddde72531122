from pydantic import Field

from .base_model import BaseModel


class ReadRepositoryAccess(BaseModel):
    git_hub_repo_access_available: "ReadRepositoryAccessGitHubRepoAccessAvailable" = (
        Field(alias="gitHubRepoAccessAvailable")
    )


class ReadRepositoryAccessGitHubRepoAccessAvailable(BaseModel):
    has_access: bool = Field(alias="hasAccess")
    is_public: bool = Field(alias="isPublic")


