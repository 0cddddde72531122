from pydantic import Field

from .base_model import BaseModel


class ConnectService(BaseModel):
    service_connect: "ConnectServiceServiceConnect" = Field(alias="serviceConnect")


class ConnectServiceServiceConnect(BaseModel):
    id: str


