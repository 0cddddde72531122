from pydantic import Field

from .base_model import BaseModel


class CreateEnvironment(BaseModel):
    environment_create: "CreateEnvironmentEnvironmentCreate" = Field(
        alias="environmentCreate"
    )


class CreateEnvironmentEnvironmentCreate(BaseModel):
    id: str
    name: str


