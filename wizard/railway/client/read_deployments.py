from pydantic import Field

from .base_model import BaseModel
from .fragments import DeploymentFields, Page


class ReadDeployments(BaseModel):
    deployments: "ReadDeploymentsDeployments"


class ReadDeploymentsDeployments(BaseModel):
    edges: list["ReadDeploymentsDeploymentsEdges"]
    page_info: "ReadDeploymentsDeploymentsPageInfo" = Field(alias="pageInfo")


class ReadDeploymentsDeploymentsEdges(BaseModel):
    node: "ReadDeploymentsDeploymentsEdgesNode"


ReadDeploymentsDeploymentsEdgesNode = DeploymentFields
ReadDeploymentsDeploymentsPageInfo = Page
