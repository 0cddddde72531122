from pydantic import Field

from .base_model import BaseModel


class CreateService(BaseModel):
    service_create: "CreateServiceServiceCreate" = Field(alias="serviceCreate")


class CreateServiceServiceCreate(BaseModel):
    id: str
    name: str


