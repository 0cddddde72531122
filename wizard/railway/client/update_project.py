from pydantic import Field

from .base_model import BaseModel


class UpdateProject(BaseModel):
    project_update: "UpdateProjectProjectUpdate" = Field(alias="projectUpdate")


class UpdateProjectProjectUpdate(BaseModel):
    id: str


