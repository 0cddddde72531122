"""What the environment must say: a setting without a default is required."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

BACKEND_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True)

    database_url: str
    redis_url: str
    jwt_secret: SecretStr = Field(min_length=32)
    jwt_lifetime_minutes: int = 60
    cors_origins: Annotated[list[str], NoDecode]
    llm_provider: Literal["gemini", "echo"] = "gemini"
    google_api_key: SecretStr | None = None
    gemini_model: str = "gemini-flash-latest"
    datasets_path: Path = BACKEND_ROOT / "datasets"
    upload_dir: Path = BACKEND_ROOT / "uploads"

    @field_validator("database_url")
    @classmethod
    def _name_the_driver(cls, url: str) -> str:
        """Platforms hand out postgresql:// or postgres://; SQLAlchemy wants to know the driver."""
        scheme, _separator, rest = url.partition("://")
        if scheme not in {"postgres", "postgresql", "postgresql+psycopg"}:
            message = "DATABASE_URL must name a PostgreSQL database"
            raise ValueError(message)
        return f"postgresql+psycopg://{rest}"

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split_origins(cls, origins: str) -> list[str]:
        return [origin.strip() for origin in origins.split(",") if origin.strip()]

    @model_validator(mode="after")
    def _gemini_needs_a_key(self) -> Self:
        if self.llm_provider == "gemini" and self.google_api_key is None:
            message = "GOOGLE_API_KEY is required unless LLM_PROVIDER is echo"
            raise ValueError(message)
        return self


settings = Settings()
