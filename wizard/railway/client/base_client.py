"""The generated client's base: our transport instead of the generator's."""

from wizard.railway.execution import OperationClient


class BaseClient(OperationClient):
    """Executes by the transport, subscribes by the streams."""
