"""Which root fields of our schema the local Railway leaves out, and why: the reason is in the answer."""

from __future__ import annotations

from collections.abc import Mapping

_REASONS = {
    "Compose files are imported by rules Railway does not publish": "dockerComposeImport",
    "there is no SSH relay and no terminal behind it": """
        generateShellToken gitHubSshKeys sshPublicKeyCreate sshPublicKeyDelete""",
    "it is deprecated; use templateDeployV2": "templateDeploy",
    "it is deprecated; create the service and copy its configuration by a patch": "serviceDuplicate",
    "there is one workspace, so nobody to transfer to": "projectTransfer",
    "templates are only deployed here, not made": """
        templateDelete templateGenerate templatePublish templateRevert templateUnpublish""",
    "there is no object storage": """
        bucketCreate bucketCredentialsReset bucketInstanceDetails bucketS3Credentials bucketUpdate""",
    "no agent runs here": """
        cloudAgent cloudAgentConsoleSessions cloudAgentCreate cloudAgentDelete cloudAgents cloudAgentSleep
        cloudAgentWake myCloudAgents""",
    "there are no sandboxes for agents": """
        sandbox sandboxCheckpointCreate sandboxCheckpointDelete sandboxCheckpointRename sandboxCheckpoints
        sandboxCreate sandboxDestroy sandboxes sandboxHeartbeat sandboxTemplateBuild""",
    "databases run alone: no cluster, no point in time to return to": """
        cancelPitrHaWorkflow clearPitrHaWorkflowProgress disablePitrForHaCluster enablePitrForHaCluster
        pitrHaClusterReplicationHealth pitrHaWorkflowProgress volumeInstancePITRRestore""",
    "there is no content delivery network and no firewall before the edge": """
        disableServiceCdn enableServiceCdn purgeServiceCache setServiceUnderAttackMode updateServiceEdgeConfig""",
    "nothing leaves this machine through addresses of its own": """
        egressGatewayAssociationCreate egressGatewayAssociationsClear egressGateways""",
    "private names follow the services' names": "privateNetworkEndpointNameAvailable privateNetworkEndpointRename",
    "packets and name look-ups are not recorded": "dnsQueryLogs networkFlowLogs",
    "functions do not run here": "functionRuntime",
    "feature signals are not kept": """
        signal signalCreate signalDefaultSet signalDelete signalReplace signalRuleSet signalRuleUnset signals""",
}

LEFT_OUT: Mapping[str, str] = {field: reason for reason, fields in _REASONS.items() for field in fields.split()}
"""Root field to the reason it has no resolver."""
