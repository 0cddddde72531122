from typing import Optional

from .base_model import BaseModel


class ReadDescription(BaseModel):
    project: "ReadDescriptionProject"


class ReadDescriptionProject(BaseModel):
    id: str
    description: Optional[str]


