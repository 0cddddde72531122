from pydantic import Field

from .base_model import BaseModel
from .fragments import ServiceInstancePage


class ReadMoreServiceInstances(BaseModel):
    environment: "ReadMoreServiceInstancesEnvironment"


class ReadMoreServiceInstancesEnvironment(BaseModel):
    id: str
    service_instances: "ReadMoreServiceInstancesEnvironmentServiceInstances" = Field(
        alias="serviceInstances"
    )


ReadMoreServiceInstancesEnvironmentServiceInstances = ServiceInstancePage
