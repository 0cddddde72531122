from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import WorkflowStatus
from .fragments import ServicePage


class WatchWorkflow(BaseModel):
    workflow_status: "WatchWorkflowWorkflowStatus" = Field(alias="workflowStatus")
    project: "WatchWorkflowProject"


class WatchWorkflowWorkflowStatus(BaseModel):
    status: WorkflowStatus
    error: Optional[str]


class WatchWorkflowProject(BaseModel):
    id: str
    services: "WatchWorkflowProjectServices"


WatchWorkflowProjectServices = ServicePage
