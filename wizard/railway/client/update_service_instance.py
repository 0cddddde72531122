from pydantic import Field

from .base_model import BaseModel


class UpdateServiceInstance(BaseModel):
    service_instance_update: bool = Field(alias="serviceInstanceUpdate")
