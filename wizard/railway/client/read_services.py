from .base_model import BaseModel
from .fragments import ServicePage


class ReadServices(BaseModel):
    project: "ReadServicesProject"


class ReadServicesProject(BaseModel):
    id: str
    services: "ReadServicesProjectServices"


ReadServicesProjectServices = ServicePage
