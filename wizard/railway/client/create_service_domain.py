from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class CreateServiceDomain(BaseModel):
    service_domain_create: "CreateServiceDomainServiceDomainCreate" = Field(
        alias="serviceDomainCreate"
    )


class CreateServiceDomainServiceDomainCreate(BaseModel):
    id: str
    domain: str
    target_port: Optional[int] = Field(alias="targetPort")


