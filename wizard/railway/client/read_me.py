from typing import Optional

from .base_model import BaseModel


class ReadMe(BaseModel):
    me: "ReadMeMe"


class ReadMeMe(BaseModel):
    id: str
    name: Optional[str]
    email: str
    workspaces: list["ReadMeMeWorkspaces"]


class ReadMeMeWorkspaces(BaseModel):
    id: str
    name: str


