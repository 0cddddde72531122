from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class DeployTemplate(BaseModel):
    template_deploy_v_2: "DeployTemplateTemplateDeployV2" = Field(
        alias="templateDeployV2"
    )


class DeployTemplateTemplateDeployV2(BaseModel):
    project_id: str = Field(alias="projectId")
    workflow_id: Optional[str] = Field(alias="workflowId")


