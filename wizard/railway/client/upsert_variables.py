from pydantic import Field

from .base_model import BaseModel


class UpsertVariables(BaseModel):
    variable_collection_upsert: bool = Field(alias="variableCollectionUpsert")
