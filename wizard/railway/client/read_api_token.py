from pydantic import Field

from .base_model import BaseModel


class ReadApiToken(BaseModel):
    api_token: "ReadApiTokenApiToken" = Field(alias="apiToken")


class ReadApiTokenApiToken(BaseModel):
    workspaces: list["ReadApiTokenApiTokenWorkspaces"]


class ReadApiTokenApiTokenWorkspaces(BaseModel):
    id: str
    name: str


