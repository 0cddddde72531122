from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel


class ReadTemplate(BaseModel):
    template: "ReadTemplateTemplate"


class ReadTemplateTemplate(BaseModel):
    id: str
    name: str
    serialized_config: Optional[Any] = Field(alias="serializedConfig")


