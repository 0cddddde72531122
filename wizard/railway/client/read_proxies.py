from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TCPProxySyncStatus


class ReadProxies(BaseModel):
    environment: "ReadProxiesEnvironment"
    tcp_proxies: list["ReadProxiesTcpProxies"] = Field(alias="tcpProxies")


class ReadProxiesEnvironment(BaseModel):
    id: str
    unmerged_changes_count: Optional[int] = Field(alias="unmergedChangesCount")


class ReadProxiesTcpProxies(BaseModel):
    id: str
    domain: str
    proxy_port: int = Field(alias="proxyPort")
    application_port: int = Field(alias="applicationPort")
    sync_status: TCPProxySyncStatus = Field(alias="syncStatus")
    created_at: Optional[str] = Field(alias="createdAt")


