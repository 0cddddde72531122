from collections.abc import AsyncIterator
from typing import Any, Optional, Union

from .base_client import BaseClient
from .base_model import UNSET, UnsetType
from .cancel_project_delete import CancelProjectDelete
from .commit_patch import CommitPatch
from .commit_staged import CommitStaged
from .connect_service import ConnectService
from .create_custom_domain import CreateCustomDomain
from .create_environment import CreateEnvironment
from .create_project import CreateProject
from .create_service import CreateService
from .create_service_domain import CreateServiceDomain
from .create_volume import CreateVolume
from .delete_proxy import DeleteProxy
from .delete_service import DeleteService
from .delete_volume import DeleteVolume
from .deploy_service_instance import DeployServiceInstance
from .deploy_template import DeployTemplate
from .enums import MetricMeasurement
from .input_types import (
    CustomDomainCreateInput,
    DeploymentListInput,
    EnvironmentCreateInput,
    ProjectCreateInput,
    ProjectUpdateInput,
    ServiceConnectInput,
    ServiceCreateInput,
    ServiceDomainCreateInput,
    ServiceInstanceAutoDeployUpdateInput,
    ServiceInstanceUpdateInput,
    TemplateDeployV2Input,
    VariableCollectionUpsertInput,
    VolumeCreateInput,
)
from .observe_environment import ObserveEnvironment
from .read_api_token import ReadApiToken
from .read_build_logs import ReadBuildLogs
from .read_deploy_logs import ReadDeployLogs
from .read_deployment import ReadDeployment
from .read_deployments import ReadDeployments
from .read_description import ReadDescription
from .read_environments import ReadEnvironments
from .read_estimated_usage import ReadEstimatedUsage
from .read_frozen_variables import ReadFrozenVariables
from .read_me import ReadMe
from .read_more_projects import ReadMoreProjects
from .read_more_service_instances import ReadMoreServiceInstances
from .read_more_steps import ReadMoreSteps
from .read_more_triggers import ReadMoreTriggers
from .read_patches import ReadPatches
from .read_project_token import ReadProjectToken
from .read_proxies import ReadProxies
from .read_rendered_variables import ReadRenderedVariables
from .read_repository_access import ReadRepositoryAccess
from .read_services import ReadServices
from .read_staged_changes import ReadStagedChanges
from .read_staged_count import ReadStagedCount
from .read_template import ReadTemplate
from .read_volume_instances import ReadVolumeInstances
from .read_workspace import ReadWorkspace
from .restart_deployment import RestartDeployment
from .schedule_project_delete import ScheduleProjectDelete
from .stage_changes import StageChanges
from .stop_deployment import StopDeployment
from .stream_build_logs import StreamBuildLogs
from .stream_deploy_logs import StreamDeployLogs
from .stream_steps import StreamSteps
from .update_auto_deploy import UpdateAutoDeploy
from .update_project import UpdateProject
from .update_service_instance import UpdateServiceInstance
from .upsert_variables import UpsertVariables
from .watch_workflow import WatchWorkflow


def gql(q: str) -> str:
    return q


class RailwayClient(BaseClient):
    async def read_api_token(self, **kwargs: Any) -> ReadApiToken:
        query = gql("""
            query ReadApiToken {
              apiToken {
                workspaces {
                  id
                  name
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = await self.execute(
            query=query, operation_name="ReadApiToken", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ReadApiToken.model_validate(data)

    async def read_me(self, **kwargs: Any) -> ReadMe:
        query = gql("""
            query ReadMe {
              me {
                id
                name
                email
                workspaces {
                  id
                  name
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = await self.execute(
            query=query, operation_name="ReadMe", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ReadMe.model_validate(data)

    async def read_project_token(self, **kwargs: Any) -> ReadProjectToken:
        query = gql("""
            query ReadProjectToken {
              projectToken {
                name
                project {
                  id
                  name
                }
                environment {
                  id
                  name
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = await self.execute(
            query=query,
            operation_name="ReadProjectToken",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReadProjectToken.model_validate(data)

    async def read_workspace(
        self, workspace_id: str, first: int, **kwargs: Any
    ) -> ReadWorkspace:
        query = gql("""
            query ReadWorkspace($workspaceId: String!, $first: Int!) {
              workspace(workspaceId: $workspaceId) {
                id
                name
                plan
                customer {
                  isTrialing
                  trialDaysRemaining
                  hasExhaustedFreePlan
                  remainingUsageCreditBalance
                  usageLimit {
                    isOverLimit
                  }
                }
                subscriptionPlanLimit
                projects(first: $first) {
                  ...ProjectPage
                }
              }
              resourceAccess(explicitResourceOwner: {id: $workspaceId, type: WORKSPACE}) {
                project {
                  disallowed
                }
                deployment {
                  disallowed
                }
              }
              platformStatus {
                isStable
                incident {
                  message
                }
                maintenance {
                  message
                  status
                }
              }
            }

            fragment Page on PageInfo {
              hasNextPage
              endCursor
            }

            fragment ProjectEnvironmentPage on ProjectEnvironmentsConnection {
              edges {
                node {
                  id
                  name
                }
              }
              pageInfo {
                ...Page
              }
            }

            fragment ProjectPage on WorkspaceProjectsConnection {
              edges {
                node {
                  id
                  name
                  description
                  deletedAt
                  environments(first: $first) {
                    ...ProjectEnvironmentPage
                  }
                }
              }
              pageInfo {
                ...Page
              }
            }
            """)
        variables: dict[str, object] = {"workspaceId": workspace_id, "first": first}
        response = await self.execute(
            query=query, operation_name="ReadWorkspace", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ReadWorkspace.model_validate(data)

    async def read_more_projects(
        self, workspace_id: str, first: int, after: str, **kwargs: Any
    ) -> ReadMoreProjects:
        query = gql("""
            query ReadMoreProjects($workspaceId: String!, $first: Int!, $after: String!) {
              workspace(workspaceId: $workspaceId) {
                id
                projects(first: $first, after: $after) {
                  ...ProjectPage
                }
              }
            }

            fragment Page on PageInfo {
              hasNextPage
              endCursor
            }

            fragment ProjectEnvironmentPage on ProjectEnvironmentsConnection {
              edges {
                node {
                  id
                  name
                }
              }
              pageInfo {
                ...Page
              }
            }

            fragment ProjectPage on WorkspaceProjectsConnection {
              edges {
                node {
                  id
                  name
                  description
                  deletedAt
                  environments(first: $first) {
                    ...ProjectEnvironmentPage
                  }
                }
              }
              pageInfo {
                ...Page
              }
            }
            """)
        variables: dict[str, object] = {
            "workspaceId": workspace_id,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=query,
            operation_name="ReadMoreProjects",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReadMoreProjects.model_validate(data)

    async def read_repository_access(
        self, repo: str, **kwargs: Any
    ) -> ReadRepositoryAccess:
        query = gql("""
            query ReadRepositoryAccess($repo: String!) {
              gitHubRepoAccessAvailable(fullRepoName: $repo) {
                hasAccess
                isPublic
              }
            }
            """)
        variables: dict[str, object] = {"repo": repo}
        response = await self.execute(
            query=query,
            operation_name="ReadRepositoryAccess",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReadRepositoryAccess.model_validate(data)

    async def read_environments(
        self,
        project_id: str,
        first: int,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> ReadEnvironments:
        query = gql("""
            query ReadEnvironments($projectId: String!, $first: Int!, $after: String) {
              project(id: $projectId) {
                id
                name
                environments(first: $first, after: $after) {
                  ...ProjectEnvironmentPage
                }
              }
            }

            fragment Page on PageInfo {
              hasNextPage
              endCursor
            }

            fragment ProjectEnvironmentPage on ProjectEnvironmentsConnection {
              edges {
                node {
                  id
                  name
                }
              }
              pageInfo {
                ...Page
              }
            }
            """)
        variables: dict[str, object] = {
            "projectId": project_id,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=query,
            operation_name="ReadEnvironments",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReadEnvironments.model_validate(data)

    async def observe_environment(
        self, project_id: str, environment_id: str, first: int, **kwargs: Any
    ) -> ObserveEnvironment:
        query = gql("""
            query ObserveEnvironment($projectId: String!, $environmentId: String!, $first: Int!) {
              project(id: $projectId) {
                id
                name
                description
                workspaceId
              }
              environment(id: $environmentId, projectId: $projectId) {
                id
                name
                config(decryptVariables: true)
                unmergedChangesCount
                serviceInstances(first: $first) {
                  ...ServiceInstancePage
                }
                volumeInstances(first: $first) {
                  ...VolumeInstancePage
                }
                deploymentTriggers(first: $first) {
                  ...TriggerPage
                }
              }
            }

            fragment DeploymentFields on Deployment {
              id
              status
              createdAt
              deploymentStopped
              meta
            }

            fragment DomainFields on AllDomains {
              serviceDomains {
                id
                domain
                targetPort
                syncStatus
                deletedAt
              }
              customDomains {
                id
                domain
                targetPort
                syncStatus
                deletedAt
                status {
                  verified
                  certificateStatus
                  verificationDnsHost
                  verificationToken
                  dnsRecords {
                    fqdn
                    recordType
                    requiredValue
                    status
                  }
                }
              }
            }

            fragment Page on PageInfo {
              hasNextPage
              endCursor
            }

            fragment ServiceInstanceFields on ServiceInstance {
              id
              serviceId
              serviceName
              deletedAt
              source {
                image
                repo
              }
              rootDirectory
              dockerfilePath
              buildCommand
              startCommand
              preDeployCommand
              healthcheckPath
              healthcheckTimeout
              watchPatterns
              restartPolicyType
              restartPolicyMaxRetries
              numReplicas
              region
              cronSchedule
              sleepApplication
              drainingSeconds
              overlapSeconds
              domains {
                ...DomainFields
              }
              latestDeployment {
                ...DeploymentFields
              }
              activeDeployments {
                ...DeploymentFields
              }
            }

            fragment ServiceInstancePage on EnvironmentServiceInstancesConnection {
              edges {
                node {
                  ...ServiceInstanceFields
                }
              }
              pageInfo {
                ...Page
              }
            }

            fragment TriggerPage on EnvironmentDeploymentTriggersConnection {
              edges {
                node {
                  serviceId
                  repository
                  branch
                }
              }
              pageInfo {
                ...Page
              }
            }

            fragment VolumeInstancePage on EnvironmentVolumeInstancesConnection {
              edges {
                node {
                  id
                  volumeId
                  serviceId
                  mountPath
                  sizeMB
                  currentSizeMB
                  state
                  deletedAt
                  isPendingDeletion
                  volume {
                    id
                    name
                  }
                }
              }
              pageInfo {
                ...Page
              }
            }
            """)
        variables: dict[str, object] = {
            "projectId": project_id,
            "environmentId": environment_id,
            "first": first,
        }
        response = await self.execute(
            query=query,
            operation_name="ObserveEnvironment",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ObserveEnvironment.model_validate(data)

    async def read_more_service_instances(
        self, environment_id: str, first: int, after: str, **kwargs: Any
    ) -> ReadMoreServiceInstances:
        query = gql("""
            query ReadMoreServiceInstances($environmentId: String!, $first: Int!, $after: String!) {
              environment(id: $environmentId) {
                id
                serviceInstances(first: $first, after: $after) {
                  ...ServiceInstancePage
                }
              }
            }

            fragment DeploymentFields on Deployment {
              id
              status
              createdAt
              deploymentStopped
              meta
            }

            fragment DomainFields on AllDomains {
              serviceDomains {
                id
                domain
                targetPort
                syncStatus
                deletedAt
              }
              customDomains {
                id
                domain
                targetPort
                syncStatus
                deletedAt
                status {
                  verified
                  certificateStatus
                  verificationDnsHost
                  verificationToken
                  dnsRecords {
                    fqdn
                    recordType
                    requiredValue
                    status
                  }
                }
              }
            }

            fragment Page on PageInfo {
              hasNextPage
              endCursor
            }

            fragment ServiceInstanceFields on ServiceInstance {
              id
              serviceId
              serviceName
              deletedAt
              source {
                image
                repo
              }
              rootDirectory
              dockerfilePath
              buildCommand
              startCommand
              preDeployCommand
              healthcheckPath
              healthcheckTimeout
              watchPatterns
              restartPolicyType
              restartPolicyMaxRetries
              numReplicas
              region
              cronSchedule
              sleepApplication
              drainingSeconds
              overlapSeconds
              domains {
                ...DomainFields
              }
              latestDeployment {
                ...DeploymentFields
              }
              activeDeployments {
                ...DeploymentFields
              }
            }

            fragment ServiceInstancePage on EnvironmentServiceInstancesConnection {
              edges {
                node {
                  ...ServiceInstanceFields
                }
              }
              pageInfo {
                ...Page
              }
            }
            """)
        variables: dict[str, object] = {
            "environmentId": environment_id,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=query,
            operation_name="ReadMoreServiceInstances",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReadMoreServiceInstances.model_validate(data)

    async def read_volume_instances(
        self,
        environment_id: str,
        first: int,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> ReadVolumeInstances:
        query = gql("""
            query ReadVolumeInstances($environmentId: String!, $first: Int!, $after: String) {
              environment(id: $environmentId) {
                id
                volumeInstances(first: $first, after: $after) {
                  ...VolumeInstancePage
                }
              }
            }

            fragment Page on PageInfo {
              hasNextPage
              endCursor
            }

            fragment VolumeInstancePage on EnvironmentVolumeInstancesConnection {
              edges {
                node {
                  id
                  volumeId
                  serviceId
                  mountPath
                  sizeMB
                  currentSizeMB
                  state
                  deletedAt
                  isPendingDeletion
                  volume {
                    id
                    name
                  }
                }
              }
              pageInfo {
                ...Page
              }
            }
            """)
        variables: dict[str, object] = {
            "environmentId": environment_id,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=query,
            operation_name="ReadVolumeInstances",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReadVolumeInstances.model_validate(data)

    async def read_more_triggers(
        self, environment_id: str, first: int, after: str, **kwargs: Any
    ) -> ReadMoreTriggers:
        query = gql("""
            query ReadMoreTriggers($environmentId: String!, $first: Int!, $after: String!) {
              environment(id: $environmentId) {
                id
                deploymentTriggers(first: $first, after: $after) {
                  ...TriggerPage
                }
              }
            }

            fragment Page on PageInfo {
              hasNextPage
              endCursor
            }

            fragment TriggerPage on EnvironmentDeploymentTriggersConnection {
              edges {
                node {
                  serviceId
                  repository
                  branch
                }
              }
              pageInfo {
                ...Page
              }
            }
            """)
        variables: dict[str, object] = {
            "environmentId": environment_id,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=query,
            operation_name="ReadMoreTriggers",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReadMoreTriggers.model_validate(data)

    async def create_project(
        self, input: ProjectCreateInput, **kwargs: Any
    ) -> CreateProject:
        query = gql("""
            mutation CreateProject($input: ProjectCreateInput!) {
              projectCreate(input: $input) {
                id
                name
                environments(first: 1) {
                  edges {
                    node {
                      id
                      name
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=query, operation_name="CreateProject", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateProject.model_validate(data)

    async def create_environment(
        self, input: EnvironmentCreateInput, **kwargs: Any
    ) -> CreateEnvironment:
        query = gql("""
            mutation CreateEnvironment($input: EnvironmentCreateInput!) {
              environmentCreate(input: $input) {
                id
                name
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=query,
            operation_name="CreateEnvironment",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CreateEnvironment.model_validate(data)

    async def read_description(self, project_id: str, **kwargs: Any) -> ReadDescription:
        query = gql("""
            query ReadDescription($projectId: String!) {
              project(id: $projectId) {
                id
                description
              }
            }
            """)
        variables: dict[str, object] = {"projectId": project_id}
        response = await self.execute(
            query=query, operation_name="ReadDescription", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ReadDescription.model_validate(data)

    async def update_project(
        self, id: str, input: ProjectUpdateInput, **kwargs: Any
    ) -> UpdateProject:
        query = gql("""
            mutation UpdateProject($id: String!, $input: ProjectUpdateInput!) {
              projectUpdate(id: $id, input: $input) {
                id
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = await self.execute(
            query=query, operation_name="UpdateProject", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return UpdateProject.model_validate(data)

    async def schedule_project_delete(
        self, id: str, **kwargs: Any
    ) -> ScheduleProjectDelete:
        query = gql("""
            mutation ScheduleProjectDelete($id: String!) {
              projectScheduleDelete(id: $id)
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=query,
            operation_name="ScheduleProjectDelete",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ScheduleProjectDelete.model_validate(data)

    async def cancel_project_delete(
        self, id: str, **kwargs: Any
    ) -> CancelProjectDelete:
        query = gql("""
            mutation CancelProjectDelete($id: String!) {
              projectScheduleDeleteCancel(id: $id)
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=query,
            operation_name="CancelProjectDelete",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CancelProjectDelete.model_validate(data)

    async def read_services(
        self,
        project_id: str,
        first: int,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> ReadServices:
        query = gql("""
            query ReadServices($projectId: String!, $first: Int!, $after: String) {
              project(id: $projectId) {
                id
                services(first: $first, after: $after) {
                  ...ServicePage
                }
              }
            }

            fragment Page on PageInfo {
              hasNextPage
              endCursor
            }

            fragment ServicePage on ProjectServicesConnection {
              edges {
                node {
                  id
                  name
                  deletedAt
                }
              }
              pageInfo {
                ...Page
              }
            }
            """)
        variables: dict[str, object] = {
            "projectId": project_id,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=query, operation_name="ReadServices", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ReadServices.model_validate(data)

    async def create_service(
        self, input: ServiceCreateInput, **kwargs: Any
    ) -> CreateService:
        query = gql("""
            mutation CreateService($input: ServiceCreateInput!) {
              serviceCreate(input: $input) {
                id
                name
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=query, operation_name="CreateService", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateService.model_validate(data)

    async def update_service_instance(
        self,
        service_id: str,
        environment_id: str,
        input: ServiceInstanceUpdateInput,
        **kwargs: Any,
    ) -> UpdateServiceInstance:
        query = gql("""
            mutation UpdateServiceInstance($serviceId: String!, $environmentId: String!, $input: ServiceInstanceUpdateInput!) {
              serviceInstanceUpdate(
                serviceId: $serviceId
                environmentId: $environmentId
                input: $input
              )
            }
            """)
        variables: dict[str, object] = {
            "serviceId": service_id,
            "environmentId": environment_id,
            "input": input,
        }
        response = await self.execute(
            query=query,
            operation_name="UpdateServiceInstance",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateServiceInstance.model_validate(data)

    async def update_auto_deploy(
        self, input: ServiceInstanceAutoDeployUpdateInput, **kwargs: Any
    ) -> UpdateAutoDeploy:
        query = gql("""
            mutation UpdateAutoDeploy($input: ServiceInstanceAutoDeployUpdateInput!) {
              serviceInstanceAutoDeployUpdate(input: $input) {
                enabled
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=query,
            operation_name="UpdateAutoDeploy",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateAutoDeploy.model_validate(data)

    async def delete_service(
        self, id: str, environment_id: str, **kwargs: Any
    ) -> DeleteService:
        query = gql("""
            mutation DeleteService($id: String!, $environmentId: String!) {
              serviceDelete(id: $id, environmentId: $environmentId)
            }
            """)
        variables: dict[str, object] = {"id": id, "environmentId": environment_id}
        response = await self.execute(
            query=query, operation_name="DeleteService", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return DeleteService.model_validate(data)

    async def create_service_domain(
        self, input: ServiceDomainCreateInput, **kwargs: Any
    ) -> CreateServiceDomain:
        query = gql("""
            mutation CreateServiceDomain($input: ServiceDomainCreateInput!) {
              serviceDomainCreate(input: $input) {
                id
                domain
                targetPort
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=query,
            operation_name="CreateServiceDomain",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CreateServiceDomain.model_validate(data)

    async def create_custom_domain(
        self, input: CustomDomainCreateInput, **kwargs: Any
    ) -> CreateCustomDomain:
        query = gql("""
            mutation CreateCustomDomain($input: CustomDomainCreateInput!) {
              customDomainCreate(input: $input) {
                id
                domain
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=query,
            operation_name="CreateCustomDomain",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CreateCustomDomain.model_validate(data)

    async def create_volume(
        self, input: VolumeCreateInput, **kwargs: Any
    ) -> CreateVolume:
        query = gql("""
            mutation CreateVolume($input: VolumeCreateInput!) {
              volumeCreate(input: $input) {
                id
                name
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=query, operation_name="CreateVolume", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateVolume.model_validate(data)

    async def delete_volume(self, volume_id: str, **kwargs: Any) -> DeleteVolume:
        query = gql("""
            mutation DeleteVolume($volumeId: String!) {
              volumeDelete(volumeId: $volumeId)
            }
            """)
        variables: dict[str, object] = {"volumeId": volume_id}
        response = await self.execute(
            query=query, operation_name="DeleteVolume", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return DeleteVolume.model_validate(data)

    async def read_rendered_variables(
        self, project_id: str, environment_id: str, service_id: str, **kwargs: Any
    ) -> ReadRenderedVariables:
        query = gql("""
            query ReadRenderedVariables($projectId: String!, $environmentId: String!, $serviceId: String!) {
              variablesForServiceDeployment(
                projectId: $projectId
                environmentId: $environmentId
                serviceId: $serviceId
              )
            }
            """)
        variables: dict[str, object] = {
            "projectId": project_id,
            "environmentId": environment_id,
            "serviceId": service_id,
        }
        response = await self.execute(
            query=query,
            operation_name="ReadRenderedVariables",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReadRenderedVariables.model_validate(data)

    async def upsert_variables(
        self, input: VariableCollectionUpsertInput, **kwargs: Any
    ) -> UpsertVariables:
        query = gql("""
            mutation UpsertVariables($input: VariableCollectionUpsertInput!) {
              variableCollectionUpsert(input: $input)
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=query, operation_name="UpsertVariables", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return UpsertVariables.model_validate(data)

    async def read_staged_count(
        self, environment_id: str, **kwargs: Any
    ) -> ReadStagedCount:
        query = gql("""
            query ReadStagedCount($environmentId: String!) {
              environment(id: $environmentId) {
                id
                unmergedChangesCount
              }
            }
            """)
        variables: dict[str, object] = {"environmentId": environment_id}
        response = await self.execute(
            query=query, operation_name="ReadStagedCount", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ReadStagedCount.model_validate(data)

    async def read_staged_changes(
        self, environment_id: str, **kwargs: Any
    ) -> ReadStagedChanges:
        query = gql("""
            query ReadStagedChanges($environmentId: String!) {
              environmentStagedChanges(environmentId: $environmentId) {
                id
                patch
              }
            }
            """)
        variables: dict[str, object] = {"environmentId": environment_id}
        response = await self.execute(
            query=query,
            operation_name="ReadStagedChanges",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReadStagedChanges.model_validate(data)

    async def read_patches(
        self,
        environment_id: str,
        first: int,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> ReadPatches:
        query = gql("""
            query ReadPatches($environmentId: String!, $first: Int!, $after: String) {
              environmentPatches(environmentId: $environmentId, first: $first, after: $after) {
                edges {
                  node {
                    id
                    message
                    patch
                    createdAt
                    appliedAt
                  }
                }
                pageInfo {
                  ...Page
                }
              }
            }

            fragment Page on PageInfo {
              hasNextPage
              endCursor
            }
            """)
        variables: dict[str, object] = {
            "environmentId": environment_id,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=query, operation_name="ReadPatches", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ReadPatches.model_validate(data)

    async def stage_changes(
        self, environment_id: str, input: Any, **kwargs: Any
    ) -> StageChanges:
        query = gql("""
            mutation StageChanges($environmentId: String!, $input: EnvironmentConfig!) {
              environmentStageChanges(
                environmentId: $environmentId
                input: $input
                merge: true
              ) {
                id
                status
                patch
              }
            }
            """)
        variables: dict[str, object] = {"environmentId": environment_id, "input": input}
        response = await self.execute(
            query=query, operation_name="StageChanges", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return StageChanges.model_validate(data)

    async def commit_staged(
        self, environment_id: str, commit_message: str, **kwargs: Any
    ) -> CommitStaged:
        query = gql("""
            mutation CommitStaged($environmentId: String!, $commitMessage: String!) {
              environmentPatchCommitStaged(
                environmentId: $environmentId
                commitMessage: $commitMessage
                skipDeploys: true
              )
            }
            """)
        variables: dict[str, object] = {
            "environmentId": environment_id,
            "commitMessage": commit_message,
        }
        response = await self.execute(
            query=query, operation_name="CommitStaged", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CommitStaged.model_validate(data)

    async def commit_patch(
        self, environment_id: str, patch: Any, commit_message: str, **kwargs: Any
    ) -> CommitPatch:
        query = gql("""
            mutation CommitPatch($environmentId: String!, $patch: EnvironmentConfig!, $commitMessage: String!) {
              environmentPatchCommit(
                environmentId: $environmentId
                patch: $patch
                commitMessage: $commitMessage
              )
            }
            """)
        variables: dict[str, object] = {
            "environmentId": environment_id,
            "patch": patch,
            "commitMessage": commit_message,
        }
        response = await self.execute(
            query=query, operation_name="CommitPatch", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CommitPatch.model_validate(data)

    async def connect_service(
        self, id: str, input: ServiceConnectInput, **kwargs: Any
    ) -> ConnectService:
        query = gql("""
            mutation ConnectService($id: String!, $input: ServiceConnectInput!) {
              serviceConnect(id: $id, input: $input) {
                id
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = await self.execute(
            query=query, operation_name="ConnectService", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ConnectService.model_validate(data)

    async def deploy_service_instance(
        self,
        service_id: str,
        environment_id: str,
        commit_sha: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> DeployServiceInstance:
        query = gql("""
            mutation DeployServiceInstance($serviceId: String!, $environmentId: String!, $commitSha: String) {
              serviceInstanceDeployV2(
                serviceId: $serviceId
                environmentId: $environmentId
                commitSha: $commitSha
              )
            }
            """)
        variables: dict[str, object] = {
            "serviceId": service_id,
            "environmentId": environment_id,
            "commitSha": commit_sha,
        }
        response = await self.execute(
            query=query,
            operation_name="DeployServiceInstance",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return DeployServiceInstance.model_validate(data)

    async def read_deployments(
        self,
        input: DeploymentListInput,
        first: int,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> ReadDeployments:
        query = gql("""
            query ReadDeployments($input: DeploymentListInput!, $first: Int!, $after: String) {
              deployments(input: $input, first: $first, after: $after) {
                edges {
                  node {
                    ...DeploymentFields
                  }
                }
                pageInfo {
                  ...Page
                }
              }
            }

            fragment DeploymentFields on Deployment {
              id
              status
              createdAt
              deploymentStopped
              meta
            }

            fragment Page on PageInfo {
              hasNextPage
              endCursor
            }
            """)
        variables: dict[str, object] = {"input": input, "first": first, "after": after}
        response = await self.execute(
            query=query, operation_name="ReadDeployments", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ReadDeployments.model_validate(data)

    async def read_deployment(
        self, id: str, first: int, **kwargs: Any
    ) -> ReadDeployment:
        query = gql("""
            query ReadDeployment($id: String!, $first: Int!) {
              deployment(id: $id) {
                ...DeploymentFields
              }
              deploymentEvents(id: $id, first: $first) {
                ...StepPage
              }
            }

            fragment DeploymentFields on Deployment {
              id
              status
              createdAt
              deploymentStopped
              meta
            }

            fragment Page on PageInfo {
              hasNextPage
              endCursor
            }

            fragment StepFields on DeploymentEvent {
              id
              step
              createdAt
              completedAt
              payload {
                error
                reason
                detail
                skipped
              }
            }

            fragment StepPage on QueryDeploymentEventsConnection {
              edges {
                node {
                  ...StepFields
                }
              }
              pageInfo {
                ...Page
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "first": first}
        response = await self.execute(
            query=query, operation_name="ReadDeployment", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ReadDeployment.model_validate(data)

    async def read_more_steps(
        self, id: str, first: int, after: str, **kwargs: Any
    ) -> ReadMoreSteps:
        query = gql("""
            query ReadMoreSteps($id: String!, $first: Int!, $after: String!) {
              deploymentEvents(id: $id, first: $first, after: $after) {
                ...StepPage
              }
            }

            fragment Page on PageInfo {
              hasNextPage
              endCursor
            }

            fragment StepFields on DeploymentEvent {
              id
              step
              createdAt
              completedAt
              payload {
                error
                reason
                detail
                skipped
              }
            }

            fragment StepPage on QueryDeploymentEventsConnection {
              edges {
                node {
                  ...StepFields
                }
              }
              pageInfo {
                ...Page
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "first": first, "after": after}
        response = await self.execute(
            query=query, operation_name="ReadMoreSteps", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ReadMoreSteps.model_validate(data)

    async def read_frozen_variables(
        self, deployment_id: str, **kwargs: Any
    ) -> ReadFrozenVariables:
        query = gql("""
            query ReadFrozenVariables($deploymentId: String!) {
              deploymentSnapshot(deploymentId: $deploymentId) {
                id
                variables
              }
            }
            """)
        variables: dict[str, object] = {"deploymentId": deployment_id}
        response = await self.execute(
            query=query,
            operation_name="ReadFrozenVariables",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReadFrozenVariables.model_validate(data)

    async def read_build_logs(
        self, deployment_id: str, limit: int, **kwargs: Any
    ) -> ReadBuildLogs:
        query = gql("""
            query ReadBuildLogs($deploymentId: String!, $limit: Int!) {
              buildLogs(deploymentId: $deploymentId, limit: $limit) {
                ...LogFields
              }
            }

            fragment LogFields on Log {
              timestamp
              message
              severity
            }
            """)
        variables: dict[str, object] = {"deploymentId": deployment_id, "limit": limit}
        response = await self.execute(
            query=query, operation_name="ReadBuildLogs", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ReadBuildLogs.model_validate(data)

    async def read_deploy_logs(
        self, deployment_id: str, limit: int, **kwargs: Any
    ) -> ReadDeployLogs:
        query = gql("""
            query ReadDeployLogs($deploymentId: String!, $limit: Int!) {
              deploymentLogs(deploymentId: $deploymentId, limit: $limit) {
                ...LogFields
              }
            }

            fragment LogFields on Log {
              timestamp
              message
              severity
            }
            """)
        variables: dict[str, object] = {"deploymentId": deployment_id, "limit": limit}
        response = await self.execute(
            query=query, operation_name="ReadDeployLogs", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ReadDeployLogs.model_validate(data)

    async def stream_build_logs(
        self, deployment_id: str, limit: int, **kwargs: Any
    ) -> AsyncIterator[StreamBuildLogs]:
        query = gql("""
            subscription StreamBuildLogs($deploymentId: String!, $limit: Int!) {
              buildLogs(deploymentId: $deploymentId, filter: "", limit: $limit) {
                ...LogFields
              }
            }

            fragment LogFields on Log {
              timestamp
              message
              severity
            }
            """)
        variables: dict[str, object] = {"deploymentId": deployment_id, "limit": limit}
        async for data in self.execute_ws(
            query=query, operation_name="StreamBuildLogs", variables=variables, **kwargs
        ):
            yield StreamBuildLogs.model_validate(data)

    async def stream_deploy_logs(
        self, deployment_id: str, limit: int, **kwargs: Any
    ) -> AsyncIterator[StreamDeployLogs]:
        query = gql("""
            subscription StreamDeployLogs($deploymentId: String!, $limit: Int!) {
              deploymentLogs(deploymentId: $deploymentId, filter: "", limit: $limit) {
                ...LogFields
              }
            }

            fragment LogFields on Log {
              timestamp
              message
              severity
            }
            """)
        variables: dict[str, object] = {"deploymentId": deployment_id, "limit": limit}
        async for data in self.execute_ws(
            query=query,
            operation_name="StreamDeployLogs",
            variables=variables,
            **kwargs,
        ):
            yield StreamDeployLogs.model_validate(data)

    async def stream_steps(self, id: str, **kwargs: Any) -> AsyncIterator[StreamSteps]:
        query = gql("""
            subscription StreamSteps($id: String!) {
              deploymentEvents(id: $id) {
                ...StepFields
              }
            }

            fragment StepFields on DeploymentEvent {
              id
              step
              createdAt
              completedAt
              payload {
                error
                reason
                detail
                skipped
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        async for data in self.execute_ws(
            query=query, operation_name="StreamSteps", variables=variables, **kwargs
        ):
            yield StreamSteps.model_validate(data)

    async def read_template(self, code: str, **kwargs: Any) -> ReadTemplate:
        query = gql("""
            query ReadTemplate($code: String!) {
              template(code: $code) {
                id
                name
                serializedConfig
              }
            }
            """)
        variables: dict[str, object] = {"code": code}
        response = await self.execute(
            query=query, operation_name="ReadTemplate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ReadTemplate.model_validate(data)

    async def deploy_template(
        self, input: TemplateDeployV2Input, **kwargs: Any
    ) -> DeployTemplate:
        query = gql("""
            mutation DeployTemplate($input: TemplateDeployV2Input!) {
              templateDeployV2(input: $input) {
                projectId
                workflowId
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=query, operation_name="DeployTemplate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return DeployTemplate.model_validate(data)

    async def watch_workflow(
        self, workflow_id: str, project_id: str, first: int, **kwargs: Any
    ) -> WatchWorkflow:
        query = gql("""
            query WatchWorkflow($workflowId: String!, $projectId: String!, $first: Int!) {
              workflowStatus(workflowId: $workflowId) {
                status
                error
              }
              project(id: $projectId) {
                id
                services(first: $first) {
                  ...ServicePage
                }
              }
            }

            fragment Page on PageInfo {
              hasNextPage
              endCursor
            }

            fragment ServicePage on ProjectServicesConnection {
              edges {
                node {
                  id
                  name
                  deletedAt
                }
              }
              pageInfo {
                ...Page
              }
            }
            """)
        variables: dict[str, object] = {
            "workflowId": workflow_id,
            "projectId": project_id,
            "first": first,
        }
        response = await self.execute(
            query=query, operation_name="WatchWorkflow", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return WatchWorkflow.model_validate(data)

    async def read_proxies(
        self, environment_id: str, service_id: str, **kwargs: Any
    ) -> ReadProxies:
        query = gql("""
            query ReadProxies($environmentId: String!, $serviceId: String!) {
              environment(id: $environmentId) {
                id
                unmergedChangesCount
              }
              tcpProxies(environmentId: $environmentId, serviceId: $serviceId) {
                id
                domain
                proxyPort
                applicationPort
                syncStatus
                createdAt
              }
            }
            """)
        variables: dict[str, object] = {
            "environmentId": environment_id,
            "serviceId": service_id,
        }
        response = await self.execute(
            query=query, operation_name="ReadProxies", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ReadProxies.model_validate(data)

    async def delete_proxy(self, id: str, **kwargs: Any) -> DeleteProxy:
        query = gql("""
            mutation DeleteProxy($id: String!) {
              tcpProxyDelete(id: $id)
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=query, operation_name="DeleteProxy", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return DeleteProxy.model_validate(data)

    async def stop_deployment(self, id: str, **kwargs: Any) -> StopDeployment:
        query = gql("""
            mutation StopDeployment($id: String!) {
              deploymentStop(id: $id)
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=query, operation_name="StopDeployment", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return StopDeployment.model_validate(data)

    async def restart_deployment(self, id: str, **kwargs: Any) -> RestartDeployment:
        query = gql("""
            mutation RestartDeployment($id: String!) {
              deploymentRestart(id: $id)
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=query,
            operation_name="RestartDeployment",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RestartDeployment.model_validate(data)

    async def read_estimated_usage(
        self, project_id: str, measurements: list[MetricMeasurement], **kwargs: Any
    ) -> ReadEstimatedUsage:
        query = gql("""
            query ReadEstimatedUsage($projectId: String!, $measurements: [MetricMeasurement!]!) {
              estimatedUsage(projectId: $projectId, measurements: $measurements) {
                measurement
                estimatedValue
              }
            }
            """)
        variables: dict[str, object] = {
            "projectId": project_id,
            "measurements": measurements,
        }
        response = await self.execute(
            query=query,
            operation_name="ReadEstimatedUsage",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReadEstimatedUsage.model_validate(data)
