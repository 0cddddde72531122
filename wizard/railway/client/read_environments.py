from .base_model import BaseModel
from .fragments import ProjectEnvironmentPage


class ReadEnvironments(BaseModel):
    project: "ReadEnvironmentsProject"


class ReadEnvironmentsProject(BaseModel):
    id: str
    name: str
    environments: "ReadEnvironmentsProjectEnvironments"


ReadEnvironmentsProjectEnvironments = ProjectEnvironmentPage
