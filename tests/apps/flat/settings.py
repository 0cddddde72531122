from enum import Enum
from functools import lru_cache

from pydantic import AliasChoices, BaseModel, Field
from pydantic_settings import BaseSettings


class Mode(str, Enum):
    fast = "fast"
    exact = "exact"


class Mail(BaseModel):
    host: str
    password: str = ""


class Shared(BaseSettings):
    model_config = {"env_prefix": "NOTES_", "env_nested_delimiter": "__"}

    database: str = Field(validation_alias=AliasChoices("DATABASE_URL", "POSTGRES_URL"))
    mode: Mode
    unused: str = "x"


class Settings(Shared):
    root_path: str = "/v2"
    origins: list[str] = []
    token_key: str
    mail: Mail
    label: str


@lru_cache
def get_settings():
    return Settings()
