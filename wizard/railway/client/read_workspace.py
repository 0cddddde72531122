from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import MaintenanceStatus, Plan
from .fragments import ProjectPage


class ReadWorkspace(BaseModel):
    workspace: "ReadWorkspaceWorkspace"
    resource_access: "ReadWorkspaceResourceAccess" = Field(alias="resourceAccess")
    platform_status: "ReadWorkspacePlatformStatus" = Field(alias="platformStatus")


class ReadWorkspaceWorkspace(BaseModel):
    id: str
    name: str
    plan: Plan
    customer: "ReadWorkspaceWorkspaceCustomer"
    subscription_plan_limit: Optional[Any] = Field(alias="subscriptionPlanLimit")
    projects: "ReadWorkspaceWorkspaceProjects"


class ReadWorkspaceWorkspaceCustomer(BaseModel):
    is_trialing: bool = Field(alias="isTrialing")
    trial_days_remaining: int = Field(alias="trialDaysRemaining")
    has_exhausted_free_plan: bool = Field(alias="hasExhaustedFreePlan")
    remaining_usage_credit_balance: float = Field(alias="remainingUsageCreditBalance")
    usage_limit: Optional["ReadWorkspaceWorkspaceCustomerUsageLimit"] = Field(
        alias="usageLimit"
    )


class ReadWorkspaceWorkspaceCustomerUsageLimit(BaseModel):
    is_over_limit: bool = Field(alias="isOverLimit")


ReadWorkspaceWorkspaceProjects = ProjectPage


class ReadWorkspaceResourceAccess(BaseModel):
    project: "ReadWorkspaceResourceAccessProject"
    deployment: "ReadWorkspaceResourceAccessDeployment"


class ReadWorkspaceResourceAccessProject(BaseModel):
    disallowed: Optional[str]


class ReadWorkspaceResourceAccessDeployment(BaseModel):
    disallowed: Optional[str]


class ReadWorkspacePlatformStatus(BaseModel):
    is_stable: bool = Field(alias="isStable")
    incident: Optional["ReadWorkspacePlatformStatusIncident"]
    maintenance: Optional["ReadWorkspacePlatformStatusMaintenance"]


class ReadWorkspacePlatformStatusIncident(BaseModel):
    message: str


class ReadWorkspacePlatformStatusMaintenance(BaseModel):
    message: str
    status: MaintenanceStatus


