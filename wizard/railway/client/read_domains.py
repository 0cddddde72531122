from .base_model import BaseModel
from .fragments import DomainFields


class ReadDomains(BaseModel):
    domains: "ReadDomainsDomains"


ReadDomainsDomains = DomainFields
