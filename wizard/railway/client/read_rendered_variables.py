from typing import Any

from pydantic import Field

from .base_model import BaseModel


class ReadRenderedVariables(BaseModel):
    variables_for_service_deployment: Any = Field(alias="variablesForServiceDeployment")
