"""Why the platform says no, in its own words: the messages other clients recorded."""

from __future__ import annotations

from collections.abc import Mapping

NOT_AUTHORIZED = "Not Authorized"
PROJECT_TOKEN_NOT_FOUND = "Project Token not found"  # noqa: S105 - a message
PROBLEM = "Problem processing request"
SERVICE_INSTANCE_NOT_FOUND = "ServiceInstance not found"
COMMIT_NOT_FOUND = "Commit not found"
REPOSITORY_UNKNOWN = "Repository not found or not accessible"
UNKNOWN_ERROR = "An unknown error occurred"
ONE_VOLUME = "A service can have only one volume"
CUSTOM_DOMAIN_UNKNOWN = "Custom domains are added with customDomainCreate, not by configuration"
CONFIG_CHANGED = "The environment's configuration has changed since this change set was planned"
NO_SNAPSHOT = "Cannot redeploy without a snapshot"
NO_ROLLBACK = "Deployment cannot be rolled back to"
IN_PROGRESS = "operation already in progress"
DOMAIN_NOT_READY = "Failed to create service domain, please try again"
VOLUME_INSTANCE_NOT_FOUND = "VolumeInstance not found"
LIMITED_PLAN = "Your account is on a limited plan. Please visit railway.com/account/plans for details."
RESTRICTED = "Your workspace has been restricted"
TWO_FACTOR = "Two Factor Authentication Required"
STILL_BUILDING = "Cannot redeploy yet, please wait for the original deployment to finish building"
PLAN_LIMIT = "Free plan resource provision limit exceeded. Please upgrade to provision more resources!"
PRE_DEPLOY_COMMAND = "Error in preDeployCommand - Invalid input"
CONFIG_AS_CODE = (
    "Config as Code (railway.json / railway.toml) is deprecated and cannot be enabled for new services. "
    "Set the build and deploy settings of the service instead."
)


class Refused(Exception):  # noqa: N818 - the platform's answer, not a defect
    """The platform refuses with this message; HTTP 200."""

    code = "INTERNAL_SERVER_ERROR"
    """What `extensions.code` says: the platform's own word for nearly every refusal."""

    @property
    def extensions(self) -> Mapping[str, str]:
        """What the error says beside its message."""
        return {"code": self.code}


class LeftOut(Refused):
    """The platform has this field and the local one does not: the one error of the API that is never the platform's."""

    code = "NOT_IMPLEMENTED"

    def __init__(self, field: str, reason: str = "") -> None:
        super().__init__(f'"{field}" is not part of the local Railway{reason and ": "}{reason}')


class SecondFactorRequired(Refused):
    """The workspace demands a second factor that the person does not have."""

    def __init__(self, workspace: str) -> None:
        super().__init__(TWO_FACTOR)
        self._workspace = workspace

    @property
    def extensions(self) -> Mapping[str, str]:
        """What the error says beside its message: whose demand it is."""
        return {"code": self.code, "workspaceName": self._workspace}


def not_authorized() -> Refused:
    """Return the answer to a bad credential, a foreign id and an id that does not exist alike."""
    return Refused(NOT_AUTHORIZED)


def too_quickly(what: str) -> Refused:
    """Return a cooldown's answer; `what` is projects, environments or volumes."""
    if what == "environments":
        told = "Only one environment can be created per user every 30s. Try again in a sec"
        return Refused(f"Whoa there pal! {told}")
    return Refused(f"Whoa there pal! You are creating {what} too quickly. Try again in a sec")


def name_taken(name: str) -> Refused:
    """Return the answer to a second service of the same name."""
    return Refused(f'A service named "{name}" already exists in this project')
