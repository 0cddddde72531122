from .base_model import BaseModel
from .fragments import ProjectPage


class ReadMoreProjects(BaseModel):
    workspace: "ReadMoreProjectsWorkspace"


class ReadMoreProjectsWorkspace(BaseModel):
    id: str
    projects: "ReadMoreProjectsWorkspaceProjects"


ReadMoreProjectsWorkspaceProjects = ProjectPage
