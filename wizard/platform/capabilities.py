"""What a platform can do, as data the planner reads: no module of the engine asks for a platform's name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EndpointKnown(StrEnum):
    """When a service's public host is known."""

    BEFORE_DEPLOY = "before-deploy"
    AFTER_CREATE = "after-create"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """Facts about a platform or a target of it.

    Attributes:
        native_references: values resolve on the platform; a changed output follows by itself.
        endpoint_known: when a service's host is known.
        deploys_on_create: creating a service with a source deploys it.
        variable_change_deploys: setting a variable deploys unless it is told not to.
        pre_deploy_command: the platform runs a command in the new image before it serves.
        private_datastores: databases cannot be reached from outside without a proxy.
        tcp_proxy: a temporary public way to a database can be opened.
        remote_shell: a command can be run in a running service.
        one_off_command: a command can be run in the service's image.
        stop_database: a database can be stopped to see what the application does.
        sleep: services can sleep.
        rollback: an earlier deployment can be brought back.
        cost: whether the platform bills: only then is a price worth showing.
        services_span_environments: a service is the project's: its name is taken, and it is created, connected and
            deleted, in all environments at once.
        sees_local_commits: a commit need not be pushed to be deployed.
        usual_deployment_s: seconds a deployment with its build usually takes, None where nobody knows.
        usual_database_s: seconds until a new database answers.
    """

    native_references: bool
    endpoint_known: EndpointKnown
    deploys_on_create: bool
    variable_change_deploys: bool
    pre_deploy_command: bool
    private_datastores: bool
    tcp_proxy: bool
    remote_shell: bool
    one_off_command: bool
    stop_database: bool
    sleep: bool
    rollback: bool
    cost: bool
    services_span_environments: bool = False
    sees_local_commits: bool = False
    usual_deployment_s: float | None = None
    usual_database_s: float | None = None
