from pydantic import Field

from .base_model import BaseModel


class ReadProjectToken(BaseModel):
    project_token: "ReadProjectTokenProjectToken" = Field(alias="projectToken")


class ReadProjectTokenProjectToken(BaseModel):
    name: str
    project: "ReadProjectTokenProjectTokenProject"
    environment: "ReadProjectTokenProjectTokenEnvironment"


class ReadProjectTokenProjectTokenProject(BaseModel):
    id: str
    name: str


class ReadProjectTokenProjectTokenEnvironment(BaseModel):
    id: str
    name: str


