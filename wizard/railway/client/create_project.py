from pydantic import Field

from .base_model import BaseModel


class CreateProject(BaseModel):
    project_create: "CreateProjectProjectCreate" = Field(alias="projectCreate")


class CreateProjectProjectCreate(BaseModel):
    id: str
    name: str
    environments: "CreateProjectProjectCreateEnvironments"


class CreateProjectProjectCreateEnvironments(BaseModel):
    edges: list["CreateProjectProjectCreateEnvironmentsEdges"]


class CreateProjectProjectCreateEnvironmentsEdges(BaseModel):
    node: "CreateProjectProjectCreateEnvironmentsEdgesNode"


class CreateProjectProjectCreateEnvironmentsEdgesNode(BaseModel):
    id: str
    name: str


