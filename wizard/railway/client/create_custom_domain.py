from pydantic import Field

from .base_model import BaseModel


class CreateCustomDomain(BaseModel):
    custom_domain_create: "CreateCustomDomainCustomDomainCreate" = Field(
        alias="customDomainCreate"
    )


class CreateCustomDomainCustomDomainCreate(BaseModel):
    id: str
    domain: str


