from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import Builder, DeploymentStatus, PublicRuntime, RestartPolicyType


class DeploymentListInput(BaseModel):
    environment_id: Optional[str] = Field(alias="environmentId", default=None)
    include_deleted: Optional[bool] = Field(alias="includeDeleted", default=None)
    project_id: Optional[str] = Field(alias="projectId", default=None)
    service_id: Optional[str] = Field(alias="serviceId", default=None)
    status: Optional["DeploymentStatusInput"] = None


class DeploymentStatusInput(BaseModel):
    in_: Optional[list[DeploymentStatus]] = Field(alias="in", default=None)
    not_in: Optional[list[DeploymentStatus]] = Field(alias="notIn", default=None)


class CustomDomainCreateInput(BaseModel):
    domain: str
    environment_id: str = Field(alias="environmentId")
    project_id: str = Field(alias="projectId")
    service_id: str = Field(alias="serviceId")
    target_port: Optional[int] = Field(alias="targetPort", default=None)


class EnvironmentCreateInput(BaseModel):
    apply_changes_in_background: Optional[bool] = Field(
        alias="applyChangesInBackground", default=None
    )
    ephemeral: Optional[bool] = None
    name: str
    project_id: str = Field(alias="projectId")
    skip_initial_deploys: Optional[bool] = Field(
        alias="skipInitialDeploys", default=None
    )
    source_environment_id: Optional[str] = Field(
        alias="sourceEnvironmentId", default=None
    )
    stage_initial_changes: Optional[bool] = Field(
        alias="stageInitialChanges", default=None
    )


class ProjectCreateInput(BaseModel):
    default_environment_name: Optional[str] = Field(
        alias="defaultEnvironmentName", default=None
    )
    description: Optional[str] = None
    is_monorepo: Optional[bool] = Field(alias="isMonorepo", default=None)
    is_public: Optional[bool] = Field(alias="isPublic", default=None)
    name: Optional[str] = None
    pr_deploys: Optional[bool] = Field(alias="prDeploys", default=None)
    repo: Optional["ProjectCreateRepo"] = None
    runtime: Optional[PublicRuntime] = None
    workspace_id: Optional[str] = Field(alias="workspaceId", default=None)


class ProjectCreateRepo(BaseModel):
    branch: str
    full_repo_name: str = Field(alias="fullRepoName")


class ProjectUpdateInput(BaseModel):
    base_environment_id: Optional[str] = Field(alias="baseEnvironmentId", default=None)
    bot_pr_environments: Optional[bool] = Field(alias="botPrEnvironments", default=None)
    description: Optional[str] = None
    focused_pr_environments: Optional[bool] = Field(
        alias="focusedPrEnvironments", default=None
    )
    is_public: Optional[bool] = Field(alias="isPublic", default=None)
    name: Optional[str] = None
    pr_deploys: Optional[bool] = Field(alias="prDeploys", default=None)


class ServiceConnectInput(BaseModel):
    branch: Optional[str] = None
    image: Optional[str] = None
    repo: Optional[str] = None


class ServiceCreateInput(BaseModel):
    branch: Optional[str] = None
    environment_id: Optional[str] = Field(alias="environmentId", default=None)
    icon: Optional[str] = None
    name: Optional[str] = None
    project_id: str = Field(alias="projectId")
    registry_credentials: Optional["RegistryCredentialsInput"] = Field(
        alias="registryCredentials", default=None
    )
    source: Optional["ServiceSourceInput"] = None
    template_id: Optional[str] = Field(alias="templateId", default=None)
    template_service_id: Optional[str] = Field(alias="templateServiceId", default=None)
    variables: Optional[Any] = None


class RegistryCredentialsInput(BaseModel):
    password: str
    username: str


class ServiceSourceInput(BaseModel):
    image: Optional[str] = None
    repo: Optional[str] = None


class ServiceDomainCreateInput(BaseModel):
    environment_id: str = Field(alias="environmentId")
    service_id: str = Field(alias="serviceId")
    target_port: Optional[int] = Field(alias="targetPort", default=None)


class ServiceInstanceAutoDeployUpdateInput(BaseModel):
    enabled: bool
    environment_id: str = Field(alias="environmentId")
    project_id: str = Field(alias="projectId")
    service_id: str = Field(alias="serviceId")


class ServiceInstanceUpdateInput(BaseModel):
    build_command: Optional[str] = Field(alias="buildCommand", default=None)
    builder: Optional[Builder] = None
    cron_schedule: Optional[str] = Field(alias="cronSchedule", default=None)
    dockerfile_path: Optional[str] = Field(alias="dockerfilePath", default=None)
    draining_seconds: Optional[int] = Field(alias="drainingSeconds", default=None)
    healthcheck_path: Optional[str] = Field(alias="healthcheckPath", default=None)
    healthcheck_timeout: Optional[int] = Field(alias="healthcheckTimeout", default=None)
    ipv_6_egress_enabled: Optional[bool] = Field(
        alias="ipv6EgressEnabled", default=None
    )
    multi_region_config: Optional[Any] = Field(alias="multiRegionConfig", default=None)
    nixpacks_plan: Optional[Any] = Field(alias="nixpacksPlan", default=None)
    num_replicas: Optional[int] = Field(alias="numReplicas", default=None)
    overlap_seconds: Optional[int] = Field(alias="overlapSeconds", default=None)
    pre_deploy_command: Optional[list[str]] = Field(
        alias="preDeployCommand", default=None
    )
    railway_config_file: Optional[str] = Field(alias="railwayConfigFile", default=None)
    region: Optional[str] = None
    registry_credentials: Optional["RegistryCredentialsInput"] = Field(
        alias="registryCredentials", default=None
    )
    restart_policy_max_retries: Optional[int] = Field(
        alias="restartPolicyMaxRetries", default=None
    )
    restart_policy_type: Optional[RestartPolicyType] = Field(
        alias="restartPolicyType", default=None
    )
    root_directory: Optional[str] = Field(alias="rootDirectory", default=None)
    sleep_application: Optional[bool] = Field(alias="sleepApplication", default=None)
    source: Optional["ServiceSourceInput"] = None
    start_command: Optional[str] = Field(alias="startCommand", default=None)
    watch_patterns: Optional[list[str]] = Field(alias="watchPatterns", default=None)


class TemplateDeployV2Input(BaseModel):
    environment_id: Optional[str] = Field(alias="environmentId", default=None)
    existing_root_service_id: Optional[str] = Field(
        alias="existingRootServiceId", default=None
    )
    project_id: Optional[str] = Field(alias="projectId", default=None)
    serialized_config: Any = Field(alias="serializedConfig")
    stage_only: Optional[bool] = Field(alias="stageOnly", default=None)
    template_id: str = Field(alias="templateId")
    workspace_id: Optional[str] = Field(alias="workspaceId", default=None)


class VariableCollectionUpsertInput(BaseModel):
    environment_id: str = Field(alias="environmentId")
    project_id: str = Field(alias="projectId")
    replace: Optional[bool] = False
    service_id: Optional[str] = Field(alias="serviceId", default=None)
    skip_deploys: Optional[bool] = Field(alias="skipDeploys", default=False)
    variables: Any


class VolumeCreateInput(BaseModel):
    environment_id: Optional[str] = Field(alias="environmentId", default=None)
    mount_path: str = Field(alias="mountPath")
    project_id: str = Field(alias="projectId")
    region: Optional[str] = None
    service_id: Optional[str] = Field(alias="serviceId", default=None)


