from pydantic import Field

from .base_model import BaseModel


class DeleteProxy(BaseModel):
    tcp_proxy_delete: bool = Field(alias="tcpProxyDelete")
