from pydantic import Field

from .base_model import BaseModel


class DeleteService(BaseModel):
    service_delete: bool = Field(alias="serviceDelete")
