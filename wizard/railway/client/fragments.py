from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import (
    CertificateStatus,
    CustomDomainSyncStatus,
    DeploymentEventStep,
    DeploymentStatus,
    DNSRecordStatus,
    DNSRecordType,
    RestartPolicyType,
    ServiceDomainSyncStatus,
    VolumeState,
)


class DeploymentFields(BaseModel):
    id: str
    status: DeploymentStatus
    created_at: str = Field(alias="createdAt")
    deployment_stopped: bool = Field(alias="deploymentStopped")
    meta: Optional[Any]


class DomainFields(BaseModel):
    service_domains: list["DomainFieldsServiceDomains"] = Field(alias="serviceDomains")
    custom_domains: list["DomainFieldsCustomDomains"] = Field(alias="customDomains")


class DomainFieldsServiceDomains(BaseModel):
    id: str
    domain: str
    target_port: Optional[int] = Field(alias="targetPort")
    sync_status: ServiceDomainSyncStatus = Field(alias="syncStatus")
    deleted_at: Optional[str] = Field(alias="deletedAt")


class DomainFieldsCustomDomains(BaseModel):
    id: str
    domain: str
    target_port: Optional[int] = Field(alias="targetPort")
    sync_status: CustomDomainSyncStatus = Field(alias="syncStatus")
    deleted_at: Optional[str] = Field(alias="deletedAt")
    status: "DomainFieldsCustomDomainsStatus"


class DomainFieldsCustomDomainsStatus(BaseModel):
    verified: bool
    certificate_status: CertificateStatus = Field(alias="certificateStatus")
    verification_dns_host: Optional[str] = Field(alias="verificationDnsHost")
    verification_token: Optional[str] = Field(alias="verificationToken")
    dns_records: list["DomainFieldsCustomDomainsStatusDnsRecords"] = Field(
        alias="dnsRecords"
    )


class DomainFieldsCustomDomainsStatusDnsRecords(BaseModel):
    fqdn: str
    record_type: DNSRecordType = Field(alias="recordType")
    required_value: str = Field(alias="requiredValue")
    status: DNSRecordStatus


class LogFields(BaseModel):
    timestamp: str
    message: str
    severity: Optional[str]


class Page(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ProjectEnvironmentPage(BaseModel):
    edges: list["ProjectEnvironmentPageEdges"]
    page_info: "ProjectEnvironmentPagePageInfo" = Field(alias="pageInfo")


class ProjectEnvironmentPageEdges(BaseModel):
    node: "ProjectEnvironmentPageEdgesNode"


class ProjectEnvironmentPageEdgesNode(BaseModel):
    id: str
    name: str


class ProjectEnvironmentPagePageInfo(Page):
    pass


class ProjectPage(BaseModel):
    edges: list["ProjectPageEdges"]
    page_info: "ProjectPagePageInfo" = Field(alias="pageInfo")


class ProjectPageEdges(BaseModel):
    node: "ProjectPageEdgesNode"


class ProjectPageEdgesNode(BaseModel):
    id: str
    name: str
    description: Optional[str]
    deleted_at: Optional[str] = Field(alias="deletedAt")
    environments: "ProjectPageEdgesNodeEnvironments"


class ProjectPageEdgesNodeEnvironments(ProjectEnvironmentPage):
    pass


class ProjectPagePageInfo(Page):
    pass


class ServiceInstanceFields(BaseModel):
    id: str
    service_id: str = Field(alias="serviceId")
    service_name: str = Field(alias="serviceName")
    deleted_at: Optional[str] = Field(alias="deletedAt")
    source: Optional["ServiceInstanceFieldsSource"]
    root_directory: Optional[str] = Field(alias="rootDirectory")
    dockerfile_path: Optional[str] = Field(alias="dockerfilePath")
    build_command: Optional[str] = Field(alias="buildCommand")
    start_command: Optional[str] = Field(alias="startCommand")
    pre_deploy_command: Optional[Any] = Field(alias="preDeployCommand")
    healthcheck_path: Optional[str] = Field(alias="healthcheckPath")
    healthcheck_timeout: Optional[int] = Field(alias="healthcheckTimeout")
    watch_patterns: list[str] = Field(alias="watchPatterns")
    restart_policy_type: RestartPolicyType = Field(alias="restartPolicyType")
    restart_policy_max_retries: int = Field(alias="restartPolicyMaxRetries")
    num_replicas: Optional[int] = Field(alias="numReplicas")
    region: Optional[str]
    cron_schedule: Optional[str] = Field(alias="cronSchedule")
    sleep_application: Optional[bool] = Field(alias="sleepApplication")
    draining_seconds: Optional[int] = Field(alias="drainingSeconds")
    overlap_seconds: Optional[int] = Field(alias="overlapSeconds")
    domains: "ServiceInstanceFieldsDomains"
    latest_deployment: Optional["ServiceInstanceFieldsLatestDeployment"] = Field(
        alias="latestDeployment"
    )
    active_deployments: list["ServiceInstanceFieldsActiveDeployments"] = Field(
        alias="activeDeployments"
    )


class ServiceInstanceFieldsSource(BaseModel):
    image: Optional[str]
    repo: Optional[str]


class ServiceInstanceFieldsDomains(DomainFields):
    pass


class ServiceInstanceFieldsLatestDeployment(DeploymentFields):
    pass


class ServiceInstanceFieldsActiveDeployments(DeploymentFields):
    pass


class ServiceInstancePage(BaseModel):
    edges: list["ServiceInstancePageEdges"]
    page_info: "ServiceInstancePagePageInfo" = Field(alias="pageInfo")


class ServiceInstancePageEdges(BaseModel):
    node: "ServiceInstancePageEdgesNode"


class ServiceInstancePageEdgesNode(ServiceInstanceFields):
    pass


class ServiceInstancePagePageInfo(Page):
    pass


class ServicePage(BaseModel):
    edges: list["ServicePageEdges"]
    page_info: "ServicePagePageInfo" = Field(alias="pageInfo")


class ServicePageEdges(BaseModel):
    node: "ServicePageEdgesNode"


class ServicePageEdgesNode(BaseModel):
    id: str
    name: str
    deleted_at: Optional[str] = Field(alias="deletedAt")


class ServicePagePageInfo(Page):
    pass


class StepFields(BaseModel):
    id: str
    step: DeploymentEventStep
    created_at: str = Field(alias="createdAt")
    completed_at: Optional[str] = Field(alias="completedAt")
    payload: Optional["StepFieldsPayload"]


class StepFieldsPayload(BaseModel):
    error: Optional[str]
    reason: Optional[str]
    detail: Optional[str]
    skipped: Optional[bool]


class StepPage(BaseModel):
    edges: list["StepPageEdges"]
    page_info: "StepPagePageInfo" = Field(alias="pageInfo")


class StepPageEdges(BaseModel):
    node: "StepPageEdgesNode"


class StepPageEdgesNode(StepFields):
    pass


class StepPagePageInfo(Page):
    pass


class TriggerPage(BaseModel):
    edges: list["TriggerPageEdges"]
    page_info: "TriggerPagePageInfo" = Field(alias="pageInfo")


class TriggerPageEdges(BaseModel):
    node: "TriggerPageEdgesNode"


class TriggerPageEdgesNode(BaseModel):
    service_id: Optional[str] = Field(alias="serviceId")
    repository: str
    branch: str


class TriggerPagePageInfo(Page):
    pass


class VolumeInstancePage(BaseModel):
    edges: list["VolumeInstancePageEdges"]
    page_info: "VolumeInstancePagePageInfo" = Field(alias="pageInfo")


class VolumeInstancePageEdges(BaseModel):
    node: "VolumeInstancePageEdgesNode"


class VolumeInstancePageEdgesNode(BaseModel):
    id: str
    volume_id: str = Field(alias="volumeId")
    service_id: Optional[str] = Field(alias="serviceId")
    mount_path: str = Field(alias="mountPath")
    size_mb: int = Field(alias="sizeMB")
    current_size_mb: float = Field(alias="currentSizeMB")
    state: Optional[VolumeState]
    deleted_at: Optional[str] = Field(alias="deletedAt")
    is_pending_deletion: bool = Field(alias="isPendingDeletion")
    volume: "VolumeInstancePageEdgesNodeVolume"


class VolumeInstancePageEdgesNodeVolume(BaseModel):
    id: str
    name: str


class VolumeInstancePagePageInfo(Page):
    pass
